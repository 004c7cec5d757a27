import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from lib.errors import GridError
from lib.grid.specfile import spec_from_json, spec_from_yaml, spec_to_json, spec_to_yaml
from lib.types import Decoding, Dtype, GridSpec, PromptFormat
from tests.grid.banks import spec

FULL = spec(
    "gender",
    "race",
    name="Letters: yes, no & “more”\nsecond line",
    groups={"gender": ("woman", "no"), "on": ("1990", "2024-01-01")},
    contexts={"job": ("nurse",)},
    templates=("letter",),
    formats=(PromptFormat.PLAIN, PromptFormat.INSTRUCTION),
    decodings=(Decoding(), Decoding(0.7, 0.95, 50, 1.1, 60)),
    repeats=3,
    terms_per_group=2,
    seed=2**63 - 1,
    system="Be brief: *yes* & {no} # not a comment",
    dtype=Dtype.BF16,
)
MINIMAL = "name: g\nbank: b\nvary: [gender]\nmodels: [m]\n"

# Any text but control characters, which the reader refuses, and surrogates, which no file can hold.
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn"), exclude_characters="\ufeff"), max_size=20)
NAMES = st.lists(WORDS, max_size=3).map(tuple)
CHOICES = st.dictionaries(WORDS, NAMES, max_size=3)
NUMBERS = st.floats(allow_nan=False)
SPECS = st.builds(
    GridSpec,
    name=WORDS,
    bank=WORDS,
    vary=NAMES,
    models=NAMES,
    groups=CHOICES,
    contexts=CHOICES,
    templates=NAMES,
    formats=st.lists(st.sampled_from(PromptFormat), max_size=3).map(tuple),
    decodings=st.lists(st.builds(Decoding, NUMBERS, NUMBERS, st.integers(), NUMBERS, st.integers()), max_size=3).map(
        tuple
    ),
    repeats=st.integers(),
    terms_per_group=st.integers(),
    seed=st.integers(),
    system=WORDS,
    dtype=st.sampled_from(Dtype),
)


@given(SPECS)
def test_round_trips(own: GridSpec):
    """Any grid comes back equal from YAML, from its bytes, and from JSON text."""
    text = spec_to_yaml(own)
    assert spec_from_yaml(text, "grid.yaml") == own
    assert spec_from_yaml(text.encode(), "grid.yaml") == own
    assert spec_from_json(json.loads(json.dumps(spec_to_json(own)))) == own


def test_words_that_look_like_something_else_come_back():
    """Groups called no, on or 1990 are text before and after."""
    assert spec_from_yaml(spec_to_yaml(FULL), "grid.yaml") == FULL


def test_the_file_says_what_it_is():
    """The YAML begins with what it is and the command that runs it."""
    text = spec_to_yaml(FULL)
    assert text.startswith("# A prompt grid of Evenhand")
    assert "python -m lib run" in text


def test_left_out_keys_take_their_defaults():
    """A grid written by hand needs four keys, and decoding settings only what differs."""
    text = MINIMAL + "decodings:\n- {temperature: 0}\n"
    assert spec_from_yaml(text, "grid.yaml") == spec("gender", decodings=(Decoding(temperature=0),))


MALFORMED = {
    "a misspelt key": (MINIMAL + "repeat: 2\n", 5, "the key 'repeat' is unknown. Did you mean repeats?"),
    "a missing key": ("# grid\nname: g\n", 2, "the key 'bank' is missing. Add a line that begins `bank:`."),
    "a number for text": ("name: 12\n", 1, 'there should be text, but it is a whole number. Write it in quotes: "12".'),
    "yes for text": (MINIMAL + "groups:\n  gender: [no]\n", 6, 'it is true or false. Write it in quotes: "no".'),
    "a date for text": (MINIMAL + "system: 2024-01-01\n", 5, "it is a date"),
    "text for a list": ("name: g\nvary: gender\n", 2, "there should be a list, but it is text. Write the entries as"),
    "a list for a mapping": (MINIMAL + "groups: [woman]\n", 5, "there should be a mapping, but it is a list"),
    "nothing for a list": (MINIMAL + "templates:\n", 5, "there should be a list, but it is nothing"),
    "text for a number": (MINIMAL + "repeats: many\n", 5, "there should be a whole number, but it is text"),
    "a fraction for a count": (MINIMAL + "repeats: 1.5\n", 5, "there should be a whole number, but it is a number"),
    "yes for a number": (MINIMAL + "repeats: yes\n", 5, "it is true or false"),
    "a misspelt format": (MINIMAL + "formats:\n- chatt\n", 6, "'chatt' is not known here. Did you mean chat?"),
    "a misspelt dtype": (MINIMAL + "dtype: fp33\n", 5, "Did you mean fp32?"),
    "a misspelt setting": (MINIMAL + "decodings:\n- {temprature: 1}\n", 6, "Did you mean temperature?"),
    "text for a setting": (MINIMAL + "decodings:\n- temperature: hot\n", 6, "there should be a number, but it is text"),
    "a key twice": (MINIMAL + "name: h\n", 5, "the key 'name' stands here again, after line 1"),
    "a tag": (MINIMAL + "system: !!python/name:os.system x\n", 5, "the tag"),
    "an alias": ("name: &x g\nbank: *x\n", 1, "anchors"),
    "not YAML": ("name: [g\n", 2, "this is not YAML"),
    "an empty file": ("", 1, "there should be a mapping, but it is nothing"),
    "a list": ("- g\n", 1, "there should be a mapping, but it is a list"),
}


@pytest.mark.parametrize(("text", "line", "told"), MALFORMED.values(), ids=MALFORMED)
def test_malformed_files(text: str, line: int, told: str):
    """Each mistake is answered with file, line, cause and remedy."""
    with pytest.raises(GridError) as caught:
        spec_from_yaml(text, "grid.yaml")
    assert caught.value.thing == f"grid.yaml, line {line}"
    assert told in str(caught.value)


@given(st.text() | st.binary() | st.recursive(WORDS | NUMBERS | st.none(), st.lists).map(str))
def test_noise_is_refused_in_words(noise: str | bytes):
    """Whatever is in a file, only a GridError can come of it."""
    with pytest.raises(GridError):
        spec_from_yaml(noise, "grid.yaml")


ANYTHING = st.none() | st.integers() | WORDS | st.lists(st.none()) | st.dictionaries(WORDS, st.none())


@given(st.sampled_from(list(spec_to_json(FULL))), ANYTHING)
def test_wrong_types_are_refused_or_kept(key: str, value: object):
    """A wrong type under any key is a GridError with its line; a right one is kept as it is."""
    text = yaml.safe_dump({**spec_to_json(FULL), key: value}, allow_unicode=True)
    assert read(text, key) in (value, "refused")


def read(text: str, key: str) -> object:
    try:
        return spec_to_json(spec_from_yaml(text, "grid.yaml"))[key]
    except GridError as problem:
        return "refused" if problem.thing.startswith("grid.yaml, line ") else problem


def test_a_file_on_disk(tmp_path: Path):
    """A written file reads back from disk as it was."""
    path = tmp_path / "grid.yaml"
    path.write_text(spec_to_yaml(FULL), encoding="utf-8")
    assert spec_from_yaml(path.read_bytes(), path.name) == FULL
