"""Numbers as the charts write them: shares in per cent, gaps of shares in points, the rest in two decimals or one."""

import math
from collections.abc import Iterable

import altair as alt

UNKNOWN = "unknown"
TICKS = {
    (False, True): "format(100 * datum.value, '~g') + ' %'",
    (True, True): "datum.value ? format(100 * datum.value, '+~g') : '0'",
    (False, False): "format(datum.value, ',~g')",
    (True, False): "datum.value ? format(datum.value, '+,~g') : '0'",
}
"""Expressions for ticks, by whether numbers are signed and whether they are shares."""


def amount(value: float, percent: bool, *, signed: bool = False) -> str:
    """A value: "12.5 %", "+3.1 points", "2.40"; "unknown" for NaN."""
    if math.isnan(value):
        return UNKNOWN
    sign = "+" if signed else ""
    if percent:
        return f"{100 * value:{sign}.1f} {'points' if signed else '%'}"
    return f"{value:{sign},.{2 if abs(value) < 10 else 1}f}"


def amounts(values: Iterable[float], percent: bool, *, signed: bool = False) -> list[str]:
    """`amount` of each value."""
    return [amount(value, percent, signed=signed) for value in values]


def intervals(lows: Iterable[float], highs: Iterable[float], percent: bool, *, signed: bool = False) -> list[str]:
    """Intervals as text: "-1.2 points to +7.4 points"; "none" where there is none."""
    return [
        "none"
        if math.isnan(low) or math.isnan(high)
        else f"{amount(low, percent, signed=signed)} to {amount(high, percent, signed=signed)}"
        for low, high in zip(lows, highs, strict=True)
    ]


def share(value: float) -> str:
    """A share without decimals: "98 %"; "unknown" for NaN."""
    return UNKNOWN if math.isnan(value) else f"{100 * value:.0f} %"


def number_axis(title: str | list[str], percent: bool, *, signed: bool = False, top: bool = False) -> alt.Axis:
    """An axis of numbers; at the top where a long chart would hide its foot."""
    expression = TICKS[signed, percent]
    return alt.Axis(title=title, labelExpr=expression, orient="top" if top else "bottom", tickCount=7, grid=True)
