import time
from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from lib.errors import AuditError
from lib.yaml_files import lines as yaml_lines
from lib.yaml_files.lines import MAX_DEPTH, Node, YamlProblem, load

TEXT = """\
# a comment
title: "Letters: all"   # quoted
count: 12
share: 0.5
ready: no
day: 2024-02-29
nothing:
groups:
  - woman
  - {id: man, terms: [Jan, 'Tom']}
"""


@pytest.fixture(autouse=True, params=["CSafeLoader", "SafeLoader"])
def both_parsers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The C parser and the one in Python, which takes its place where a wheel lacks it, must agree."""
    monkeypatch.setattr(yaml_lines, "_LOADER", getattr(yaml, request.param))


def problem(text: str | bytes, **limits: int) -> YamlProblem:
    with pytest.raises(YamlProblem) as caught:
        load(text, "x.yaml", **limits)
    return caught.value


def test_values_kinds_and_places():
    """Every value knows what it is, how it was written, and where."""
    root = load(TEXT, "x.yaml")
    assert root.plain() == {
        "title": "Letters: all",
        "count": 12,
        "share": 0.5,
        "ready": False,
        "day": date(2024, 2, 29),
        "nothing": None,
        "groups": ["woman", {"id": "man", "terms": ["Jan", "Tom"]}],
    }
    kinds = {key: node.kind for key, node in root.value.items()}
    assert list(kinds.values()) == [
        "text",
        "a whole number",
        "a number",
        "true or false",
        "a date",
        "nothing",
        "a list",
    ]
    assert root.kind == "a mapping"
    assert root.value["ready"].raw == "no"
    man = root.value["groups"].value[1]
    assert (man.line, man.column) == (10, 5)
    assert (man.value["terms"].value[1].line, man.value["terms"].value[1].column) == (10, 28)
    assert (man.keys["terms"].line, man.keys["terms"].column) == (10, 15)


def test_keys_are_text_as_written():
    """Keys that look like numbers or yes and no stay what was written."""
    assert load("1: a\nno: b\n2024-01-01: c\n", "x").plain() == {"1": "a", "no": "b", "2024-01-01": "c"}


def test_an_empty_text_is_nothing():
    """No document is a node of None at the start."""
    assert load("# only a comment\n", "x") == Node(None, 1, 1)


def test_bytes_and_byte_order_mark():
    """Bytes are read as UTF-8, with or without a byte order mark."""
    assert load("a: é".encode("utf-8-sig"), "x").plain() == {"a": "é"}


REFUSED = {
    "anchor": ("a: 1\nb: &x 2\n", 2, 4, "anchors"),
    "alias": ("a: 1\nb: *x\n", 2, 4, "anchors"),
    "python tag": ("a: !!python/object/apply:os.system [ls]\n", 1, 4, "python/object/apply:os.system is refused"),
    "own tag": ("a: !mine 1\n", 1, 4, "the tag !mine is refused"),
    "tag on a key": ("!!str a: 1\n", 1, 1, "the tag"),
    "merge": ("a: 1\n<<: {b: 2}\n", 2, 1, "<< is a YAML command"),
    "key twice": ("a: 1\nb: 2\na: 3\n", 3, 1, "the key 'a' stands here again, after line 1"),
    "key twice, quoted": ("a: {1: x, '1': y}\n", 1, 11, "the key '1' stands here again"),
    "list as key": ("? [a]\n: b\n", 1, 3, "a list or mapping stands as a key"),
    "second document": ("a: 1\n---\nb: 2\n", 2, 1, "a second document begins"),
    "unclosed list": ("a: [1\n", 2, 1, "this is not YAML"),
    "unclosed quote": ("a: 1\nb: 'x\n", 3, 1, "this is not YAML"),
    "tab": ("a:\n\t- b\n", 2, 1, "this is not YAML"),
    "control character": ("a: 1\nb: x\x07y\n", 2, 5, "control character (U+0007)"),
    "escaped control character": ('a: 1\nb: "x\\0y"\n', 2, 4, "control character (U+0000)"),
    "lone surrogate": ("a: \ud800", 1, 4, "not UTF-8"),
    "not UTF-8": (b"a: 1\nb: \xff", 2, 4, "not UTF-8"),
    "no such date": ("a: 2023-02-30\n", 1, 4, "2023-02-30 looks like a number or date but is none"),
    "endless number": ("a: " + "9" * 5000, 1, 4, "looks like a number"),
}


@pytest.mark.parametrize(("text", "line", "column", "cause"), REFUSED.values(), ids=REFUSED)
def test_more_than_data_is_refused(text: str | bytes, line: int, column: int, cause: str):
    """Whatever is not plain data is refused with its place, as an error a person can read."""
    found = problem(text)
    assert (found.thing, found.line, found.column) == (f"x.yaml, line {line}", line, column)
    assert cause in found.cause
    assert isinstance(found, AuditError)


def test_depth():
    """The deepest nesting allowed is read, one level more is refused, a million levels too and at once."""
    assert load("[" * MAX_DEPTH + "]" * MAX_DEPTH, "x").kind == "a list"
    assert "nested more than 20 levels" in problem("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)).cause
    assert "nested more than 20 levels" in problem("{a: " * 100_000).cause


def test_size_is_checked_before_parsing():
    """Ten megabytes are refused by their size, in no time."""
    start = time.perf_counter()
    assert "the file has 10,000,000 bytes, more than the 1,000,000 allowed" in problem("[" * 10_000_000).cause
    assert time.perf_counter() - start < 5
    assert load("é" * 50, "x", limit_bytes=100).value == "é" * 50
    problem("é" * 51, limit_bytes=100)


@given(st.text() | st.binary() | st.text(st.sampled_from("ab:-[]{}&*!|>'\"%@?,# \n\t<=~0.\\")))
def test_noise(noise: str | bytes):
    """Any text gives a node or a YamlProblem with a place in the text, never another error."""
    try:
        place = load(noise, "x.yaml")
    except YamlProblem as found:
        place = Node(None, found.line, found.column)
    assert place.line >= 1
    assert place.column >= 1
