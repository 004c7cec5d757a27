"""The picture that answers the question: gaps between groups, overall and by category."""

from typing import Any

import altair as alt
import pandas as pd

from lib.charts.dots import dot_rows, line_at, texts
from lib.charts.numbers import amount, amounts, intervals, number_axis, share
from lib.charts.palette import NEUTRAL_GREY, group_colours
from lib.charts.rows import Rows

MARGIN_OPACITY = 0.18
THE_OTHERS = "the others"


def forest_chart(
    frame: pd.DataFrame, *, unit: str, percent: bool, margin: float | None, corrected: bool = True
) -> alt.LayerChart:
    """Gaps with their intervals, coloured only where they are clear.

    Args:
        frame: columns category, label, group, reference, estimate, low, high, clear, sets, responses, coverage
            (0 to 1, NaN where it is not told), p_adjusted and equivalent, one row a gap. Of several categories the
            first is over everything.
        unit: what is compared, in words.
        percent: whether it is a share, and gaps are in points.
        margin: gaps within ± this count as alike; shaded.
        corrected: whether `clear` is after correction, which the axis then says.
    """
    rows, places = laid_out(frame)
    shown = frame.assign(
        row=places,
        middle=frame["estimate"],
        colour=frame["group"],
        filled=frame["clear"] & frame["low"].notna(),
        gap=amounts(frame["estimate"], percent, signed=True),
        interval=intervals(frame["low"], frame["high"], percent, signed=True),
        p=["unknown" if p != p else f"{p:.3f}" if p >= 0.001 else "< 0.001" for p in frame["p_adjusted"]],
        covered=frame["coverage"].map(share),
        verdict=[verdict(line) for line in frame.itertuples()],
    )
    tooltip = texts(
        label="Rows",
        group="Group",
        reference="against",
        gap="Gap",
        interval="95 % interval",
        verdict="Verdict",
        p="p, corrected",
        sets="Matched sets",
        responses="Responses",
        covered="Coverage",
    )
    axis = number_axis(axis_title(frame, unit, percent, margin, corrected), percent, signed=True, top=rows.many)
    groups = (set(frame["group"]) | set(frame["reference"])) - {THE_OTHERS}
    beneath = [line_at(0.0)] if margin is None else [band(margin), line_at(0.0)]
    fields = ["category", "group"]
    return dot_rows(shown, rows, axis, group_colours(groups), tooltip, fields=fields, beneath=beneath)


def laid_out(frame: pd.DataFrame) -> tuple[Rows, list[int]]:
    """A row a gap: categories one below the other, with a heading each where they have several gaps."""
    rows = Rows()
    places = pd.Series(0, index=frame.index)
    parts = list(frame.groupby("category", sort=False))
    one_reference = frame["reference"].nunique() == 1
    for number, (_, part) in enumerate(parts):
        whole = number == 0 and len(parts) > 1
        headed = len(part) > 1
        if headed:
            rows.add(part["label"].iloc[0], bold=True)
        lines: Any = part.itertuples()
        for line in lines:
            group = line.group if one_reference else f"{line.group} − {line.reference}"
            places[line.Index] = rows.add(group if headed else line.label, note(line), bold=whole and not headed)
        if whole:
            rows.add()
    return rows, places.tolist()


def note(line: Any) -> str:
    """What a gap rests on, and whether it is shown to be small."""
    covered = f" · {share(line.coverage)} scored" if line.coverage == line.coverage else ""
    told = f"{line.sets:,} sets{covered}"
    return f"{told} · alike" if line.equivalent else told


def verdict(line: Any) -> str:
    """What may be said of one gap."""
    said = ["clear" if line.clear else "not clear"] if line.low == line.low else ["no interval"]
    return ", ".join([*said, "alike within the margin"] if line.equivalent else said)


def axis_title(
    frame: pd.DataFrame, unit: str, percent: bool, margin: float | None, corrected: bool = True
) -> list[str]:
    """What lies on the axis, and which side is whose."""
    lines = [f"{unit}: gap in percentage points" if percent else f"{unit}: gap"]
    colours = ["coloured: clear after correction"] if corrected else []
    groups, references = frame["group"].unique(), frame["reference"].unique()
    if len(groups) == 1 and len(references) == 1:
        lines.append(f"← higher for {references[0]}  ·  higher for {groups[0]} →")
    elif len(references) == 1:
        lines.append(f"← lower than {references[0]}  ·  higher than {references[0]} →")
    if margin is not None:
        colours.append(f"shaded: alike, within ±{amount(margin, percent, signed=True).lstrip('+')}")
    return [*lines, "; ".join(colours)] if colours else lines


def band(margin: float) -> alt.Chart:
    """The gaps that count as alike."""
    ends = alt.Data(values=[{"from": -margin, "to": margin}])
    return alt.Chart(ends).mark_rect(color=NEUTRAL_GREY, opacity=MARGIN_OPACITY).encode(x="from:Q", x2="to:Q")
