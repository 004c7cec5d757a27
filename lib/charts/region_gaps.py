"""Which groups a region holds more of than its share, region by region."""

from typing import Any

import altair as alt
import pandas as pd

from lib.charts.dots import dot_rows, line_at, texts
from lib.charts.forest import THE_OTHERS, axis_title, verdict
from lib.charts.numbers import UNKNOWN, amounts, intervals, number_axis
from lib.charts.palette import group_colours
from lib.charts.rows import Rows

NOT_TESTED = "not tested"
LONGEST = 24  # characters of a region's name


def region_gaps_chart(frame: pd.DataFrame, *, unit: str, one_reference: bool) -> alt.LayerChart:
    """How much more of a group's responses than of its reference's lie in each region, coloured only where clear.

    Args:
        frame: columns region (its number), label, group, reference, estimate (difference of shares, -1 to 1), low,
            high, clear, share, reference_share (0 to 1), sets, responses, p_adjusted and tested, one row a contrast,
            the regions in the order to be shown.
        unit: what is compared, in words.
        one_reference: whether all groups are compared with the same one, so that it need not be named in each row.
    """
    numbers = frame[["estimate", "low", "high", "p_adjusted"]].astype(float)  # None would not be NaN
    frame = frame.assign(equivalent=False, **numbers)
    rows, places = laid_out(frame, one_reference)
    shown = frame.assign(
        row=places,
        middle=frame["estimate"],
        colour=frame["group"],
        filled=frame["clear"] & frame["tested"] & frame["low"].notna(),
        gap=amounts(frame["estimate"], percent=True, signed=True),
        interval=intervals(frame["low"], frame["high"], percent=True, signed=True),
        p=["none" if p != p else f"{p:.3f}" if p >= 0.001 else "< 0.001" for p in frame["p_adjusted"]],
        part=amounts(frame["share"], percent=True),
        reference_part=amounts(frame["reference_share"], percent=True),
        verdict=[verdict(line) if line.tested else NOT_TESTED for line in frame.itertuples()],
    )
    tooltip = texts(
        label="Region",
        group="Group",
        part="Share of its responses",
        reference="against",
        reference_part="Share of theirs",
        gap="Gap",
        interval="95 % interval",
        verdict="Verdict",
        p="p, corrected",
        sets="Matched sets",
        responses="Responses",
    )
    axis = number_axis(title(frame, unit), percent=True, signed=True, top=rows.many)
    groups = (set(frame["group"]) | set(frame["reference"])) - {THE_OTHERS}
    fields = ["region", "group"]
    return dot_rows(shown, rows, axis, group_colours(groups), tooltip, fields=fields, beneath=[line_at(0.0)])


def laid_out(frame: pd.DataFrame, one_reference: bool) -> tuple[Rows, list[int]]:
    """A row a region, or a heading a region with a row a contrast where there are several."""
    rows = Rows()
    places = pd.Series(0, index=frame.index)
    headed = len(frame[["group", "reference"]].drop_duplicates()) > 1
    for _, part in frame.groupby("region", sort=False):
        if headed:
            rows.add(named(part["label"].iloc[0]), bold=True)
        lines: Any = part.itertuples()
        for line in lines:
            group = line.group if one_reference else f"{line.group} − {line.reference}"
            places[line.Index] = rows.add(group if headed else named(line.label), note(line))
    return rows, places.tolist()


def named(label: str) -> str:
    """A region's name, short enough to leave room for the dots beside a map; the tooltip has it whole."""
    return label if len(label) <= LONGEST else f"{label[: LONGEST - 1].rstrip(' ,;')}…"


def note(line: Any) -> str:
    """Both shares, small ones with a decimal."""
    return f"{per_cent(line.share)} vs {per_cent(line.reference_share)} %"


def per_cent(share: float) -> str:
    """A share as a number of per cent."""
    if share != share:
        return UNKNOWN
    return f"{100 * share:.{1 if 0 < share < 0.1 else 0}f}"


def title(frame: pd.DataFrame, unit: str) -> list[str]:
    """What lies on the axis, and which side is whose."""
    *first, last = axis_title(frame, unit, percent=True, margin=None)
    if frame["reference"].nunique() > 1:
        first.append("← higher for the second  ·  higher for the first named →")
    return [*first, last]
