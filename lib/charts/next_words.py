"""How likely chosen words are next, after each group's prompts."""

import math

import altair as alt
import pandas as pd

from lib.charts.dots import texts
from lib.charts.grouped import grouped_dots
from lib.charts.probabilities import probability, probability_ranges

WIDE = 100
"""With probabilities further apart than this factor, the axis is logarithmic."""


def words_chart(frame: pd.DataFrame) -> alt.LayerChart:
    """The mean probability of each word after each group's prompts, with its range over them.

    Args:
        frame: columns group, word, low, high, probability and n (prompts).
    """
    several = frame["n"] > 1
    shown = frame.assign(
        label=frame["word"],
        middle=frame["probability"],
        low=frame["low"].where(several),
        high=frame["high"].where(several),
        said=frame["probability"].map(probability),
    )
    shown = shown.assign(range=probability_ranges(shown["low"], shown["high"]))
    tooltip = texts(word="Word", group="After", said="Mean probability", range="Over its prompts", n="Prompts")
    lines = [
        "probability as the next word",
        "mean and range over prompts" if several.any() else "one prompt each: no range",
    ]
    decades = powers_of_ten(pd.concat([shown["middle"], shown["low"], shown["high"]]))
    if not decades:
        return grouped_dots(shown, lines, True, alt.Scale(zero=True), tooltip)
    lines[0] += ", each line ten times the one before"
    scale = alt.Scale(type="log", domain=[decades[0], decades[-1]], nice=False)
    return grouped_dots(shown, lines, True, scale, tooltip, ticks=decades)


def powers_of_ten(values: pd.Series) -> list[float]:
    """Those around and between probabilities that lie far apart; none where they are close, or one is zero."""
    known = values.dropna().astype(float)
    if known.empty or known.min() <= 0 or known.max() / known.min() <= WIDE:
        return []
    return [10.0**power for power in range(math.floor(math.log10(known.min())), math.ceil(math.log10(known.max())) + 1)]
