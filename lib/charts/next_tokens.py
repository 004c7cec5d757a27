"""The likeliest next tokens after each group's prompts, side by side."""

import altair as alt
import pandas as pd

from lib.charts.palette import MUTED, group_colours
from lib.charts.probabilities import probability

WIDTH = 190  # pixels of a group
STEP = 22  # pixels of a token
COLUMNS = 3
LABEL_LIMIT = 110
FONT = "Source Code Pro, DejaVu Sans Mono, monospace"
ROOM = 1.35
"""How much longer the axis is than the longest bar: its number stands behind it."""

SYMBOLS = str.maketrans({" ": "␣", "\n": "⏎", "\t": "⇥", "\r": "␍"})


def next_tokens_chart(frame: pd.DataFrame) -> alt.FacetChart:
    """Probabilities of the top tokens, a panel a group on one axis.

    Args:
        frame: columns group, token, probability and rank (1 is the likeliest).
    """
    groups = list(frame["group"].unique())
    shown = frame.assign(shown=frame["token"].map(visible_token), said=frame["probability"].map(probability))
    most = frame["probability"].max() if len(frame) else 1.0
    base = alt.Chart(width=WIDTH, height=alt.Step(STEP)).encode(
        x=alt.X(
            "probability:Q",
            scale=alt.Scale(domain=[0, most * ROOM], nice=False),
            axis=alt.Axis(format="~%", title="probability", tickCount=4),
        ),
        y=alt.Y(
            "shown:N",
            sort=alt.EncodingSortField("rank", op="min"),
            title=None,
            axis=alt.Axis(labelLimit=LABEL_LIMIT, labelFont=FONT, labelOverlap=False, ticks=False, domain=False),
        ),
        tooltip=[
            alt.Tooltip("group:N", title="After"),
            alt.Tooltip("shown:N", title="Token"),
            alt.Tooltip("said:N", title="Probability"),
            alt.Tooltip("rank:Q", title="Rank"),
        ],
    )
    bars = base.mark_bar(height={"band": 0.7}).encode(
        color=alt.Color("group:N", scale=group_colours(groups), legend=None)
    )
    numbers = base.mark_text(align="left", dx=4, color=MUTED).encode(text="said:N")
    header = alt.Header(title=None, labelLimit=WIDTH, labelAnchor="start", labelFontSize=13, labelFontWeight="bold")
    facet = alt.Facet("group:N", sort=groups, header=header)
    return (
        alt.layer(bars, numbers, data=shown)
        .facet(facet, columns=COLUMNS)
        .resolve_scale(y="independent")
        .resolve_axis(x="independent")
    )


def visible_token(token: str) -> str:
    """A token with its spaces and line ends as symbols, and whatever else cannot be seen by its number."""
    marked = str(token).translate(SYMBOLS)
    return "".join(letter if letter.isprintable() else f"⟨U+{ord(letter):04X}⟩" for letter in marked) or "(end)"
