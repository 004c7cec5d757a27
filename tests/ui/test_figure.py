"""Figures: what is shown with a chart, and the files that can be taken along."""

import math

import pandas as pd

from lib.ui.figure import inert
from lib.workflows.tables import as_csv


def test_a_csv_keeps_numbers_and_defuses_formulas():
    """Numbers stay numbers, negative ones too; texts that a spreadsheet would run get an apostrophe."""
    table = pd.DataFrame({"=Word": ["=1+1", "plain, text", "@x"], "Gap": [-0.25, math.nan, 3.0], "n": [1, 2, 3]})
    lines = as_csv(table).decode("utf-8").splitlines()
    assert lines == ["'=Word,Gap,n", "'=1+1,-0.25,1", '"plain, text",,2', "'@x,3.0,3"]


def test_an_empty_table_is_its_header():
    """Without rows there is still a header."""
    assert as_csv(pd.DataFrame(columns=["Group", "Value"])) == b"Group,Value\r\n"


def test_unseen_characters_become_visible():
    """A direction mark in a text cannot reorder what a table shows."""
    shown = inert(pd.DataFrame({"Word": ["a\u202eb"], "n": [1]}))
    assert shown["Word"].iloc[0] == "a⟨U+202E⟩b"
    assert shown["n"].iloc[0] == 1
