"""A group looks the same in every chart that shows the same groups."""

import pytest

from lib.charts.palette import HUES, SHAPES, group_colours, group_shapes


def looks(scale):
    return dict(zip(scale.domain, scale.range, strict=True))


def test_colours_do_not_depend_on_the_order():
    """A chart that sorts its groups otherwise gives them the same colours."""
    assert looks(group_colours(["Woman", "Man", "Woman"])) == looks(group_colours(["Man", "Woman"]))


def test_groups_differ_in_colour_and_in_shape():
    """Up to five groups can be told apart by colour alone and by shape alone."""
    groups = ["a", "b", "c", "d", "e"]
    assert len(set(looks(group_colours(groups)).values())) == 5
    assert len(set(looks(group_shapes(groups)).values())) == 5


def test_thirty_groups_differ_in_colour_and_shape_together():
    """Where colours repeat, shapes do not repeat with them."""
    groups = [f"group {number:02}" for number in range(len(HUES) * len(SHAPES))]
    colours, shapes = looks(group_colours(groups)), looks(group_shapes(groups))
    assert len({(colours[group], shapes[group]) for group in groups}) == 30


@pytest.mark.parametrize("background", ["#FFFFFF", "#0E1117"])
def test_every_colour_is_seen_on_light_and_dark(background):
    """No colour comes close to the white of the light page or to Streamlit's dark one (contrast of 2 to 1 or more)."""
    for hue in HUES:
        light, dark = sorted((luminance(hue), luminance(background)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) > 2, hue


def luminance(colour):
    """Relative luminance as in WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_no_groups_are_no_colours():
    """An empty chart asks for the colours of nobody."""
    assert looks(group_colours([])) == {}
