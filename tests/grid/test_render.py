import pytest

from lib.errors import GridError
from lib.grid.render import render
from lib.types import Slot, Template, Term
from tests.grid.banks import template

MARIA = Term("Maria", {"they": "she", "their": "her"})


def test_slots_roles_and_filters():
    """Literals stay, a slot becomes its term's words or the form for its role, filters apply from left to right."""
    letter = template("t", "{gender} is {job|a}. {gender.they|cap} does {gender.their} job. {job|a|cap}!")
    choice = {"gender": MARIA, "job": Term("engineer")}
    assert render(letter, choice) == "Maria is an engineer. She does her job. An engineer!"


def test_capitalising_leaves_the_rest_alone():
    """`cap` changes the first letter only."""
    assert render(template("t", "{x|cap}"), {"x": Term("iPhone maker in NYC")}) == "IPhone maker in NYC"


def test_both_of_a_pair():
    """The two numbers of a pair are filled from different terms, roles included."""
    text = "{gender#1} or {gender#2}, and {gender#2.their} dog?"
    choice = {"gender#1": MARIA, "gender#2": Term("Jan", {"their": "his"})}
    assert render(template("t", text), choice) == "Maria or Jan, and his dog?"


def test_braces_and_slots_in_terms_are_text():
    """A term is put in as it is, even when it looks like a slot."""
    assert render(template("t", "{{{x}}}"), {"x": Term("{job}")}) == "{{job}}"


def test_missing_form():
    """A form that the term lacks is named with term, slot and remedy."""
    with pytest.raises(GridError) as caught:
        render(template("t", "{gender.them}"), {"gender": MARIA})
    assert str(caught.value) == (
        "template 't', slot {gender}: the term 'Maria' has no form 'them'. "
        "Add `them:` to that term or to its group in the bank."
    )


def test_slot_that_nothing_fills():
    """A slot without a choice is named."""
    with pytest.raises(GridError, match=r"template 't', slot \{city\}: no attribute or context fills it"):
        render(template("t", "in {city}"), {})


def test_unknown_filter():
    """A filter there is none of is named, with the ones there are."""
    with pytest.raises(GridError, match=r"no filter 'upper'\. Known filters: a, cap"):
        render(Template("t", "", (Slot("x", filters=("upper",)),)), {"x": Term("y")})
