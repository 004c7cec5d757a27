"""Records one after the other, as lines of JSON or as a Parquet table, in the same fields."""

import io
import json
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from lib.annotation.formats.fields import record_of
from lib.annotation.formats.lines import objects_by_line
from lib.annotation.formats.record import Export, Flaw, Reading, flat

MAX_ROWS = 1_000_000
MAX_TABLE_BYTES = 2_000_000_000
ROWS_AT_ONCE = 200
MAPS = ("labels", "spans", "texts")

_TEXT, _WHOLE, _FLAG = pa.string(), pa.int32(), pa.bool_()
_SPAN = pa.struct({"start": _WHOLE, "end": _WHOLE, "label": _TEXT})
_ANSWER = pa.struct(
    {
        "labels": pa.map_(_TEXT, pa.list_(_TEXT)),
        "spans": pa.map_(_TEXT, pa.list_(_SPAN)),
        "texts": pa.map_(_TEXT, _TEXT),
        "confidence": pa.int8(),
        "unsure": _FLAG,
        "note": _TEXT,
        "discard": _TEXT,
    }
)

SCHEMA = pa.schema(
    {
        "assignment": _TEXT,
        "assignment_name": _TEXT,
        "codebook": _TEXT,
        "digest": _TEXT,
        "item": _WHOLE,
        "kind": _TEXT,
        "of": _WHOLE,
        "run": _TEXT,
        "cell": _WHOLE,
        "cell_id": _TEXT,
        "set_id": _TEXT,
        "prompt": _TEXT,
        "text": _TEXT,
        "annotator": _TEXT,
        "act": _TEXT,
        "answer": _ANSWER,
        "submission": _TEXT,
        "seconds": pa.float64(),
        "suggestion": _TEXT,
        "suggested": _FLAG,
        "masked": _FLAG,
        "unblinded": _FLAG,
        "created": pa.timestamp("us", tz="UTC"),
        "reason": _TEXT,
        "current": _FLAG,
    }
)


def write_jsonl(export: Export) -> bytes:
    """One JSON object a line, UTF-8, with the answer as an object in it."""
    lines = (json.dumps(flat(record), ensure_ascii=False) + "\n" for record in export.records)
    return "".join(lines).encode("utf-8", "replace")


def read_jsonl(text: str) -> Reading:
    """The records of lines of JSON."""
    reading = Reading()
    for place, row in objects_by_line(text, reading):
        _take(reading, place, row)
    return reading


def write_parquet(export: Export) -> bytes:
    """A Parquet table, compressed with zstd; the answer is a structure. The codebook stands in the file's metadata."""
    rows = [_typed(flat(record), record.created) for record in export.records]
    schema = SCHEMA.with_metadata({"codebook": export.codebook.text.encode()})
    file = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, schema), file, compression="zstd")
    return file.getvalue()


def read_parquet(data: bytes) -> Reading:
    """The records of a Parquet table; raises Flaw when it is none, or too large to be one of annotations."""
    reading = Reading()
    number = 0
    try:
        file = pq.ParquetFile(io.BytesIO(data))
        sizes = [file.metadata.row_group(group).total_byte_size for group in range(file.metadata.num_row_groups)]
        if file.metadata.num_rows > MAX_ROWS or sum(sizes) > MAX_TABLE_BYTES:
            raise Flaw("it holds more than a million rows, or 2 GB", "Import it in parts.")
        columns = [name for name in file.schema_arrow.names if name in SCHEMA.names]
        for batch in file.iter_batches(ROWS_AT_ONCE, columns=columns):
            for row in batch.to_pylist():
                number += 1
                _take(reading, f"row {number}", _nested(row))
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        if number:
            reading.refuse(f"row {number + 1}", "the file is damaged from here on", "Write it again.")
            return reading
        raise Flaw("it is no whole Parquet file", "Write it again with the tool it comes from.") from error
    return reading


def _take(reading: Reading, place: str, row: dict[str, Any]) -> None:
    try:
        reading.records.append((place, record_of(row)))
    except Flaw as flaw:
        reading.refuse(place, flaw.cause, flaw.remedy)


def _typed(row: dict[str, Any], created: object) -> dict[str, Any]:
    answer = row["answer"] | {name: list(row["answer"][name].items()) for name in MAPS}
    return row | {"answer": answer, "created": created}


def _nested(row: dict[str, Any]) -> dict[str, Any]:
    answer = row.get("answer")
    if isinstance(answer, dict):
        maps = {name: dict(answer[name]) for name in MAPS if isinstance(answer.get(name), list)}
        row = row | {"answer": answer | maps}
    return row
