from dataclasses import replace

import pytest

from lib.errors import GridError
from lib.grid.validate import validate
from lib.types import Decoding, PromptFormat
from tests.grid.banks import GENDER, JOB, bank, spec, template

BANK = bank(GENDER, JOB, template("letter", "{gender}, {job}"))
NAN = float("nan")

WRONG = {
    "another bank": ({"bank": "c"}, "it is for the bank 'c', not 'b'"),
    "nothing varied": ({"vary": ()}, "it varies nothing. Choose from gender for `vary`"),
    "unknown attribute": ({"vary": ("gendre",)}, "no attribute 'gendre'. Did you mean gender"),
    "a context is no attribute": ({"vary": ("job",)}, "no attribute 'job'. Known: gender"),
    "attribute twice": ({"vary": ("gender", "gender")}, "'gender' stands twice in `vary`"),
    "groups of unknown attribute": ({"groups": {"race": ()}}, "no attribute 'race'"),
    "unknown group": ({"groups": {"gender": ("women",)}}, "no group of gender 'women'. Did you mean woman"),
    "group twice": ({"groups": {"gender": ("man", "man")}}, "'man' stands twice in `groups: gender`"),
    "unknown context": ({"contexts": {"city": ()}}, "no context slot 'city'"),
    "unknown value": ({"contexts": {"job": ("nurs",)}}, "no value of job 'nurs'. Did you mean nurse"),
    "value twice": ({"contexts": {"job": ("nurse", "nurse")}}, "'nurse' stands twice in `contexts: job`"),
    "unknown template": ({"templates": ("leter",)}, "no template 'leter'. Did you mean letter"),
    "no model": ({"models": ()}, "no model is chosen"),
    "model twice": ({"models": ("m", "m")}, "'m' stands twice in `models`"),
    "no format": ({"formats": ()}, "no prompt format is chosen"),
    "auto and another": ({"formats": (PromptFormat.AUTO, PromptFormat.CHAT)}, "auto stands beside others"),
    "format twice": ({"formats": (PromptFormat.CHAT,) * 2}, "stands twice in `formats`"),
    "no decoding": ({"decodings": ()}, "it has no decoding settings"),
    "decoding twice": ({"decodings": (Decoding(1), Decoding(1.0))}, "stands twice in `decodings`"),
    "no repeats": ({"repeats": 0}, "repeats is 0. Make it 1 or more"),
    "negative terms": ({"terms_per_group": -1}, "terms_per_group is -1"),
    "negative seed": ({"seed": -1}, "seed is -1"),
    "huge seed": ({"seed": 2**63}, "Make it from 0 to 2\\*\\*63 - 1"),
}
WRONG_DECODINGS = [
    ({"temperature": -0.1}, "temperature is -0.1. Make it 0 \\(greedy\\) or more"),
    ({"temperature": float("inf")}, "temperature is inf"),
    ({"temperature": NAN}, "temperature is nan"),
    ({"top_p": 0}, "top_p is 0. Make it above 0, and at most 1"),
    ({"top_p": 1.01}, "top_p is 1.01"),
    ({"top_p": NAN}, "top_p is nan"),
    ({"top_k": -1}, "top_k is -1"),
    ({"repetition_penalty": 0}, "repetition_penalty is 0"),
    ({"max_new_tokens": 0}, "max_new_tokens is 0. Make it from 1 to 4096"),
    ({"max_new_tokens": 4097}, "max_new_tokens is 4097"),
]


@pytest.mark.parametrize(("change", "told"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_named(change: dict, told: str):
    """Each mistake in a grid is answered with the grid's name, the cause and what to do."""
    with pytest.raises(GridError, match=told) as caught:
        validate(BANK, replace(spec("gender"), **change))
    assert caught.value.thing == "prompt grid 'g'"


@pytest.mark.parametrize(("change", "told"), WRONG_DECODINGS)
def test_decoding_settings_have_ranges(change: dict, told: str):
    """Each decoding setting outside its range is named with the range."""
    with pytest.raises(GridError, match=told):
        validate(BANK, spec("gender", decodings=(Decoding(), Decoding(**change))))


@pytest.mark.parametrize(
    "change",
    [
        {"temperature": 0},
        {"top_p": 1},
        {"top_p": 0.001},
        {"top_k": 0},
        {"repetition_penalty": 0.5},
        {"max_new_tokens": 1},
        {"max_new_tokens": 4096},
    ],
)
def test_the_ends_of_the_ranges_are_allowed(change: dict):
    """The last allowed value on each side passes."""
    validate(BANK, spec("gender", decodings=(replace(Decoding(max_new_tokens=9), **change),), seed=2**63 - 1))
