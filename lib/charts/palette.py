"""Colours and shapes of groups, the same in every chart that shows the same groups."""

from collections.abc import Iterable

import altair as alt

# Okabe and Ito, "Color Universal Design" (2008), without black and yellow, which a dark or a light page swallows.
HUES = ("#0072B2", "#E69F00", "#009E73", "#D55E00", "#56B4E9", "#CC79A7")
SHAPES = ("circle", "square", "triangle-up", "diamond", "triangle-down")
"""One fewer than the hues, so that colour and shape together stay apart for thirty groups."""

NEUTRAL_GREY = "#999999"
"""For what is not clear, and for lines that only guide the eye."""

MUTED = "#7A7A7A"
"""Text inside a chart, which no theme colours: legible on white and on Streamlit's dark background."""


def group_colours(groups: Iterable[str]) -> alt.Scale:
    """A colour for each group; it depends on which groups there are, not on their order."""
    return over(groups, HUES)


def group_shapes(groups: Iterable[str]) -> alt.Scale:
    """A shape for each group, beside its colour."""
    return over(groups, SHAPES)


def over(groups: Iterable[str], looks: tuple[str, ...]) -> alt.Scale:
    """The looks dealt out to the groups in alphabetical order, from the start again when they run out."""
    names = sorted(set(groups))
    return alt.Scale(domain=names, range=[looks[place % len(looks)] for place in range(len(names))])
