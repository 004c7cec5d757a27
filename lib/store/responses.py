"""Responses: what came back for cells, a page at a time and set beside each other."""

from collections.abc import Sequence
from datetime import datetime

import pyarrow as pa

from lib.errors import RunError
from lib.store.clock import aware, now
from lib.store.database import Database
from lib.store.filters import STRATUM_FIELDS, outcome_condition, strata_condition
from lib.store.lookup import changeable_run, run_number
from lib.store.matched_sets import read_answered, read_members, read_sets
from lib.store.outcomes import OUTCOME, write_outcomes
from lib.store.provenance import provenance
from lib.store.rows import fetch
from lib.types import Json, Response, ResponseFilter, StoredResponse

Count = tuple[str, int]


class Responses:
    """Everything that ever came back."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, run_id: str, responses: Sequence[Response]) -> None:
        """Store what came back: on disk when this returns, all or nothing.

        A cell that has a response keeps it, so handing one in twice changes nothing. FAILED ones
        are kept as failures, which `Runs.retry_failed` clears.
        """
        run_no = changeable_run(self._database, run_id)
        if responses:
            write_outcomes(self._database, run_no, responses, [now()] * len(responses))

    def page(self, wanted: ResponseFilter, *, limit: int, offset: int = 0) -> list[StoredResponse]:
        """At most `limit` answered or failed cells that pass the filter, from number `offset` on.

        The newest run comes first, and within it the order of the grid.
        """
        condition, parameters = outcome_condition(wanted)
        keys = self._database.rows(
            f"""
            SELECT o.run_no, o.no FROM outcomes o WHERE {condition}
            ORDER BY o.run_no DESC, o.no LIMIT $limit OFFSET $offset
            """,  # noqa: S608 - our own conditions
            parameters | {"limit": limit, "offset": offset},
        )
        return fetch(self._database, keys)

    def get(self, run_id: str, no: int) -> StoredResponse:
        """One cell with its response, or with none yet; raises RunError when there is none of that number."""
        found = fetch(self._database, [(run_number(self._database, run_id), no)])
        if not found:
            raise RunError(f"cell {no} of run {run_id}", "there is none of that number", "Check the address.")
        return found[0]

    def some(self, cells: Sequence[tuple[str, int]]) -> list[StoredResponse]:
        """These (run, cell) with their responses, in the order given; raises RunError for a run that is not there."""
        numbers = {run: run_number(self._database, run) for run in {run for run, _ in cells}}
        return fetch(self._database, [(numbers[run], no) for run, no in cells])

    def count(self, wanted: ResponseFilter) -> int:
        """How many answered or failed cells pass the filter."""
        condition, parameters = outcome_condition(wanted)
        count: int = self._database.value(f"SELECT count(*) FROM outcomes o WHERE {condition}", parameters)  # noqa: S608 - our own conditions
        return count

    def facets(self) -> dict[str, list[Count]]:
        """For each field of the filter but `search`, the values there are with their number of cells.

        For `finishes` the number of answered or failed cells.
        """
        facets = {field: self._facet(column) for field, column in STRATUM_FIELDS.items()}
        facets["finishes"] = self._counts("SELECT finish, count(*) FROM outcomes GROUP BY finish ORDER BY finish")
        return facets

    def outcomes(self, wanted: ResponseFilter) -> list[tuple[str, str, int]]:
        """(group, outcome, count) of the cells that pass: stopped, cut off, empty, failed or pending.

        Groups come in the order of their grid. A filter on finish or text leaves pending cells out:
        they have neither; so does one on a selection.
        """
        condition, parameters = outcome_condition(wanted)
        answered = self._database.rows(
            f"""
            SELECT s.group_id, {OUTCOME} AS outcome, count(*)
            FROM outcomes o JOIN strata s ON s.stratum = o.stratum WHERE {condition}
            GROUP BY s.group_id, outcome ORDER BY min(s.stratum), outcome
            """,  # noqa: S608 - our own conditions
            parameters,
        )
        counts = [(group, outcome, count) for group, outcome, count in answered]
        only_answered = wanted.finishes or wanted.search or wanted.selection
        return counts if only_answered else counts + self._pending(wanted, counts)

    def matched_set(self, run_id: str, set_id: str) -> list[StoredResponse]:
        """The members of a matched set, answered or not, in the order of the grid."""
        run_no = run_number(self._database, run_id)
        sql = "SELECT run_no, no FROM cells WHERE run_no = ? AND set_id = ? ORDER BY no"
        return fetch(self._database, self._database.rows(sql, (run_no, set_id)))

    def sets(self, wanted: ResponseFilter) -> pa.Table:
        """One row for each matched set with an answered cell that passes, by run and in the order of the grid.

        Columns: run, set_id, template, model, decoding (as people read it) and cells, the number that passes.
        """
        return read_sets(self._database, wanted)

    def members(self, wanted: ResponseFilter, sets: Sequence[tuple[str, str]]) -> list[tuple[str, int, str]]:
        """(run, cell, set) of the answered cells that pass, of those (run, set); runs and cells in order.

        Raises:
            RunError: there is no run of that id.
        """
        return read_members(self._database, wanted, sets)

    def answered(self, wanted: ResponseFilter) -> dict[str, list[int]]:
        """The answered cells that pass, by run and in the order of the grid."""
        return read_answered(self._database, wanted)

    def groups_of(self, run_id: str) -> dict[int, str]:
        """The group of every cell of a run, by its number."""
        sql = "SELECT c.no, s.group_id FROM cells c JOIN strata s ON s.stratum = c.stratum WHERE c.run_no = ?"
        return dict(self._database.rows(sql, (run_number(self._database, run_id),)))

    def times(self, run_id: str) -> list[tuple[str, float, datetime]]:
        """(model, seconds, when it was stored) of every answered or failed cell of a run, in the grid's order."""
        rows = self._database.rows(
            """
            SELECT s.model, o.seconds, o.created FROM outcomes o JOIN strata s ON s.stratum = o.stratum
            WHERE o.run_no = ? ORDER BY o.no
            """,
            (run_number(self._database, run_id),),
        )
        return [(model, seconds, aware(created)) for model, seconds, created in rows]

    def same_cell(self, run_id: str, no: int) -> list[StoredResponse]:
        """Every cell with the prompt, format, decoding and seed of this one, itself among them.

        They are of other models or other runs. The newest run comes first.
        """
        keys = self._database.rows(
            """
            SELECT c.run_no, c.no
            FROM cells c JOIN strata s ON s.stratum = c.stratum,
                (FROM cells JOIN strata ON strata.stratum = cells.stratum WHERE cells.run_no = ? AND cells.no = ?) this
            WHERE c.seed = this.seed AND c.prompt = this.prompt AND c.system = this.system
                AND s.format = this.format AND s.temperature = this.temperature AND s.top_p = this.top_p
                AND s.top_k = this.top_k AND s.repetition_penalty = this.repetition_penalty
                AND s.max_new_tokens = this.max_new_tokens
            ORDER BY c.run_no DESC, c.no
            """,
            (run_number(self._database, run_id), no),
        )
        return fetch(self._database, keys)

    def provenance(self, run_id: str, no: int) -> Json:
        """Everything that determined one response, as plain JSON values; see `lib.store.provenance`."""
        return provenance(self._database, run_number(self._database, run_id), no)

    def _facet(self, column: str) -> list[Count]:
        return self._counts(
            f"""
            SELECT {column}, sum(s.cells)::BIGINT FROM strata s JOIN runs r ON r.run_no = s.run_no
            GROUP BY {column} ORDER BY {column}
            """  # noqa: S608 - our own columns
        )

    def _pending(self, wanted: ResponseFilter, answered: list[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
        condition, parameters = strata_condition(wanted)
        cells = self._database.rows(
            f"""
            SELECT s.group_id, sum(s.cells)::BIGINT FROM strata s JOIN runs r ON r.run_no = s.run_no
            WHERE {condition} GROUP BY s.group_id ORDER BY min(s.stratum)
            """,  # noqa: S608 - our own conditions
            parameters,
        )
        known = {group: sum(count for its, _, count in answered if its == group) for group, _ in cells}
        return [(group, "pending", total - known[group]) for group, total in cells if total > known[group]]

    def _counts(self, sql: str) -> list[Count]:
        return [(value, count) for value, count in self._database.rows(sql)]
