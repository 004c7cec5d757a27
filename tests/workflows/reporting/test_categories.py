"""A gap that is clear only within a category is told everywhere, with its number, and nowhere denied."""

from dataclasses import replace

import pytest

from lib.types import Audience, Figure, Paragraph, ReportKind, ReportSettings, RunStatus
from lib.workflows.reporting import deck_figures, deck_findings
from lib.workflows.reporting.controls import Threat
from lib.workflows.reporting.documents import document
from lib.workflows.reporting.evidence import gather
from lib.workflows.reporting.fact_words import paragraphs
from lib.workflows.reporting.risks import risks
from lib.workflows.workbench import open_workbench
from tests.workflows.conftest import BANK
from tests.workflows.reporting.audits import COMMUNAL, PLAIN, audited
from tests.workflows.reporting.once import COMMUNAL_ANY
from tests.workflows.reporting.test_facts import assert_explained

pytestmark = pytest.mark.slow

INSIDE = "Of 3 gaps within categories, 1 is clear: nurse, Woman against Man +100.0 points (95 % interval "


def nurses_only(place, group, _):
    """Of ten sets a job: the woman's text is communal in all about nurses, the man's in five about each other job."""
    told_of = "woman" if place < 10 else "man"
    return COMMUNAL if group == told_of and (place < 10 or place % 10 < 5) else PLAIN


@pytest.fixture(scope="module")
def part(tmp_path_factory):
    """Over everything 10 sets of 30 differ either way, p = 1; of nurses all 10 one way: p = 2 × 2^-10, times 4."""
    folder = tmp_path_factory.mktemp("part")
    (folder / "two_groups.yaml").write_text(BANK, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVENHAND_BANKS", str(folder))
        with open_workbench(folder / "audits.duckdb", with_example=False) as workbench:
            run_id = audited(workbench, nurses_only, scorers=["agency"])
            workbench.store.runs.set_status(run_id, RunStatus.DONE)
            workbench.store.reports.choose(run_id, ReportSettings(measures=(COMMUNAL_ANY,)))
            return gather(workbench, run_id)


def told(evidence, kind, audience=Audience.COMMITTEE):
    settings = replace(evidence.settings, audience=audience)
    return [each.text for each in paragraphs(document(replace(evidence, settings=settings), kind).sections)]


def test_the_planted_gap_is_clear_in_one_category_alone(part):
    """What the other tests rest on."""
    rows = {row.label: (row.gap.estimate, row.clear) for row in part.comparisons[0].rows}
    assert rows == {
        "All together": (0.0, False),
        "nurse": (1.0, True),
        "engineer": (-0.5, False),
        "judge": (-0.5, False),
    }


@pytest.mark.parametrize("audience", list(Audience))
def test_the_report_names_it_with_its_number(part, audience):
    """In the summary, among the gaps and in the ethical risk; “no gap” is said of everything together alone."""
    found = told(part, ReportKind.AUDIT, audience)
    assert "Of 4 gaps between groups, 1 is clear: it excludes zero after correction over all of them." in found
    assert len([text for text in found if INSIDE in text and "; 10 matched sets)." in text]) == 3
    assert all("No gap over everything in “Any communal” is clear." in text for text in found if INSIDE in text)
    assert not any("No gap in" in text or "is clear in: " in text or "none is clear" in text for text in found)


def test_the_plan_has_a_risk_for_it(part):
    """Under the id of the group's gap, with the category's numbers; nothing says that it is open."""
    gaps = [risk for risk in risks(part) if risk.threat in (Threat.GAP, Threat.UNCLEAR)]
    assert [(risk.id, risk.threat) for risk in gaps] == [("r-gap-agency.any_communal-gender-woman", Threat.GAP)]
    [risk] = gaps
    assert risk.title.endswith("for Woman against Man, in nurse")
    assert risk.says.startswith(
        "Any communal, Woman against Man, is clear within categories of Occupation: nurse 100.0 % against 0.0 %, "
        "a gap of +100.0 points (95 % interval "
    )
    assert "; 10 matched sets). Over everything it is not clear: +0.0 points (95 % interval −" in risk.says
    assert "gaps/agency.any_communal/nurse/woman/estimate" in risk.facts
    assert risk.facts[-1] == "gaps/agency.any_communal/all/woman/estimate"
    assert "risks (1 from a clear gap)." in " ".join(told(part, ReportKind.PLAN))


def test_the_deck_does_not_contradict_itself(part):
    """The finding is the category's with the category's levels; then where it is, and that one of four is clear."""
    main, where = deck_findings.main(part), deck_findings.where(part)
    assert main.title == "What we found: clear only in part"
    sentence, figure = main.blocks
    assert isinstance(sentence, Paragraph)
    assert isinstance(figure, Figure)
    assert sentence.text == (
        "“Any communal” in nurse: 100.0 % of the answers about Woman, 0.0 % about Man, in the 10 matched sets compared."
    )
    assert [row[:2] for row in figure.table.rows] == [("Woman", 1.0), ("Man", 0.0)]
    assert where.blocks[0].text == "It is clear in one Occupation by itself: nurse."
    said = told(part, ReportKind.DECK)
    assert "Of 4 differences we looked at, one is clear; the others may be chance or not." in said


def test_every_number_has_its_fact(part):
    """In all documents for both audiences."""
    assert_explained(part)


def test_a_clear_category_is_seen_among_many(part):
    """Nine wider gaps that are not clear hide nothing: the clear one is drawn and told, eight rows in all."""
    made = part.comparisons[0]
    over, nurse = made.rows[0], made.rows[1]
    wide = [
        replace(nurse, category=f"c{n}", label=f"c{n}", clear=False, gap=replace(nurse.gap, estimate=-0.9))
        for n in range(9)
    ]
    small = replace(nurse, category="small", label="small", gap=replace(nurse.gap, estimate=0.1))
    many = replace(made, rows=[over, *wide, small])
    rows, every = deck_figures.inside(many, over)
    assert (len(rows), every, rows[-1].label) == (8, 10, "small")
    slide = deck_findings.where(replace(part, comparisons=[many]))
    assert slide.blocks[0].text == "It is clear in one Occupation by itself: small."
    assert "(8 of 10: clear ones first, then the widest)" in slide.blocks[1].caption


def test_without_a_clear_category_nothing_is_explained_away(part):
    """That none is clear is no sign that there is none, nor that answers are few."""
    made = part.comparisons[0]
    none = replace(made, rows=[replace(row, clear=False) for row in made.rows])
    slide = deck_findings.where(replace(part, comparisons=[none]))
    assert slide.blocks[0].text == "In no Occupation alone is it clear; that does not show that there is none."


def test_a_category_that_points_the_other_way_is_told(part):
    """A gap that is clear over everything, and clear the other way in a category."""
    made = part.comparisons[0]
    over, nurse, *others = made.rows
    up = replace(over, clear=True, gap=replace(over.gap, estimate=0.2, low=0.1, high=0.3))
    down = replace(nurse, gap=replace(nurse.gap, estimate=-0.5, low=-0.7, high=-0.2))
    [risk, *_] = risks(replace(part, comparisons=[replace(made, rows=[up, down, *others])]))
    assert risk.says.endswith("Within categories it is clear in 1 of 3: nurse. It points the other way in nurse.")


def test_the_sentence_and_the_chart_are_over_the_same_sets(workbench):
    """In 20 sets both are answered, the man communally; in 10 the woman alone is, communally: 0 % and 100 % on both.

    Over all her answers it would be 10 of 30, a third.
    """

    def text(place, group, _):
        if place >= 20:
            return COMMUNAL if group == "woman" else None
        return COMMUNAL if group == "man" else PLAIN

    run_id = audited(workbench, text, scorers=["agency"])
    workbench.store.reports.choose(run_id, ReportSettings(measures=(COMMUNAL_ANY,)))
    found = gather(workbench, run_id)
    assert found.facts["levels/agency.any_communal/woman/value"].value == pytest.approx(1 / 3)
    sentence, figure = deck_findings.main(found).blocks
    assert sentence.text == (
        "“Any communal”: 0.0 % of the answers about Woman, 100.0 % about Man, in the 20 matched sets compared."
    )
    assert [row[:2] for row in figure.table.rows] == [("Woman", 0.0), ("Man", 1.0)]
