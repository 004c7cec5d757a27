"""After a run: what more repeats of the same prompts would do to the interval of a gap."""

import pandas as pd

from lib.workflows import readings
from lib.workflows.comparison import Comparison, contrasts
from lib.workflows.selection import observe


def outlook(comparison: Comparison, more_repeats: int) -> str:
    """The half width that could be expected for the first gap shown, in a sentence.

    Raises:
        StatsError: there is one prompt or one repeat only, or nothing varies.
    """
    from lib.stats.more_repeats import expected_interval

    measure, frame = comparison.choice.measure, comparison.frame
    group, reference = contrasts(comparison.groups, comparison.question.reference)[0]
    found = expected_interval(
        observe(frame, comparison.groups, comparison.attribute, measure),
        pd.factorize(frame["family"])[0].astype("int64"),
        group,
        reference,
        measure.kind,
        more_repeats,
    )
    first = comparison.rows[0]

    def half(width: float) -> str:
        return readings.within(width, measure)

    pair = f"{first.group_title} against {first.reference_title}"
    now = f"{half(found.half_width_now)} with {found.repeats_now:.3g} repeats of {found.prompts:,} prompts"
    then = f"about {half(found.half_width_then)} with {found.repeats_then:.3g}"
    floor = f"However many repeats, not below {half(found.half_width_floor)}: only more prompts do that."
    return f"For {pair}, over prompts of this kind: {now}, {then}. {floor}"
