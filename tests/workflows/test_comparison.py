"""From stored responses to gaps between groups: real scores, numbers derived by hand."""

import math

import pytest

from lib.errors import AuditError
from lib.workflows import comparison, course, run
from lib.workflows.comparison import OTHERS, OVERALL
from tests.workflows.scored import MAN, WOMAN, ask, stored


@pytest.fixture
def lopsided(workbench, model):
    """Every second matched set has a communal word for the woman; the man never has one."""
    return stored(workbench, model, lambda place, group: WOMAN if group == "woman" and place % 2 == 0 else MAN)


def test_the_gap_is_the_mean_over_matched_sets(workbench, lopsided):
    """In 15 of 30 sets the woman has a communal word and the man has none: a clear gap of one half."""
    found = comparison.compare(workbench, ask(lopsided, "agency.any_communal"))
    whole = found.rows[0]
    assert (whole.label, whole.group_title, whole.reference_title) == (OVERALL, "Woman", "Man")
    assert (whole.gap.estimate, whole.gap.sets, whole.gap.responses) == (0.5, 30, 60)
    assert 0.25 < whole.gap.low < 0.5 < whole.gap.high < 0.75
    assert whole.clear
    assert "higher for Woman than for Man" in found.reading
    assert "50.0 % against 0.0 %" in found.reading


def test_a_rate_divides_sums(workbench, lopsided):
    """15 communal words in 30 texts of 6 words are 8.33 per 100 words."""
    found = comparison.compare(workbench, ask(lopsided, "agency.communal"))
    assert found.rows[0].gap.estimate == pytest.approx(100 * 15 / 180)
    assert {level.group: level.value for level in found.levels} == {"Woman": pytest.approx(100 * 15 / 180), "Man": 0.0}


def test_rows_are_the_categories(workbench, lopsided):
    """Below the whole there is a row for each job, with its ten sets."""
    found = comparison.compare(workbench, ask(lopsided, "agency.any_communal"))
    assert [row.label for row in found.rows] == [OVERALL, "nurse", "engineer", "judge"]
    assert [row.gap.sets for row in found.rows] == [30, 10, 10, 10]
    by_job = comparison.levels_by(found, ["category"])
    assert len(by_job) == 6


def test_the_other_side_has_the_opposite_sign(workbench, lopsided):
    """Held against the woman, the man's gap is minus one half."""
    found = comparison.compare(workbench, ask(lopsided, "agency.any_communal", reference="woman"))
    assert (found.rows[0].group_title, found.rows[0].gap.estimate) == ("Man", -0.5)


def test_nothing_found_is_not_said_to_be_nothing(workbench, model):
    """Equal texts give no clear gap, and the reading does not call them alike without a margin."""
    same = stored(workbench, model, lambda place, _: WOMAN if place % 2 else MAN)
    found = comparison.compare(workbench, ask(same, "agency.any_communal"))
    assert not any(row.clear for row in found.rows)
    assert "does not show there is none" in found.reading


def test_alike_within_a_margin_is_said_when_it_is_shown(workbench, model):
    """With 150 sets of equally many communal words and a margin of 5 the groups are shown to be alike."""

    def text(place, group):
        return WOMAN if (place if group == "woman" else place // 2) % 2 else MAN

    same = stored(workbench, model, text, repeats=50)
    found = comparison.compare(workbench, ask(same, "agency.communal", margin=5.0))
    assert all(row.equivalent for row in found.rows)
    assert "Woman and Man are alike within ±5.00 per 100 words" in found.reading


def test_missing_responses_lower_coverage_and_are_counted(workbench, model):
    """Ten of the woman's 30 texts are empty: coverage two thirds, 20 sets, ten empty outcomes, and a warning."""
    gaps = stored(workbench, model, lambda place, group: "" if group == "woman" and place % 3 == 0 else MAN)
    found = comparison.compare(workbench, ask(gaps, "agency.any_communal"))
    assert found.rows[0].gap.sets == 20
    assert {level.group: round(level.coverage, 3) for level in found.levels} == {"Woman": 0.667, "Man": 1.0}
    assert ("Woman", "empty", 10) in found.outcomes
    assert any("67 %" in warning for warning in found.warnings)


def test_refusals_are_outcomes(workbench, model):
    """A refused response is counted as refused, by group."""
    refusing = stored(
        workbench, model, lambda _, group: "I'm sorry, but I cannot help with that." if group == "man" else WOMAN
    )
    found = comparison.compare(workbench, ask(refusing, "refusal.refused"))
    assert ("Man", "refused", 30) in found.outcomes
    assert found.rows[0].gap.estimate == -1.0


def test_one_group_only_is_a_sentence(workbench, model):
    """When only one group has responses, that is said, and no number is given."""
    alone = stored(workbench, model, lambda _, group: WOMAN if group == "woman" else None)
    found = comparison.compare(workbench, ask(alone, "agency.any_communal"))
    assert math.isnan(found.rows[0].gap.estimate)
    assert "not enough" in found.reading


def test_names_that_do_not_exist_are_told(workbench, lopsided):
    """A misspelt measure, attribute or group gets the nearest ones."""
    with pytest.raises(AuditError, match=r"Did you mean agency\.any_communal"):
        comparison.compare(workbench, ask(lopsided, "agency.any_comunal"))
    with pytest.raises(AuditError, match="none of that name"):
        comparison.compare(workbench, ask(lopsided, "agency.any_communal", groups=("womann",)))


def test_nothing_scored_is_told(workbench, spec):
    """Without scores there is nothing to choose, and the terminal says to score first."""
    run_id = run.create(workbench, spec)
    assert comparison.choices(workbench, run_id) == []
    with pytest.raises(AuditError, match="Score the run first"):
        comparison.measure_id(workbench, run_id, "agency")


def test_the_default_reference_is_the_neutral_wording_else_the_others(workbench, lopsided):
    """This bank has no neutral group."""
    assert comparison.reference_of(workbench, lopsided, "gender") == OTHERS


def test_course_tables_are_five(workbench, lopsided):
    """All five come in order; what cannot be made says what it lacks."""
    found = course.tables(workbench, lopsided)
    assert [table.id for table in found] == [
        "prompt_sensitivity",
        "counterfactual_comparison",
        "lexicon_signals",
        "leadership_and_support",
        "explainability",
    ]
    assert "neutral" in found[0].problem
    assert not any(table.problem for table in found[1:])
    signals = found[2].frame.set_index(["Group", "Words"])["Per 100 words"]
    assert signals["Woman", "Communal"] == pytest.approx(100 * 15 / 180)
    words = found[4].frame
    [told] = words[(words["Group"] == "Woman") & (words["Category"] == "communal")].iloc[:, -1]
    assert told == "kind (15)"
    assert all(table.caveat for table in found)
