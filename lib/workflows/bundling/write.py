"""Write one audit as a bundle: its data, every number of its report, and the chain that seals it all."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lib.bundle.pack import pack
from lib.errors import BundleError
from lib.grid.specfile import spec_to_yaml
from lib.store.audit_files import write_json, write_text
from lib.store.export import write_whole
from lib.types import RunStatus
from lib.workflows.bundling.instant import complete
from lib.workflows.bundling.made_with import made_with
from lib.workflows.bundling.numbers import DOCUMENT, FACTS, numbers
from lib.workflows.bundling.temporary import temporary
from lib.workflows.bundling.typed_names import names_typed, people
from lib.workflows.bundling.unpacked import loaded
from lib.workflows.workbench import Workbench

BANK, GRID = "bank.yaml", "grid.yaml"

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Written:
    """A bundle that was written. Whoever publishes its `seal` with the report makes any later change visible.

    Attributes:
        completed: what lacked a score and was scored first, in words.
        names_left: where a person's name stands in what somebody typed, though people got pseudonyms.
    """

    run: str
    path: Path
    seal: str
    bytes: int
    facts: int
    completed: tuple[str, ...] = ()
    names_left: tuple[str, ...] = ()


def bundle(
    workbench: Workbench, run_id: str, path: Path, *, names: bool = False, progress: Progress = lambda _: None
) -> Written:
    """Write an audit to `path`. The same audit gives the same bytes, in whatever database it is.

    Responses that lack a score which an instant scorer gave to others are scored first. The report's numbers are
    computed from the bundle's own data, in a database that holds nothing else: whoever verifies it computes the same.

    Args:
        names: whether annotators, adjudicators and authors keep their names; they get pseudonyms otherwise.

    Raises:
        BundleError: the audit is still going on, larger than a bundle can be, or scored in part and cannot be scored.
        ExportError: the file cannot be written. RunError: there is no such run.
    """
    info = workbench.store.runs.get(run_id)
    if info.status in (RunStatus.RUNNING, RunStatus.QUEUED):
        raise BundleError(f"audit {info.name}", f"it is {info.status.value}", "Wait for its end, or pause or stop it.")
    completed = complete(workbench, run_id, progress)
    with temporary() as place:
        folder = place / "audit"
        progress("collecting")
        write_data(workbench, run_id, folder, names=names)
        names_left = [] if names else names_typed(folder, people(workbench, run_id))
        progress("computing the report's numbers")
        with loaded(folder, place / "audit.duckdb") as (own, _):
            facts, document = numbers(own, run_id)
        write_json(folder / FACTS, facts)
        write_json(folder / DOCUMENT, document)
        progress("sealing")
        about = {"run": run_id, "name": info.name, "names": names, "made_with": made_with()}
        seals: list[str] = []

        def fill(partial: Path) -> None:
            with partial.open("wb") as file:
                seals.append(pack(folder, about, file))

        write_whole(path, fill)
    size = path.stat().st_size
    return Written(run_id, path, seals[-1], size, len(facts["facts"]), tuple(completed), tuple(names_left))


def write_data(workbench: Workbench, run_id: str, folder: Path, *, names: bool) -> None:
    """Write everything of a bundle that does not have to be computed: the audit, and its bank and grid to be read."""
    workbench.store.exchange.dump_audit(run_id, folder, names=names)
    write_text(folder / BANK, workbench.store.runs.bank(run_id).text)
    write_text(folder / GRID, spec_to_yaml(workbench.store.runs.get(run_id).grid))
