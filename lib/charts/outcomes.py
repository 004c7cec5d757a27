"""What became of the cells of each group."""

import altair as alt
import pandas as pd

# Okabe and Ito's colours: green ended by itself, sky blue cut off, purple refused, orange empty, vermilion failed,
# grey pending.
COLOURS = {
    "stopped": "#009E73",
    "cut off": "#56B4E9",
    "refused": "#CC79A7",
    "empty": "#E69F00",
    "failed": "#D55E00",
    "pending": "#999999",
}
ROW_HEIGHT = 24
MOST_GROUPS = 100


def outcomes_chart(figures: pd.DataFrame) -> alt.Chart:
    """Share of each outcome by group, one bar a group.

    Args:
        figures: columns group, outcome (a key of `COLOURS`) and count.
    """
    groups = figures.groupby("group", sort=False)["count"].sum().nlargest(MOST_GROUPS).index
    shown = figures[figures["group"].isin(groups)]
    share = shown["count"] / shown.groupby("group")["count"].transform("sum")
    shown = shown.assign(share=share, order=shown["outcome"].map(list(COLOURS).index))
    return (
        alt.Chart(shown, height=alt.Step(ROW_HEIGHT))
        .mark_bar()
        .encode(
            x=alt.X("share:Q", stack=True, axis=alt.Axis(format="%", title="share of cells", tickCount=5)),
            y=alt.Y("group:N", sort=None, title=None, axis=alt.Axis(labelLimit=260)),
            color=alt.Color(
                "outcome:N",
                title=None,
                scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values())),
                legend=alt.Legend(orient="top"),
            ),
            order="order:Q",
            tooltip=["group:N", "outcome:N", "count:Q", alt.Tooltip("share:Q", format=".1%")],
        )
    )
