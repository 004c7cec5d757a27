"""How many responses of each group there are."""

import altair as alt
import pandas as pd

from lib.charts.palette import HUES, MUTED

ROW_HEIGHT = 22


def group_counts_chart(figures: pd.DataFrame) -> alt.LayerChart:
    """One bar a group, with its number behind it.

    Args:
        figures: columns group and count.
    """
    base = alt.Chart(figures, height=alt.Step(ROW_HEIGHT)).encode(
        x=alt.X("count:Q", title=None, axis=None),
        y=alt.Y("group:N", sort=None, title=None, axis=alt.Axis(labelLimit=220, ticks=False, domain=False)),
        tooltip=[alt.Tooltip("group:N", title="Group"), alt.Tooltip("count:Q", title="Responses", format=",")],
    )
    bars = base.mark_bar(color=HUES[0])
    return bars + base.mark_text(align="left", dx=4, color=MUTED).encode(text=alt.Text("count:Q", format=","))
