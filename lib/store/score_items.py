"""Answered cells as scorers read them: one by one, in whole families, or as bare texts."""

import json
from collections.abc import Iterator, Sequence

from lib.store.database import Database
from lib.store.families import Families
from lib.types import Finish, ScoreItem

CELLS_AT_ONCE = 10_000

_ITEMS = """
WITH
    c AS (FROM cells WHERE run_no = $run_no AND no IN (SELECT unnest($nos))),
    r AS (FROM responses WHERE run_no = $run_no AND no IN (SELECT unnest($nos)))
SELECT c.no, r.text, r.finish, c.prompt, s.group_id, c.set_id, c.stratum, c.context::VARCHAR, c.groups::VARCHAR,
    c.terms::VARCHAR
FROM c JOIN r ON r.no = c.no JOIN strata s ON s.stratum = c.stratum
"""

_SETS = """
SELECT no, set_id, stratum, context::VARCHAR, groups::VARCHAR, terms::VARCHAR
FROM cells WHERE run_no = $run_no AND no >= $first AND no < $first + $count ORDER BY no
"""


def read_items(database: Database, run_no: int, nos: Sequence[int]) -> list[ScoreItem]:
    """The answered cells among `nos`, in the order given."""
    families = Families(database, run_no)
    found = {}
    for part in _slices(nos):
        for no, text, finish, prompt, group, set_id, stratum, context, groups, terms in database.rows(
            _ITEMS, {"run_no": run_no, "nos": part}
        ):
            family = families.of(set_id, stratum, context, groups, terms)
            groups, terms = json.loads(groups), json.loads(terms)
            found[no] = ScoreItem(no, text, Finish(finish), prompt, group, groups, terms, set_id, family)
    return [found[no] for no in nos if no in found]


def read_families(database: Database, run_no: int, nos: Sequence[int]) -> list[list[int]]:
    """The answered cells of every family that has a cell among `nos`, all in the order of the grid."""
    wanted, touched = set(nos), set()
    members: dict[str, list[int]] = {}
    with database.snapshot():
        answered = set(answered_cells(database, run_no))
        for no, family in _families(database, run_no):
            if no in answered:
                members.setdefault(family, []).append(no)
            if no in wanted:
                touched.add(family)
    return [cells for family, cells in members.items() if family in touched]


def read_texts(database: Database, run_no: int, nos: Sequence[int] | None) -> list[tuple[int, str]]:
    """(cell, completion) of the answered cells among `nos`, or of all, in the order of the grid."""
    sql = "SELECT no, text FROM responses WHERE run_no = $run_no AND no IN (SELECT unnest($nos)) ORDER BY no"
    with database.snapshot():
        wanted = answered_cells(database, run_no) if nos is None else sorted(set(nos))
        return [
            (no, text) for part in _slices(wanted) for no, text in database.rows(sql, {"run_no": run_no, "nos": part})
        ]


def answered_cells(database: Database, run_no: int) -> list[int]:
    """The numbers of the cells that have a response, in order."""
    return [no for (no,) in database.rows("SELECT no FROM responses WHERE run_no = ? ORDER BY no", (run_no,))]


def _families(database: Database, run_no: int) -> Iterator[tuple[int, str]]:
    """(cell, family) of every cell of a run, in order."""
    families = Families(database, run_no)
    total = database.value("SELECT total FROM runs WHERE run_no = ?", (run_no,))
    for first in range(0, total, CELLS_AT_ONCE):
        for no, *cell in database.rows(_SETS, {"run_no": run_no, "first": first, "count": CELLS_AT_ONCE}):
            yield no, families.of(*cell)


def _slices(nos: Sequence[int]) -> Iterator[list[int]]:
    for start in range(0, len(nos), CELLS_AT_ONCE):
        yield list(nos[start : start + CELLS_AT_ONCE])
