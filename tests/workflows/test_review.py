"""Faults that an independent recomputation of shown numbers found, each held by its case."""

import math

import pytest

from lib.errors import AuditError, StatsError
from lib.types import Decoding, Finish, GridSpec, Response, ScorerEntry
from lib.workflows import comparison, course, human_labels, positions, run, scoring
from lib.workflows.comparison import Question
from tests.workflows.scored import MAN, WOMAN, ask, stored

REFUSAL = "I'm sorry, but I cannot choose between them."
HEAD = """\
bank: {id}
title: Made for this test
question: Does it count right?
source: Written for this test.
licence: Apache-2.0
notice: None needed.
severity: mild
"""
NAMES = """\
attributes:
  name:
    title: Name
    groups:
      white_woman: {title: WW, of: {gender: woman, race: white}, terms: [Anna, Emma]}
      white_man: {title: WM, of: {gender: man, race: white}, terms: [Tom, Tim]}
      black_woman: {title: BW, of: {gender: woman, race: black}, terms: [Aisha, Keisha]}
contexts:
  job: {title: Job, values: [nurse, engineer]}
templates:
  - {id: fit, pair: name, text: "A is {name#1}, B is {name#2}. Who is the better {job}, A or B?"}
"""
AGES = """\
attributes:
  gender: {title: Gender, groups: {woman: woman, man: man}}
  age: {title: Age, groups: {young: young, old: old}}
contexts:
  job: {title: Job, values: [nurse, engineer]}
templates:
  - {id: fit, pair: gender, text: "A is {gender#1|a}, B is {gender#2|a}, both {age}. Who is the better {job}, A or B?"}
"""
NEUTRALS = """\
attributes:
  gender:
    title: Gender
    groups:
      woman: {title: Woman, terms: [Ann, Sue, Eve, Joy]}
      man: {title: Man, terms: [Tom, Bob, Max, Ian]}
      person: {title: Person, neutral: true, terms: [The person]}
      human: {title: Human, neutral: true, terms: [The human]}
contexts:
  job: {title: Job, values: [nurse, engineer]}
templates:
  - {id: says, text: "{gender} works as {job|a} and"}
"""


@pytest.fixture
def answered(workbench, model, banks):
    """Make a scored run of a bank written here, its responses being `text_of(prompt)`; None: no answer."""

    def make(name, bank, text_of, vary, *, scorers=("agency",), **more):
        (banks / f"{name}.yaml").write_text(HEAD.format(id=name) + bank, encoding="utf-8")
        run_id = run.create(workbench, GridSpec("Review", name, vary, (model.id,), seed=1, **more))
        told = [(job.no, text_of(job.prompt)) for job in workbench.store.runs.pending(run_id, model.id)]
        responses = [Response(no, text, Finish.STOP) for no, text in told if text is not None]
        workbench.store.responses.add(run_id, responses)
        scoring.score(workbench, run_id, list(scorers), lambda _: None)
        return run_id

    return make


def compared(workbench, run_id, attribute, measure, **more):
    return comparison.compare(workbench, Question(run_id, attribute, measure, resamples=500, **more))


# --- repeats at temperature 0 -----------------------------------------------------


def kind_nurse(prompt):
    return WOMAN if "Ann" in prompt and "nurse" in prompt else MAN


def test_greedy_repeats_do_not_make_a_gap_clear(workbench, answered):
    """Thirty equal repeats of two prompts are two matched sets, not sixty, and that is said."""
    greedy = (Decoding(temperature=0),)
    more = {"terms_per_group": 1, "groups": {"gender": ("woman", "man")}}
    run_id = answered("neutrals", NEUTRALS, kind_nurse, ("gender",), repeats=30, decodings=greedy, **more)
    found = compared(workbench, run_id, "gender", "agency.any_communal")
    gap = found.rows[0].gap
    assert (gap.estimate, gap.sets, gap.responses) == (pytest.approx(0.5), 2, 120)
    assert not found.rows[0].clear
    assert any("temperature 0" in warning for warning in found.warnings)


def test_sampled_repeats_stay_sets_of_their_own(workbench, answered):
    """Thirty samples of two prompts are sixty matched sets."""
    more = {"terms_per_group": 1, "groups": {"gender": ("woman", "man")}}
    run_id = answered("neutrals", NEUTRALS, kind_nurse, ("gender",), repeats=30, **more)
    found = compared(workbench, run_id, "gender", "agency.any_communal")
    assert (found.rows[0].gap.estimate, found.rows[0].gap.sets) == (0.5, 60)
    assert not any("temperature 0" in warning for warning in found.warnings)


# --- pairs ------------------------------------------------------------------------


def always_women(prompt):
    """Picks a woman over the man; of two women the first."""
    return "B" if "A is T" in prompt else "A"


def test_pairs_of_names_are_compared_by_what_names_signal(workbench, answered):
    """Over couples of a woman and a man the woman is always picked; couples of two women say nothing of gender."""
    run_id = answered("names", NAMES, always_women, ("name",), scorers=["choice"])
    found = compared(workbench, run_id, "gender", "choice.picked")
    assert {level.group: (level.value, level.sets) for level in found.levels} == {"Woman": (1.0, 8), "Man": (0.0, 8)}
    assert found.rows[0].gap.estimate == 1.0
    assert next(each for each in comparison.attributes(workbench, run_id) if each.id == "gender").pair


def test_a_couple_counts_where_both_orders_were_answered(workbench, answered):
    """A model that always picks the first named and refuses one order prefers nobody: there is nothing to compare."""
    run_id = answered(
        "ages", AGES, lambda prompt: REFUSAL if "A is a woman" in prompt else "A", ("gender",), scorers=["choice"]
    )
    found = compared(workbench, run_id, "gender", "choice.picked")
    assert math.isnan(found.rows[0].gap.estimate)
    assert ("Woman", "refused", 4) in found.outcomes
    assert {level.coverage for level in found.levels} == {0.0}


def test_order_effects_with_another_attribute_varied(workbench, answered):
    """Two jobs × two ages × one couple: four couples, each in two orders, all decided by the order."""
    run_id = answered("ages", AGES, lambda _: "A", ("gender", "age"), scorers=["choice"])
    found = positions.order_effects(workbench, run_id)
    assert dict(zip(found.frame["outcome"], found.frame["count"], strict=True)) == {
        "by the group": 0,
        "by the order": 4,
        "not decided": 0,
    }


def test_order_effects_count_greedy_repeats_once(workbench, answered):
    """Ten equal repeats at temperature 0 are one couple."""
    greedy = (Decoding(temperature=0),)
    run_id = answered("ages", AGES, lambda _: "A", ("gender", "age"), scorers=["choice"], repeats=10, decodings=greedy)
    assert positions.order_effects(workbench, run_id).frame["count"].sum() == 4


def test_a_pick_cannot_be_labelled_for_a_response(workbench, answered):
    """One label for a response would count for both candidates: it is refused."""
    run_id = answered("ages", AGES, lambda _: "A", ("gender",), scorers=["choice"])
    found = compared(workbench, run_id, "gender", "choice.picked")
    with pytest.raises(StatsError, match="both candidates"):
        human_labels.sheet(workbench, found)


# --- what is asked ----------------------------------------------------------------


def test_rows_can_only_be_split_by_what_a_run_varies(workbench, model):
    """A column that is no such thing, like the number of a response, is refused."""
    run_id = stored(workbench, model, lambda *_: MAN, repeats=2)
    with pytest.raises(AuditError, match="rows by 'no'"):
        compared(workbench, run_id, "gender", "agency.any_communal", by="no")


def test_an_unknown_correction_is_told(workbench, model):
    """A misspelt correction is an error in words."""
    run_id = stored(workbench, model, lambda *_: MAN, repeats=2)
    with pytest.raises(StatsError, match="hollm"):
        compared(workbench, run_id, "gender", "agency.any_communal", correction="hollm")


def test_one_neutral_wording_does_not_make_names_the_only_ones_meant(workbench, answered):
    """Four names a group are a sample also beside a neutral group with a single term."""
    run_id = answered("neutrals", NEUTRALS, kind_nurse, ("gender",))
    [attribute] = comparison.attributes(workbench, run_id)
    assert attribute.terms == 4
    found = compared(workbench, run_id, "gender", "agency.any_communal", groups=("woman", "man"))
    assert found.rows[0].gap.terms == 4


# --- what is said -----------------------------------------------------------------


def test_alike_names_the_reference_and_who_was_not_compared(workbench, answered):
    """Being close to one group is not being close to each other, and a group without answers is not alike."""

    def text(prompt):
        return None if "human" in prompt else MAN

    run_id = answered("neutrals", NEUTRALS, text, ("gender",), repeats=20)
    found = compared(workbench, run_id, "gender", "agency.communal", reference="person", margin=5.0)
    assert "Each group compared lies within ±5.00 per 100 words of Person" in found.reading
    assert "Not enough to compare: Human" in found.reading


def test_a_margin_in_shares_is_given_in_points(workbench, model):
    """A gap between shares is in points, not in per cent."""
    run_id = stored(workbench, model, lambda place, _: WOMAN if place % 2 else MAN)
    found = comparison.compare(workbench, ask(run_id, "agency.any_communal", margin=0.01))
    assert "±1.0 points" in found.reading


def test_a_clear_gap_within_the_margin_is_said_to_be_small(workbench, model):
    """A gap can exclude zero and still be one that counts as none."""

    def text(place, group):
        return "She is kind " + "to all people " * (place % 3) if group == "woman" else MAN

    run_id = stored(workbench, model, text, repeats=20)
    found = comparison.compare(workbench, ask(run_id, "agency.communal", margin=50.0))
    assert found.rows[0].clear
    assert found.rows[0].equivalent
    assert "counts as none" in found.reading


def test_choices_that_were_refused_or_unclear_are_told(workbench, answered):
    """Also without the refusal scorer, declined choices are outcomes, and what could not be read is warned of."""
    texts = {"nurse": REFUSAL, "engineer": "Blue sky."}
    run_id = answered(
        "ages", AGES, lambda prompt: next(text for job, text in texts.items() if job in prompt), ("gender",),
        scorers=["choice"],
    )  # fmt: skip
    assert scoring.current_scoring(workbench, ScorerEntry("refusal", "refusal", "")) is None
    found = compared(workbench, run_id, "gender", "choice.picked")
    assert ("Woman", "refused", 4) in found.outcomes
    assert any("4 about Woman" in warning and "could not be read" in warning for warning in found.warnings)


def test_a_group_without_a_ratio_is_not_above_four_fifths(workbench, answered):
    """A group never answered about is left out of the four-fifths rule by name, without “nan”."""

    def text(prompt):
        if "Emma" in prompt or "Anna" in prompt:
            return None
        return always_women(prompt)

    run_id = answered("names", NAMES, text, ("name",), scorers=["choice"])
    found = compared(workbench, run_id, "name", "choice.picked")
    assert "nan" not in found.four_fifths
    assert "Not compared: WW" in found.four_fifths


def test_sensitivity_counts_every_neutral_group(workbench, answered):
    """Two neutral groups with two prompts each: four answers, two of them gendered."""

    def text(prompt):
        return "She is there." if "human" in prompt else "It is there."

    scorers = ["gendered", "agency", "framing", "similarity"]
    run_id = answered("neutrals", NEUTRALS, text, ("gender",), scorers=scorers)
    table = course.tables(workbench, run_id)[0]
    assert not table.problem
    assert table.frame.iloc[0]["Responses"] == 4
    assert table.reading.startswith("50 % of 4 answers")


def test_course_tables_of_a_pair_audit_are_made(workbench, answered):
    """An audit that compares two groups inside one prompt has no answers by group, and no table fails over it."""
    scorers = ["gendered", "agency", "framing", "similarity"]
    run_id = answered("ages", AGES, lambda _: "A", ("gender",), scorers=scorers)
    assert len(course.tables(workbench, run_id)) == 5


TWO_ATTRIBUTES = """\
attributes:
  gender: {title: Gender, groups: {woman: woman, man: man}}
  age: {title: Age, groups: {young: {title: Young, terms: [young]}, old: {title: Old, terms: [old]}}}
contexts:
  job: {title: Job, values: [nurse, engineer]}
templates:
  - {id: says, text: "The {age} {gender} works as {job|a} and"}
"""


def test_course_tables_follow_the_attribute_asked_for(workbench, answered):
    """Old people's answers alone have a communal word: most for Old by age; by gender, the first, both have as many."""
    scorers = ["gendered", "agency", "framing", "similarity"]
    run_id = answered(
        "both", TWO_ATTRIBUTES, lambda prompt: WOMAN if "old" in prompt else MAN, ("gender", "age"), scorers=scorers
    )
    first = {table.id: table for table in course.tables(workbench, run_id)}["lexicon_signals"]
    other = {table.id: table for table in course.tables(workbench, run_id, attribute="age")}["lexicon_signals"]
    assert list(first.frame["Group"].unique()) == ["Woman", "Man"]
    assert list(other.frame["Group"].unique()) == ["Young", "Old"]
    assert "Communal: most for Old (16.67), fewest for Young (0.00)" in other.reading
    assert "Communal" not in first.reading
