"""Lexicons: longest match, stems, exact case, notes, and what is refused in a file."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.errors import ScorerError
from lib.scorers.lexicon import Lexicon, found, note_of
from lib.scorers.lexicon_file import read_lexicon, shipped
from lib.scorers.tokens import words

HEAD = 'name: n\nsource: s\nlicence: l\nversion: "1"\n'


def lexicon(categories: str, more: str = "") -> Lexicon:
    return read_lexicon(f"{HEAD}categories:\n{categories}\n{more}", "lexicon mine.yaml")


def find(text: str, categories: str, more: str = "") -> dict[str, dict[str, int]]:
    return lexicon(categories, more).find(words(text))


def test_the_longest_phrase_wins_and_nothing_counts_twice() -> None:
    """ "team" inside "team player" does not count, and neither does what an ignored phrase holds."""
    categories = "  a: [team, man]\n  b: [team player, play*]"
    got = find("A team player plays; the team made a man-made thing.", categories, "ignore: [man made]")
    assert got == {"a": {"team": 1}, "b": {"team player": 1, "plays": 1}}


def test_a_phrase_that_breaks_off_gives_way_to_its_beginning() -> None:
    """ "mother in" without "law" counts as mother, and the words behind it are read again."""
    assert find("mother in mother-in-law", "  a: [mother, mother in law]") == {"a": {"mother": 1, "mother in law": 1}}


def test_words_go_before_stems_and_longer_stems_before_shorter() -> None:
    """leader* beats lead*, and the whole word lead beats both."""
    got = find("leaders leading lead", "  a: [lead*]\n  b: [leader*]\n  c: [lead]")
    assert got == {"b": {"leaders": 1}, "a": {"leading": 1}, "c": {"lead": 1}}


def test_stems_may_stand_inside_phrases() -> None:
    """self-confiden* reaches "self confidently", and only behind self."""
    assert find("Self-confidently confident", "  a: [self-confiden*]") == {"a": {"self confidently": 1}}


def test_exact_case_counts_only_as_written() -> None:
    """Miss is a title; miss and MISS are not."""
    assert find("Miss Lee will miss it. MISS!", "  a: [miss]", "exact_case: [Miss]") == {"a": {"miss": 1}}


def test_no_words_are_found_in_an_empty_text() -> None:
    """Nothing in, nothing out; an endless word is no match for a stem."""
    assert find("", "  a: [lead*]") == {}
    assert find("lead" + "x" * 100_000, "  a: [lead*]") == {}


@settings(max_examples=40)
@given(
    st.dictionaries(
        st.from_regex(r"[a-z][a-z0-9_ -]{0,20}", fullmatch=True),
        st.dictionaries(st.from_regex(r"[a-zé][a-z0-9' ]{0,15}[a-z]", fullmatch=True), st.integers(1, 99), min_size=1),
        max_size=4,
    )
)
def test_a_note_reads_back(counts: dict[str, dict[str, int]]) -> None:
    """`found` gives what `note_of` was told."""
    assert found(note_of(counts, counts)) == counts


def test_a_note_is_a_line_for_people() -> None:
    """Counts above one are told; categories come in the given order."""
    told = note_of({"feminine": {"her": 1}, "masculine": {"he": 2, "his": 1}}, ["masculine", "feminine", "neutral"])
    assert told == "masculine: he ×2, his; feminine: her"
    assert found("") == {}


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("", 1, "must be key: value lines"),
        ("- a\n- b", 1, "must be key: value lines"),
        ("name: [", 2, "not YAML"),
        (HEAD, 1, "'categories' is missing"),
        (HEAD.replace("source: s\n", "") + "categories: {a: [b]}", 1, "'source' is missing"),
        (HEAD + "categories:", 5, "must be key: value lines, not nothing"),
        (HEAD + "categories: {}", 5, "no category"),
        (HEAD + "categories:\n  a: []", 6, "no list of words"),
        (HEAD + "categories:\n  a: word", 6, "no list of words"),
        (HEAD + "categories:\n  a: [b]\n  c:\n    - d\n    - B", 9, "already stands in line 6, in a"),
        (HEAD + "categories:\n  a: [b]\nignore: [b]", 7, "already stands in line 6"),
        (HEAD + "categories:\n  a: ['*']", 6, "not a word"),
        (HEAD + "categories:\n  a: [a*]", 6, "two letters"),
        (HEAD + "categories:\n  a: [le*d]", 6, "not a word"),
        (HEAD + "categories:\n  a: [b/c]", 6, "not a word"),
        (HEAD + "categories:\n  a: [[b]]", 6, "a text belongs"),
        (HEAD + "categories:\n  '<b>': [b]", 6, "name of a category"),
        (HEAD + "categories:\n  a: [b]\nsides: {x: [c]}", 7, "no category 'c'"),
        (HEAD + "colour: red\ncategories:\n  a: [b]", 5, "no key 'colour'"),
        (HEAD + "categories:\n  a: &x [b]\n  c: *x", 6, "anchors"),
    ],
)
def test_a_lexicon_that_is_wrong_is_answered_with_its_line(text: str, line: int, told: str) -> None:
    """Whatever is missing, misplaced or said twice is a ScorerError that names file and line."""
    with pytest.raises(ScorerError) as caught:
        read_lexicon(text, "lexicon mine.yaml")
    assert caught.value.thing == f"lexicon mine.yaml, line {line}"
    assert told in caught.value.cause
    assert caught.value.remedy.endswith((".", "…"))


def test_numbers_and_yes_are_words_as_they_are_written() -> None:
    """YAML's own readings of no and 50 do not get in the way."""
    assert find("No, 50", "  a: [no, 50]") == {"a": {"no": 1, "50": 1}}


@pytest.mark.parametrize("name", ["gendered", "framing", "agency"])
def test_a_shipped_lexicon_finds_every_entry_of_its_own(name: str) -> None:
    """Each entry, as a text of its own (a stem with an ending), is found in its own category."""
    read = shipped(name)
    for category, listed in read.categories.items():
        for text in listed:
            shown = next((each.exact_case for each in read.entries if each.exact_case.lower() == text), text)
            assert list(read.find(words(shown.replace("*", "ly")))) == [category], text
    assert read.source
    assert read.licence
    assert len(read.fingerprint) == 64
