"""Whatever a bank file holds, the answer is a Bank or a BankError: no other exception, nothing executed."""

import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.banks.check import check_bank
from lib.banks.read import parse_bank
from lib.errors import BankError
from lib.types import Bank
from lib.yaml_files.fields import MAX_PROBLEMS
from tests.banks.samples import SMALL, small, written

SECONDS = 5
"""Of processor time: far above what any of these takes, far below what a blow-up would."""


def answer(text: str | bytes) -> Bank | BankError:
    """What reading gives; anything but a bank or an error with file, line, cause and remedy fails the test."""
    try:
        return parse_bank(text, "hostile.yaml")
    except BankError as caught:
        error = caught
    assert "hostile.yaml, line " in error.thing
    assert error.cause
    assert error.remedy
    assert len(str(error)) < 2000
    return error


def paths(data: object, path: tuple = ()) -> list[tuple]:
    """The way to every value inside plain data."""
    below = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(found for step, child in below for found in paths(child, (*path, step)))]


def changed(path: tuple, value: object) -> str:
    """The small bank with another value at one place, as text."""
    data: dict = {"": small()}
    place, last = data, ""
    for step in path:
        place, last = place[last], step
    place[last] = value
    return written(data[""])


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.dates()
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
    | st.sampled_from(["gender", "age", "{gender}", "{gender#1}{age#2|a}", "{", "woman", "no"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["text", "id", "terms", "groups", "their", "of", "pair", "x y"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)


@given(st.sampled_from(paths(small())), ANYTHING)
@settings(max_examples=400, deadline=None)
def test_anything_anywhere(path, value):
    """Any value in place of any other gives a bank, or an error with file and line."""
    answer(changed(path, value))


@given(st.sampled_from([path for path in paths(small()) if path]))
@settings(deadline=None)
def test_an_empty_value_anywhere_is_a_problem(path):
    """An empty mapping is never right, wherever it stands."""
    assert isinstance(answer(changed(path, {})), BankError)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_text(text):
    """No text of a few hundred letters is a bank, and each gets an error."""
    assert isinstance(answer(text), BankError)


@given(st.binary(max_size=300))
@settings(deadline=None)
def test_any_bytes(data):
    """Neither are bytes, UTF-8 or not."""
    assert isinstance(answer(data), BankError)


@given(st.integers(0, len(SMALL)), st.text(st.sampled_from(list("{}[]|#&*!?:-'\"\n \t%@`<=>~")), max_size=6))
@settings(max_examples=300, deadline=None)
def test_any_slip_of_the_hand(at, typed):
    """Signs that mean something in YAML or in slots, typed anywhere, give a bank or an error."""
    answer(SMALL[:at] + typed + SMALL[at:])


@given(st.from_regex(r"[a-z]{1,12}", fullmatch=True))
@settings(deadline=None)
def test_unknown_slots(name):
    """A slot that no attribute or context fills is refused, whatever it is called."""
    found = answer(SMALL.replace("{season}", "{" + name + "}"))
    assert isinstance(found, BankError) == (name not in ("place", "gender", "age"))


@pytest.mark.parametrize(
    "value",
    [
        "!!python/object/apply:os.system ['touch {}']",
        "!!python/object/new:os.system ['touch {}']",
        "!!python/name:os.system",
        "!!python/module:os",
        "!!binary aGVsbG8=",
        "!own thing",
        "!!str text",
        "&anchor text",
        "*anchor",
        "{{<<: {{a: b}}}}",
    ],
)
def test_nothing_but_data(value, tmp_path: Path):
    """Tags, anchors, aliases and merge keys are refused, and what they ask for does not happen."""
    target = tmp_path / "executed"
    found = answer(SMALL.replace("title: Park rangers", f"title: {value.format(target)}"))
    assert isinstance(found, BankError)
    assert "line 2" in found.thing
    assert not target.exists()


def billion_laughs() -> str:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [f"{new}: &{new} [{', '.join(['*' + old] * 9)}]" for old, new in zip("abcdefgh", "bcdefghi", strict=True)]
    return "\n".join(lines)


HEAD = SMALL[: SMALL.index("attributes:")]
HUGE = {
    "10 MB of noise": "\u0416" * 5_000_000,
    "10 MB of bank": SMALL + "# comment\n" * 1_000_000,
    "billion laughs": billion_laughs(),
    "deep lists": "[" * 100_000,
    "deep mappings": "".join(f"{' ' * depth}a:\n" for depth in range(1000)),
    "deep dashes": "- " * 100_000,
    "one long word": "x" * 900_000,
    "unknown keys": "".join(f"k{number}: 1\n" for number in range(5_000)),
    "bad ids": HEAD + "attributes:\n" + "".join(f" A-{number}: {{}}\n" for number in range(5_000)),
    "open braces": SMALL.replace("{season}", "{" * 800_000),
    "unknown slots": HEAD
    + "attributes: {g: {groups: {w: x, m: y}}}\ntemplates:\n"
    + "".join(f"- {{id: t{number}, text: '{{h{number}}}'}}\n" for number in range(5_000)),
    "unused attributes": HEAD
    + "attributes:\n"
    + "".join(f" a{number}: {{groups: {{w: x, m: y}}}}\n" for number in range(5_000))
    + "templates: [{id: t, text: '{a1}'}]",
    "same terms": SMALL.replace("[80-year-old, 90-year-old]", str(["x"] * 20_000)),
    "null bytes": "\0" * 1000,
    "two documents": SMALL + "---\n" + SMALL,
    "nothing": "",
    "a comment": "# bank",
    "a list": "- bank",
    "lone surrogate": "bank: \ud800",
    "UTF-16": SMALL.encode("utf-16"),
    "Latin-1": SMALL.replace("Gender", "Gänder").encode("latin-1"),
}


@pytest.mark.parametrize("sort", HUGE)
def test_size_depth_and_noise(sort):
    """Files made to be too much are refused with a line, soon."""
    began = time.process_time()
    assert isinstance(answer(HUGE[sort]), BankError)
    assert time.process_time() - began < SECONDS


def test_large_banks_load():
    """A bank near the limit, of thousands of templates and terms, is read like any other."""
    data = small()
    data["attributes"]["age"]["groups"]["old"] = [f"{number}-year-old" for number in range(21, 20_000)]
    data["templates"] += [{"id": f"t{number}", "text": "{age} or {{not}}"} for number in range(5_000)]
    began = time.process_time()
    bank = parse_bank(yaml.dump(data, Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper)), "large.yaml")
    assert len(bank.templates) == 5_002
    assert time.process_time() - began < SECONDS


def test_the_list_of_problems_ends():
    """Thousands of mistakes are not collected; the error says that there are at least so many."""
    text = HUGE["unknown keys"]
    assert len(check_bank(text, "hostile.yaml")) == MAX_PROBLEMS
    with pytest.raises(BankError, match=f"at least {MAX_PROBLEMS - 1} more problems"):
        parse_bank(text, "hostile.yaml")
