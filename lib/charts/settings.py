"""Models and decoding settings against each other."""

import altair as alt
import pandas as pd

from lib.charts.dots import texts
from lib.charts.grouped import grouped_dots
from lib.charts.numbers import amounts, intervals


def settings_chart(frame: pd.DataFrame, unit: str, percent: bool) -> alt.LayerChart:
    """Each group's number under each setting; how far apart the dots of a row lie is that setting's gap.

    Args:
        frame: columns model, decoding, group, value, low, high and responses.
        unit: what the numbers are, in words.
        percent: whether they are shares.
    """
    shown = frame.assign(
        label=labels(frame),
        middle=frame["value"],
        n=frame["responses"],
        number=amounts(frame["value"], percent),
        interval=intervals(frame["low"], frame["high"], percent),
    )
    tooltip = texts(
        model="Model",
        decoding="Decoding",
        group="Group",
        number=unit,
        interval="95 % interval",
        responses="Responses",
    )
    title, scale = f"{unit}, with 95 % intervals", alt.Scale(zero=False, nice=True)
    return grouped_dots(shown, title, percent, scale, tooltip, ["model", "decoding", "group"])


def labels(frame: pd.DataFrame) -> pd.Series:
    """What tells the settings apart: model, decoding, or both; decoding first, as long names are cut at their end."""
    if frame["decoding"].nunique() < 2:
        return frame["model"]
    return frame["decoding"] if frame["model"].nunique() < 2 else frame["decoding"] + " · " + frame["model"]
