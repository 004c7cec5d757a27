"""The figures in a chart are those that were put in."""

import pandas as pd
import pytest

from lib.charts.outcomes import COLOURS, MOST_GROUPS, outcomes_chart
from lib.charts.rates import rates_chart

COLUMNS = ["group", "outcome", "count"]


def test_shares_add_up_within_each_group():
    """Each group's outcomes are shares of its own cells: 3 of 4 stopped is 75 %, whatever others have."""
    figures = pd.DataFrame(
        [("woman", "stopped", 3), ("woman", "failed", 1), ("man", "stopped", 100)],
        columns=COLUMNS,
    )
    data = outcomes_chart(figures).data
    assert data["share"].tolist() == [0.75, 0.25, 1.0]


def test_many_groups_are_limited_to_the_largest():
    """With very many groups the chart shows those with the most cells."""
    figures = pd.DataFrame(
        [(f"g{number}", "stopped", number + 1) for number in range(MOST_GROUPS + 5)],
        columns=COLUMNS,
    )
    shown = set(outcomes_chart(figures).data["group"])
    assert len(shown) == MOST_GROUPS
    assert "g0" not in shown


@pytest.mark.parametrize("outcome", COLOURS)
def test_every_outcome_has_a_colour(outcome):
    """Whatever can become of a cell can be drawn."""
    figures = pd.DataFrame([("woman", outcome, 1)], columns=COLUMNS)
    assert outcomes_chart(figures).to_dict()["encoding"]["color"]["scale"]["domain"] == list(COLOURS)


def test_rates_keep_their_unit():
    """The axis of the rates says what it measures."""
    figures = pd.DataFrame([("model", "fp32", 233.0)], columns=["model", "dtype", "tokens_per_second"])
    assert "tokens a second" in rates_chart(figures).to_dict()["encoding"]["x"]["title"]
