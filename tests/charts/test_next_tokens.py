"""Next tokens side by side: exact numbers, tokens that can be seen, each panel in its own order."""

import pandas as pd
import pytest

from lib.charts.next_tokens import next_tokens_chart, visible_token
from tests.charts.drawing import drawn

COLUMNS = ["group", "token", "probability", "rank"]
FRAME = pd.DataFrame(
    [
        ("Woman", " nurse", 0.25, 1),
        ("Woman", " a", 0.1, 2),
        ("Man", " zookeeper", 0.5, 1),
        ("Man", " nurse", 0.00002, 2),
    ],
    columns=COLUMNS,
)


@pytest.mark.parametrize(
    ("token", "shown"),
    [
        (" he", "␣he"),
        ("\n", "⏎"),
        ("\t", "⇥"),
        ("\u202eevil", "⟨U+202E⟩evil"),
        ("\u200b", "⟨U+200B⟩"),
        ("<b>", "<b>"),
        ("né", "né"),
        ("", "(end)"),
    ],
)
def test_tokens_can_be_seen(token, shown):
    """Spaces, line ends and what nobody can see are symbols; markup stays what it is."""
    assert visible_token(token) == shown


def test_each_panel_is_ranked_by_itself():
    """The likeliest token is on top in every panel, whatever the alphabet or the other group say."""
    tokens = [text for text in drawn(next_tokens_chart(FRAME)).texts if text.startswith("␣")]
    assert tokens == ["␣nurse", "␣a", "␣zookeeper", "␣nurse"]


def test_bars_tell_their_exact_probability():
    """A bar's number stands beside it, small ones with the digits that count."""
    texts = drawn(next_tokens_chart(FRAME)).texts
    assert {"25 %", "10 %", "50 %", "0.002 %"} <= set(texts)


def test_panels_share_one_axis():
    """Bars can be compared between groups: twice the probability is twice the length."""
    spec = next_tokens_chart(FRAME).to_dict()
    assert {layer["encoding"]["x"]["scale"]["domain"][1] for layer in spec["spec"]["layer"]} == {0.5 * 1.35}


def test_no_tokens_are_an_empty_chart():
    """Nothing asked is nothing drawn."""
    assert "bar" not in drawn(next_tokens_chart(FRAME[:0])).marks
