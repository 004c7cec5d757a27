"""Record the example audits anew: run each grid beside this file and keep it as a recorded run.

`python -m examples.record` from the top of the project. Needed when the store's format of a
recorded run changes; a new database then starts with what this wrote.
"""

import tempfile
from pathlib import Path

from lib.workflows import build, export, run
from lib.workflows.workbench import open_workbench

HERE = Path(__file__).resolve().parent


def main() -> None:
    """Run every `examples/*/grid.yaml` in a database of its own, and write run.json and responses.parquet beside it."""
    with (
        tempfile.TemporaryDirectory() as folder,
        open_workbench(Path(folder) / "record.duckdb", with_example=False) as workbench,
    ):
        for grid in sorted(HERE.glob("*/grid.yaml")):
            spec = build.from_yaml(grid.read_text(encoding="utf-8"), grid.name)
            run_id = run.start(workbench, spec)
            info = run.wait(workbench, run_id)
            if info.done != info.total:
                raise SystemExit(f"{grid}: {info.total - info.done} of {info.total} cells were not answered")
            export.record(workbench, run_id, grid.parent)


if __name__ == "__main__":
    main()
