"""A scorer's quality as the tables that charts draw and people download."""

import pandas as pd

from lib.stats.shares import Share
from lib.workflows.agreement_frames import counts_frame
from lib.workflows.instruments import Instrument, Quality

WHOLE = "All together"


def confusion_frame(found: Instrument, group: str = "") -> pd.DataFrame:
    """What is so by what the scorer says, of everything or of one group (its id), for `lib.charts.confusion`."""
    quality = next((each.quality for each in found.groups if each.group == group), found.whole)
    return counts_frame(quality.confusion, found.labels)


def calibration_frame(found: Instrument, *, by_group: bool = False) -> pd.DataFrame:
    """The bins of a calibration, for `lib.charts.calibration`; empty where the number is no probability.

    Columns: group, said, share, low, high and n.
    """
    named = [(each.title, each.quality) for each in found.groups] if by_group else [(WHOLE, found.whole)]
    rows = [
        (title, each.said, each.came_true.value, each.came_true.low, each.came_true.high, each.came_true.n)
        for title, quality in named
        if quality.calibration
        for each in quality.calibration.bins
    ]
    return pd.DataFrame(rows, columns=["group", "said", "share", "low", "high", "n"])


def errors_frame(found: Instrument) -> pd.DataFrame:
    """The error rate by group, or over everything where groups are not told apart, for `lib.charts.errors`.

    Columns: group, value, low, high and responses.
    """
    named = [(each.title, each.quality) for each in found.groups] or [(WHOLE, found.whole)]
    rows = [(title, *numbers(quality.error), quality.responses) for title, quality in named]
    return pd.DataFrame(rows, columns=["group", "value", "low", "high", "responses"])


def quality_table(found: Instrument) -> pd.DataFrame:
    """All shares with their intervals, by group and label, with columns as people read them."""
    rows = []
    for title, quality in [(WHOLE, found.whole), *((each.title, each.quality) for each in found.groups)]:
        for label, name, share in shares(quality):
            low_high = {"Low": share.low, "High": share.high}
            rows.append(
                {"Group": title, "Label": label, "Measure": name, "Value": share.value, **low_high, "n": share.n}
            )
        if quality.calibration:
            error = {"Label": "", "Measure": "Expected calibration error", "Value": quality.calibration.error}
            rows.append({"Group": title, **error, "n": quality.responses})
    return pd.DataFrame(rows)


def shares(quality: Quality) -> list[tuple[str, str, Share]]:
    """Label, name and value of every share."""
    named = [("", "Accuracy", quality.accuracy), ("", "Error rate", quality.error)]
    for label, each in quality.labels.items():
        named += [
            (label, "Precision", each.precision),
            (label, "Recall", each.recall),
            (label, "F1", each.f1),
            (label, "Specificity", each.specificity),
        ]
    return named


def numbers(share: Share) -> tuple[float, float, float]:
    """A share's value and interval."""
    return share.value, share.low, share.high
