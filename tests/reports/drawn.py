"""Ten real charts on small made-up frames."""

import math

import pandas as pd

from lib.charts.confusion import confusion_chart
from lib.charts.distinctive import distinctive_chart
from lib.charts.distribution import distribution_chart
from lib.charts.forest import forest_chart
from lib.charts.group_counts import group_counts_chart
from lib.charts.heatmap import heatmap_chart
from lib.charts.levels import levels_chart
from lib.charts.next_tokens import next_tokens_chart
from lib.charts.positions import positions_chart
from lib.charts.ratios import ratios_chart

JOBS = ("nurse", "engineer", "teacher")


def charts(hostile=""):
    """A chart by name; `hostile` becomes the name of a group."""
    other = hostile or "Nonbinary"
    return {
        "levels": levels_chart(levels(other), "Refused", True),
        "forest": forest_chart(gaps(other), unit="Refused", percent=True, margin=0.05),
        "heatmap": heatmap_chart(by_job(other), "Refused", True),
        "counts": group_counts_chart(pd.DataFrame([("Woman", 360), ("Man", 360), (other, 12)], columns=COUNT)),
        "ratios": ratios_chart(ratios(), "Woman", "Man"),
        "words": distinctive_chart(words()),
        "positions": positions_chart(positions()),
        "distribution": distribution_chart(lengths(other), "Words", False),
        "confusion": confusion_chart(confusion(), "People", "Scorer"),
        "tokens": next_tokens_chart(tokens()),
    }


COUNT = ["group", "count"]


def levels(other):
    rows = [("Woman", 0.31, 0.28, 0.34), ("Man", 0.22, 0.19, 0.25), (other, math.nan, math.nan, math.nan)]
    frame = pd.DataFrame(rows, columns=["group", "value", "low", "high"])
    return frame.assign(responses=[360, 360, 0], sets=[180, 180, 0], coverage=[0.99, 0.98, 0.0])


def gaps(other):
    rows = [
        (category, label, group, "Man", estimate, estimate - 0.04, estimate + 0.04, estimate > 0.05)
        for category, label in (("", "overall"), *((job, job) for job in JOBS))
        for group, estimate in (("Woman", 0.09), (other, -0.01))
    ]
    names = ["category", "label", "group", "reference", "estimate", "low", "high", "clear"]
    frame = pd.DataFrame(rows, columns=names)
    return frame.assign(sets=180, responses=360, coverage=0.98, p_adjusted=0.012, equivalent=False)


def by_job(other):
    rows = [
        (group, job, job, 0.1 * place + 0.05 * turn, 0.1 * place, 0.1 * place + 0.1, 40)
        for turn, group in enumerate(("Woman", "Man", other))
        for place, job in enumerate(JOBS)
    ]
    return pd.DataFrame(rows, columns=["group", "category", "label", "value", "low", "high", "responses"])


def ratios():
    rows = [("she", 1.2, 0.9, 1.5, 20, 0.2, 0.09), ("strong", -0.8, -1.2, -0.4, 20, 0.01, 0.02)]
    return pd.DataFrame(rows, columns=["item", "log2_ratio", "low", "high", "n", "p_a", "p_b"])


def words():
    rows = [("Woman", "kind", 1.1, 4.0, 50, 9, True), ("Man", "brilliant", 0.9, 3.1, 40, 11, True)]
    return pd.DataFrame(rows, columns=["group", "word", "log_odds", "z", "count", "other_count", "clear"])


def positions():
    rows = [("the content", 40, 0.5, 0.4, 0.6), ("the first place", 40, 0.5, 0.4, 0.6)]
    return pd.DataFrame(rows, columns=["outcome", "count", "share", "low", "high"])


def lengths(other):
    rows = [(group, 20 + place * 3 % 17 + turn) for turn, group in enumerate(("Woman", other)) for place in range(60)]
    return pd.DataFrame(rows, columns=["group", "value"]).astype({"value": float})


def confusion():
    rows = [("refused", "refused", 30), ("refused", "answered", 4), ("answered", "refused", 6)]
    return pd.DataFrame([*rows, ("answered", "answered", 60)], columns=["row_label", "column_label", "count"])


def tokens():
    rows = [("Woman", " he", 0.2, 1), ("Woman", " she", 0.1, 2), ("Man", " she", 0.1, 2), ("Man", " he", 0.3, 1)]
    return pd.DataFrame(rows, columns=["group", "token", "probability", "rank"])
