"""The likeliest tokens, a panel a group."""

import pandas as pd
import pytest

from lib.charts.next_tokens import next_tokens_chart, visible_token
from tests.charts.drawing import drawn

COLUMNS = ["group", "token", "probability", "rank"]
ROWS = [
    ("woman", " nurse", 0.2, 1),
    ("woman", " cook", 0.1, 2),
    ("man", " cook", 0.15, 1),
    ("man", " nurse", 0.0123, 2),
]


def picture(*rows):
    return drawn(next_tokens_chart(pd.DataFrame(rows, columns=COLUMNS)))


def test_each_panel_has_its_own_order():
    """The likeliest is on top in each panel, though the panels share their tokens."""
    texts = picture(*ROWS).texts
    assert [text for text in texts if text.startswith("␣")] == ["␣nurse", "␣cook", "␣cook", "␣nurse"]


def test_panels_stand_in_the_order_of_the_frame():
    """Groups are not sorted by name."""
    texts = picture(*ROWS).texts
    assert texts.index("woman") < texts.index("man")


def test_a_bar_tells_its_number():
    """Each bar has its probability beside it, and group, token and rank in its description."""
    shown = picture(*ROWS)
    assert {"20 %", "10 %", "15 %", "1.2 %"} <= set(shown.texts)
    (bar,) = (
        bar for bar in shown.marks["bar"] if "After: woman" in bar["aria-label"] and "Rank: 1" in bar["aria-label"]
    )
    assert "Token: ␣nurse" in bar["aria-label"]
    assert "Probability: 20 %" in bar["aria-label"]


def test_panels_share_one_axis():
    """A bar of half the probability is half as long, in whichever panel it is."""
    bars = picture(("woman", " a", 0.2, 1), ("man", " a", 0.1, 1)).marks["bar"]
    woman, man = (float(bar["d"].split("h")[1].split("v")[0]) for bar in bars)
    assert woman == pytest.approx(2 * man)


@pytest.mark.parametrize(
    ("token", "shown"),
    [(" he", "␣he"), ("\n", "⏎"), ("\t", "⇥"), ("", "(end)"), ("a\u202eb", "a⟨U+202E⟩b"), ("<b>", "<b>"), ("né", "né")],
)
def test_what_cannot_be_seen_is_made_visible(token, shown):
    """Spaces, line ends and direction marks are symbols; everything else is as it is."""
    assert visible_token(token) == shown


def test_no_rows_are_no_bars():
    """An empty frame gives an empty chart, not an error."""
    assert "bar" not in picture().marks
