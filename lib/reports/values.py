"""How the values of a table are shown, in the wording of the screens."""

import math

from lib.reports.text import fit
from lib.types import ColumnKind, Value
from lib.types.reports import Field

UNKNOWN = "–"
MINUS = "−"
SMALLEST_P = 0.001


TO_BE_WRITTEN = "[To be written]"
"""The mark of a field in a table that nobody has written yet; the column says which."""


def shown(value: Value, kind: ColumnKind) -> str:
    """A value as people read it; "–" where it is unknown."""
    if value is None:
        return UNKNOWN
    if isinstance(value, Field):
        return fit(value.text) if value.text.strip() else TO_BE_WRITTEN
    if isinstance(value, str):
        return fit(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if math.isnan(value):
        return UNKNOWN
    if math.isinf(value):
        return "∞" if value > 0 else f"{MINUS}∞"
    return _number(value, kind).replace("-", MINUS)


def _number(value: float, kind: ColumnKind) -> str:
    match kind:
        case ColumnKind.WHOLE:
            return f"{round(value):,}"
        case ColumnKind.PERCENT:
            return f"{value * 100:.1f} %"
        case ColumnKind.POINTS:
            return f"{value * 100:+.1f} points"
        case ColumnKind.P:
            return f"{value:.3f}" if value >= SMALLEST_P else f"< {SMALLEST_P}"
        case ColumnKind.SIGNED:
            return f"{value:+,.{_places(value)}f}"
        case ColumnKind.NUMBER:
            return f"{value:,.{_places(value)}f}"
        case ColumnKind.TEXT:
            return str(value) if isinstance(value, int) else f"{value:g}"


def _places(value: float) -> int:
    return 2 if abs(value) < 10 else 1
