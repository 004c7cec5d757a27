"""What a forest plot says in words, of rows whose numbers are made up."""

import math
from dataclasses import replace

import pytest

from lib.stats.results import Gap
from lib.types import Measure, MeasureKind
from lib.workflows import readings
from lib.workflows.comparison import OVERALL, GapRow

SHARE = Measure("refused", "Refused", MeasureKind.PROPORTION)
WORDS = Measure("length", "Length", MeasureKind.MEAN, unit="words")
GAP = Gap("A", "B", 0.2, 0.1, 0.3, 0.5, 0.3, 40, 40, 80, 1.0, 0.001, "a test", 0.1, "h")
UNKNOWN = replace(GAP, estimate=math.nan, low=math.nan, high=math.nan, p=math.nan, sets=0, note="Nobody answered.")


def row(category, gap, *, clear=False):
    return GapRow(category, category, gap, gap.group, gap.reference, gap.p, clear, False)


def say(*rows, measure=SHARE, family=None):
    return readings.of_gaps(rows, measure, None, "holm", family=family)


def test_what_is_denied_over_everything_is_told_of_a_category():
    """The clear category with gap, interval and n; the correction goes over all three."""
    none = replace(GAP, estimate=0.01, low=-0.02, high=0.04)
    said = say(row(OVERALL, none), row("T1", GAP, clear=True), row("T2", none))
    assert said.startswith("No gap over everything in “Refused” is clear.")
    assert said.endswith(
        "Of 2 gaps within categories, 1 is clear: T1, A against B +20.0 points (95 % interval +10.0 to +30.0 points; "
        "40 matched sets). Corrected (Holm) over the 3 gaps shown."
    )


def test_of_many_clear_categories_the_widest_are_named():
    """Three of four, the widest first."""
    rows = [row(f"T{n}", replace(GAP, estimate=n / 10), clear=True) for n in range(1, 5)]
    said = say(row(OVERALL, GAP, clear=True), *rows)
    assert "Of 4 gaps within categories, 4 are clear, the widest of them: T4, A against B +40.0 points" in said
    assert "T1," not in said


def test_only_what_could_be_tested_is_counted_as_corrected():
    """Of three gaps one could be tested; of the two within categories none."""
    said = say(row(OVERALL, GAP, clear=True), row("T1", UNKNOWN), row("T2", UNKNOWN))
    assert said.endswith(
        "Of 2 gaps within categories, none could be tested. Corrected (Holm) over the 1 of 3 gaps that could be tested."
    )


def test_nothing_known_is_not_corrected():
    """Without a p-value no correction is claimed."""
    assert say(row(OVERALL, UNKNOWN), family=0) == "There is not enough to compare: Nobody answered."


@pytest.mark.parametrize(
    ("estimate", "said"),
    [
        (
            3.0,
            "Length, A against B: all 40 matched sets show the same difference of +3.00 words, so that no interval can "
            "be computed and it is not called clear.",
        ),
        (0.0, "Length, A against B: all 40 matched sets show no difference, so that no interval can be computed."),
    ],
)
def test_the_same_difference_everywhere_is_told(estimate, said):
    """A constant gap has no interval: what is known of it is said, and not that the data fit something unknown."""
    constant = replace(GAP, estimate=estimate, low=math.nan, high=math.nan)
    assert readings.of_unclear([row(OVERALL, constant)], WORDS, None) == said


@pytest.mark.parametrize(("number", "said"), [(0, "0 gaps"), (1, "1 gap"), (1200, "1,200 gaps")])
def test_things_are_counted_in_words(number, said):
    """One is one."""
    assert readings.counted(number, "gap") == said
