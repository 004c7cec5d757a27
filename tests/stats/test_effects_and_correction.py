"""Effect sizes, corrections, the four-fifths rule."""

import math

import numpy as np
import pytest

from lib.errors import StatsError
from lib.stats.correction import adjust
from lib.stats.effects import cohens_h, odds_ratio, paired_d, rate_ratio
from lib.stats.four_fifths import four_fifths
from tests.stats.audits import by_hand


def test_effects_by_hand() -> None:
    """h of all against none is π; d_z of 1, 2, 3 is 2 / 1; ratios divide."""
    assert cohens_h(1, 0) == pytest.approx(math.pi)
    assert cohens_h(0.3, 0.3) == 0
    assert paired_d(np.array([1.0, 2.0, 3.0])) == pytest.approx(2.0)
    assert rate_ratio(6, 4) == 1.5


def test_undefined_effects_are_nan() -> None:
    """No spread, one set, a reference rate of zero and no discordant pair have no standardised size."""
    assert math.isnan(paired_d(np.array([0.1, 0.1, 0.1])))
    assert math.isnan(paired_d(np.array([1.0])))
    assert math.isnan(rate_ratio(1, 0))
    assert np.isnan(odds_ratio(0, 0)).all()


def test_odds_ratio() -> None:
    """10 against 5 is 2; the exact interval of 10/15 (0.3838 to 0.8818) in odds is 0.623 to 7.46."""
    assert odds_ratio(10, 5) == pytest.approx((2.0, 0.623, 7.46), rel=0.01)
    assert odds_ratio(4, 0).value == odds_ratio(4, 0).high == math.inf


def test_holm_and_benjamini_hochberg() -> None:
    """Holm: 3 × .01, 2 × .02, then .04 raised to it; BH: .03, .03, .04. NaN neither counts nor changes."""
    p = [0.02, math.nan, 0.01, 0.04]
    assert adjust(p, "holm") == pytest.approx([0.04, math.nan, 0.03, 0.04], nan_ok=True)
    assert adjust(p, "bh") == pytest.approx([0.03, math.nan, 0.03, 0.04], nan_ok=True)
    assert np.isnan(adjust([math.nan], "holm")).all()
    assert len(adjust([], "bh")) == 0


def test_four_fifths() -> None:
    """Selected 24 of 80 against 60 of 80 is a ratio of 0.4, wholly below four fifths."""
    found = four_fifths(by_hand([1] * 24 + [0] * 56, [0] * 20 + [1] * 60))
    assert found.best_group == "men"
    assert found.ratios["women"] == pytest.approx(0.4)
    assert found.below == found.clearly_below == ("women",)
    low, high = found.intervals["women"]
    assert 0.2 < low < 0.4 < high < 0.7


def test_four_fifths_with_nobody_selected_on_one_side() -> None:
    """A ratio of zero from 3 selections in 100 sets is below four fifths, but not clearly."""
    found = four_fifths(by_hand([0] * 100, [1] * 3 + [0] * 97))
    low, high = found.intervals["women"]
    assert (found.ratios["women"], low) == (0.0, 0.0)
    assert high > 0.8
    assert (found.below, found.clearly_below) == (("women",), ())


@pytest.mark.parametrize(
    ("groups", "cause"),
    [
        (([0, 0], [0, 0]), "nobody was selected"),
        (([1, 0],), "fewer than two groups have scores"),
        (([1, 0], [math.nan, math.nan]), "fewer than two groups have scores"),
    ],
)
def test_four_fifths_refuses_in_words(groups, cause: str) -> None:
    """Without two groups and a selection there is no ratio."""
    with pytest.raises(StatsError) as raised:
        four_fifths(by_hand(*groups))
    assert raised.value.cause == cause
