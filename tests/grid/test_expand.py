from collections import Counter
from dataclasses import replace
from itertools import groupby

import pytest

from lib.errors import GridError
from lib.grid.expand import expand
from lib.types import Cell, Decoding, ModelKind, PromptFormat, Term
from tests.grid.banks import BASE, CITY, GENDER, JOB, RACE, attribute, bank, group, spec, template


def cells(own_bank, own_spec, kinds=BASE) -> list[Cell]:
    return list(expand(own_bank, own_spec, kinds))


def sets(found: list[Cell]) -> list[list[Cell]]:
    return [list(members) for _, members in groupby(found, key=lambda cell: cell.set_id)]


LETTER = template("letter", "A letter for {gender}, {job|a}. Praise {gender.their} work.")


def test_a_matched_set_holds_every_group_and_term():
    """Inside a set only group and term vary; each context value makes a set of its own, in the bank's order."""
    found = cells(bank(GENDER, JOB, LETTER), spec("gender"))
    assert [cell.prompt for cell in found] == [
        "A letter for Maria, a nurse. Praise her work.",
        "A letter for Ana, a nurse. Praise her work.",
        "A letter for Jan, a nurse. Praise his work.",
        "A letter for Maria, an engineer. Praise her work.",
        "A letter for Ana, an engineer. Praise her work.",
        "A letter for Jan, an engineer. Praise his work.",
    ]
    assert [[cell.group for cell in members] for members in sets(found)] == [["woman", "woman", "man"]] * 2
    assert [members[0].context for members in sets(found)] == [{"job": "nurse"}, {"job": "engineer"}]
    assert found[1].groups == {"gender": "woman"}
    assert found[1].terms == {"gender": "Ana", "job": "nurse"}


def test_seeds_are_shared_by_a_set_and_by_models_and_formats():
    """What is compared draws the same random numbers; sets, repeats and settings draw their own."""
    formats = (PromptFormat.PLAIN, PromptFormat.INSTRUCTION)
    decodings = (Decoding(), Decoding(temperature=0.5))
    own = spec("gender", models=("m", "n"), formats=formats, decodings=decodings, repeats=2)
    found = cells(bank(GENDER, JOB, LETTER), own, {"m": ModelKind.BASE, "n": ModelKind.CHAT})
    seeds: dict[tuple, set[int]] = {}
    for cell in found:
        seeds.setdefault((cell.context["job"], cell.decoding, cell.repeat), set()).add(cell.seed)
    assert all(len(shared) == 1 for shared in seeds.values())
    assert len(set.union(*seeds.values())) == len(seeds) == 8
    assert all(0 <= cell.seed < 2**63 for cell in found)
    other = cells(bank(GENDER, JOB, LETTER), replace(own, seed=1), {"m": ModelKind.BASE, "n": ModelKind.CHAT})
    assert not {cell.seed for cell in found} & {cell.seed for cell in other}


def test_order_is_by_model_and_sets_stay_together():
    """Model is outermost, then format, decoding, template, held values, repeat; a set is never interrupted."""
    formats = (PromptFormat.PLAIN, PromptFormat.INSTRUCTION)
    own = spec("gender", models=("n", "m"), formats=formats, repeats=2)
    found = cells(bank(GENDER, JOB, LETTER), own, {"m": ModelKind.BASE, "n": ModelKind.BASE})
    keys = [(cell.model, cell.format, cell.context["job"], cell.repeat) for cell in found]
    expected = [
        (model, format, job, repeat)
        for model in ("n", "m")
        for format in formats
        for job in ("nurse", "engineer")
        for repeat in (0, 1)
        for _ in range(3)
    ]
    assert keys == expected
    assert len({cell.set_id for cell in found}) == len(sets(found)) == 16


def test_the_same_grid_gives_the_same_cells():
    """Expanding twice gives equal cells, ids included."""
    assert cells(bank(GENDER, JOB, LETTER), spec("gender")) == cells(bank(GENDER, JOB, LETTER), spec("gender"))


def test_varying_two_attributes_gives_intersections():
    """Groups multiply, and the label joins them in the order of `vary`."""
    own_bank = bank(GENDER, RACE, template("t", "{race} {gender}"))
    found = cells(own_bank, spec("race", "gender"))
    assert [(cell.group, cell.prompt) for cell in found] == [
        ("black+woman", "Black Maria"),
        ("black+woman", "Black Ana"),
        ("black+man", "Black Jan"),
        ("white+woman", "White Maria"),
        ("white+woman", "White Ana"),
        ("white+man", "White Jan"),
    ]
    assert len(sets(found)) == 1
    assert found[2].groups == {"race": "black", "gender": "man"}
    assert cells(own_bank, spec("gender", "race"))[0].group == "woman+black"


def test_an_attribute_that_is_not_varied_is_held_fixed():
    """Each of its groups and terms makes a set of its own, told by the set's context and words."""
    found = cells(bank(GENDER, RACE, template("t", "{race} {gender}")), spec("race"))
    assert [[cell.prompt for cell in members] for members in sets(found)] == [
        ["Black Maria", "White Maria"],
        ["Black Ana", "White Ana"],
        ["Black Jan", "White Jan"],
    ]
    assert [members[0].context for members in sets(found)] == [
        {"gender": "woman"},
        {"gender": "woman"},
        {"gender": "man"},
    ]
    assert found[0].group == "black"
    assert found[0].groups == {"race": "black", "gender": "woman"}
    assert len({cell.seed for cell in found}) == 3


def test_a_template_is_not_repeated_for_contexts_it_does_not_mention():
    """Only the context slots in a template's text multiply it."""
    found = cells(bank(GENDER, JOB, CITY, template("t", "{gender} in {city}")), spec("gender"))
    assert len(found) == 3 * 3
    assert set(found[0].context) == {"city"}


def test_templates_that_mention_nothing_varied_are_left_out():
    """A template without a varied attribute has nothing to compare."""
    found = cells(bank(GENDER, RACE, LETTER, JOB, template("t", "{race} nurse")), spec("race"))
    assert {cell.template for cell in found} == {"t"}


def test_choices_narrow_and_order():
    """Chosen groups, values and templates are used in the order the grid names them."""
    own = spec(
        "gender",
        groups={"gender": ("man", "woman")},
        contexts={"job": ("engineer",)},
        templates=("short", "letter"),
        terms_per_group=1,
    )
    found = cells(bank(GENDER, JOB, LETTER, template("short", "{gender}:"), template("other", "{gender}?")), own)
    assert [(cell.template, cell.terms["gender"]) for cell in found] == [
        ("short", "Jan"),
        ("short", "Maria"),
        ("letter", "Jan"),
        ("letter", "Maria"),
    ]
    assert {cell.context.get("job") for cell in found} == {None, "engineer"}


PAIR = template("fit", "Who fits better, {gender#1} or {gender#2}?", pair="gender")


def test_a_pair_is_asked_in_both_orders_in_one_set():
    """A set is one couple of terms in its two orders; the shorter list of terms starts over."""
    found = cells(bank(GENDER, PAIR), spec("gender"))
    assert [[(cell.group, cell.prompt) for cell in members] for members in sets(found)] == [
        [
            ("woman>man", "Who fits better, Maria or Jan?"),
            ("man>woman", "Who fits better, Jan or Maria?"),
        ],
        [
            ("woman>man", "Who fits better, Ana or Jan?"),
            ("man>woman", "Who fits better, Jan or Ana?"),
        ],
    ]
    assert found[1].groups == {"gender#1": "man", "gender#2": "woman"}
    assert found[1].terms == {"gender#1": "Jan", "gender#2": "Maria"}
    assert found[0].seed == found[1].seed != found[2].seed


def test_every_two_groups_make_pairs():
    """Three groups make three couples; which group is chosen first changes neither sets nor seeds."""
    gender = attribute("gender", *GENDER.groups, group("nonbinary", "Kim"))
    found = cells(bank(gender, PAIR), spec("gender", terms_per_group=1))
    assert [cell.group for cell in found] == [
        "woman>man",
        "man>woman",
        "woman>nonbinary",
        "nonbinary>woman",
        "man>nonbinary",
        "nonbinary>man",
    ]
    turned = spec("gender", terms_per_group=1, groups={"gender": ("nonbinary", "man", "woman")})
    assert {(cell.id, cell.set_id) for cell in cells(bank(gender, PAIR), turned)} == {
        (cell.id, cell.set_id) for cell in found
    }


def test_a_pair_with_another_attribute_varied():
    """What else varies multiplies the two orders, and keeps its place in the label."""
    both = template("fit", "{gender#1} or {gender#2}, {race}?", pair="gender")
    found = cells(bank(GENDER, RACE, both), spec("race", "gender", terms_per_group=1))
    assert [cell.group for cell in found] == [
        "black+woman>man",
        "black+man>woman",
        "white+woman>man",
        "white+man>woman",
    ]
    assert len(sets(found)) == 1
    held = cells(bank(GENDER, RACE, both), spec("gender", terms_per_group=1))
    assert [len(members) for members in sets(held)] == [2, 2]


NAME = attribute(
    "name",
    group("black_woman", "Keisha", of={"gender": "woman", "race": "black"}),
    group("white_man", "Greg", of={"gender": "man", "race": "white"}),
)


def test_names_carry_marginal_memberships():
    """A group counts for what it means on other attributes too."""
    found = cells(bank(NAME, template("t", "Dear {name}")), spec("name"))
    assert [cell.groups for cell in found] == [
        {"name": "black_woman", "gender": "woman", "race": "black"},
        {"name": "white_man", "gender": "man", "race": "white"},
    ]
    assert [cell.group for cell in found] == ["black_woman", "white_man"]


def test_memberships_in_a_pair_keep_their_number():
    """In a pair it stays visible which of the two a membership belongs to."""
    found = cells(bank(NAME, template("t", "{name#1} or {name#2}?", pair="name")), spec("name"))
    assert found[0].groups == {
        "name#1": "black_woman",
        "gender#1": "woman",
        "race#1": "black",
        "name#2": "white_man",
        "gender#2": "man",
        "race#2": "white",
    }


def test_a_slot_outweighs_a_membership():
    """Where the prompt itself names a gender, that is the gender, whatever the name suggests."""
    found = cells(bank(GENDER, NAME, template("t", "{name}, {gender}")), spec("name", "gender", terms_per_group=1))
    assert [(cell.group, cell.groups["gender"]) for cell in found] == [
        ("black_woman+woman", "woman"),
        ("black_woman+man", "man"),
        ("white_man+woman", "woman"),
        ("white_man+man", "man"),
    ]


def test_auto_becomes_chat_or_plain_by_the_model():
    """Cells never carry the format auto."""
    own = spec("gender", models=("m", "n"))
    found = cells(bank(GENDER, JOB, LETTER), own, {"m": ModelKind.BASE, "n": ModelKind.CHAT})
    assert Counter((cell.model, cell.format) for cell in found) == {
        ("m", PromptFormat.PLAIN): 6,
        ("n", PromptFormat.CHAT): 6,
    }


def test_equal_prompts_of_two_groups_stay_two_cells():
    """Where a form is the same for two groups both are asked, under the same id and seed."""
    gender = attribute("gender", group("woman", Term("W", {"they": "they"})), group("man", Term("M", {"they": "they"})))
    found = cells(bank(gender, template("t", "And {gender.they} said")), spec("gender"))
    assert [cell.group for cell in found] == ["woman", "man"]
    assert len({cell.id for cell in found}) == 1


def test_an_unknown_model_is_refused_at_once():
    """A model that is not in the catalogue stops the grid before any cell."""
    with pytest.raises(GridError, match=r"there is no model 'm'\. Did you mean mm\?"):
        expand(bank(GENDER, JOB, LETTER), spec("gender"), {"mm": ModelKind.BASE})


def test_an_invalid_grid_is_refused_at_once():
    """Validation does not wait for the first cell."""
    with pytest.raises(GridError, match="no attribute 'age'"):
        expand(bank(GENDER, JOB, LETTER), spec("age"), BASE)
