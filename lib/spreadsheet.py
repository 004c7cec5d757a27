"""Cells of CSV files that no spreadsheet takes for a formula, and back."""

import re
from typing import Any

# A spreadsheet takes these first characters for a formula. An apostrophe in front stops it; texts that
# begin with apostrophes already get one more, so that taking one off always gives the text back.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_DEFUSED = re.compile(r"'+[=+\-@\t\r]")


def defused(value: Any) -> Any:
    """A value that no spreadsheet runs as a formula."""
    return "'" + value if isinstance(value, str) and _FORMULA.match(value) else value


def undefused(cell: str) -> str:
    """The text that `defused` made `cell` of."""
    return cell[1:] if _DEFUSED.match(cell) else cell
