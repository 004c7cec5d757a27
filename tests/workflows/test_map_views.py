"""What is read off a map: words and neighbours, moves between two models, words of groups, colours; by hand."""

import math
from dataclasses import replace

import pandas as pd
import pytest

from lib.errors import AuditError, MapError, StatsError
from lib.types import UNCLUSTERED, ResponseFilter, Sampling
from lib.workflows import annotate, map_colours, map_search, scoring
from lib.workflows.map_moves import moves
from lib.workflows.map_subjects import MODEL as BY_MODEL
from lib.workflows.map_words import region_words
from tests.workflows.assigning import assigned, work_through
from tests.workflows.conftest import grid
from tests.workflows.mapped import MODEL, answered, opened

A, B, C = 0, 1, 2


@pytest.fixture
def two_models(workbench, model):
    """A run of two models with 30 sets each."""
    return answered(workbench, replace(grid(MODEL, repeats=10), models=(MODEL, model.id)))


def found_nos(there, found):
    return there.frame["no"].iloc[found.rows].tolist()


def test_words_are_found_as_they_stand(workbench):
    """Case and spaces around do not matter, patterns mean nothing, and what is not on the map is not found."""
    run_id = answered(workbench, grid(MODEL, repeats=2), lambda s: "She is KIND (so they say)." if s.no < 4 else "No.")
    there = opened(workbench, [run_id], lambda spot: A if spot.no != 2 else None)
    assert found_nos(there, map_search.by_words(workbench, there, " kind ")) == [0, 1, 3]
    assert found_nos(there, map_search.by_words(workbench, there, "(so")) == [0, 1, 3]
    assert found_nos(there, map_search.by_words(workbench, there, "k.nd")) == []


def test_the_most_alike_come_first(workbench):
    """Vectors that turn by ten degrees a response: closest to the third is itself, then its two neighbours."""
    run_id = answered(workbench, grid(MODEL))
    turned = [[math.cos(math.radians(10 * no)), math.sin(math.radians(10 * no))] for no in range(6)]
    there = opened(workbench, [run_id], lambda spot: A, vector_of=lambda spot: turned[spot.no])
    found = map_search.like(workbench, there, 2, most=3)
    assert found_nos(there, found) == [2, 1, 3]
    assert found.alike == pytest.approx([1, math.cos(math.radians(10)), math.cos(math.radians(10))], abs=1e-6)


def test_a_search_for_nothing_is_told(workbench):
    """Spaces have no meaning to look for."""
    there = opened(workbench, [answered(workbench, grid(MODEL))], lambda spot: A)
    with pytest.raises(MapError, match="the search: it is empty"):
        map_search.by_meaning(workbench, there, "  ")


def test_moves_are_counted_prompt_by_prompt(workbench, two_models):
    """Of 60 prompts 30 stay in A, 20 go from B to A and 10 from B to no region."""

    def region(spot):
        if spot.place < 15:
            return A
        if spot.model == MODEL:
            return B
        return A if spot.place < 25 else UNCLUSTERED

    there = opened(workbench, [two_models], region)
    found = moves(workbench, there, MODEL, "tiny")
    assert (found.pairs, found.stayed) == (60, 30)
    counts = {(a, b): n for a, b, n in found.frame.itertuples(index=False) if n}
    assert counts == {("A", "A"): 30, ("B", "A"): 20, ("B", "In no region"): 10}
    assert len(found.frame) == 9
    assert found.reading.startswith("Of 60 pairs of answers to the same prompt, 50 % lie in the same region")
    assert "The largest move: 20 from “B” under SmolLM2" in found.reading
    assert found.reading.endswith("to “A” under Tiny.")


def test_a_model_that_answered_nothing_has_no_moves(workbench, two_models):
    """Without a prompt that both answered there is nothing to follow; with one model there is no comparison at all."""
    there = opened(workbench, [two_models], lambda s: A if (s.model == MODEL) == (s.group == "woman") else None)
    with pytest.raises(StatsError, match="no prompt on this map was answered by both"):
        moves(workbench, there, MODEL, "tiny")
    alone = opened(workbench, [two_models], lambda spot: A if spot.model == MODEL else None)
    with pytest.raises(AuditError, match="do not vary it"):
        moves(workbench, alone, MODEL, "tiny")


def test_words_set_groups_apart_in_a_region(workbench):
    """In A the woman is always kind and the man always strong; the words of B do not count."""
    words = {"woman": "kind helper", "man": "strong leader"}
    run_id = answered(workbench, text_of=lambda s: f"a {words[s.group]} here" if s.place < 20 else "plain words")
    there = opened(workbench, [run_id], lambda spot: A if spot.place < 20 else B)
    table = region_words(workbench, there, "gender", A).frame
    clear = table[table["clear"]].groupby("group")["word"].apply(set).to_dict()
    assert clear == {"Woman": {"kind", "helper"}, "Man": {"strong", "leader"}}
    with pytest.raises(StatsError):
        region_words(workbench, there, "gender", C)


def test_what_varies_can_colour(workbench, two_models):
    """Region, group, model and job are offered; what has one value only is not. An unknown choice is told."""
    there = opened(workbench, [two_models], lambda spot: spot.place % 2)
    offered = {choice.id: choice.sort for choice in map_colours.choices(workbench, there)}
    assert offered == {"region": "Region", "gender": "Group", BY_MODEL: "Model", "of:context:occupation": "Prompt"}
    with pytest.raises(AuditError, match="Did you mean gender"):
        map_colours.coloured(workbench, there, "gendre")


def test_each_point_says_its_category(workbench, two_models):
    """Colours by region, group, model and job say what people call them, in the order of the bank."""
    there = opened(workbench, [two_models], lambda spot: spot.place % 2 if spot.place < 29 else UNCLUSTERED)
    region = map_colours.coloured(workbench, there, "region")
    assert (region.kind, region.order) == ("regions", ("A", "B", "C"))
    assert region.values.iloc[[0, 2]].tolist() == ["A", "B"]
    assert region.values.isna().sum() == 4
    group = map_colours.coloured(workbench, there, "gender")
    assert (group.kind, group.order, group.values.iloc[:2].tolist()) == ("groups", ("Woman", "Man"), ["Woman", "Man"])
    assert map_colours.coloured(workbench, there, BY_MODEL).order[1] == "Tiny"
    job = map_colours.coloured(workbench, there, "of:context:occupation")
    assert job.order == ("nurse", "engineer", "judge")
    assert job.values.value_counts().to_dict() == {"nurse": 40, "engineer": 40, "judge": 40}


def test_two_audits_can_be_told_apart(workbench):
    """The name of the audit colours a map of two; a score is there where that audit was scored."""
    one, other = answered(workbench), answered(workbench, replace(grid(MODEL, repeats=10), name="Other"))
    scoring.score(workbench, one, ["length"], lambda _: None)
    there = opened(workbench, [one, other], lambda spot: spot.place % 2)
    assert map_colours.coloured(workbench, there, "of:run").order == ("Small", "Other")
    words = map_colours.coloured(workbench, there, "score:length.words")
    assert (words.kind, words.title) == ("numbers", "Length: Words")
    assert words.values.iloc[:60].tolist() == [2.0] * 60
    assert words.values.iloc[60:].isna().all()


def test_a_yes_or_no_score_is_two_categories(workbench):
    """Whether a text has a communal word: yes for “kind”, no for others; a rate is per 100 words."""
    run_id = answered(workbench, text_of=lambda s: "She is kind to all people." if s.place % 2 else "It rains.")
    scoring.score(workbench, run_id, ["agency"], lambda _: None)
    there = opened(workbench, [run_id], lambda spot: A)
    said = map_colours.coloured(workbench, there, "score:agency.any_communal")
    assert (said.kind, said.order) == ("groups", ("yes", "no"))
    assert said.values.iloc[[0, 2]].tolist() == ["no", "yes"]
    rate = map_colours.coloured(workbench, there, "score:agency.communal")
    assert (rate.kind, rate.values.iloc[[0, 2]].tolist()) == ("numbers", [0.0, pytest.approx(100 / 6)])


def test_what_people_said_can_colour(workbench):
    """Four of six texts are read by somebody who calls those of the woman biased; what nobody read has no colour."""
    run_id = answered(workbench, grid(MODEL), lambda s: f"Of a {s.group}.")
    wanted = ResponseFilter(runs=(run_id,))
    assignment = assigned(workbench, run_id, filter=wanted, sampling=Sampling.ALL)
    there = opened(workbench, [run_id], lambda spot: A)
    desk = annotate.join(workbench, assignment, "Ada")
    read = work_through(workbench, desk, lambda task: "yes" if "woman" in task.text else "no", most=4)
    cells = {item.no: item.cell for item in workbench.store.assignments.items(assignment)}
    expected = {cells[no]: "No" if cells[no] % 2 else "Yes" for no in read}
    said = map_colours.coloured(workbench, there, f"label:{assignment}:bias")
    assert (said.title, said.kind, said.order) == ("Read them: Bias observed", "groups", ("Yes", "No"))
    assert said.values.dropna().to_dict() == expected
    assert len(expected) == 4


def test_beyond_twelve_categories_the_rest_is_one(workbench):
    """The eleven most frequent keep their colours."""
    values = pd.Series([f"v{min(no, 14)}" for no in range(30)])
    shown = map_colours.categories("Many", values, [f"v{no}" for no in range(15)])
    assert len(shown.order) == map_colours.MOST_CATEGORIES
    assert shown.order[-1] == map_colours.OTHER
    assert (shown.values == map_colours.OTHER).sum() == 4
    assert "v14" in shown.order


def test_audits_of_one_name_have_colours_of_their_own(workbench):
    """Two audits called alike are told apart by their ids."""
    runs = [answered(workbench), answered(workbench)]
    there = opened(workbench, runs, lambda _: A)
    assert map_colours.coloured(workbench, there, "of:run").order == tuple(f"Small ({run})" for run in runs)
