"""Whether a bundle's data fit each other: its files, written anew from what they hold, and its cells, made anew."""

from collections.abc import Iterator
from dataclasses import fields
from itertools import islice, zip_longest
from pathlib import Path

from lib.banks.read import parse_bank
from lib.errors import AuditError
from lib.grid.expand import expand
from lib.store.audit_files import AUDIT
from lib.types import Cell, Json
from lib.workflows.bundling.numbers import DOCUMENT, FACTS
from lib.workflows.bundling.origins import AS_RECORDED, false_origin, is_import
from lib.workflows.bundling.texts import false_words
from lib.workflows.bundling.verification import Protocol
from lib.workflows.bundling.write import write_data
from lib.workflows.workbench import Workbench

CELLS_AT_ONCE = 2_000


def check_files(workbench: Workbench, run_id: str, folder: Path, anew: Path, about: Json, protocol: Protocol) -> None:
    """Write the audit's files anew from what was loaded of them: each must come out the same."""
    write_data(workbench, run_id, anew, names=bool(about.get("names")))
    there, here = _files(folder), _files(anew)
    for name in sorted({*there, *here} - {FACTS, DOCUMENT}):
        if name not in here:
            protocol.found("data", name, "nothing in the audit is kept in such a file")
        elif name not in there:
            protocol.found("data", name, "it is missing, though the audit has what belongs in it")
        elif (folder / name).read_bytes() != (anew / name).read_bytes():
            _tell(name, folder / name, anew / name, protocol)
    protocol.count("files", len(there))


def check_texts(folder: Path, about: Json, protocol: Protocol) -> None:
    """Hold bank and codebooks against the digests they go by, and what is said of them against their texts."""
    for file, said in false_words(folder, about):
        protocol.found("data", file, said)


def check_cells(workbench: Workbench, run_id: str, about: Json, protocol: Protocol) -> None:
    """Expand the grid anew from its bank: every cell must come out with the same ids, seed and prompt.

    The cells of an import are of no grid; whether an audit can be one is checked instead.
    """
    for said in (strange := list(false_origin(workbench, run_id, about))):
        protocol.found("data", AUDIT, said)
    if is_import(about) and not strange:
        protocol.cannot.append(AS_RECORDED)
        return
    store, kept = workbench.store, workbench.store.runs.bank(run_id)
    info = store.runs.get(run_id)
    kinds = {entry.id: entry.kind for entry in store.runs.entries(run_id)}
    wrong: list[tuple[str, str]] = []
    try:
        made = expand(parse_bank(kept.text, kept.id), info.grid, kinds)
        for no, (cell, there) in enumerate(zip_longest(made, _cells(workbench, run_id, info.total))):
            if cell != there:
                wrong.append((f"responses.parquet, cell {no}", _cell_said(cell, there)))
    except AuditError as problem:
        protocol.found("data", "grid.yaml", f"its cells cannot be made anew: {problem}")
    protocol.found_many("data", "responses.parquet", wrong)
    protocol.count("cells", info.total)


def _cells(workbench: Workbench, run_id: str, total: int) -> Iterator[Cell]:
    numbers = iter(range(total))
    while some := list(islice(numbers, CELLS_AT_ONCE)):
        yield from (row.cell for row in workbench.store.responses.some([(run_id, no) for no in some]))


def _cell_said(made: Cell | None, there: Cell | None) -> str:
    if made is None:
        return "the grid does not have it"
    if there is None:
        return "the grid has it, and the run does not"
    name = next(each.name for each in fields(Cell) if getattr(made, each.name) != getattr(there, each.name))
    return f"its {name} is {getattr(there, name)!r}, and the grid gives {getattr(made, name)!r}"


def _tell(name: str, there: Path, anew: Path, protocol: Protocol) -> None:
    """Say where a file is not what it would be if it were written from what it holds."""
    if name.endswith(".parquet"):
        row = _first_other_row(there, anew)
        if row is None:
            protocol.note(f"{name} holds the same rows, but other libraries would write them in other bytes.")
        else:
            protocol.found("data", f"{name}, row {row[0]}", f"it does not fit the rest of the audit: {row[1]}")
        return
    with there.open("rb") as one, anew.open("rb") as other:
        for n, (line, wanted) in enumerate(zip_longest(one, other), start=1):
            if line != wanted:
                protocol.found(
                    "data", f"{name}, line {n}", f"it holds {_short(line)}, and the audit gives {_short(wanted)}"
                )
                return


def _first_other_row(there: Path, anew: Path) -> tuple[int, str] | None:
    import pyarrow.parquet as pq

    with pq.ParquetFile(there) as one, pq.ParquetFile(anew) as other:
        at = 0
        for left, right in zip_longest(one.iter_batches(CELLS_AT_ONCE), other.iter_batches(CELLS_AT_ONCE)):
            if left is None or right is None:
                return at, "one of the two has more rows"
            if not left.equals(right):
                rows = zip_longest(left.to_pylist(), right.to_pylist())
                n, (mine, theirs) = next((n, pair) for n, pair in enumerate(rows) if repr(pair[0]) != repr(pair[1]))
                column = next(name for name in mine or theirs if (mine or {}).get(name) != (theirs or {}).get(name))
                return at + n, f"{column} is {(mine or {}).get(column)!r}, not {(theirs or {}).get(column)!r}"
            at += left.num_rows
    return None


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def _short(line: bytes | None) -> str:
    return "nothing" if line is None else repr(line.decode("utf-8", "replace").strip()[:120])
