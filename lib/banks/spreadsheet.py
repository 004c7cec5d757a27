"""The rows of a spreadsheet of prompts, read strictly: a hole or a slip would be a false comparison later."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass

from lib.banks.schema import slug
from lib.errors import BankError
from lib.yaml_files.fields import suggest_from
from lib.yaml_files.reading import LIMIT_BYTES

REQUIRED = ("item", "group", "prompt")
OPTIONAL = ("attribute", "term", "category")

_FORMULA = re.compile(r"=|[+\-@]\w+[(|!]|#(REF|N/A|NAME|VALUE|DIV/0|NUM|NULL)[!?]?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Row:
    """One prompt and the line of the spreadsheet it ends on."""

    line: int
    item: str
    group: str
    prompt: str
    attribute: str
    term: str
    category: str


def read_rows(text: str | bytes, name: str) -> list[Row]:
    """The prompts in a spreadsheet, every matched set complete.

    Raises:
        BankError: naming the file and the line of the first mistake.
    """
    text = _decoded(text, name).removeprefix("\ufeff")
    if len(text) > LIMIT_BYTES:
        cause = f"the spreadsheet has {len(text):,} letters, more than the {LIMIT_BYTES:,} allowed"
        raise sheet_error(name, 1, cause, "Split it into smaller ones.")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows: list[Row] = []
    try:
        columns = _columns(next(reader, []), name)
        for cells in reader:
            if any(cells):
                rows.append(_row(columns, cells, reader.line_num, name))
    except csv.Error as error:
        remedy = "Look for a quotation mark that is opened and not closed."
        raise sheet_error(name, reader.line_num, f"this is not CSV ({error})", remedy) from error
    if not rows:
        raise sheet_error(name, 1, "there are no prompts", "Add a row for each item and group below the header.")
    _check_consistent(rows, name)
    _check_complete(rows, name)
    return rows


def _decoded(text: str | bytes, name: str) -> str:
    if isinstance(text, str):
        return text
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError as error:
        line = text.count(b"\n", 0, error.start) + 1
        remedy = "Export it again as “CSV UTF-8”."
        raise sheet_error(name, line, "the file is not UTF-8 text", remedy) from error


def _delimiter(text: str) -> str:
    """What parts the columns: whichever of comma, semicolon and tab the header has most of."""
    header = text.split("\n", 1)[0]
    return max(",;\t", key=header.count)


def _columns(header: list[str], name: str) -> list[str]:
    columns = [cell.strip().lower() for cell in header]
    known = (*REQUIRED, *OPTIONAL)
    for column in REQUIRED:
        if column not in columns:
            cause = f"the header has no column {column!r}"
            raise sheet_error(name, 1, cause, f"Name the columns {', '.join(REQUIRED)}.")
    for column in columns:
        if column not in known:
            raise sheet_error(name, 1, f"the column {column[:40]!r} is unknown", suggest_from(column, known))
        if columns.count(column) > 1:
            raise sheet_error(name, 1, f"the column {column!r} stands there twice", "Delete one of them.")
    return columns


def _row(columns: list[str], cells: list[str], line: int, name: str) -> Row:
    if len(cells) != len(columns):
        cause = f"the row has {len(cells)} cells, the header {len(columns)}"
        raise sheet_error(name, line, cause, "Put texts that hold a delimiter or a line break in quotation marks.")
    row = dict.fromkeys(OPTIONAL, "") | dict(zip(columns, (cell.strip() for cell in cells), strict=True))
    for column, cell in row.items():
        if _CONTROL.search(cell):
            raise sheet_error(name, line, f"there is a control character in the column {column!r}", "Delete it.")
        if _FORMULA.match(cell):
            cause = f"there is a formula in the column {column!r}"
            raise sheet_error(name, line, cause, "Put in its result as text, and export the sheet again.")
        if not cell and column in REQUIRED:
            raise sheet_error(name, line, f"the column {column!r} is empty", "Fill it in, or delete the row.")
        if cell and column in ("item", "group", "attribute") and not slug(cell):
            raise sheet_error(name, line, f"no id can be made of {cell[:40]!r}", "Use at least one letter or digit.")
    return Row(
        line,
        row["item"],
        row["group"],
        row["prompt"],
        row["attribute"] or "Group",
        row["term"] or row["group"],
        row["category"],
    )


def _check_consistent(rows: Iterable[Row], name: str) -> None:
    """An item has one attribute, an id one spelling, and a prompt one row."""
    attributes: dict[str, str] = {}
    spelling: dict[tuple[str, str], str] = {}
    lines: dict[tuple[str, str, str], int] = {}
    for row in rows:
        if attributes.setdefault(row.item, row.attribute) != row.attribute:
            cause = f"the item {row.item[:40]!r} has another attribute further up"
            raise sheet_error(name, row.line, cause, "Keep one attribute for each item.")
        for column, cell in (("item", row.item), ("group", row.group), ("attribute", row.attribute)):
            other = spelling.setdefault((column, slug(cell)), cell)
            if other != cell:
                cause = f"{cell[:40]!r} and {other[:40]!r} give the same id"
                raise sheet_error(name, row.line, cause, f"Spell the {column} the same way, or change one of them.")
        if line := lines.get((row.item, row.group, row.term)):
            cause = f"the item {row.item[:40]!r} has a prompt for the group {row.group[:40]!r} in line {line} already"
            raise sheet_error(name, row.line, cause, "Delete one of the two, or tell them apart in a column 'term'.")
        lines[row.item, row.group, row.term] = row.line


def _check_complete(rows: list[Row], name: str) -> None:
    """Every item needs a prompt for each group and term of its attribute: a matched set has no holes."""
    there = {(row.item, row.group, row.term) for row in rows}
    members: dict[str, dict[tuple[str, str], None]] = {}
    for row in rows:
        members.setdefault(row.attribute, {})[row.group, row.term] = None
    for row in {row.item: row for row in rows}.values():
        if len({group for group, _ in members[row.attribute]}) == 1:
            cause = f"{row.attribute[:40]!r} has a single group, so nothing can be compared"
            raise sheet_error(name, row.line, cause, "Add rows for another group.")
        for group, term in members[row.attribute]:
            if (row.item, group, term) not in there:
                whom = f"the group {group[:40]!r}" + (f" and the term {term[:40]!r}" if term != group else "")
                cause = f"the item {row.item[:40]!r} has no prompt for {whom}"
                raise sheet_error(name, row.line, cause, "Add a row for it.")


def sheet_error(name: str, line: int, cause: str, remedy: str) -> BankError:
    """An error in one line of a spreadsheet."""
    return BankError(f"spreadsheet {name}, line {line}", cause, remedy)
