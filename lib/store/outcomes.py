"""What came back for cells: responses once each, failures as events that a retry or an answer clears."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pyarrow as pa

from lib.store.clock import now
from lib.store.database import Database, batch_of
from lib.types import Finish, Response

_Row = tuple[Any, ...]  # the columns of _SCHEMA

# The outcome of a cell as people read it, over a row `o` of the view `outcomes`.
OUTCOME = """
CASE WHEN o.finish IS NULL THEN 'pending'
    WHEN o.finish = 'failed' THEN 'failed'
    WHEN o.blank THEN 'empty'
    WHEN o.finish = 'length' THEN 'cut off'
    ELSE 'stopped' END
"""

_SCHEMA = pa.schema(
    {
        "no": pa.int32(),
        "finish": pa.string(),
        "text": pa.string(),
        "blank": pa.bool_(),
        "error": pa.string(),
        "prompt_sent": pa.string(),
        "prompt_tokens": pa.int32(),
        "new_tokens": pa.int32(),
        "seconds": pa.float64(),
        "created": pa.timestamp("us"),
    }
)

_RESPONSES = """
INSERT INTO responses
SELECT c.run_no, c.no, c.stratum, b.finish, b.text, b.blank,
    b.prompt_sent, b.prompt_tokens, b.new_tokens, b.seconds, b.created
FROM batch b JOIN cells c ON c.run_no = $run_no AND c.no = b.no
ANTI JOIN (SELECT no FROM responses WHERE run_no = $run_no) r ON r.no = b.no
"""

_FAILURES = """
INSERT INTO failures (run_no, no, stratum, error, prompt_sent, prompt_tokens, new_tokens, seconds, created)
SELECT c.run_no, c.no, c.stratum, b.error, b.prompt_sent, b.prompt_tokens, b.new_tokens, b.seconds, b.created
FROM batch b JOIN cells c ON c.run_no = $run_no AND c.no = b.no
ANTI JOIN (SELECT no FROM responses WHERE run_no = $run_no) r ON r.no = b.no
"""

_CLEARINGS = """
INSERT INTO clearings (run_no, no, created)
SELECT f.run_no, f.no, b.created FROM open_failures f JOIN batch b ON b.no = f.no
WHERE f.run_no = $run_no
"""


def write_outcomes(database: Database, run_no: int, responses: Sequence[Response], created: Sequence[datetime]) -> None:
    """Store what came back, in one transaction; a cell that has a response keeps the one it has.

    `created` gives the time of each (UTC, naive). Transactions take turns, so that between looking
    for a response and storing one nobody else can store it.

    Raises:
        ValueError: the run has no cell of that number.
    """
    total = database.value("SELECT total FROM runs WHERE run_no = ?", (run_no,))
    if stray := [response.no for response in responses if not 0 <= response.no < total]:
        raise ValueError(f"run number {run_no} has cells 0 to {total - 1}, not {stray[0]}")
    answered: dict[int, _Row] = {}
    failed: list[_Row] = []
    for response, time in zip(responses, created, strict=True):
        if response.finish is Finish.FAILED:
            failed.append(_row(response, time))
        else:
            answered.setdefault(response.no, _row(response, time))
    with database.transaction():
        if answered:
            batch = batch_of(list(answered.values()), _SCHEMA)
            database.write_batch(_RESPONSES, batch, {"run_no": run_no})
            database.write_batch(_CLEARINGS, batch, {"run_no": run_no})
        if failed:
            database.write_batch(_FAILURES, batch_of(failed, _SCHEMA), {"run_no": run_no})


def failure_reasons(database: Database, run_no: int) -> list[tuple[str, int]]:
    """The errors of open failures with how many cells have each, the most frequent first."""
    return [
        (error, count)
        for error, count in database.rows(
            "SELECT error, count(*) FROM open_failures WHERE run_no = ? GROUP BY error ORDER BY count(*) DESC, error",
            (run_no,),
        )
    ]


def clear_failures(database: Database, run_no: int) -> int:
    """Make the failed cells of a run pending again; gives how many there were."""
    with database.transaction():
        count: int = database.value("SELECT count(*) FROM open_failures WHERE run_no = ?", (run_no,))
        if count:
            database.write(
                "INSERT INTO clearings (run_no, no, created) SELECT run_no, no, ? FROM open_failures WHERE run_no = ?",
                (now(), run_no),
            )
    return count


def _row(response: Response, time: datetime) -> _Row:
    return (
        response.no,
        response.finish.value,
        storable(response.text),
        not response.text.strip(),
        storable(response.error),
        storable(response.prompt_sent),
        response.prompt_tokens,
        response.new_tokens,
        response.seconds,
        time,
    )


def storable(text: str) -> str:
    """An endpoint's JSON can carry half a surrogate pair, which no file can: it becomes "�"."""
    return text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
