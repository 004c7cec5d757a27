"""Names on a map are short, and none lies over another."""

import pandas as pd
import pytest

from lib.charts.map_names import HEIGHT, WIDTH, names_that_fit, shortened, width

NAN = float("nan")


def fitting(*rows):
    """The names that fit on a map of one pixel a unit."""
    frame = pd.DataFrame(rows, columns=["x", "y", "name"])
    return names_that_fit(frame, (0, WIDTH), (0, HEIGHT))


def test_names_apart_stay_where_they_are():
    """With room for all, none is moved or left out."""
    rows = [(200, 200, "care"), (400, 200, "law")]
    assert fitting(*rows).to_records(index=False).tolist() == rows


def test_a_name_gives_way_before_it_is_left_out():
    """At one place three names stand below each other; the fourth, of the smallest region, has no room."""
    kept = fitting(*((300, 300, name) for name in "abcd"))
    assert list(kept["name"]) == ["a", "b", "c"]
    assert list(kept["y"]) == [300, 320, 280]


def test_no_two_names_lie_over_each_other():
    """However crowded, any two are a line or their widths apart."""
    kept = fitting(*((100 + 13 * at % 400, 100 + 29 * at % 300, f"region {at}") for at in range(150)))
    boxes = [(line.x, line.y, width(line.name)) for line in kept.itertuples(index=False)]
    assert 10 < len(boxes) < 150
    for at, (x, y, wide) in enumerate(boxes):
        for other_x, other_y, other_wide in boxes[:at]:
            assert abs(y - other_y) >= 16 or abs(x - other_x) >= (wide + other_wide) / 2


def test_a_name_at_the_edge_moves_inside():
    """A long name in the corner is not cut by the edge."""
    [(x, y, name)] = fitting((0, HEIGHT, "care · nurse · ward")).to_records(index=False).tolist()
    assert x == pytest.approx(width(name) / 2)
    assert y == HEIGHT - 8


@pytest.mark.parametrize("place", [(-5, 10), (10, HEIGHT + 5), (NAN, 10)])
def test_what_is_not_on_the_map_is_not_written(place):
    """A region outside the part that is shown, or without a middle, has no name there."""
    assert fitting((*place, "care")).empty


def test_long_names_are_cut():
    """28 characters at most, with an ellipsis, on one line; a name without letters is none."""
    assert shortened("a" * 28) == "a" * 28
    assert shortened("a" * 29) == "a" * 27 + "…"
    assert shortened("two\nlines \t and more") == "two lines and more"
    assert shortened("aaaaaaaaaa · bbbbbbbbbbbb · cccccc") == "aaaaaaaaaa · bbbbbbbbbbbb…"
    assert fitting((10, 10, " \n")).empty


def test_wide_characters_take_more_room():
    """Chinese and Japanese characters are twice as wide."""
    assert width("護理") == width("care")


def test_no_names_and_no_extent():
    """Nothing to write gives nothing; a map of a single place has its name in the middle."""
    assert fitting().empty
    one = names_that_fit(pd.DataFrame({"x": [1.0], "y": [1.0], "name": ["a"]}), (1.0, 1.0), (1.0, 1.0))
    assert one.to_records(index=False).tolist() == [(1.0, 1.0, "a")]
