"""A table of figures as a file that a spreadsheet opens safely."""

import csv
import io
from typing import TYPE_CHECKING, Any

from lib.spreadsheet import defused

if TYPE_CHECKING:
    import pandas as pd


def as_csv(table: "pd.DataFrame") -> bytes:
    """A table as comma-separated values, UTF-8, with a header: numbers in full, unknown ones empty.

    Texts that a spreadsheet would run as formulas are defused as in the exports of runs.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow([defused(str(name)) for name in table.columns])
    writer.writerows([[cell(value) for value in row] for row in table.itertuples(index=False, name=None)])
    return file.getvalue().encode("utf-8")


def cell(value: Any) -> Any:
    """A value as a cell: nothing where it is unknown (None or NaN, which differs from itself)."""
    return "" if value is None or value != value else defused(value)
