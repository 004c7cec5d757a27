"""Records as rows of a CSV file that a spreadsheet opens safely: one column a field, one a field of the codebook."""

import csv
import io
import json
import math
from collections.abc import Iterator
from typing import Any

from lib.annotation.formats.fields import record_of
from lib.annotation.formats.lines import LONGEST_LINE, decoded
from lib.annotation.formats.record import RECORD_FIELDS, SUBJECT_FIELDS, Export, Flaw, Reading, Record, flat
from lib.annotation.labels import CHOICES
from lib.registry import suggest
from lib.spreadsheet import defused, undefused
from lib.types import Codebook, CodebookField, FieldKind

NONE_OF_THEM = "(none)"
"""A multiple choice of which no label was chosen; an empty cell was not answered. No label's id has brackets."""

SAID = "answer."
SEPARATOR = "|"
MAX_COLUMNS = 1_000
PLAIN_ANSWER = ("confidence", "unsure", "note", "discard")
NUMBERS = ("item", "of", "cell", "confidence")
FLAGS = ("suggested", "masked", "unblinded", "current", "unsure")
TRUE, FALSE = ("true", "yes", "1"), ("false", "no", "0", "")

_REST = [name for name in RECORD_FIELDS if name not in ("answer", "annotator", "act")]


def write_csv(export: Export) -> bytes:
    """Comma-separated values with a header, UTF-8; formulas are defused with a leading apostrophe.

    Labels are joined by “|”, spans are JSON.
    """
    columns = [SAID + field.id for field in export.codebook.fields]
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    header = [*SUBJECT_FIELDS, "annotator", "act", *columns, *PLAIN_ANSWER, *_REST]
    writer.writerow(header)
    for record in export.records:
        row = flat(record) | _cells(record, export.codebook)
        writer.writerow([defused(_cell(row[name])) for name in header])
    return file.getvalue().encode("utf-8", "replace")


def read_csv(text: str, codebook: Codebook) -> Reading:
    """The records of a CSV text whose header names at least “annotator”; raises Flaw when it does not."""
    reading = Reading()
    csv.field_size_limit(LONGEST_LINE)
    delimiter = delimiter_of(text)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header = [name.strip() for name in next(rows)]
    if len(header) > MAX_COLUMNS or len(set(header)) < len(header):
        raise Flaw("its first line has too many columns, or one of them twice", "Name each column once.")
    for place, cells in _numbered(rows, reading):
        try:
            if len(cells) > len(header):
                raise Flaw(
                    f"it has {len(cells)} cells for {len(header)} columns", "Put texts that hold commas in quotes."
                )
            row = {name: undefused(cell) for name, cell in zip(header, cells, strict=False)}
            reading.records.append((place, record_of(_row(row, codebook))))
        except Flaw as flaw:
            reading.refuse(place, flaw.cause, flaw.remedy)
    return reading


def delimiter_of(text: str) -> str:
    """What separates the cells: the comma, or what spreadsheets in other languages write; raises Flaw for no table."""
    header = text[: text.find("\n") if "\n" in text else len(text)].strip()
    for delimiter in ",;\t":
        if "annotator" in (name.strip().strip('"') for name in header.split(delimiter)):
            return delimiter
    raise Flaw("its first line has no column “annotator”", "Keep the first line of the file as it was exported.")


def _numbered(rows: Any, reading: Reading) -> Iterator[tuple[str, list[str]]]:
    """Rows that are not empty, with the line each begins on; reading ends where the quotes are broken."""
    while True:
        place = f"line {rows.line_num + 1}"
        try:
            cells = next(rows, None)
        except csv.Error as error:
            remedy = "Close every quote, and write a quote inside a text twice. What comes after it was not read."
            reading.refuse(place, f"it is no line of a CSV file ({error})", remedy)
            return
        if cells is None:
            return
        if any(cells):
            yield place, cells


def _cells(record: Record, codebook: Codebook) -> dict[str, Any]:
    answer = record.answer
    cells: dict[str, Any] = {name: getattr(answer, name) for name in PLAIN_ANSWER}
    for field in codebook.fields:
        said: Any = ""
        if field.id in answer.labels:
            said = SEPARATOR.join(map(_escaped, answer.labels[field.id])) or NONE_OF_THEM
        elif field.id in answer.spans:
            spans = [{"start": span.start, "end": span.end, "label": span.label} for span in answer.spans[field.id]]
            said = json.dumps(spans, ensure_ascii=False)
        elif field.id in answer.texts:
            said = answer.texts[field.id]
        cells[SAID + field.id] = said
    return cells


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value


def _row(cells: dict[str, str], codebook: Codebook) -> dict[str, Any]:
    row: dict[str, Any] = {name: cell for name, cell in cells.items() if not name.startswith(SAID)}
    answer: dict[str, Any] = {"labels": {}, "spans": {}, "texts": {}}
    for name, cell in cells.items():
        if name.startswith(SAID) and cell.strip():
            field = _field(name.removeprefix(SAID), codebook)
            where, value = _said(field, cell)
            answer[where][field.id] = value
    for name in NUMBERS:
        row[name] = _number(name, row.get(name, ""))
    for name in FLAGS:
        row[name] = _flag(name, row.get(name, ""))
    row["seconds"] = _seconds(row.get("seconds", ""))
    return row | {"answer": answer | {name: row.get(name) for name in PLAIN_ANSWER}}


def _field(name: str, codebook: Codebook) -> CodebookField:
    found = next((field for field in codebook.fields if field.id == name), None)
    if found is None:
        cause = f"the codebook “{codebook.title}” has no field “{name[:40]}”"
        raise Flaw(cause, suggest(name[:40], [field.id for field in codebook.fields]))
    return found


def _said(field: CodebookField, cell: str) -> tuple[str, Any]:
    if field.kind in CHOICES:
        return "labels", [] if cell.strip() == NONE_OF_THEM else _split(cell.strip())
    return ("spans", decoded(cell)) if field.kind is FieldKind.SPANS else ("texts", cell)


def _escaped(label: str) -> str:
    return label.replace("\\", "\\\\").replace(SEPARATOR, "\\" + SEPARATOR)


def _split(cell: str) -> list[str]:
    """The labels that `_escaped` and SEPARATOR made a cell of."""
    labels, escaped = [""], False
    for letter in cell:
        if escaped or letter not in ("\\", SEPARATOR):
            labels[-1] += letter
            escaped = False
        elif letter == "\\":
            escaped = True
        else:
            labels.append("")
    return [label.strip() for label in labels]


def _number(name: str, cell: str) -> int | None:
    if not cell.strip():
        return None
    try:
        number = float(cell)
    except ValueError:
        number = math.nan
    if not number.is_integer():
        raise Flaw(f"“{name}” is “{cell[:40]}”, which is no whole number", "Write it in digits alone.")
    return int(number)


def _flag(name: str, cell: str) -> bool:
    written = cell.strip().lower()
    if written not in (*TRUE, *FALSE):
        raise Flaw(f"“{name}” is “{cell[:40]}”, not true or false", "Write true or false.")
    return written in TRUE


def _seconds(cell: str) -> float:
    try:
        return float(cell) if cell.strip() else 0.0
    except ValueError:
        raise Flaw(f"“seconds” is “{cell[:40]}”, which is no number", "Write a number from 0 on.") from None
