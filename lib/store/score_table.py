"""The scores of one run as an Arrow table: what comparisons are made from."""

from collections.abc import Iterator

import pyarrow as pa

from lib.store.database import Database
from lib.store.families import Families, held_only
from lib.store.outcomes import OUTCOME

CELLS_AT_ONCE = 20_000

TEXT = pa.string()

SCHEMA = pa.schema(
    {
        "no": pa.int32(),
        "set_id": TEXT,
        "family": TEXT,
        "template": TEXT,
        "context": TEXT,
        "group": TEXT,
        "groups": TEXT,
        "terms": TEXT,
        "model": TEXT,
        "format": TEXT,
        "decoding": TEXT,
        "temperature": pa.float64(),
        "repeat": pa.int32(),
        "prompt": TEXT,
        "finish": TEXT,
        "outcome": TEXT,
        "numbers": pa.list_(pa.float64()),
        "label": TEXT,
        "score_outcome": TEXT,
        "note": TEXT,
    }
)

# Each source is cut to the slice before they are joined, so that DuckDB reads only the blocks that hold it.
_SLICE = f"""
WITH
    c AS (FROM cells WHERE run_no = $run_no AND no >= $first AND no < $first + $count),
    o AS (FROM outcomes WHERE run_no = $run_no AND no >= $first AND no < $first + $count),
    k AS (FROM scores WHERE scoring = $scoring AND run_no = $run_no AND no >= $first AND no < $first + $count)
SELECT c.no, c.set_id, c.stratum, s.template, c.context::VARCHAR AS context, s.group_id AS group,
    c.groups::VARCHAR AS groups, c.terms::VARCHAR AS terms, s.model, s.format, s.decoding_label AS decoding,
    s.temperature, c.repeat, md5(c.system || chr(31) || c.prompt) AS prompt, o.finish, {OUTCOME} AS outcome,
    k.numbers, k.label, k.outcome AS score_outcome, k.note
FROM c
JOIN strata s ON s.stratum = c.stratum
LEFT JOIN o ON o.no = c.no
LEFT JOIN k ON k.no = c.no
ORDER BY c.no
"""  # noqa: S608 - our own words


def read_table(database: Database, run_no: int, scoring: int | None) -> pa.Table:
    """One row for every cell of a run, in the order of the grid, with its score where it has one; see `Scores.table`.

    Read in slices of one moment, so that DuckDB needs no more memory for a large run than for a small one.
    """
    with database.snapshot():
        return pa.concat_tables([SCHEMA.empty_table(), *_slices(database, run_no, scoring)])


def _slices(database: Database, run_no: int, scoring: int | None) -> Iterator[pa.Table]:
    families = Families(database, run_no)
    total = database.value("SELECT total FROM runs WHERE run_no = ?", (run_no,))
    for first in range(0, total, CELLS_AT_ONCE):
        where = {"run_no": run_no, "scoring": scoring, "first": first, "count": CELLS_AT_ONCE}
        part = database.table(_SLICE, where)
        cells = zip(
            *(part.column(name).to_pylist() for name in ("set_id", "stratum", "context", "groups", "terms")),
            strict=True,
        )
        names = pa.array((families.of(*cell) for cell in cells), TEXT)
        held = pa.array(map(held_only, part.column("context").to_pylist()), TEXT)
        part = part.set_column(part.column_names.index("context"), "context", held)
        yield part.append_column("family", names).select(SCHEMA.names).cast(SCHEMA)
