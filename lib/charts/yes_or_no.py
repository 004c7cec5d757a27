"""The parts of each group's responses that are yes and no."""

import altair as alt
import pandas as pd

from lib.charts.dots import texts
from lib.charts.numbers import amounts, number_axis, share
from lib.charts.palette import group_colours
from lib.charts.rows import STEP, Rows

NO = "#C9C9C9"


def yes_or_no(known: pd.DataFrame, title: str) -> alt.LayerChart:
    """One bar a group, with the share of yes and n beside it.

    Args:
        known: columns group and value (0 or 1), one row a response.
        title: what is yes, in words.
    """
    rows = Rows()
    counts = known.groupby("group", sort=False)["value"].agg(yes="sum", n="count")
    number = {group: rows.add(str(group), f"{share(yes / n)} of {n:,}") for group, yes, n in counts.itertuples()}
    edge = counts["yes"] / counts["n"]
    yes = pd.DataFrame({"answer": "yes", "from": 0.0, "to": edge, "count": counts["yes"]})
    no = pd.DataFrame({"answer": "no", "from": edge, "to": 1.0, "count": counts["n"] - counts["yes"]})
    parts = pd.concat([yes, no]).reset_index()
    parts = parts.assign(
        row=parts["group"].map(number),
        count=parts["count"].astype(int),
        part=amounts(parts["to"] - parts["from"], percent=True),
    )
    coloured = alt.Color("group:N", scale=group_colours(counts.index), legend=None)
    base = alt.Chart(parts)
    bars = base.mark_bar(height={"band": 0.7}).encode(
        x=alt.X(
            "from:Q", axis=number_axis(f"share of responses; coloured: {title}", True), scale=alt.Scale(domain=[0, 1])
        ),
        x2="to:Q",
        y=rows.y(rows.left()),
        color=alt.when("datum.answer == 'yes'").then(coloured).otherwise(alt.value(NO)),
        tooltip=texts(group="Group", answer="Answer", part="Share", count="Responses"),
    )
    notes = base.mark_point(opacity=0).encode(y=rows.y(rows.right()))  # an axis of notes needs a layer of its own
    return rows.layered(bars, notes, height=alt.Step(STEP + 6))
