"""Distinctive words: sorted within their group, with intervals that follow from z."""

import pandas as pd

from lib.charts.distinctive import SHOWN, distinctive_chart
from tests.charts.drawing import drawn

COLUMNS = ["group", "word", "log_odds", "z", "count", "other_count", "clear"]
WARM = ("Woman", "warm", 1.2, 4.0, 1300, 5, True)
TEAM = ("Woman", "team", 0.3, 1.0, 40, 30, False)
BOLD = ("Man", "bold", 0.8, 2.0, 20, 6, False)


def picture(*rows):
    return drawn(distinctive_chart(pd.DataFrame(rows, columns=COLUMNS).astype({"clear": bool})))


def test_words_stand_under_their_group_by_z():
    """Groups in the order of the frame, the clearest word first."""
    texts = picture(TEAM, WARM, BOLD).texts
    named = ["Woman", "warm", "team", "Man", "bold"]
    assert [text for text in texts if text in named] == named


def test_the_interval_follows_from_z():
    """Log-odds 1.2 with z 4 have a standard error of 0.3: from 1.2 - 0.59 to 1.2 + 0.59."""
    (told,) = (point["aria-label"] for point in picture(WARM).marks["point"])
    assert "Log-odds: +1.20; 95 % interval: +0.61 to +1.79; z: +4.00; Times here: 1300" in told.replace(",", "")


def test_only_clear_words_are_coloured():
    """What is not clear after correction is hollow."""
    warm, team = picture(WARM, TEAM).marks["point"]
    assert warm.get("fill", "none") != "none"
    assert team.get("fill", "none") == "none"


def test_counts_stand_at_the_end_of_the_row():
    """How often the word was said here and elsewhere is part of the picture."""
    assert "1,300 here, 5 elsewhere" in picture(WARM).texts


def test_a_z_of_zero_has_no_interval():
    """No standard error can be had from a z of zero: a dot without a line."""
    shown = picture(("Woman", "team", 0.0, 0.0, 4, 4, False))
    assert len(shown.marks["rule mark"]) == 1  # the line at zero
    assert "95 % interval: none" in shown.marks["point"][0]["aria-label"]


def test_a_group_shows_its_first_words_only():
    """Of very many words the clearest are shown."""
    rows = [("Woman", f"word{number}", 1.0, float(number), 1, 1, True) for number in range(1, SHOWN + 6)]
    shown = picture(*rows)
    assert len(shown.marks["point"]) == SHOWN
    assert "word1" not in shown.texts
    assert f"word{SHOWN + 5}" in shown.texts


def test_the_same_word_may_set_two_groups_apart():
    """A word that two groups share against a third has a row in each."""
    assert picture(WARM, ("Man", *WARM[1:])).texts.count("warm") == 2


def test_no_words_are_no_dots():
    """An empty frame gives an empty chart, not an error."""
    assert "point" not in picture().marks


def test_hostile_words_are_data():
    """A word a model said is shown letter by letter."""
    bad = "<img src=x onerror=alert(1)>"
    assert bad in picture(("Woman", bad, *WARM[2:])).texts
