"""The Markdown, read by a Markdown reader, has our structure and only text from data."""

import pytest
from markdown_it import MarkdownIt

from lib.reports import markdown
from lib.reports.text import fit
from tests.reports import sample

READER = MarkdownIt("gfm-like", {"html": True, "linkify": False})
OURS = ('<a id="', "</a>", "<br>")


@pytest.fixture(scope="module")
def source():
    return markdown.write(sample.document()).decode("utf-8")


@pytest.fixture(scope="module")
def tokens(source):
    return READER.parse(source)


def inner(tokens):
    return [child for token in tokens for child in (token.children or [])]


def test_nothing_of_the_data_is_interpreted(tokens):
    """The only HTML is ours, every link leads within the file, there is no picture."""
    assert all(each.content.startswith(OURS) for each in inner(tokens) if each.type == "html_inline")
    assert not [token for token in tokens if token.type == "html_block"]
    links = [each.attrs["href"] for each in inner(tokens) if each.type == "link_open"]
    assert links
    assert all(link.startswith("#") for link in links)
    assert not [each for each in inner(tokens) if each.type == "image"]


def test_quotations_are_fenced_word_for_word(tokens):
    """Each answer stands in a block of code that holds all of it, fences of its own among it."""
    fences = [token.content.removesuffix("\n") for token in tokens if token.type == "fence"]
    assert fences[1::2] == [fit(text) for text in sample.HOSTILE.values()]


def test_headings_and_tables_are_real(tokens):
    """One first heading; every table has as many cells in each row as columns."""
    headings = [token.tag for token in tokens if token.type == "heading_open"]
    assert headings.count("h1") == 1
    assert headings[1:6] == ["h2", "h2", "h2", "h3", "h4"]
    assert len([token for token in tokens if token.type == "table_open"]) == 13
    widths, width = [], 0
    for token in tokens:
        width += token.type in {"td_open", "th_open"}
        if token.type == "tr_close":
            widths.append(width)
            width = 0
    assert set(widths) == {2, 3, 7}


def test_cells_hold_hostile_text(tokens):
    """What a cell says, read back, is what was put in; lines are parted by breaks."""
    cells = []
    for place, token in enumerate(tokens):
        if token.type == "td_open":
            children = tokens[place + 1].children or []
            cells.append("".join("\n" if each.content == "<br>" else each.content for each in children))
    plain = [cell.replace(markdown.JOINER, "") for cell in cells]
    for name in ("script", "image", "markdown", "typst", "formula", "template"):
        assert " ".join(fit(sample.HOSTILE[name]).split()) in plain


@pytest.mark.parametrize(
    "text",
    [
        "# no heading",
        "- no item",
        "1. no item",
        "> no quote",
        "===",
        "---",
        "+ no",
        "a | b",
        "![x](http://x)",
        "<b>x</b>",
        "&amp; &#60;",
        "`code` ~~gone~~ **bold** _it_ \\",
        "[^1] [x]: http://x",
        "| a |\n| - |\n| b |",
        "    four spaces",
    ],
)
def test_text_reads_back_as_itself(text):
    """A paragraph made of it is one paragraph that says just that."""
    tokens = READER.parse(markdown.text(text))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    said = "".join("\n" if "break" in each.type else each.content for each in tokens[1].children)
    assert {each.type for each in tokens[1].children} <= {"text", "text_special", "hardbreak"}
    assert said.replace(markdown.JOINER, "") == "\n".join(line.strip() for line in text.split("\n"))


@pytest.mark.parametrize("text", ["http://x.org", "www.x.org", "a@b.org", "@name", "#12", ":smile:"])
def test_addresses_and_names_do_not_come_alive(text):
    """GitHub looks for them after escapes are resolved: an unseen joiner stands in between."""
    assert text not in markdown.text(text).replace("\\", "")
    assert markdown.text(text).replace("\\", "").replace(markdown.JOINER, "") == text


def test_a_fence_is_longer_than_any_in_the_text():
    """Three at least, one more than the longest run of backticks."""
    assert markdown.fenced("a").startswith("```text\n")
    assert markdown.fenced("a ````` b").startswith("``````text\n")


def test_figures_are_told_in_words_and_numbers(source):
    """Caption, words, and the table of numbers, no picture."""
    at = source.index("**Figure 1.**")
    told = source[at : at + 600]
    assert "In words: Dots with intervals (levels): women 31.0 %, men 22.0 %." in told
    assert "| Woman | 31.0 % | 360 |" in told
    assert "> **Still missing**" in source
