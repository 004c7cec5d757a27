"""What came back for cells: responses once each, failures as events that a retry clears."""

from collections.abc import Sequence
from datetime import datetime

import pyarrow as pa

from lib.store.clock import now
from lib.store.database import Database
from lib.types import Response

_SCHEMA = pa.schema(
    {
        "no": pa.int32(),
        "finish": pa.string(),
        "text": pa.string(),
        "error": pa.string(),
        "prompt_sent": pa.string(),
        "prompt_tokens": pa.int32(),
        "new_tokens": pa.int32(),
        "seconds": pa.float64(),
        "created": pa.timestamp("us"),
    }
)

_RESPONSES = """
INSERT OR IGNORE INTO responses
SELECT c.run_no, c.no, c.stratum, b.finish, b.text, b.prompt_sent, b.prompt_tokens, b.new_tokens, b.seconds, b.created
FROM batch b JOIN cells c ON c.run_no = ? AND c.no = b.no
WHERE b.finish <> 'failed'
"""

_FAILURES = """
INSERT INTO failures (run_no, no, stratum, error, prompt_sent, prompt_tokens, new_tokens, seconds, created)
SELECT c.run_no, c.no, c.stratum, b.error, b.prompt_sent, b.prompt_tokens, b.new_tokens, b.seconds, b.created
FROM batch b JOIN cells c ON c.run_no = ? AND c.no = b.no
WHERE b.finish = 'failed'
"""


def write_outcomes(database: Database, run_no: int, responses: Sequence[Response], created: Sequence[datetime]) -> None:
    """Store what came back, in one transaction; a cell that has a response keeps the one it has.

    `created` gives the time of each (UTC, naive).
    """
    rows = [
        (
            response.no,
            response.finish.value,
            _storable(response.text),
            _storable(response.error),
            _storable(response.prompt_sent),
            response.prompt_tokens,
            response.new_tokens,
            response.seconds,
            time,
        )
        for response, time in zip(responses, created, strict=True)
    ]
    columns = [pa.array(column, kind) for column, kind in zip(zip(*rows, strict=True), _SCHEMA.types, strict=True)]
    batch = pa.table(columns, schema=_SCHEMA)
    with database.transaction():
        database.write_batch(_RESPONSES, batch, (run_no,))
        database.write_batch(_FAILURES, batch, (run_no,))


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
            database.write("INSERT INTO retries (run_no, created) VALUES (?, ?)", (run_no, now()))
    return count


def _storable(text: str) -> str:
    """An endpoint's JSON can carry half a surrogate pair, which no file can: it becomes "�"."""
    return text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
