"""Rounding is no sign: a gap of 5.6e-17 between values of 0.3 is 0, in gaps and from wording to wording."""

import math
from dataclasses import replace

import pytest

from lib.types import MeasureKind
from lib.workflows.reporting.gaps import as_family
from lib.workflows.reporting.noise import without_noise
from lib.workflows.reporting.sensitivity import sensitivity, spread
from tests.workflows.reporting import once

pytestmark = pytest.mark.slow

ROUNDED, EXACT = 0.1 + 0.2, 0.3
"""They differ by 5.6e-17."""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A comparison whose two groups differ by rounding alone, in two wordings."""
    first = once.half(tmp_path_factory.mktemp("half")).comparisons[0]
    frame = first.frame
    value = frame["group"].map({"woman": ROUNDED, "man": EXACT})
    frame = frame.assign(value=value, template=(frame["category"] == "nurse").map({True: "a", False: "b"}))
    measure = replace(first.choice.measure, kind=MeasureKind.MEAN)
    return replace(first, frame=frame, choice=replace(first.choice, measure=measure))


def test_rounding_has_no_direction_in_any_wording(made):
    """Two wordings, neither above nor below zero."""
    [found] = spread(sensitivity([made]))
    assert (found.lowest, found.highest, found.templates) == (0.0, 0.0, 2)
    assert (found.above, found.below, found.turns, found.directed) == (0, 0, False, 0)


def test_rounding_is_never_clear(made):
    """A gap with an interval of rounding on one side of zero is none, whatever its p."""
    row = made.rows[0]
    tiny = {"estimate": 5.6e-17, "low": 1e-17, "high": 6e-17, "value": ROUNDED, "reference_value": EXACT, "p": 1e-6}
    [again] = as_family([replace(made, rows=[replace(row, gap=replace(row.gap, **tiny))])])
    assert (again.rows[0].gap.estimate, again.rows[0].gap.low, again.rows[0].clear) == (0.0, 0.0, False)


def test_small_numbers_are_no_rounding(made):
    """A gap of 1e-12 between 1e-12 and 0 is as large as its values; what is unknown stays unknown."""
    gap = replace(made.rows[0].gap, estimate=1e-12, low=1e-13, high=2e-12, value=1e-12, reference_value=0.0)
    assert without_noise(gap) == gap
    unknown = replace(gap, estimate=math.nan, value=math.nan, reference_value=math.nan)
    assert math.isnan(without_noise(unknown).estimate)
