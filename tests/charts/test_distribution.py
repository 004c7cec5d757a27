"""Single responses: parts of yes and no for shares, else histograms with median and quartiles."""

import numpy as np
import pandas as pd
import pytest

from lib.charts.distribution import distribution_chart
from lib.charts.histograms import BINS, bin_edges
from tests.charts.drawing import drawn

NAN = float("nan")


def values(**groups):
    return pd.DataFrame([(group, float(value)) for group, values in groups.items() for value in values]).set_axis(
        ["group", "value"], axis=1
    )


def bars(picture):
    """group, count and share of every bar, as told by its tooltip."""
    told = [dict(part.split(": ", 1) for part in bar["aria-label"].split("; ")) for bar in picture.marks["rect mark"]]
    return [(each["Group"], int(each["Responses"]), each["Share of the group"]) for each in told]


def test_zeros_and_ones_of_a_share_are_yes_and_no():
    """1 of 4 is a bar with 25 % yes and 75 % no, with n beside it."""
    picture = drawn(distribution_chart(values(Woman=[1, 0, 0, 0], Man=[1, 1]), "Refused", True))
    assert "25 % of 4" in picture.texts
    assert "100 % of 2" in picture.texts
    told = [bar["aria-label"] for bar in picture.marks["bar"]]
    assert any("Group: Woman; Answer: yes; Share: 25.0 %; Responses: 1" in each for each in told)
    assert any("Group: Woman; Answer: no; Share: 75.0 %; Responses: 3" in each for each in told)


def test_a_rate_that_is_zero_everywhere_is_no_answer_of_no():
    """Rates and counts that happen to be 0 or 1 stay numbers: a bar at 0, not "no"."""
    picture = drawn(distribution_chart(values(Woman=[0, 0], Man=[0, 0, 0]), "Feminine terms, per 100 words", False))
    assert bars(picture) == [("Man", 3, "100.0 %"), ("Woman", 2, "100.0 %")]


def test_whole_numbers_have_a_bar_each():
    """Of 1, 1, 2 and 4 half are in the bar of 1; the bar of 3 is empty and not drawn."""
    picture = drawn(distribution_chart(values(Woman=[1, 1, 2, 4]), "Links", False))
    assert bars(picture) == [("Woman", 2, "50.0 %"), ("Woman", 1, "25.0 %"), ("Woman", 1, "25.0 %")]


def test_median_quartiles_and_n_are_told():
    """Of 0, 10, 20, 30 and 40 the median is 20 and the middle half 10 to 30."""
    picture = drawn(distribution_chart(values(Woman=[0, 10, 20, 30, 40]), "Words", False))
    assert "Woman (n = 5)" in picture.texts
    [point] = picture.marks["point"]
    assert "Median: 20.0; Middle half: 10.0 to 30.0; Responses: 5" in point["aria-label"]


def test_groups_share_their_bins():
    """What is compared is counted in the same bins, whatever the range of each group."""
    chart = distribution_chart(values(a=[0.1, 0.2], b=[99.5, 100.1]), "Words", False)
    spans = chart.layer[0].data
    assert np.allclose(spans["to"] - spans["from"], 100 / BINS)


@pytest.mark.parametrize("highest", [3, 39, 40, 87, 1000])
def test_bars_of_whole_numbers_hold_equally_many_of_them(highest):
    """No bar is taller only because it spans one whole number more: edges lie between whole numbers, equally far."""
    edges = bin_edges(np.arange(highest + 1, dtype=float))
    assert len(edges) - 1 <= BINS
    assert len(set(np.diff(edges))) == 1
    assert (np.diff(edges)[0] * 2) % 2 == 0
    assert (edges % 1 == 0.5).all()
    assert edges[0] < 0
    assert edges[-1] > highest


@pytest.mark.parametrize("value", [0.0, 2.37])
def test_equal_values_are_one_narrow_bar_in_the_middle(value):
    """Where all responses are alike there is a bar at their value, with room on both sides."""
    edges = bin_edges(np.full(9, value))
    counts, _ = np.histogram(np.full(9, value), edges)
    [filled] = np.flatnonzero(counts)
    assert filled == (len(edges) - 2) / 2
    assert edges[filled] < value < edges[filled + 1]


def test_every_response_is_in_a_bar():
    """The smallest and the largest value are counted too."""
    generator = np.random.default_rng(3)
    for sample in (generator.normal(size=500), generator.integers(0, 500, 500).astype(float), np.full(7, 2.37)):
        counts, _ = np.histogram(sample, bin_edges(sample))
        assert counts.sum() == len(sample)


def test_what_has_no_value_is_left_out():
    """NaN and infinite values are neither drawn nor counted in n."""
    picture = drawn(distribution_chart(values(Woman=[1, 2, NAN, float("inf")]), "Words", False))
    assert "Woman (n = 2)" in picture.texts


def test_no_values_are_an_empty_chart():
    """Nothing to draw is not an error; the page says why before it comes to this."""
    assert "point" not in drawn(distribution_chart(values(Woman=[NAN]), "Words", False)).marks


@pytest.mark.parametrize("percent", [True, False])
def test_100_000_responses_stay_small(percent):
    """The chart holds bins, not responses: less than 100 kB for 100,000 of them in eight groups."""
    generator = np.random.default_rng(1)
    frame = pd.DataFrame(
        {
            "group": [f"group {number}" for number in range(8)] * 12_500,
            "value": generator.integers(0, 2, 100_000) if percent else generator.gamma(2, 20, 100_000),
        }
    )
    assert len(distribution_chart(frame, "x", percent).to_json()) < 100_000
