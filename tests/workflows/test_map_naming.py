"""What a model is asked about a region, and what of its answer is a name."""

import pytest

from lib.types import ModelEntry, ModelKind, PromptFormat, Region
from lib.workflows.map_naming import excerpts, format_of, name_in, prompt_for
from tests.workflows.conftest import grid
from tests.workflows.mapped import MODEL, answered


@pytest.mark.parametrize(
    ("answer", "name"),
    [
        ("Kitchen work", "Kitchen work"),
        ("\n\n  “Kitchen work.”\nIt is about food.", "Kitchen work"),
        ("Title: **Kitchen work**", "Kitchen work"),
        ("# 'Kitchen work'", "Kitchen work"),
        ("  \n\t", ""),
        ("...", ""),
        ("work " * 20, "work work work work work work work work work"),
    ],
)
def test_a_name_is_the_first_line_without_trimmings(answer, name):
    """Quotation marks, headings and full stops are no part of it; a long one is cut between words."""
    assert name_in(answer) == name


def test_a_region_is_asked_about_with_its_words_and_examples(workbench):
    """The beginnings of its three most central answers, on one line each, and its typical words."""
    run_id = answered(workbench, grid(MODEL), lambda spot: f"Text\n{spot.no} " + "long " * 100)
    region = Region(0, "a", words=(("bread", 0.5), ("oven", 0.2)), central=tuple((run_id, no) for no in (3, 1, 0, 2)))
    examples = excerpts(workbench.store, region)
    assert [text[:6] for text in examples] == ["Text 3", "Text 1", "Text 0"]
    assert all(len(text) <= 240 and "\n" not in text for text in examples)
    asked = prompt_for(region, examples)
    assert "Their typical words: bread, oven." in asked
    assert all(text in asked for text in examples)


def test_a_chat_model_is_asked_as_one():
    """Others get the question as a beginning to go on with."""
    chat = ModelEntry(id="a", title="A", backend="folder", location="x", kind=ModelKind.CHAT)
    base = ModelEntry(id="b", title="B", backend="folder", location="x", kind=ModelKind.BASE)
    assert (format_of(chat), format_of(base)) == (PromptFormat.CHAT, PromptFormat.PLAIN)


@pytest.mark.parametrize(
    "answer", ["The text is about a bank", "These texts talk of jobs", "Two sentences", "Both texts: loans"]
)
def test_what_describes_the_question_is_no_name(answer):
    """Small models tell what they were given instead of what it is about; "Two sentences" is at least short."""
    assert name_in(answer) == ("Two sentences" if answer.startswith("Two") else "")
