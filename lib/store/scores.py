"""Scores: what scorers say of responses, by the version of the scorer, so that old ones stay beside new ones."""

import math
from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from lib.store.database import Database, batch_of
from lib.store.lookup import run_number
from lib.store.outcomes import storable
from lib.store.score_items import read_families, read_items, read_texts
from lib.store.score_table import read_table
from lib.store.scorings import all_scorings, known_scoring, measure_count, new_scoring, scorings_in
from lib.types import Measure, Score, ScoreItem, ScoreOutcome, ScorerEntry, Scoring

_SCHEMA = pa.schema(
    {
        "no": pa.int32(),
        "numbers": pa.list_(pa.float64()),
        "label": pa.string(),
        "outcome": pa.string(),
        "note": pa.string(),
    }
)

_REPLACED = "DELETE FROM scores WHERE scoring = $scoring AND run_no = $run_no AND no IN (SELECT no FROM batch)"

_NEW = """
INSERT INTO scores
SELECT $scoring, $run_no, b.no, b.numbers, b.label, b.outcome, b.note
FROM batch b
ANTI JOIN (SELECT no FROM scores WHERE scoring = $scoring AND run_no = $run_no) s ON s.no = b.no
"""

_LACKING = """
SELECT r.no FROM (SELECT no FROM responses WHERE run_no = $run_no) r
ANTI JOIN (SELECT no FROM scores WHERE scoring = $scoring AND run_no = $run_no) s ON s.no = r.no
ORDER BY r.no
"""

_ONE = """
SELECT numbers, label, outcome, note FROM scores WHERE run_no = $run_no AND scoring = $scoring AND no = $no
"""

_STRAY = """
SELECT min(b.no) FROM (SELECT unnest($nos) AS no) b
ANTI JOIN (SELECT no FROM responses WHERE run_no = $run_no) r ON r.no = b.no
"""


class Scores:
    """Scores by scoring, run and cell. All that takes a run raises RunError when there is none of that id."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self, entry_id: str, version: str, fingerprint: str) -> Scoring | None:
        """The scoring of this version of a scorer; None when it was never used here."""
        return known_scoring(self._database, entry_id, version, fingerprint)

    def scoring(
        self,
        entry: ScorerEntry,
        version: str,
        fingerprint: str,
        measures: tuple[Measure, ...],
        labels: tuple[str, ...],
    ) -> Scoring:
        """The scoring of this version of a scorer, made now when it was never used here.

        Raises:
            StoreError: it is new, and the database may only be read.
        """
        known = self.known(entry.id, version, fingerprint)
        return known or new_scoring(self._database, entry, version, fingerprint, measures, labels)

    def scorings(self, run_id: str | None = None) -> list[Scoring]:
        """Every scoring, or those with scores in one run, in the order they were first used."""
        if run_id is None:
            return all_scorings(self._database)
        return scorings_in(self._database, self._number(run_id))

    def counts(self, run_id: str) -> dict[int, int]:
        """How many responses of a run each scoring has scored."""
        sql = "SELECT scoring, count(*) FROM scores WHERE run_no = ? GROUP BY scoring ORDER BY scoring"
        return dict(self._database.rows(sql, (self._number(run_id),)))

    def answered(self, run_id: str) -> int:
        """How many cells of a run have a response."""
        count: int = self._database.value("SELECT count(*) FROM responses WHERE run_no = ?", (self._number(run_id),))
        return count

    def lacking(self, run_id: str, scoring_no: int) -> list[int]:
        """The cells with a response but no score of this scoring, in the order of the grid."""
        rows = self._database.rows(_LACKING, {"run_no": self._number(run_id), "scoring": scoring_no})
        return [no for (no,) in rows]

    def add(self, run_id: str, scoring_no: int, scores: Sequence[tuple[int, Score]], *, replace: bool = False) -> None:
        """Store scores by cell: on disk when this returns, all or nothing.

        A cell that has a score of this scoring keeps it; with `replace` the new one counts. Runs that
        may only be read can be scored: their responses stay as they are. A number that is not finite
        is stored as None.

        Raises:
            ValueError: a cell has no response, or a score has more or fewer values than the scoring has measures.
        """
        with self._database.transaction():
            place = {"run_no": self._number(run_id), "scoring": scoring_no}
            # Without `replace` the first of two scores for one cell counts, with it the last.
            rows = {no: _row(no, score) for no, score in (scores if replace else reversed(scores))}
            self._check(place["run_no"], scoring_no, rows)
            if rows:
                batch = batch_of([rows[no] for no in sorted(rows)], _SCHEMA)
                if replace:
                    self._database.write_batch(_REPLACED, batch, place)
                self._database.write_batch(_NEW, batch, place)

    def items(self, run_id: str, nos: Sequence[int]) -> list[ScoreItem]:
        """The answered cells among `nos` as a scorer reads them, in the order given."""
        return read_items(self._database, self._number(run_id), nos)

    def families(self, run_id: str, nos: Sequence[int]) -> list[list[int]]:
        """The answered cells of every family (`ScoreItem.family`) that has a cell among `nos`, in the grid's order."""
        return read_families(self._database, self._number(run_id), nos)

    def table(self, run_id: str, scoring_no: int | None = None) -> pa.Table:
        """One row for EVERY cell of a run, in the order of the grid; columns in `lib.store.score_table.SCHEMA`.

        `context`, `groups` and `terms` are JSON text, `prompt` is a digest of prompt and system prompt. Without a
        scoring there are no scores. `finish` is null while pending; `outcome` is stopped, cut off,
        empty, failed or pending. `numbers`, `label`, `score_outcome` and `note` are null where there is no score.
        """
        return read_table(self._database, self._number(run_id), scoring_no)

    def one(self, run_id: str, scoring_no: int, no: int) -> Score | None:
        """What a scoring says of one response; None where it has not scored it."""
        rows = self._database.rows(_ONE, {"run_no": self._number(run_id), "scoring": scoring_no, "no": no})
        return next(
            (Score(tuple(numbers), label, ScoreOutcome(outcome), note) for numbers, label, outcome, note in rows), None
        )

    def texts(self, run_id: str, nos: Sequence[int] | None = None) -> list[tuple[int, str]]:
        """(cell, completion) of the answered cells among `nos`, or of all, in the order of the grid."""
        return read_texts(self._database, self._number(run_id), nos)

    def _number(self, run_id: str) -> int:
        return run_number(self._database, run_id)

    def _check(self, run_no: int, scoring_no: int, rows: dict[int, tuple[Any, ...]]) -> None:
        width = measure_count(self._database, scoring_no)
        if wrong := [no for no, row in rows.items() if len(row[1]) != width]:
            raise ValueError(f"scoring {scoring_no} has {width} measures, and cell {wrong[0]} got another number")
        stray = self._database.value(_STRAY, {"run_no": run_no, "nos": list(rows)})
        if stray is not None:
            raise ValueError(f"cell {stray} of run number {run_no} has no response to score")


def _row(no: int, score: Score) -> tuple[Any, ...]:
    numbers = [None if value is None or not math.isfinite(value) else value for value in score.values]
    return no, numbers, storable(score.label), score.outcome.value, storable(score.note)
