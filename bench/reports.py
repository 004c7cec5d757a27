"""What a report over a large audit takes: seconds and peak memory of each format, every one in a process of its own.

    python -m bench.reports [--responses 10000] [--kind audit] [--json]

The audit is made up of real sentences and scored by every scorer that needs no model. `gather_seconds` is what is
computed from the store before a format is written, `seconds` the whole way, as the terminal's verb goes it; memory is
that of the process, and `drawing_mib` that of the process which draws its charts.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.scoring import answered
from bench.store import peak_mib
from lib.reports import walk
from lib.types import Json, ReportKind
from lib.workflows import scoring
from lib.workflows.reporting import files
from lib.workflows.workbench import open_workbench


def main() -> None:
    """Parse the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--responses", type=int, default=10_000)
    parser.add_argument("--kind", default="audit", choices=[kind.value for kind in ReportKind])
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--write", nargs=3, metavar=("DATABASE", "RUN", "FORMAT"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.write:
        database, run_id, format_id = options.write
        print(json.dumps(write(Path(database), run_id, ReportKind(options.kind), format_id)))
        return
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "audits.duckdb"
        run_id = made(database, options.responses)
        figures = {each.id: measured(database, run_id, options.kind, each.id) for each in files.formats()}
    print(json.dumps(figures) if options.json else table(figures))


def made(database: Path, responses: int) -> str:
    """A scored audit of so many responses."""
    with open_workbench(database, with_example=False) as workbench:
        run_id = answered(workbench, responses)
        scoring.score(workbench, run_id, scoring.instant(workbench), lambda _: None)
        return run_id


def measured(database: Path, run_id: str, kind: str, format_id: str) -> Json:
    """The figures of one format, from a fresh process."""
    command = [sys.executable, "-m", "bench.reports", "--kind", kind, "--write", str(database), run_id, format_id]
    figures: Json = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
    return figures


def write(database: Path, run_id: str, kind: ReportKind, format_id: str) -> Json:
    """Write one file and say what that took."""
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, open_workbench(database, with_example=False) as workbench:
        document = files.compose(workbench, run_id, kind)
        gathered = time.perf_counter() - begun
        path = files.save(document, format_id, Path(folder))
        return {
            "seconds": time.perf_counter() - begun,
            "gather_seconds": gathered,
            "peak_mib": peak_mib(),
            "drawing_mib": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
            "file_kib": path.stat().st_size / 1024,
            "figures": len(walk.figures(document)),
        }


def table(figures: dict[str, Json]) -> str:
    """A line a format."""
    names = list(next(iter(figures.values())))
    head = f"{'format':<8}" + "".join(f"{name:>16}" for name in names)
    return "\n".join(
        [head, *(f"{id:<8}" + "".join(f"{row[name]:>16,.1f}" for name in names) for id, row in figures.items())]
    )


if __name__ == "__main__":
    main()
