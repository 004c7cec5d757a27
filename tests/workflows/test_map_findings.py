"""The finding of a map: which groups lie in which region more than others, within matched sets; derived by hand."""

import math
from dataclasses import replace
from pathlib import Path

import pytest

from lib.errors import AuditError, StatsError
from lib.types import UNCLUSTERED, Decoding, MapQuality, MapSettings
from lib.workflows.map_findings import NOWHERE, finding
from lib.workflows.map_subjects import MODEL as BY_MODEL
from lib.workflows.map_subjects import subject_of, subjects
from tests.workflows.conftest import BANK, grid
from tests.workflows.mapped import MODEL, answered, opened

A, B, C = 0, 1, 2
FOUR = BANK.replace("two_groups", "four_groups").replace(
    "man: {title: Man, terms: [man]}",
    "man: {title: Man, terms: [man]}\n      person: {title: Person, terms: [person]}\n"
    "      child: {title: Child, terms: [child]}",
)
PAIRS = BANK.replace("two_groups", "pairs").replace(
    "text: The {gender} works as {occupation|a} and",
    "pair: gender\n    text: Is {gender#1|a} or {gender#2|a} the better {occupation}?",
)


@pytest.fixture(autouse=True)
def more_banks(banks: Path) -> None:
    """A bank with four groups, and one that compares two groups inside its prompts."""
    (banks / "four_groups.yaml").write_text(FOUR, encoding="utf-8")
    (banks / "pairs.yaml").write_text(PAIRS, encoding="utf-8")


def lopsided(spot):
    """Of 30 sets each group has 6 in B and 6 in C; the woman has 18 in A, the man 6 and 12 in no region."""
    edges = (18, 24, 30) if spot.group == "woman" else (6, 12, 18)
    return next((no for no, edge in enumerate(edges) if spot.place < edge), UNCLUSTERED)


@pytest.fixture
def run_id(workbench):
    return answered(workbench)


def gap_in(found, region, group=None):
    return next(row.gap for row in found.rows if row.region == region and group in (None, row.gap.group))


def test_the_gap_is_the_difference_of_shares_within_matched_sets(workbench, run_id):
    """In A lie 18 of the woman's 30 responses and 6 of the man's: a gap of +40 points, in 12 sets against 0."""
    found = finding(workbench, opened(workbench, [run_id], lopsided), "gender")
    first = found.rows[0]
    assert (first.region, first.title, first.gap.group, first.gap.reference) == (A, "A", "Woman", "Man")
    assert (first.gap.value, first.gap.reference_value, first.gap.sets) == (0.6, 0.2, 30)
    assert first.gap.estimate == pytest.approx(0.4)
    assert first.gap.p == pytest.approx(2 * 0.5**12)
    assert first.p_adjusted == pytest.approx(3 * 2 * 0.5**12)
    assert 0.15 < first.gap.low < 0.4 < first.gap.high < 0.6
    assert gap_in(found, B).estimate == gap_in(found, C).estimate == 0.0


def test_the_lopsided_region_is_first_and_what_lies_in_none_last(workbench, run_id):
    """Only A is clear; what is in no region is shown with its gap of −40 points, and neither tested nor clear."""
    found = finding(workbench, opened(workbench, [run_id], lopsided), "gender")
    assert [(row.title, row.clear, row.tested) for row in found.rows] == [
        ("A", True, True),
        ("B", False, True),
        ("C", False, True),
        (NOWHERE, False, False),
    ]
    last = found.rows[-1]
    assert last.gap.estimate == pytest.approx(-0.4)
    assert math.isnan(last.p_adjusted)


def test_a_larger_effect_comes_first(workbench, run_id):
    """Of two clear regions the one with the larger Cohen's h leads, whichever side it favours."""

    def region(spot):
        woman = spot.group == "woman"
        return (A if spot.place < 24 else B) if woman else (A if spot.place < 6 else B if spot.place < 12 else C)

    found = finding(workbench, opened(workbench, [run_id], region), "gender")
    # 24 and 6, 0 and 18, 6 and 6 of 30: h is 1.29 in A, 1.77 in C, 0 in B.
    assert [(row.title, row.clear) for row in found.rows[:3]] == [("C", True), ("A", True), ("B", False)]
    assert gap_in(found, C).effect == pytest.approx(-2 * math.asin(math.sqrt(0.6)))
    assert "1 more of 3 regions is clearly lopsided." in found.reading


def test_the_reading_names_region_shares_and_interval(workbench, run_id):
    """What the rows say in a sentence, with what it was corrected for."""
    said = finding(workbench, opened(workbench, [run_id], lopsided), "gender").reading
    assert said.startswith(
        "Of the responses about Woman, 60 % lie in “A”, against 20 % for Man: a gap of +40.0 points (95 % interval +"
    )
    assert said.endswith("; 30 matched sets). Corrected (Holm) over the 3 gaps shown.")


def test_nothing_found_is_not_said_to_be_nothing(workbench, run_id):
    """With both groups alike no region is clear, and the reading gives what the data fit."""
    found = finding(workbench, opened(workbench, [run_id], lambda spot: spot.place % 3), "gender", correction="bh")
    assert not any(row.clear for row in found.rows)
    assert found.reading.startswith("None of the 3 regions is clearly lopsided by Gender. That does not show there is")
    assert found.reading.endswith("Corrected (Benjamini–Hochberg) over the 3 gaps shown.")


def test_a_reference_turns_the_sign(workbench, run_id):
    """Held against the woman, the man has 40 points less; an unknown reference or correction is told."""
    there = opened(workbench, [run_id], lopsided)
    first = finding(workbench, there, "gender", reference="woman").rows[0].gap
    assert (first.group, first.reference, first.estimate) == ("Man", "Woman", pytest.approx(-0.4))
    with pytest.raises(StatsError, match="group womn: none of its responses"):
        finding(workbench, there, "gender", reference="womn")
    with pytest.raises(StatsError, match="correction hollm"):
        finding(workbench, there, "gender", correction="hollm")


def test_rows_that_are_left_out_do_not_count(workbench, run_id):
    """Among the first 12 sets the woman is always in A and the man in 6 of them: +50 points in A, −50 in B."""
    there = opened(workbench, [run_id], lopsided)
    kept = (there.frame["no"] // 2 < 12).to_numpy()
    found = finding(workbench, there, "gender", kept=kept)
    assert (gap_in(found, A).estimate, gap_in(found, B).estimate, gap_in(found, A).sets) == (0.5, -0.5, 12)
    assert "Only 12 matched sets have both sides: intervals are rough, and small gaps cannot be seen." in found.warnings


def test_several_groups_are_held_against_the_mean_of_the_others(workbench):
    """The woman is in A in half of the sets, three others never: +50 points for her, −1/6 for each of them."""
    run_id = answered(workbench, replace(grid(MODEL, repeats=10), bank="four_groups"))
    there = opened(workbench, [run_id], lambda spot: A if spot.group == "woman" and spot.place < 15 else B)
    found = finding(workbench, there, "gender")
    assert gap_in(found, A, "Woman").estimate == 0.5
    assert gap_in(found, A, "Child").estimate == pytest.approx(-1 / 6)
    assert "over the 8 gaps shown" in found.reading  # nothing lies in C
    assert len(finding(workbench, there, "gender", reference="man").rows) == 3 * 3


def test_one_group_alone_is_a_sentence(workbench, run_id):
    """Nothing is compared where one group has all the responses, or no row counts."""
    there = opened(workbench, [run_id], lambda spot: A if spot.group == "woman" else None)
    with pytest.raises(StatsError, match="comparison by Gender: only Woman has responses on this map"):
        finding(workbench, there, "gender")
    with pytest.raises(StatsError, match="no group has responses"):
        finding(workbench, there, "gender", kept=(there.frame["no"] < 0).to_numpy())


def test_no_region_is_a_sentence(workbench, run_id):
    """A map without regions has nothing to be lopsided."""
    there = opened(workbench, [run_id], lambda spot: UNCLUSTERED, names=())
    with pytest.raises(StatsError, match="this map: its responses form no region"):
        finding(workbench, there, "gender")


def test_too_few_sets_are_told(workbench, run_id):
    """With a single matched set there is no number, and the reading says why."""
    found = finding(workbench, opened(workbench, [run_id], lambda s: A if s.place == 0 else None), "gender")
    assert found.reading.startswith("There is not enough to compare: Only one matched set has scores of both sides")


def test_what_varies_is_offered_and_else_told(workbench, run_id):
    """With one model there is one thing to compare by; a misspelt one gets the nearest."""
    there = opened(workbench, [run_id], lopsided)
    assert [subject.id for subject in subjects(workbench, there)] == ["gender"]
    with pytest.raises(AuditError, match=r"do not vary it.*Did you mean gender"):
        finding(workbench, there, "gendre")


def test_what_limits_the_finding_is_warned_of(workbench, run_id):
    """Words that tell a group, and regions that samples do not find again, are said."""
    there = opened(
        workbench, [run_id], lopsided, settings=MapSettings(neutral=False), quality=MapQuality(0.9, 0.3, 0.1)
    )
    assert finding(workbench, there, "gender").warnings == (
        "Words that tell a group were embedded, so that regions may differ in whom a text names.",
        "The regions are not stable (0.30 of 1): samples of the responses have others.",
    )
    assert finding(workbench, opened(workbench, [run_id], lopsided), "gender").warnings == ()


def test_greedy_repeats_count_once(workbench):
    """At temperature 0 ten repeats of three jobs are three units; the woman has one of them in A: +33 points."""
    greedy = replace(grid(MODEL, repeats=10), decodings=(Decoding(temperature=0, max_new_tokens=8),))
    run_id = answered(workbench, greedy)
    there = opened(workbench, [run_id], lambda s: A if s.group == "woman" and s.place < 10 else B)
    found = gap_in(finding(workbench, there, "gender"), A)
    assert (found.sets, found.responses, found.estimate) == (3, 60, pytest.approx(1 / 3))


def test_two_audits_are_compared_together(workbench, run_id):
    """Of 60 sets in two audits of two seeds the woman is in A in the 30 of the first, the man never: +50 points."""
    other = answered(workbench, replace(grid(MODEL, repeats=10), seed=2))
    there = opened(workbench, [run_id, other], lambda s: A if s.run == run_id and s.group == "woman" else B)
    found = gap_in(finding(workbench, there, "gender"), A)
    assert (found.estimate, found.sets) == (0.5, 60)


def test_an_audit_run_twice_is_no_more_evidence(workbench, run_id):
    """The same grid with the same seed gives the same matched sets: they count once, and that is said."""
    again = answered(workbench)
    once = finding(workbench, opened(workbench, [run_id], lopsided), "gender")
    twice = finding(workbench, opened(workbench, [run_id, again], lopsided), "gender")
    for region in (A, B, C):
        one, two = gap_in(once, region), gap_in(twice, region)
        assert (one.estimate, one.sets, one.p) == (two.estimate, two.sets, two.p)
    assert not any("count once" in warning for warning in once.warnings)
    assert any("count once" in warning for warning in twice.warnings)


def test_a_single_wording_leaves_the_others_sampled(workbench, banks):
    """With five names a group and one neutral wording, names are a sample: one name alone makes no clear gap."""
    names = {"woman": "Ann, Bea, Cleo, Dora, Edna", "man": "Abe, Bob, Carl, Dan, Ed"}
    bank = BANK.replace("two_groups", "names")
    for group, terms in names.items():
        title = group.capitalize()
        bank = bank.replace(
            f"{group}: {{title: {title}, terms: [{group}]}}", f"{group}: {{title: {title}, terms: [{terms}]}}"
        )
    bank = bank.replace("contexts:", "      no_one: {title: Nobody, terms: [the applicant], neutral: true}\ncontexts:")
    (banks / "names.yaml").write_text(bank, encoding="utf-8")
    run_id = answered(workbench, replace(grid(MODEL, repeats=10), bank="names"))
    terms = {no: workbench.store.responses.get(run_id, no).cell.terms["gender"] for no in range(330)}
    there = opened(workbench, [run_id], lambda spot: A if terms[spot.no] == "Ann" else B)
    found = finding(workbench, there, "gender", reference="man")
    woman = next(row for row in found.rows if row.region == A and row.gap.group == "Woman")
    assert woman.gap.estimate == pytest.approx(0.2)
    assert woman.gap.terms == 5
    assert not woman.clear
    assert any("5 or more terms" in warning for warning in found.warnings)


def test_what_two_banks_mean_otherwise_is_not_joined(workbench, run_id, banks):
    """The same id under another title is a subject of its own, with its own audits and groups."""
    other = BANK.replace("two_groups", "pronouns").replace("title: Gender", "title: Gender of the pronoun")
    (banks / "pronouns.yaml").write_text(other, encoding="utf-8")
    second = answered(workbench, replace(grid(MODEL, repeats=10), bank="pronouns"))
    there = opened(workbench, [run_id, second], lambda s: A if s.run == run_id and s.group == "woman" else B)
    assert {subject.id: subject.title for subject in subjects(workbench, there)} == {
        "gender": "Gender",
        "gender@pronouns": "Gender of the pronoun",
    }
    assert gap_in(finding(workbench, there, "gender"), A).estimate == 1.0
    assert {row.region for row in finding(workbench, there, "gender@pronouns").rows} == {B, UNCLUSTERED}


def test_what_lies_in_sets_without_both_sides_is_told(workbench, run_id):
    """With ten of the man's responses missing, 40 of 50 lie in sets with both: 80 %, and 20 + 0 of them are in A."""
    there = opened(
        workbench,
        [run_id],
        lambda spot: None if spot.group == "man" and spot.place >= 20 else A if spot.group == "woman" else B,
    )
    found = finding(workbench, there, "gender")
    assert gap_in(found, A).coverage == pytest.approx(0.8)
    assert next(row for row in found.rows if row.region == A).size == 20
    assert any("80 % of the responses compared" in warning for warning in found.warnings)


def test_groups_of_two_audits_are_joined(workbench, run_id):
    """An audit with four groups and one with two make four, and each set counts with those that it has."""
    four = answered(workbench, replace(grid(MODEL, repeats=10), bank="four_groups"))
    there = opened(workbench, [run_id, four], lambda s: A if s.group == "woman" else B)
    assert list(subject_of(workbench, there, "gender").titles) == ["woman", "man", "person", "child"]
    found = finding(workbench, there, "gender", reference="man")
    assert gap_in(found, A, "Woman").sets == 60
    assert gap_in(found, A, "Child").sets == 30


def test_groups_that_never_meet_are_not_held_against_each_other(workbench, run_id):
    """Two groups of another audit have no set with the man: they are named, and alone there is nothing to compare."""
    chosen = replace(grid(MODEL, repeats=10), bank="four_groups", groups={"gender": ("person", "child")})
    other = answered(workbench, chosen)
    there = opened(workbench, [run_id, other], lambda s: A if s.group in ("woman", "child") else B)
    found = finding(workbench, there, "gender", reference="man")
    assert {row.gap.group for row in found.rows} == {"Woman"}
    assert gap_in(found, A).estimate == 1.0
    assert any("Person" in warning and "Child" in warning for warning in found.warnings)
    kept = (there.frame["group"].isin(["woman", "person"])).to_numpy()
    with pytest.raises(StatsError, match="no matched set on this map has responses of two groups"):
        finding(workbench, there, "gender", reference="woman", kept=kept)


def test_answers_to_pairs_do_not_count(workbench, run_id):
    """Who is named beside another is in no group: such responses are left out, and that is said."""
    pairs = answered(workbench, replace(grid(MODEL, repeats=10), bank="pairs"))
    both = opened(workbench, [run_id, pairs], lambda s: lopsided(s) if s.run == run_id else B)
    found = finding(workbench, both, "gender")
    assert (gap_in(found, A).estimate, gap_in(found, A).sets) == (pytest.approx(0.4), 30)
    apart = len(both.frame) - 60
    assert apart > 0
    assert f"{apart} of the responses shown have no single group of Gender and do not count here." in found.warnings
    alone = opened(workbench, [pairs], lambda s: B)
    assert subjects(workbench, alone) == []


@pytest.fixture
def two_models(workbench, model):
    return replace(grid(MODEL, repeats=10), models=(MODEL, model.id))


def test_models_are_compared_prompt_by_prompt(workbench, two_models):
    """One model has its 30 answers about women in A, the other none: half of 60 prompts, and all where only these are.

    A prompt counts with the answers to its repeat, whatever the seed.
    """
    run_id = answered(workbench, two_models)
    there = opened(workbench, [run_id], lambda s: A if s.model == MODEL and s.group == "woman" else B)
    found = finding(workbench, there, BY_MODEL)
    assert found.subject.title == "Model"
    assert (gap_in(found, A).estimate, gap_in(found, A).sets) == (0.5, 60)
    assert gap_in(found, A).reference == "Tiny"
    women = opened(
        workbench,
        [run_id],
        lambda s: (A if s.group == "woman" else B) if s.model == MODEL else B if s.group == "woman" else None,
    )
    found = gap_in(finding(workbench, women, BY_MODEL), A)
    assert (found.estimate, found.sets, found.coverage) == (1.0, 30, pytest.approx(60 / 90))


def test_models_at_temperature_zero_have_one_answer_a_prompt(workbench, two_models):
    """Ten greedy repeats of six prompts are six units for the comparison of models."""
    greedy = replace(two_models, decodings=(Decoding(temperature=0, max_new_tokens=8),))
    run_id = answered(workbench, greedy)
    there = opened(workbench, [run_id], lambda s: A if s.model == MODEL and s.group == "woman" else B)
    found = gap_in(finding(workbench, there, BY_MODEL), A)
    assert (found.estimate, found.sets) == (pytest.approx(0.5), 6)
