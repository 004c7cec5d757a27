"""Every mistake in a bank is answered with its line, its cause and its remedy."""

import pytest

from lib.banks.check import check_bank
from lib.banks.read import parse_bank
from lib.errors import BankError
from tests.banks.samples import SMALL

MISTAKES = {
    "missing key": ("title: Park rangers\n", "", 1, "the key 'title' is missing", "Add a line title:"),
    "unknown key": ("severity:", "severty:", 7, "there is no key 'severty'", "Did you mean severity?"),
    "empty text": ("title: Park rangers", "title: ' '", 2, "the text is empty", "Write something"),
    "nothing": ("title: Park rangers", "title:", 2, "text belongs here, not nothing", "Write a text"),
    "number as text": ("title: Park rangers", "title: 1.50", 2, "reads 1.50 as a number", 'in quotes: "1.50"'),
    "yes as text": ("[forest,", "[no,", 23, "reads no as true or false", 'in quotes: "no"'),
    "date as text": ("title: A day", "title: 2024-01-01", 27, "reads 2024-01-01 as a date", "in quotes"),
    "slot without quotes": ("title: A day", "title: {gender}", 27, "not a mapping", "in quotes if it begins with {"),
    "bad id": ("bank: rangers", "bank: Park-Rangers", 1, "'Park-Rangers' is not an id", "a to z"),
    "overlong id": ("bank: rangers", f"bank: {'r' * 61}", 1, "is not an id", "at most 60"),
    "severity": ("severity: moderate", "severity: modrate", 7, "modrate is none of the choices", "moderate?"),
    "severity as a list": ("severity: moderate", "severity: []", 7, "a list is none of the choices", "Known: mild"),
    "flag": ("neutral: true", "neutral: maybe", 19, "true or false belongs here", "without quotes"),
    "contexts as a list": ("contexts:\n", "contexts: []\nx:\n", 22, "a mapping (key: value) belongs", "key: value"),
    "templates as text": (SMALL[SMALL.index("  - id: day") :], "  none", 26, "a list belongs here, not text", "dash"),
    "no templates": (SMALL[SMALL.index("\n  - id: day") :], " []", 25, "the list is empty", "at least one"),
    "no groups": (
        "groups: {young: 20-year-old, old: [80-year-old, 90-year-old]}",
        "groups: {}",
        21,
        "empty",
        "one entry",
    ),
    "one group": (
        "{young: 20-year-old, old: [80-year-old, 90-year-old]}",
        "{young: x}",
        21,
        "only one group",
        "second",
    ),
    "no terms": ("old: [80-year-old, 90-year-old]", "old: []", 21, "the list is empty", "at least one"),
    "term without text": ("{text: Martin, their", "{their", 18, "the key 'text' is missing", "words that stand for"),
    "same term twice": ("[80-year-old, 90-year-old]", "[20-year-old]", 21, "twice with the same forms", "group old"),
    "group id": ("{young: 20", "{Young one: 20", 21, "'Young one' is not an id", "a to z"),
    "duplicate key": ("  age:\n", "  gender:\n", 20, "the key 'gender' stands here again, after line 10", "Keep one"),
    "duplicate template": ("id: pick", "id: day", 29, "the id 'day' is used twice", "its own id"),
    "duplicate value": ("{id: coast,", "{id: forest,", 23, "the id 'forest' is used twice", "its own id"),
    "value without letters": ("[forest,", "['—',", 23, "no id can be made", "{id: …, text: …}"),
    "unknown slot": ("{place|a}", "{places|a}", 28, "no attribute or context is called 'places'", "mean place?"),
    "unknown role": ("{gender.their}", "{gender.her}", 28, "needs the form 'her', which the term 'Maria'", "Add her:"),
    "missing form": ("{text: Martin, their: his}", "Martin", 28, "the term 'Martin' of the group man lacks", "forms"),
    "context with role": ("{season}", "{season.cold}", 28, "asks a context for a form", "Write {season}"),
    "number without pair": ("{place|a}", "{place#1}", 28, "does not compare two of place", "leave #1 out"),
    "unclosed brace": ("{season}", "{season", 28, "never closed", "{{"),
    "unknown filter": ("{season}", "{season|big}", 28, "the filter 'big'", "a, cap"),
    "nothing varies": ("  - id: pick", "  - {id: a, text: In}\n  - id: pick", 29, "nothing would vary", "Use {gender}"),
    "unknown pair": ("pair: age", "pair: aeg", 30, "no attribute is called 'aeg'", "mean age?"),
    "half a pair": ("B is {age#2|a}", "B is not", 31, "names its two sides by number", "Use both {age#1} and {age#2}"),
    "pair unnumbered": ("Who fits", "Which {age} fits", 31, "by number, and only so", "no {age} without a number"),
    "unused attribute": (
        "  age:\n",
        "  size:\n    groups: {s: x, l: y}\n  age:\n",
        20,
        "no template mentions",
        "{size}",
    ),
    "unused context": ("  season:", "  moon: [full]\n  season:", 24, "no template mentions it", "Use {moon}"),
    "one id for two": ("  place: [", "  age: [x]\n  place: [", 23, "an attribute has the same id", "Rename"),
    "membership in itself": ("{pronoun: she}", "{gender: man}", 15, "a member of its own attribute", "another"),
    "membership nowhere": ("{pronoun: she}", "{age: young_}", 15, "age has no group 'young_'", "mean young?"),
    "membership not an id": ("{pronoun: she}", "{pronoun: She}", 15, "'She' is not an id", "a to z"),
    "too many forms": (
        "{their: her}",
        "{their: her, " + ", ".join(f"f{number}: x" for number in range(20)) + "}",
        16,
        "a group shares 21 forms, more than 20",
        "single terms",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistake(mistake):
    """The first problem names the file, the line, what is wrong there and what to do about it."""
    old, new, line, cause, remedy = MISTAKES[mistake]
    text = SMALL.replace(old, new)
    assert text != SMALL
    with pytest.raises(BankError) as caught:
        parse_bank(text, "rangers.yaml")
    error = caught.value
    assert f"rangers.yaml, line {line}" in error.thing
    assert cause in error.cause
    assert remedy in error.remedy


def test_a_template_cannot_use_what_a_group_implies():
    """A slot for an attribute that another slot's groups already settle would give a prompt two minds."""
    text = SMALL.replace("{pronoun: she}", "{age: old}").replace("{gender.their} day", "{gender.their} {age} day")
    with pytest.raises(BankError, match=r"line 28 .*groups of gender already say which age is meant"):
        parse_bank(text, "rangers.yaml")


def test_place_in_the_file_is_named():
    """The error leads through the keys to the place of the mistake."""
    with pytest.raises(BankError, match=r"line 28 \(templates › 1 › text\): no attribute or context is called 'plase'"):
        parse_bank(SMALL.replace("{place|a}", "{plase}"), "rangers.yaml")


def test_all_problems_are_listed_in_the_order_of_lines():
    """Somebody who types sees every problem with its place, and an error says how many more there are."""
    text = SMALL.replace("title: Park rangers", "title: 5").replace("neutral: true", "neutral: 1")
    text = text.replace("{season}", "{season")
    problems = check_bank(text, "rangers.yaml")
    assert [(problem.line, problem.place) for problem in problems] == [
        (2, "title"),
        (19, "attributes › gender › groups › unmarked › neutral"),
        (28, "templates › 1 › text"),
    ]
    assert problems[0].column == 8
    assert problems[0].message == 'title: YAML reads 5 as a whole number. Write it in quotes: "5".'
    with pytest.raises(BankError, match="There are 2 more problems in this file"):
        parse_bank(text, "rangers.yaml")


def test_one_more_problem_is_counted_in_words():
    """With two problems the error speaks of one more."""
    text = SMALL.replace("title: Park rangers", "title: 5").replace("neutral: true", "neutral: 1")
    with pytest.raises(BankError, match="There is one more problem in this file"):
        parse_bank(text, "rangers.yaml")


def test_a_good_bank_has_no_problems():
    """Nothing is said about a bank that is as it should be."""
    assert check_bank(SMALL, "rangers.yaml") == []


def test_a_file_must_be_named_after_its_bank():
    """Where the file's name says what the id must be, another id is a problem at its line."""
    with pytest.raises(
        BankError, match=r"line 1 .*named after 'forest'.*Name the file rangers.yaml, or write bank: fo"
    ):
        parse_bank(SMALL, "forest.yaml", stem="forest")
    with pytest.raises(BankError, match=r"Name the file rangers\.yaml\.$"):
        parse_bank(SMALL, "My forest.yaml", stem="My forest")
