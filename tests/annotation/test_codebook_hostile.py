"""Whatever a codebook file holds, the answer is a Codebook or a CodebookError, soon, with its place."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.annotation.codebook import parse_codebook
from lib.errors import CodebookError
from lib.types import Codebook
from tests.annotation.samples import SMALL, small, written

SECONDS = 5
"""Of processor time: far above what any of these takes, far below what a blow-up would."""

HEAD = SMALL[: SMALL.index("fields:")]


def answer(text: str | bytes) -> Codebook | CodebookError:
    """What reading gives; anything but a codebook or an error with file, line, cause and remedy fails the test."""
    try:
        return parse_codebook(text, "hostile.yaml")
    except CodebookError as caught:
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
    """The small codebook with another value at one place, as text."""
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
    | st.sampled_from(["warm", "words", "yes", "rude", "single", "spans", "u", "1"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["kind", "labels", "title", "when", "warm", "key", "x y"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.sampled_from(paths(small())), ANYTHING)
@settings(max_examples=200, deadline=None)
def test_anything_anywhere(path, value):
    """Any value in place of any other gives a codebook, or an error with file and line."""
    answer(changed(path, value))


@given(st.integers(0, len(SMALL)), st.text(st.sampled_from(list("{}[]|#&*!?:-'\"\n \t%@`<=>~")), max_size=6))
@settings(max_examples=200, deadline=None)
def test_any_slip_of_the_hand(at, typed):
    """Signs that mean something in YAML, typed anywhere, give a codebook or an error."""
    answer(SMALL[:at] + typed + SMALL[at:])


@given(st.lists(st.tuples(st.integers(0, 6), st.sampled_from(["x", "y", "z"])), max_size=7))
@settings(max_examples=200, deadline=None)
def test_any_conditions(conditions):
    """Fields that wait for any others, themselves and circles included, give a codebook or an error."""
    lines = [
        f"  f{number}: {{kind: single, labels: {{x: {{}}, y: {{}}}}, when: {{f{other}: [{label}]}}}}\n"
        for number, (other, label) in enumerate(conditions)
    ]
    answer(HEAD + "fields:\n  start: {kind: single, labels: {x: {}, y: {}}}\n" + "".join(lines))


def dense(fields: int) -> str:
    """Each field waits for all the others."""
    names = [f"f{number}" for number in range(fields)]
    return (
        HEAD
        + "fields:\n"
        + "".join(
            f"  {name}: {{kind: single, labels: {{x: {{}}, y: {{}}}}, when: {{"
            + ", ".join(f"{other}: [x]" for other in names if other != name)
            + "}}\n"
            for name in names
        )
    )


def many(entry: str, number: int) -> str:
    return ", ".join(entry.format(index) for index in range(number))


HUGE = {
    "fields": HEAD + "fields: {" + many("f{0}: {{kind: text}}", 5_000) + "}",
    "labels": HEAD + "fields: {f: {kind: single, labels: {" + many("l{0}: {{}}", 10_000) + "}}}",
    "examples": HEAD + "fields: {f: {kind: spans, labels: {l: {examples: [" + many("e{0}", 20_000) + "]}}}}",
    "reasons": SMALL.replace("[Not readable]", "[" + many("r{0}", 20_000) + "]"),
    "everyone waits for everyone": dense(50),
    "unknown fields": SMALL.replace("{warm: [yes, unsure]}", "{" + many("u{0}: [x]", 10_000) + "}"),
    "unknown labels": SMALL.replace("[yes, unsure]", "[" + many("u{0}", 20_000) + "]"),
    "a long text": SMALL.replace("praises", "x" * 900_000),
    "a long key": SMALL.replace("key: y", "key: " + "y" * 900_000),
    "deep": SMALL.replace("{kind: text}", "{kind: " + "[" * 10_000),
    "too large": SMALL + "# comment\n" * 200_000,
    "an anchor": SMALL.replace("title: Tone", "title: &a Tone"),
    "a tag": SMALL.replace("title: Tone", "title: !!python/name:os.system"),
    "null bytes": SMALL.replace("Tone", "\0"),
    "nothing": "",
    "a list": "- codebook",
    "UTF-16": SMALL.encode("utf-16"),
}


@pytest.mark.parametrize("sort", HUGE)
def test_size_depth_and_noise(sort):
    """Files made to be too much are refused with a line, soon."""
    began = time.process_time()
    assert isinstance(answer(HUGE[sort]), CodebookError)
    assert time.process_time() - began < SECONDS


def test_many_fields_that_wait_for_all_before_them_load():
    """Fifty fields with every condition there can be are read like any other codebook."""
    names = [f"f{number}" for number in range(50)]
    text = HEAD + "fields:\n"
    for number, name in enumerate(names):
        when = ", ".join(f"{other}: [x]" for other in names[:number])
        condition = f", when: {{{when}}}" if when else ""
        text += f"  {name}: {{kind: single, labels: {{x: {{}}, y: {{}}}}{condition}}}\n"
    began = time.process_time()
    assert len(parse_codebook(text, "hostile.yaml").fields) == 50
    assert time.process_time() - began < SECONDS
