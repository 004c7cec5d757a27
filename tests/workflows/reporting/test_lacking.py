"""What an audit lacks is told as it is: what was not scored, not answered, not read, not stated, not tested."""

from dataclasses import replace

import pytest

from lib.types import AssignmentSpec, Audience, GridSpec, ReportKind, ReportSettings
from lib.workflows import run, scoring
from lib.workflows.reporting import deck_outcome, plan
from lib.workflows.reporting.documents import document
from lib.workflows.reporting.evidence import gather
from lib.workflows.reporting.risks import risks
from tests.workflows import annotated
from tests.workflows.reporting import once
from tests.workflows.reporting.audits import COMMUNAL, MODEL, PLAIN, answer, audited, lopsided, texts
from tests.workflows.reporting.once import COMMUNAL_ANY
from tests.workflows.reporting.people import labelled
from tests.workflows.reporting.test_facts import assert_explained
from tests.workflows.test_beyond_gaps import PAIRS

pytestmark = pytest.mark.slow

BOTH = """\
bank: both
title: Both
question: Alike?
source: Written for this test.
licence: Apache-2.0
notice: None needed.
severity: mild
attributes:
  gender: {title: Gender, groups: {woman: {title: Woman, terms: [woman]}, man: {title: Man, terms: [man]}}}
  age: {title: Age, groups: {young: {title: Young, terms: [young]}, old: {title: Old, terms: [old]}}}
contexts:
  job: {title: Job, values: [nurse, engineer, judge]}
templates:
  - {id: says, text: "The {age} {gender} works as {job|a} and"}
"""


@pytest.fixture(scope="module")
def half(tmp_path_factory):
    """Evidence of an audit in which the woman has a communal word in 15 of 30 sets and the man in none."""
    return once.half(tmp_path_factory.mktemp("half"))


def gathered(workbench, run_id, **settings):
    workbench.store.reports.choose(run_id, ReportSettings(**settings))
    return gather(workbench, run_id)


def everything(evidence, *kinds):
    """Every text of some documents but those of charts, for both audiences."""
    told = [replace(evidence, settings=replace(evidence.settings, audience=each)) for each in Audience]
    made = [document(each, kind) for each in told for kind in kinds or ReportKind]
    return [text for one in made for path, text in texts(one) if not path.endswith("chart")]


def test_couples_scored_with_another_scorer(workbench, banks):
    """Something was scored, only nothing that says who was picked: that is named, with the scorer that would."""
    (banks / "couples.yaml").write_text(PAIRS, encoding="utf-8")
    run_id = run.create(workbench, GridSpec("Pairs", "couples", ("gender",), (MODEL,), seed=1))
    answer(workbench, run_id, lambda *_: "A", 0.0)
    scoring.score(workbench, run_id, ["agency"], lambda _: None)
    found = gather(workbench, run_id)
    assert found.lacking["gaps"] == (
        "No gap could be computed. Every prompt compares two groups, and what was scored (Agentic and communal words) "
        "does not say which of them was picked. Score the audit with “Choice between two”."
    )
    assert not any("Nothing in this audit was scored" in text for text in everything(found))
    assert_explained(found)


def test_where_one_group_alone_was_answered(workbench):
    """Nobody is told to score what was scored; nothing is counted as tested, and nothing is checked."""
    run_id = audited(workbench, lambda _, group, __: COMMUNAL if group == "woman" else None, scorers=["agency"])
    found = gathered(workbench, run_id, measures=(COMMUNAL_ANY,))
    assert (found.family, len(found.rows)) == (0, 4)
    assert found.lacking["gaps"] == (
        "No gap could be computed. No response about Man has a score here. Run or score what is missing, so that "
        "matched sets have both sides."
    )
    assert deck_outcome.of_chance(found) == "No difference could be tested, so nothing is shown in either direction."
    assert deck_outcome.of_wording(found) == ""
    assert plan.checks_of(found) == {}
    said = everything(found)
    for wrong in ("score the audit on the Scorers page", "differences we looked at", "--fail-above", "Today it passes"):
        assert not any(wrong in text for text in said), wrong
    assert not any("Corrected (Holm)" in text for text in said)
    known = {risk.id: risk for risk in risks(found)}
    assert known["r-untested-groups"].says.startswith("No group was compared.")
    assert_explained(found)


def test_what_could_not_be_tested_is_no_part_of_the_family(workbench):
    """Nurses alone were answered about both: two of four gaps, each of 10 sets; p is 2 × 2^-10, corrected double."""

    def text(place, group, _):
        return COMMUNAL if group == "woman" else PLAIN if place < 10 else None

    found = gathered(workbench, audited(workbench, text, scorers=["agency"]), measures=(COMMUNAL_ANY,))
    assert (found.family, found.facts["gaps/family"].value, found.facts["gaps/shown"].value) == (2, 2, 4)
    assert found.comparisons[0].rows[0].p_adjusted == pytest.approx(2 * 2 * 2**-10)
    said = everything(found)
    assert (
        "Of 4 gaps between groups, 2 could be tested, and of these 2 are clear: they exclude zero after correction "
        "over all of them." in said
    )
    assert deck_outcome.of_chance(found) == "Of 4 differences, 2 could be tested, and 2 are clear."
    assert any(
        "Of 3 gaps within categories, 1 could be tested, and of these 1 is clear: nurse," in each for each in said
    )
    assert any("Corrected (Holm) over the 2 gaps of this report that could be tested." in each for each in said)
    assert_explained(found)


def test_an_assignment_that_nobody_answered_is_no_reading(workbench):
    """No document says that people read answers, or asks for their agreement; the report says that nobody answered."""
    run_id = audited(workbench, lopsided(1, 2), scorers=["agency"])
    items = annotated.plain_items(workbench, run_id, range(8))
    workbench.store.assignments.create(AssignmentSpec("Empty reading"), annotated.CODEBOOK, items)
    found = gathered(workbench, run_id, measures=(COMMUNAL_ANY,))
    assert [each.answered for each in found.annotations] == [False]
    assert found.lacking["human"].startswith("Nobody has answered the assignment yet")
    said = everything(found)
    for wrong in ("People who read", "People read some", "People agree", "the reasons are below", "0 people"):
        assert not any(wrong in text for text in said), wrong
    assert any("nobody has answered any of it yet" in text for text in said)
    assert "r-untested-people" in {risk.id for risk in risks(found)}


def test_why_nothing_was_corrected_is_said_where_it_is_said(workbench):
    """Labels were given, and the one measure is a rate: the reason stands in the sentence, and once in the report."""
    run_id = audited(workbench, lopsided(1, 2), scorers=["agency"])
    labelled(workbench, run_id)
    found = gathered(workbench, run_id, measures=("agency.communal",))
    reason = "Communal (Agentic and communal words) was not corrected: labels correct shares and means of one group’s"
    assert found.lacking["human"].startswith(f"No gap could be corrected by people’s labels. {reason}")
    report = document(found, ReportKind.AUDIT)
    assert len([text for _, text in texts(report) if reason in text]) == 1
    assert_explained(found)


def test_how_many_answers_could_be_measured_is_never_rounded_up(workbench):
    """One of the man's 30 has no answer: 29 of 30, and not “at least 97 %”."""
    run_id = audited(workbench, lambda place, group, _: None if (place, group) == (3, "man") else PLAIN)
    said = deck_outcome.of_coverage(gathered(workbench, run_id, measures=(COMMUNAL_ANY,)))
    assert said.text == "Fewest answers could be measured for Man: 29 of 30."
    assert said.facts


@pytest.mark.parametrize(
    ("communal", "said"),
    [
        ({("woman", "works")}, "Whether another wording turns a difference around cannot be told from this audit."),
        (
            {("woman", "works"), ("woman", "tells")},
            "No difference turns around with the wording, where it has a direction in several.",
        ),
        (
            {(group, template) for group in ("woman", "man") for template in ("works", "tells")},
            "Every difference keeps its direction in all wordings that were tried.",
        ),
    ],
)
def test_a_direction_is_claimed_only_where_there_is_one(workbench, communal, said):
    """A gap that is 0 in a wording has no direction there: with one left nothing is told, with two it is."""
    text = lambda _, group, template: COMMUNAL if (group, template) in communal else PLAIN  # noqa: E731
    run_id = audited(workbench, text, bank="three_groups", repeats=2, scorers=["agency"])
    assert deck_outcome.of_wording(gathered(workbench, run_id, measures=(COMMUNAL_ANY,))) == said


def test_two_wordings_with_a_set_each_tell_nothing(workbench):
    """One job, asked once in two wordings: one matched set in each, so no gap by wording, and that is said."""
    spec = GridSpec(
        "Small", "three_groups", ("gender",), (MODEL,), seed=1, contexts={"occupation": ("nurse",)}
    )  # fmt: skip
    run_id = run.create(workbench, spec)
    answer(workbench, run_id, lambda _, group, __: COMMUNAL if group == "woman" else PLAIN, 0.0)
    scoring.score(workbench, run_id, ["agency"], lambda _: None)
    found = gathered(workbench, run_id, measures=(COMMUNAL_ANY,))
    assert found.lacking["wording"].startswith("In no two wordings of the prompt could the same gap be computed")
    assert "cannot be told" in deck_outcome.of_wording(found)


def test_what_is_compared_is_the_chosen_attribute(workbench, banks):
    """Gender and age vary, age was chosen: tables, groups and the method speak of age, and say who chose."""
    (banks / "both.yaml").write_text(BOTH, encoding="utf-8")
    run_id = run.create(workbench, GridSpec("Both", "both", ("gender", "age"), (MODEL,), repeats=2, seed=1))
    answer(workbench, run_id, lambda _, group, __: COMMUNAL if "old" in group else PLAIN, 0.0)
    scoring.score(workbench, run_id, ["gendered", "agency", "framing", "similarity"], lambda _: None)
    found = gathered(workbench, run_id, attribute="age")
    known = {risk.id: risk for risk in risks(found)}
    assert known["r-untested-groups"].says.startswith(
        "Compared were, by Age: Young and Old. Gender varies too, not compared here. Nothing here is known of people"
    )
    signals = next(table for table in found.course if table.id == "lexicon_signals")
    assert set(signals.frame["Group"]) == {"Young", "Old"}
    said = everything(found, ReportKind.AUDIT)
    assert "What is compared, or how gaps are split, was chosen by the author of this report." in said
    assert "The measures shown were chosen before any result was looked at: the first of each scorer." in said


def test_who_chose_the_measures_is_told(half):
    """The author did here; the rule did where nothing was chosen."""
    chosen = "The measures shown were chosen by the author of this report."
    assert chosen in everything(half, ReportKind.AUDIT)
    assert chosen not in everything(replace(half, settings=ReportSettings()), ReportKind.AUDIT)


@pytest.mark.parametrize("language", ["und", ""])
def test_a_language_that_nobody_stated_is_not_named(half, language):
    """Nothing is said to be in “und”; that the language is not stated is."""
    found = replace(half, bank=replace(half.bank, language=language))
    said = everything(found)
    assert not any("“und”" in text or "(und)" in text or "“”" in text or text == "und" for text in said)
    known = {risk.id: risk for risk in risks(found)}
    assert known["r-untested-language"].title == "It is not known which languages were tested"
    assert any("language not stated" in text for text in said)
    assert any(text.startswith("The prompts are in a language that is not stated") for text in said)


def test_benchmarks_are_not_sent_to_a_section_of_another_document(half):
    """No document but the audit report has a conclusion."""
    assert "conclusion" not in half.lacking["benchmarks"]
