"""Ratios: a doubling is one step either way, and only intervals that leave ×1 out are coloured."""

import pandas as pd

from lib.charts.palette import NEUTRAL_GREY
from lib.charts.ratios import ratios_chart
from tests.charts.drawing import drawn

NAN = float("nan")


def ratios(*rows):
    return pd.DataFrame(rows, columns=["item", "log2_ratio", "low", "high", "n", "p_a", "p_b"])


FRAME = ratios(
    ("pilot", -1.0, -1.5, -0.5, 4, 0.01, 0.02),
    ("judge", 0.1, -0.5, 0.7, 4, 0.0107, 0.01),
    ("nurse", 2.0, 1.5, 2.5, 4, 0.04, 0.01),
    ("baker", 3.0, NAN, NAN, 1, 0.08, 0.01),
)


def test_items_are_sorted_towards_the_first():
    """What is most towards a is on top, whatever the order of the frame."""
    texts = drawn(ratios_chart(FRAME, "she", "he")).texts
    assert [text for text in texts if text in set(FRAME["item"])] == ["baker", "nurse", "judge", "pilot"]


def test_only_what_excludes_one_is_coloured():
    """An interval across ×1 is grey, and so is a single prompt, however large its ratio."""
    points = drawn(ratios_chart(FRAME, "she", "he")).marks["point"]
    grey = {
        item
        for point in points
        for item in FRAME["item"]
        if f"Item: {item};" in point["aria-label"] and point["stroke"] == NEUTRAL_GREY
    }
    assert grey == {"judge", "baker"}


def test_a_dot_tells_factor_direction_and_both_probabilities():
    """Two steps are ×4, one step down is ×2 the other way."""
    told = {
        point["aria-label"].partition("Item: ")[2].partition(";")[0]: point["aria-label"]
        for point in drawn(ratios_chart(FRAME, "she", "he")).marks["point"]
    }
    assert "Ratio: ×4 towards she" in told["nurse"]
    assert "×2.83 towards she to ×5.66 towards she" in told["nurse"]
    assert "Probability of the first: 4 %; Probability of the second: 1 %; Prompts: 4" in told["nurse"]
    assert "Ratio: ×2 towards he" in told["pilot"]
    assert "95 % interval: none, one prompt" in told["baker"]


def test_the_axis_says_which_side_is_whose():
    """Left is b, right is a, and ticks are factors."""
    texts = drawn(ratios_chart(FRAME, "she", "he")).texts
    assert "← he more likely" in " ".join(texts)
    assert "she more likely →" in " ".join(texts)
    assert {"×1", "×2", "×4"} <= set(texts)


def test_small_ratios_look_small():
    """The axis reaches to ×2 on both sides even when nothing lies there."""
    spec = ratios_chart(ratios(("judge", 0.01, 0.0, 0.02, 3, 0.1, 0.1)), "a", "b").to_dict()
    scales = [layer["encoding"]["x"].get("scale", {}) for layer in spec["layer"] if "x2" in layer["encoding"]]
    assert scales[0]["domain"] == [-1.0, 1.0]


def test_no_ratios_are_an_empty_chart():
    """Nothing to compare is nothing drawn."""
    assert "point" not in drawn(ratios_chart(FRAME[:0], "she", "he")).marks
