"""Models and decoding settings against each other."""

import pandas as pd

from lib.charts.settings import settings_chart
from tests.charts.drawing import drawn, selections

NAN = float("nan")
COLUMNS = ["model", "decoding", "group", "value", "low", "high", "responses"]


def frame(models=("Small", "Large"), decodings=("greedy", "warm"), groups=("Woman", "Man")):
    return pd.DataFrame(
        [
            (model, decoding, group, 0.5, 0.4, 0.6, 300)
            for model in models
            for decoding in decodings
            for group in groups
        ],
        columns=COLUMNS,
    )


def rows(figures):
    """The labels of the rows, apart from ticks, axis title and legend."""
    known = set(figures["model"]) | set(figures["decoding"])
    texts = drawn(settings_chart(figures, "Feminine terms", True)).texts
    return [text for text in texts if any(name in text for name in known)]


def test_every_setting_has_a_dot_and_an_interval_a_group():
    """Two models with two settings and two groups are eight dots with intervals."""
    marks = drawn(settings_chart(frame(), "Feminine terms", True)).marks
    dots = [mark for mark in marks["point"] if "Responses: 300" in mark.get("aria-label", "")]
    assert len(dots) == 8
    assert len(marks["rule mark"]) == 8
    assert "95 % interval: 40.0 % to 60.0 %" in dots[0]["aria-label"]


def test_groups_differ_in_shape_as_well_as_colour():
    """Colour is never alone."""
    marks = drawn(settings_chart(frame(["Small"]), "Feminine terms", True)).marks
    dots = [mark for mark in marks["point"] if "Responses: 300" in mark.get("aria-label", "")]
    assert len({mark["d"] for mark in dots}) == 2


def test_rows_are_called_by_what_differs():
    """Models where one decoding was used, decodings where one model was, else both."""
    assert rows(frame(decodings=["greedy"])) == ["Small", "Large"]
    assert rows(frame(models=["Small"])) == ["greedy", "warm"]
    assert rows(frame()) == ["greedy · Small", "warm · Small", "greedy · Large", "warm · Large"]


def test_a_dot_without_an_interval_is_hollow_and_one_without_a_number_is_missing():
    """Nothing looks surer than it is."""
    figures = frame(models=["Small"], groups=["Woman"])
    figures.loc[0, ["low", "high"]] = NAN
    figures.loc[1, ["value", "low", "high"]] = NAN
    marks = drawn(settings_chart(figures, "Feminine terms", True)).marks
    [dot] = marks["point"]
    assert "Decoding: greedy" in dot["aria-label"]
    assert dot.get("fill", "none") in {"none", "transparent"}
    assert "rule mark" not in marks


def test_a_click_gives_model_decoding_and_group():
    """The selection has the name and the fields that the page reads."""
    assert selections(settings_chart(frame(), "x", False)) == {"picked": ["model", "decoding", "group"]}
