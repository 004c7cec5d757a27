"""What a grid comes to, on the grid page."""

import pytest
from streamlit.testing.v1 import AppTest


def planned(sentence: str, points: float | None) -> None:
    from types import SimpleNamespace

    from lib.ui.plan_view import show_detectable

    show_detectable(SimpleNamespace(detectable=sentence, detectable_points=points))


@pytest.mark.parametrize(("points", "shown"), [(12.04, "12 points"), (4.25, "4.25 points"), (None, "none")])
def test_the_smallest_gap_is_a_figure_with_its_sentence(points, shown):
    """The gap stands in percentage points over the sentence that says on what it rests."""
    test = AppTest.from_function(planned, args=("With 80 % power, over 60 sets.", points)).run()
    assert test.metric[0].value == shown
    assert "60 sets" in test.caption[0].value


def test_without_a_sentence_nothing_is_shown():
    """A plan that says nothing of gaps shows no figure that looks like one."""
    assert not AppTest.from_function(planned, args=("", None)).run().metric
