"""How single responses are distributed, group by group."""

import altair as alt
import numpy as np
import pandas as pd

from lib.charts.histograms import histograms
from lib.charts.yes_or_no import yes_or_no


def distribution_chart(frame: pd.DataFrame, title: str, percent: bool) -> alt.LayerChart:
    """Histograms on one axis, or the parts that are yes and no where a share is made of zeros and ones.

    The responses are counted before they are drawn, so that the chart stays small however many there are.

    Args:
        frame: columns group and value, one row a response; rows without a value are left out.
        title: what the numbers are, in words.
        percent: whether they are shares.
    """
    known = frame[np.isfinite(frame["value"])]
    if percent and len(known) and known["value"].isin([0.0, 1.0]).all():
        return yes_or_no(known, title)
    return histograms(known, title, percent)
