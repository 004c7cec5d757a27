"""The scores of a run as one wide table: a row a response, a column a measure."""

from typing import TYPE_CHECKING

from lib.types import Scoring
from lib.workflows import scoring
from lib.workflows.question import current
from lib.workflows.workbench import Workbench

if TYPE_CHECKING:
    import pyarrow as pa

PLACE = ("no", "set_id", "template", "group", "model", "decoding", "repeat", "outcome")
"""What places a response: its cell's number, as in the file of responses, and what it is compared by."""


def wide_scores(workbench: Workbench, run_id: str) -> "pa.Table | None":
    """Every response with the scores of today's version of each scorer; None where nothing was scored.

    Columns: run, those of `PLACE`, and for each scorer "<scorer>.<measure>", "<scorer>.label" (where it gives labels)
    and "<scorer>.outcome", which says whether there was something to score. `outcome` is the response's own.
    """
    import pyarrow as pa

    scorings = current_scorings(workbench, run_id)
    if not scorings:
        return None
    columns: dict[str, pa.ChunkedArray | pa.Array] = {}
    for known in scorings:
        table = workbench.store.scores.table(run_id, known.no)
        if not columns:
            columns["run"] = pa.repeat(pa.scalar(run_id), len(table))
            columns |= {name: table[name] for name in PLACE}
        columns |= scores_of(table, known)
    return pa.table(columns)


def current_scorings(workbench: Workbench, run_id: str) -> list[Scoring]:
    """Today's version of every scorer that has scores in a run, in the order in which scorers are listed."""
    return [current(workbench, state.entry) for state in scoring.states(workbench, run_id) if state.scored]


def scores_of(table: "pa.Table", known: Scoring) -> dict[str, "pa.ChunkedArray | pa.Array"]:
    """One scorer's columns."""
    import pyarrow as pa

    numbers = table["numbers"].to_pylist()
    columns: dict[str, pa.ChunkedArray | pa.Array] = {
        f"{known.entry.id}.{measure.id}": pa.array([row[place] if row else None for row in numbers], pa.float64())
        for place, measure in enumerate(known.measures)
    }
    if known.labels:
        columns[f"{known.entry.id}.label"] = table["label"]
    columns[f"{known.entry.id}.outcome"] = table["score_outcome"]
    return columns
