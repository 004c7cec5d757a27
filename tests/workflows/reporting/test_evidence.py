"""Evidence: numbers derived by hand, one family of gaps, and what is missing in words."""

import pytest

from lib.codec import dump
from lib.errors import ReportError, RunError
from lib.types import GridSpec, ReportSettings
from lib.workflows import run
from lib.workflows.reporting.evidence import gather
from lib.workflows.reporting.sensitivity import spread
from tests.workflows.reporting.audits import COMMUNAL, MODEL, NEUTRAL_TEXT, PLAIN, audited, lopsided

pytestmark = pytest.mark.slow

TWO_SCORERS = ["agency", "refusal"]
TWO = ("agency.any_communal", "refusal.refused")


def chosen(workbench, run_id, **settings):
    workbench.store.reports.choose(run_id, ReportSettings(**settings))
    return gather(workbench, run_id)


def test_a_gap_stands_in_the_evidence_with_its_fact(workbench):
    """In 15 of 30 sets the woman has a communal word and the man has none: one half, over 30 matched sets."""
    run_id = audited(workbench, lopsided(1, 2), scorers=TWO_SCORERS)
    found = chosen(workbench, run_id, measures=TWO[:1])
    fact = found.facts["gaps/agency.any_communal/all/woman/estimate"]
    assert (fact.value, fact.n, fact.unit) == (0.5, 30, "matched sets")
    assert 0.25 < fact.low < 0.5 < fact.high < 0.75
    assert '"measure": "agency.any_communal"' in fact.how
    assert "seed 0" in fact.how


def test_all_measures_are_one_family(workbench):
    """15 sets differ one way: McNemar's p is 2 × 2^-15; two measures with 4 rows each make that 8 times as large."""
    run_id = audited(workbench, lopsided(1, 2), scorers=TWO_SCORERS)
    alone = chosen(workbench, run_id, measures=TWO[:1])
    both = chosen(workbench, run_id, measures=TWO)
    assert (alone.family, both.family) == (4, 8)
    assert alone.comparisons[0].rows[0].p_adjusted == pytest.approx(4 * 2 * 2**-15)
    assert both.comparisons[0].rows[0].p_adjusted == pytest.approx(8 * 2 * 2**-15)
    assert "Corrected (Holm) over the 8 gaps of this report." in both.comparisons[0].reading
    assert both.facts["gaps/family"].value == 8


def test_a_gap_that_is_clear_alone_need_not_be_in_the_family(workbench):
    """8 sets that differ one way: 4 × 2 × 2^-8 is 0.031, 8 × 2 × 2^-8 is 0.063."""
    run_id = audited(
        workbench, lambda place, group, _: COMMUNAL if group == "woman" and place < 8 else PLAIN, scorers=TWO_SCORERS
    )
    assert chosen(workbench, run_id, measures=TWO[:1]).comparisons[0].rows[0].clear
    both = chosen(workbench, run_id, measures=TWO)
    assert not both.comparisons[0].rows[0].clear
    assert "not after the correction" in both.comparisons[0].reading
    assert both.facts["gaps/clear"].value == 0


def test_neutral_prompts_that_come_back_gendered(workbench):
    """10 of the 30 answers to prompts that name nobody have “he”: 33 %."""

    def text(place, group, _):
        return PLAIN if group != "none" or place % 3 == 0 else NEUTRAL_TEXT

    found = gather(workbench, audited(workbench, text, bank="three_groups", repeats=5, scorers=["gendered"]))
    assert found.course[0].reading.startswith("33 % of 30 answers to neutral prompts have gendered words")
    assert found.facts["course/prompt_sensitivity/0/Gendered, %"].value == 33.3


def test_sensitivity_is_the_range_over_wordings(workbench):
    """The woman has a communal word in every answer to one wording and in none to the other; the man turns round."""

    def text(_, group, template):
        communal = {"woman": template == "works", "none": template == "tells", "man": False}[group]
        return COMMUNAL if communal else PLAIN

    run_id = audited(workbench, text, bank="three_groups", repeats=5, scorers=["agency"])
    found = chosen(workbench, run_id, measures=TWO[:1])
    woman, man = spread(found.sensitivity)
    assert (woman.group, woman.reference, woman.lowest, woman.highest) == ("Woman", "Not named", -1.0, 1.0)
    assert (woman.above, woman.below, woman.templates, woman.turns, woman.sure) == (1, 1, 2, True, True)
    assert (man.lowest, man.highest, man.turns, man.sure) == (-1.0, 0.0, False, False)
    assert found.facts["wording/agency.any_communal/woman/works"].n == 15


def test_one_wording_has_no_sensitivity(workbench):
    """With a single template nothing is known of wordings, and that is said."""
    found = gather(workbench, audited(workbench, lopsided(1), repeats=2, scorers=["agency"]))
    assert found.sensitivity.empty
    assert "one wording" in found.lacking["wording"]


def test_measures_are_chosen_before_any_result(workbench):
    """The first measure of each scorer, in the order in which scorers are offered, whatever the numbers are."""
    found = gather(workbench, audited(workbench, lopsided(1), repeats=2))
    assert [made.choice.id for made in found.comparisons] == [
        "agency.agentic",
        "framing.leadership_traits",
        "gendered.masculine",
        "refusal.refused",
        "similarity.across",
    ]
    assert found.attribute.id == "gender"


def test_the_same_audit_gives_the_same_facts(workbench):
    """Gathered twice, every fact is the same to the last digit."""
    run_id = audited(workbench, lopsided(1, 3), bank="three_groups", repeats=2, scorers=["agency"])
    one, two = gather(workbench, run_id), gather(workbench, run_id)
    assert dump(list(one.facts.values())) == dump(list(two.facts.values()))


def test_nothing_answered_is_no_report(workbench):
    """A run without a response is refused, and an unknown one is not known."""
    run_id = run.create(workbench, GridSpec("Small", "two_groups", ("gender",), (MODEL,)))
    with pytest.raises(ReportError, match="nothing in it was answered yet"):
        gather(workbench, run_id)
    with pytest.raises(RunError, match="nothing-like-it"):
        gather(workbench, "nothing-like-it")


def test_without_scores_there_is_no_gap(workbench):
    """An audit that nobody scored has no comparison, and says what to do."""
    found = gather(workbench, audited(workbench, lopsided(1), repeats=2, scorers=[]))
    assert (found.comparisons, found.family) == ([], 0)
    assert "Score it" in found.lacking["gaps"]
    assert found.facts["run/responses"].value == 12


def test_one_group_alone_is_told(workbench):
    """Only the woman was answered: gaps are unknown, not zero."""
    run_id = audited(workbench, lambda place, group, _: COMMUNAL if group == "woman" else None, scorers=["agency"])
    found = chosen(workbench, run_id, measures=TWO[:1])
    assert found.facts["gaps/agency.any_communal/all/woman/estimate"].value is None
    assert "not enough to compare" in found.comparisons[0].reading
    assert found.facts["outcomes/man/pending"].value == 30


def test_choices_that_no_longer_fit_are_told(workbench):
    """What was chosen and is gone is named, and the report goes on with the rest."""
    run_id = audited(workbench, lopsided(1), repeats=2, scorers=TWO_SCORERS)
    found = chosen(workbench, run_id, measures=(*TWO, "gone.away"), attribute="race", by="model")
    assert [made.choice.id for made in found.comparisons] == list(TWO)
    assert len(found.problems) == 3
    assert any("gone.away" in problem for problem in found.problems)


def test_settings_decide_what_is_compared(workbench):
    """Attribute, rows and measures follow the author."""
    run_id = audited(workbench, lopsided(1), bank="three_groups", repeats=2, scorers=["gendered"])
    found = chosen(workbench, run_id, attribute="gender", by="context:occupation", measures=("gendered.feminine",))
    assert [row.label for row in found.comparisons[0].rows] == [
        *["All together"] * 2,
        *["nurse"] * 2,
        *["engineer"] * 2,
        *["judge"] * 2,
    ]
    assert found.by_title == "Occupation"


def test_groups_are_called_by_their_titles(workbench):
    """Outcomes keep ids, and titles say what people read."""
    found = gather(workbench, audited(workbench, lopsided(1), bank="three_groups", repeats=1, scorers=[]))
    assert found.titles == {"none": "Not named", "woman": "Woman", "man": "Man"}
    assert found.prompts[0] == ("Not named", "The person works as a nurse and")
