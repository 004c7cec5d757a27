"""Matched sets across runs: which of them have answered cells that pass a filter, and which cells those are.

Grouping a million cells by the names of their sets takes more memory than DuckDB may use. So it gives
the cells in slices, and Arrow groups them.
"""

from collections.abc import Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from lib.store.database import Database
from lib.store.filters import outcome_condition
from lib.store.lookup import run_number
from lib.types import ResponseFilter

CELLS_AT_ONCE = 100_000
SCHEMA = pa.schema(
    {name: pa.string() for name in ("run", "set_id", "template", "model", "decoding")} | {"cells": pa.int64()}
)

_PASSING = "SELECT o.run_no, o.no FROM responses o WHERE {condition} ORDER BY o.run_no, o.no"

_CELLS = """
SELECT no, set_id, stratum FROM cells WHERE run_no = $run_no AND no >= $first AND no < $first + $count ORDER BY no
"""

_STRATA = """
SELECT s.stratum, r.id AS run, s.template, s.model, s.decoding_label AS decoding
FROM strata s JOIN runs r ON r.run_no = s.run_no WHERE s.run_no = ?
"""


def read_sets(database: Database, wanted: ResponseFilter) -> pa.Table:
    """See `Responses.sets`."""
    with database.snapshot():
        sets = [
            _with_strata(database, run_no, _grouped(pa.concat_tables(map(_counted, _slices(database, run_no, nos)))))
            for run_no, nos in _passing(database, wanted)
        ]
    return pa.concat_tables([SCHEMA.empty_table(), *sets])


def read_members(
    database: Database, wanted: ResponseFilter, sets: Sequence[tuple[str, str]]
) -> list[tuple[str, int, str]]:
    """See `Responses.members`."""
    by_run: dict[str, list[str]] = {}
    for run, set_id in sets:
        by_run.setdefault(run, []).append(set_id)
    chosen = {run_number(database, run): (run, pa.array(ids, pa.string())) for run, ids in by_run.items()}
    members = []
    with database.snapshot():
        for run_no, nos in _passing(database, wanted):
            if run_no not in chosen:
                continue
            run, ids = chosen[run_no]
            for cells in _slices(database, run_no, nos):
                its = cells.filter(pc.is_in(cells["set_id"], ids))
                members += [(run, row["no"], row["set_id"]) for row in its.to_pylist()]
    return members


def read_answered(database: Database, wanted: ResponseFilter) -> dict[str, list[int]]:
    """See `Responses.answered`."""
    with database.snapshot():
        ids = dict(database.rows("SELECT run_no, id FROM runs"))
        return {ids[run_no]: nos.to_pylist() for run_no, nos in _passing(database, wanted)}


def _passing(database: Database, wanted: ResponseFilter) -> Iterator[tuple[int, pa.Array]]:
    """(number of a run, its answered cells that pass), both in order."""
    condition, parameters = outcome_condition(wanted)
    passing = database.table(_PASSING.format(condition=condition), parameters)
    for run_no in pc.unique(passing["run_no"]).to_pylist():
        yield run_no, passing.filter(pc.equal(passing["run_no"], run_no))["no"].combine_chunks()


def _slices(database: Database, run_no: int, nos: pa.Array) -> Iterator[pa.Table]:
    """The cells among `nos` with their set and stratum, in order."""
    for first in range(nos[0].as_py(), nos[-1].as_py() + 1, CELLS_AT_ONCE):
        cells = database.table(_CELLS, {"run_no": run_no, "first": first, "count": CELLS_AT_ONCE})
        yield cells.filter(pc.is_in(cells["no"], nos))


def _counted(cells: pa.Table) -> pa.Table:
    """One row for each set, with its number of cells."""
    return _grouped(cells.append_column("cells", pa.repeat(pa.scalar(1, pa.int64()), len(cells))))


def _grouped(cells: pa.Table) -> pa.Table:
    """One row for each set, in the order in which they come; on one thread, because several would mix them."""
    grouped = cells.group_by("set_id", use_threads=False).aggregate([("stratum", "min"), ("cells", "sum")])
    return grouped.rename_columns(["set_id", "stratum", "cells"])


def _with_strata(database: Database, run_no: int, sets: pa.Table) -> pa.Table:
    """The sets of a run with what all cells of a stratum share."""
    strata = database.table(_STRATA, (run_no,))
    shared = strata.take(pc.index_in(sets["stratum"], strata["stratum"]))
    columns = {name: shared[name] for name in strata.column_names} | {"set_id": sets["set_id"], "cells": sets["cells"]}
    return pa.table([columns[name] for name in SCHEMA.names], schema=SCHEMA)
