import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.errors import GridError
from lib.grid.expand import expand
from lib.grid.size import MAX_CELLS, size
from lib.types import Bank, Decoding, GridSpec, ModelKind, PromptFormat
from tests.grid.banks import GENDER, JOB, RACE, attribute, bank, context, group, spec, template


def test_counts_by_hand():
    """Sets, prompts and cells multiply by models, formats, decoding settings and repeats."""
    own_bank = bank(GENDER, JOB, template("t", "{gender}, {job}"), template("p", "{gender#1} or {gender#2}", "gender"))
    own = spec(
        "gender",
        models=("m", "n"),
        formats=(PromptFormat.PLAIN, PromptFormat.CHAT),
        decodings=(Decoding(), Decoding(0.5), Decoding(0.7)),
        repeats=5,
    )
    # t: 2 jobs make 2 sets of 3; p: 2 couples make 2 sets of 2. Times 2 · 2 · 3 · 5 = 60.
    found = size(own_bank, own)
    assert (found.sets, found.prompts, found.cells) == (4 * 60, 10, 10 * 60)
    assert found.groups == ("woman", "man", "woman>man", "man>woman")


def test_skipped_templates_are_named_with_their_reason():
    """Templates without a part in the grid are told, with why."""
    own_bank = bank(
        GENDER,
        RACE,
        template("both", "{gender}, {race}"),
        template("gender_only", "{gender}"),
        template("pair", "{gender#1} or {gender#2}, {race}", pair="gender"),
        template("race_pair", "{race#1} or {race#2}", pair="race"),
    )
    found = size(own_bank, spec("race", groups={"race": ("white",)}))
    assert found.skipped_templates == {
        "gender_only": "it does not mention race",
        "pair": "it compares gender inside the prompt, and gender is not varied",
        "race_pair": "it compares two groups of race, and only one is chosen",
    }


def test_nothing_left_to_ask_is_an_error():
    """When every template is skipped, the error names each and says what to do."""
    with pytest.raises(GridError, match=r"every template is skipped: t, because .* Vary another attribute"):
        size(bank(GENDER, RACE, template("t", "{race}")), spec("gender"))


def test_one_group_is_warned_about():
    """A single group leaves nothing to compare."""
    found = size(bank(GENDER, template("t", "{gender}")), spec("gender", groups={"gender": ("man",)}))
    assert found.warnings == ("Template t has only the group man: there is nothing to compare it with.",)


def test_greedy_repeats_are_warned_about():
    """Repeating greedy decoding only repeats the response."""
    own = spec("gender", decodings=(Decoding(), Decoding(temperature=0)), repeats=2)
    assert "Greedy decoding" in size(bank(GENDER, template("t", "{gender}")), own).warnings[0]
    assert size(bank(GENDER, template("t", "{gender}")), replace(own, repeats=1)).warnings == ()


def wide_bank(terms: int, jobs: int) -> Bank:
    return bank(
        attribute("gender", *(group(name, *(f"{name}{i}" for i in range(terms))) for name in ("a", "b"))),
        context("job", **{f"j{i}": f"job {i}" for i in range(jobs)}),
        template("t", "{gender} {job}"),
    )


def test_the_limit():
    """The largest grid allowed is counted, one repeat more is refused with the number."""
    own_bank = wide_bank(500, 1000)
    assert size(own_bank, spec("gender", repeats=2)).cells == MAX_CELLS
    with pytest.raises(GridError, match="it has 3,000,000 cells, more than 2,000,000"):
        size(own_bank, spec("gender", repeats=3))


def test_counting_takes_no_expanding():
    """A grid of billions of cells is refused at once, pairs of thousands of groups included."""
    pairs = bank(
        attribute("g", *(group(f"g{i}", "x", "y") for i in range(5_000))), template("t", "{g#1} or {g#2}", pair="g")
    )
    start = time.perf_counter()
    with pytest.raises(GridError, match="it has 49,990,000 cells"):
        size(pairs, spec("g"))
    with pytest.raises(GridError, match="it has 2,000,000,000,000 cells"):
        size(wide_bank(1000, 1000), spec("gender", repeats=1_000_000))
    assert time.perf_counter() - start < 10


NAMES = ("one", "two", "three")


@st.composite
def grids(draw: st.DrawFn) -> tuple[Bank, GridSpec]:
    """A small bank with one to three attributes, and a grid over it."""
    attributes = [
        attribute(
            name, *(group(f"{name}{i}", *(f"{name}{i}{j}" for j in range(count))) for i, count in enumerate(counts))
        )
        for name in NAMES[: draw(st.integers(1, 3))]
        for counts in [draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))]
    ]
    names = [each.id for each in attributes]
    contexts = [
        context(name, **{f"{name}{i}": name for i in range(draw(st.integers(1, 3)))}) for name in ("job", "city")
    ]
    templates = [template("all", " ".join(f"{{{name}}}" for name in names))]  # so that never all are skipped
    for i in range(draw(st.integers(1, 3))):
        pair = draw(st.sampled_from(["", *names]))
        slots = draw(st.lists(st.sampled_from([*names, "job", "city"]), min_size=1, max_size=4))
        text = " ".join(f"{{{slot}}}" for slot in slots if slot != pair)
        templates.append(template(f"t{i}", f"{{{pair}#1}} or {{{pair}#2}} {text}" if pair else text, pair))
    own_bank = bank(*attributes, *contexts, *templates)
    varied = draw(st.lists(st.sampled_from(names), min_size=1, unique=True))
    chosen = {
        each.id: tuple(draw(st.lists(st.sampled_from([group.id for group in each.groups]), unique=True)))
        for each in attributes
    }
    return own_bank, spec(
        *varied,
        groups=chosen,
        models=("m", "n")[: draw(st.integers(1, 2))],
        formats=(PromptFormat.PLAIN, PromptFormat.CHAT)[: draw(st.integers(1, 2))],
        decodings=(Decoding(), Decoding(0.0))[: draw(st.integers(1, 2))],
        repeats=draw(st.integers(1, 2)),
        terms_per_group=draw(st.integers(0, 2)),
    )


@given(grids())
@settings(max_examples=200, deadline=None)
def test_size_equals_expansion(grid: tuple[Bank, GridSpec]):
    """What is counted is what comes out, and every set is whole, distinct and under one seed."""
    own_bank, own = grid
    counted = size(own_bank, own)
    cells = list(expand(own_bank, own, {"m": ModelKind.BASE, "n": ModelKind.CHAT}))
    assert counted.cells == len(cells)
    assert counted.sets == len({cell.set_id for cell in cells})
    assert set(counted.groups) == {cell.group for cell in cells}
    assert counted.prompts == counted.cells // (len(own.models) * len(own.formats) * len(own.decodings) * own.repeats)
    assert len({(cell.set_id, cell.group, tuple(cell.terms.items())) for cell in cells}) == len(cells)
    assert len({(cell.set_id, cell.seed) for cell in cells}) == counted.sets
