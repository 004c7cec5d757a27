"""Families on real grids: the sets that differ in the repeat alone, and no others."""

from collections import defaultdict
from pathlib import Path

import pytest

from lib.banks.read import parse_bank
from lib.grid.expand import expand
from lib.grid.size import size
from lib.settings import ROOT
from lib.store.store import Store
from lib.types import Bank, Decoding, GridSpec, ModelKind, PromptFormat
from tests.grid.banks import CITY, GENDER, JOB, RACE, bank, template
from tests.store.samples import ENTRIES, answer

BANKS = sorted((ROOT / "prompt_banks").glob("*.yaml"))
KINDS = {"base": ModelKind.BASE, "chatty": ModelKind.CHAT}
NEARLY = Decoding(temperature=0.8000001)
"""Reads "T 0.8" on the screen, as its neighbour does, and is another setting all the same."""


def grid(of: Bank, *vary: str, **rest: object) -> GridSpec:
    """A grid with two of everything that tells sets apart."""
    settings = {"decodings": (Decoding(temperature=0.8), NEARLY), "formats": (PromptFormat.PLAIN, PromptFormat.CHAT)}
    given = {"name": "g", "bank": of.id, "vary": vary, "models": ("base", "chatty"), "repeats": 3, **settings, **rest}
    return GridSpec(**given)  # type: ignore[arg-type]


def stored(store: Store, of: Bank, spec: GridSpec) -> str:
    """A run of the grid, nothing answered."""
    return store.runs.create("x", spec, of, expand(of, spec, KINDS), ENTRIES, {})


def check(store: Store, of: Bank, spec: GridSpec) -> None:
    """Each family holds every repeat once, with the very same prompts, which no other family asks the same way."""
    run_id = stored(store, of, spec)
    prompts = {cell.set_id: set[tuple[str, str]]() for cell in expand(of, spec, KINDS)}
    for cell in expand(of, spec, KINDS):
        prompts[cell.set_id].add((cell.template, cell.prompt))
    families: dict[str, dict[str, int]] = defaultdict(dict)
    asked: dict[str, set[object]] = defaultdict(set)
    for row in store.scores.table(run_id, 1).to_pylist():
        families[row["family"]][row["set_id"]] = row["repeat"]
        setting = (row["model"], row["format"], row["decoding"], row["temperature"])
        asked[row["family"]].add((*setting, frozenset(prompts[row["set_id"]])))
    assert len(families) * spec.repeats == len(prompts) == size(of, spec).sets
    assert all(sorted(sets.values()) == list(range(spec.repeats)) for sets in families.values())
    assert all(len(ways) == 1 for ways in asked.values())
    assert len(set.union(*asked.values())) == len(families)


@pytest.mark.parametrize("source", BANKS, ids=lambda source: source.stem)
def test_families_times_repeats_are_the_sets_of_a_shipped_bank(store: Store, source: Path) -> None:
    """Whichever attribute varies, and all of them together, in a grid cut to two contexts and two terms."""
    of = parse_bank(source.read_text(encoding="utf-8"), source.name)
    few = {context.id: tuple(value.id for value in context.values[:2]) for context in of.contexts}
    names = [attribute.id for attribute in of.attributes]
    for vary in {(name,) for name in names} | {tuple(names)}:
        check(store, of, grid(of, *vary, contexts=few, terms_per_group=2, repeats=2, models=("base",)))


def test_words_of_an_attribute_held_fixed_tell_families_apart(store: Store) -> None:
    """Maria and Ana are one group; held fixed while race varies, each makes a family of its own."""
    of = bank(GENDER, RACE, JOB, CITY, template("t", "{race} {gender}, {job|a} in {city}:"))
    spec = grid(of, "race", models=("base",), formats=(PromptFormat.PLAIN,), decodings=(Decoding(),))
    check(store, of, spec)
    families = store.scores.table(stored(store, of, spec), 1).column("family").to_pylist()
    assert len(set(families)) == 3 * 2 * 3  # terms of gender × jobs × cities


def test_the_two_orders_of_a_couple_are_one_family(store: Store) -> None:
    """Maria or Jan and Jan or Maria are one set; Ana and Jan are another couple, and race varies inside the sets."""
    of = bank(GENDER, RACE, template("t", "{race}: {gender#1} or {gender#2}?", pair="gender"))
    check(store, of, grid(of, "gender", "race"))
    spec = grid(of, "gender", models=("base",), formats=(PromptFormat.PLAIN,), decodings=(Decoding(),), repeats=1)
    run_id = stored(store, of, spec)
    families = store.scores.table(run_id, 1).column("family").to_pylist()
    assert len(set(families)) == 2 * 2  # couples × races, which are held fixed here
    store.responses.add(run_id, [answer(0), answer(1)])
    one, other = (store.scores.items(run_id, [no])[0] for no in (0, 1))  # each read without the other
    assert (one.group, other.group) == ("woman>man", "man>woman")
    assert one.family == other.family == families[0]


def test_families_are_given_whole_where_answered(store: Store) -> None:
    """One new cell brings in the answered cells of its family from every repeat, and nobody else's."""
    of = bank(GENDER, JOB, template("t", "{gender}, {job|a}:"))
    spec = grid(of, "gender", models=("base",), formats=(PromptFormat.PLAIN,), decodings=(Decoding(),))
    run_id = stored(store, of, spec)  # 2 jobs × 3 repeats × 3 terms: cells 0 to 8 are the nurse's
    assert store.scores.families(run_id, [0]) == []
    store.responses.add(run_id, [answer(no) for no in (8, 0, 4, 9, 17)])
    assert store.scores.families(run_id, [4]) == [[0, 4, 8]]
    assert store.scores.families(run_id, [5]) == [[0, 4, 8]]
    assert store.scores.families(run_id, [17, 0]) == [[0, 4, 8], [9, 17]]
    assert store.scores.families(run_id, []) == []
    families = {item.family for item in store.scores.items(run_id, [0, 4, 8])}
    assert len(families) == 1
    assert families < {item.family for item in store.scores.items(run_id, [0, 9])}


def test_a_family_keeps_its_name(store: Store) -> None:
    """Two runs of one grid name their families alike, so that they can be laid side by side."""
    of = bank(GENDER, JOB, template("t", "{gender}, {job|a}:"))
    one, other = (store.scores.table(stored(store, of, grid(of, "gender")), 1) for _ in range(2))
    assert one.column("family") == other.column("family")
