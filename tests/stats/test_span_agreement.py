"""Agreement on stretches of text."""

import math

import pytest

from lib.stats.span_agreement import span_agreement


def test_f1_over_code_points() -> None:
    """One marks 0 to 10, the other 5 to 15: 5 in common of 10 each, F1 = 2 × 5 / 20 = .5 (Hripcsak and Rothschild)."""
    assert span_agreement([[[(0, 10, 0)], [(5, 15, 0)]]]).f1.value == 0.5


def test_labels_must_agree_too() -> None:
    """The same stretch with another label is no agreement; the labels one by one see what they share."""
    items = [[[(0, 4, 0), (6, 8, 1)], [(0, 4, 0), (6, 8, 2)]]]
    assert span_agreement(items).f1.value == pytest.approx(8 / 12)
    assert span_agreement(items, 0).f1.value == 1
    assert span_agreement(items, 1).f1.value == 0


def test_nothing_marked_by_one_counts_against_the_other() -> None:
    """Who marks nothing agrees with nobody who does; where nobody marks anything there is nothing to count."""
    found = span_agreement([[[], [(0, 5, 0)]], [[], []]])
    assert (found.f1.value, found.items, found.marked) == (0, 2, 1)
    assert span_agreement([[[], []]]).note == "Nobody marked anything here."


def test_three_people_are_three_pairs() -> None:
    """Two mark the same ten code points, one none: 20 in common of 20 + 10 + 10 in the three pairs."""
    assert span_agreement([[[(0, 10, 0)], [(0, 10, 0)], []]]).f1.value == 0.5


def test_overlapping_marks_of_one_person_count_once() -> None:
    """A code point marked twice with one label is one."""
    assert span_agreement([[[(0, 6, 0), (4, 10, 0)], [(0, 10, 0)]]]).f1.value == 1


def test_one_person_is_not_enough() -> None:
    """Without a second answer there is no number, and the reason is given."""
    found = span_agreement([[[(0, 3, 0)]]])
    assert math.isnan(found.f1.value)
    assert found.note == "No item has answers of two people yet."


def test_full_agreement_is_not_certain() -> None:
    """Twenty texts marked alike have F1 1, and an interval below it."""
    found = span_agreement([[[(0, 9, 0)], [(0, 9, 0)]]] * 20).f1
    assert (found.value, found.high) == (1, 1)
    assert 0.6 < found.low < 0.95
