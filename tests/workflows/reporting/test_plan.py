"""The mitigation plan: risks from numbers derived by hand, the author's texts in their places, commands that run."""

import shlex
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from lib.__main__ import app
from lib.reports.walk import fields, tables
from lib.types import Audience, ModelEntry, NoticeKind, ReportKind, ReportSettings
from lib.workflows.reporting import plan
from lib.workflows.reporting.checks import number_in
from lib.workflows.reporting.controls import CONTROLS, Threat, fitting
from lib.workflows.reporting.evidence import gather
from lib.workflows.reporting.plan_gates import gates
from lib.workflows.reporting.risk import risk_id
from lib.workflows.reporting.risks import risks
from tests.workflows.reporting import once
from tests.workflows.reporting.audits import COMMUNAL, NEUTRAL_TEXT, PLAIN, audited, lopsided, texts
from tests.workflows.reporting.once import COMMUNAL_ANY
from tests.workflows.reporting.people import labelled

pytestmark = pytest.mark.slow

GAP = "r-gap-agency.any_communal-gender-woman"
OPEN = "r-unclear-refusal.refused-gender"
STANDING = ["r-privacy-data", "r-security-use", "r-legal-use", "r-energy-use"]


def gathered(workbench, run_id, *measures):
    workbench.store.reports.choose(run_id, ReportSettings(measures=measures))
    return gather(workbench, run_id)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("half")


@pytest.fixture(scope="module")
def half(folder):
    """Evidence of an audit in which the woman has a communal word in 15 of 30 sets and the man in none."""
    return once.half(folder)


def rows(document, id):
    """The rows of one table by their second column, or by their first where that is a text."""
    [table] = [table for table in tables(document) if table.id == id]
    return {row[0] if isinstance(row[0], str) else row[1]: row for row in table.rows}


def notices(document, kind):
    return [block for part in document.sections for block in part.blocks if getattr(block, "kind", "") == kind]


def test_a_clear_gap_is_a_risk_with_its_number(half):
    """15 of 30 against none: 50 points, McNemar's p is 2 × 2^-15; each job has 5 of 10, whose p of .06 is not clear."""
    risk = risks(half)[0]
    assert (risk.id, risk.threat) == (GAP, Threat.GAP)
    assert "is higher for Woman than for Man: 50.0 % against 0.0 %, a gap of +50.0 points (95 % interval" in risk.says
    assert risk.says.endswith("30 matched sets). Within categories it is clear in 0 of 3.")
    made = plan.document(half)
    assert made.kind is ReportKind.PLAN
    fact = next(fact for fact in made.facts if fact.id == "gaps/agency.any_communal/all/woman/estimate")
    assert (fact.value, fact.n) == (0.5, 30)
    row = rows(made, "plan-risks")[risk.title]
    assert row[2] == risk.says
    assert ("gaps/agency.any_communal/all/woman/estimate", 0.5) in {
        (each[1], each[2]) for table in tables(made) if table.id == "plan-facts" for each in table.rows
    }


def test_categories_in_which_a_gap_is_clear_are_named(workbench):
    """With all 10 sets of each of 3 jobs different, p is 2 × 2^-10, times 4 rows: clear in each."""
    run_id = audited(workbench, lopsided(1, 1), scorers=["agency"])
    [risk] = [risk for risk in risks(gathered(workbench, run_id, COMMUNAL_ANY)) if risk.threat is Threat.GAP]
    assert "Within categories it is clear in 3 of 3: nurse, engineer and judge." in risk.says


def test_gaps_that_stay_open_are_one_risk_a_measure(half):
    """Nobody refused: no gap, and none ruled out; said with what the data fit."""
    [risk] = [risk for risk in risks(half) if risk.threat is Threat.UNCLEAR]
    assert risk.id == OPEN
    assert risk.says.startswith("Not clear, and not ruled out: Woman against Man +0.0 points (95 % interval −")


def test_ids_stay_and_texts_with_them_when_numbers_change(workbench):
    """What was written about a clear gap stands beside the same gap when another audit's numbers no longer show it."""
    before = gathered(workbench, audited(workbench, lopsided(1, 2), scorers=["agency"]), COMMUNAL_ANY)
    after = gathered(workbench, audited(workbench, lopsided(1, 30), scorers=["agency"]), COMMUNAL_ANY)
    assert GAP in {risk.id for risk in risks(before)}
    assert GAP not in {risk.id for risk in risks(after)}
    kept = [risk for risk in risks(replace(after, texts={f"plan/{GAP}/severity": "high"})) if risk.id == GAP]
    assert [risk.threat for risk in kept] == [Threat.UNCLEAR]
    assert "+3.3 points" in kept[0].says


def test_texts_of_the_author_stand_in_their_cells(half):
    """Each of the seven fields of a risk, and the bound, in the row and column it belongs to; all others are empty."""
    written = {f"plan/{GAP}/{what}": what.upper() for what in ("likelihood", "affected", "control", "owner", "due")}
    written |= {f"plan/{GAP}/severity": "high", f"plan/{GAP}/residual": "some", "plan/gate-decision/signs": "Ada"}
    made = plan.document(replace(half, texts=written))
    title = risks(half)[0].title
    assert [cell.text for cell in rows(made, "plan-risks")[title][3:]] == ["high", "LIKELIHOOD", "AFFECTED"]
    assert [cell.text for cell in rows(made, "plan-controls")[title][3:]] == ["CONTROL", "OWNER", "DUE", "some"]
    assert rows(made, "plan-gates")["Decision"][6].text == "Ada"
    assert {field.id: field.text for field in fields(made) if field.text} == written


def test_nothing_that_people_judge_is_filled_in(half):
    """Without an author every field is empty; each has an id of its own and says how to judge."""
    found = fields(plan.document(half))
    assert {field.text for field in found} == {""}
    assert len({field.id for field in found}) == len(found)
    assert all(field.help for field in found)
    severity = next(field for field in found if field.id == f"plan/{GAP}/severity")
    assert severity.options == ("low", "medium", "high", "critical")
    assert "not by the size of a number" in severity.help


def test_without_scores_the_plan_says_so_and_keeps_what_always_stands(workbench):
    """No gap is invented: what is missing is a risk by itself, and the standing ones are there."""
    found = gather(workbench, audited(workbench, lopsided(1, 2), scorers=[]))
    known = {risk.id: risk for risk in risks(found)}
    assert not any(risk.threat in (Threat.GAP, Threat.UNCLEAR) for risk in known.values())
    assert "Nothing in this audit was scored yet" in known["r-untested-gaps"].says
    assert [id for id in known if id in STANDING] == STANDING
    made = plan.document(found)
    assert [box.title for box in notices(made, NoticeKind.LACKING)] == ["No command can check gaps yet"]
    assert "plan-checks" not in {table.id for table in tables(made)}
    assert all(len(notices(made, kind)) == 1 for kind in (NoticeKind.CONTENT, NoticeKind.DISCLAIMER))


@pytest.mark.parametrize(
    ("origin", "backend", "said"),
    [
        ({}, "bundled", "stayed on the computer"),
        ({}, "endpoint", "left the computer that ran it, for A model."),
        ({"format": "csv"}, "recorded", "recorded elsewhere and imported"),
    ],
)
def test_where_prompts_went_is_not_guessed(half, origin, backend, said):
    """Local, hosted and imported audits say three different things about privacy."""
    models = [ModelEntry("a", "A model", backend, "")]
    known = {risk.id: risk for risk in risks(replace(half, models=models, origin=origin))}
    assert said in known["r-privacy-data"].says


def test_neutral_prompts_that_come_back_gendered_are_a_risk(workbench):
    """10 of the 30 answers to prompts that name nobody have “he”: 33 %."""

    def text(place, group, _):
        return PLAIN if group != "none" or place % 3 == 0 else NEUTRAL_TEXT

    run_id = audited(workbench, text, bank="three_groups", repeats=5, scorers=["agency", "gendered"])
    known = {risk.id: risk for risk in risks(gathered(workbench, run_id, COMMUNAL_ANY))}
    assert known["r-neutral-gendered"].says.startswith("33 % of 30 answers to prompts that name no group")


def test_a_gap_that_turns_around_with_the_wording(workbench):
    """Woman minus neutral is +100 points in the 15 sets of one wording and −100 in the 15 of the other."""

    def text(_, group, template):
        return COMMUNAL if (group, template) in {("woman", "works"), ("none", "tells")} else PLAIN

    run_id = audited(workbench, text, bank="three_groups", repeats=5, scorers=["agency"])
    [risk] = [
        risk for risk in risks(gathered(workbench, run_id, COMMUNAL_ANY)) if "prompt-" in risk.id and "woman" in risk.id
    ]
    assert risk.id == "r-prompt-agency.any_communal-gender-woman"
    assert (
        "Woman against Not named: above zero in 1 of 2 wordings and below in 1, from −100.0 points (“Tells”"
        in risk.says
    )
    assert "to +100.0 points (“Works”; 15 matched sets). The intervals of some lie wholly" in risk.says


def test_gaps_that_may_turn_by_chance_are_one_risk(workbench):
    """One set of 15 differs in either wording, in opposite directions: no interval lies on one side of zero."""

    def text(place, group, template):
        first = place % 15 == 0
        return COMMUNAL if first and (group, template) in {("woman", "works"), ("none", "tells")} else PLAIN

    run_id = audited(workbench, text, bank="three_groups", repeats=5, scorers=["agency"])
    found = gathered(workbench, run_id, COMMUNAL_ANY)
    [risk] = [risk for risk in risks(found) if risk.threat is Threat.PROMPT]
    assert risk.id == "r-prompt-open"
    own = "r-prompt-agency.any_communal-gender-woman"
    assert own in {risk.id for risk in risks(replace(found, texts={f"plan/{own}/owner": "Ada"}))}


@pytest.mark.slow
def test_people_who_disagree_and_a_scorer_that_errs_are_risks_of_the_instrument(workbench):
    """Two people of whom one says yes of more: alpha's lower end is below its mark, and their labels move the gap."""
    run_id = audited(workbench, lopsided(1, 2), scorers=["agency"])
    means = {"suggestion": COMMUNAL_ANY, "suggestion_field": "bias", "suggestion_labels": {"yes": "yes", "no": "no"}}
    assignment = labelled(workbench, run_id, **means)
    found = gathered(workbench, run_id, COMMUNAL_ANY)
    known = {risk.id: risk for risk in risks(found)}
    people, scorer = known[f"r-agreement-{assignment}-bias"], known[f"r-scorer-{COMMUNAL_ANY}-{assignment}"]
    assert "Krippendorff’s alpha is" in people.says
    assert people.facts == (f"people/{assignment}/bias/all/alpha",)
    [corrected] = found.annotations[0].corrections[COMMUNAL_ANY].gaps
    assert (
        f"+50.0 points by the scorer alone, {100 * corrected.estimate:+.1f} points when people’s labels" in scorer.says
    )
    assert {"r-untested-people", "r-scorer-unknown"}.isdisjoint(known)


def run_command(arguments, folder, monkeypatch):
    """What a command of a plan exits with, typed in a folder of its own beside the audit's database."""
    place = folder / "evidence"
    place.mkdir(exist_ok=True)
    monkeypatch.chdir(place)
    db = [] if arguments[0] == "verify" else ["--db", str(folder / once.DATABASE)]
    return CliRunner().invoke(app, [*arguments, *db])


@pytest.mark.slow
def test_every_command_of_a_plan_runs(half, folder, monkeypatch):
    """In their order on the audit's own database: the gap that is too wide exits with 1, everything else with 0."""
    for gate in gates(half, plan.checks_of(half)):
        for arguments in gate.commands:
            done = run_command(arguments, folder, monkeypatch)
            expected = 1 if COMMUNAL_ANY in arguments else 0
            assert done.exit_code == expected, (arguments, done.output)


def test_a_check_says_today_what_its_command_says(half, folder, monkeypatch):
    """A gap of 50 points, at least 30 by its interval, is beyond ±10 points and not beyond ±60."""
    id = "plan/check-agency.any_communal/bound"
    suggested, wide = (plan.checks_of(replace(half, texts=texts))[COMMUNAL_ANY] for texts in ({}, {id: "0,6"}))
    assert (suggested.bound, suggested.decided, suggested.within) == (0.1, False, "±10.0 points")
    assert suggested.today.startswith("Today it fails (All together: Woman")
    assert run_command(suggested.arguments, folder, monkeypatch).exit_code == 1
    assert (wide.bound, wide.decided, wide.today) == (0.6, True, "Today it passes.")
    assert wide.command.endswith("--fail-above 0.6")
    assert shlex.split(wide.command) == ["python", "-m", "lib", *wide.arguments]
    assert run_command(wide.arguments, folder, monkeypatch).exit_code == 0


def test_a_gap_without_an_interval_is_not_said_to_pass_quietly(workbench):
    """All sets differ by the same amount, so nothing tells how it varies: the command passes, and the plan warns."""
    run_id = audited(workbench, lopsided(1, 1), scorers=["agency"])
    check = plan.checks_of(gathered(workbench, run_id, "agency.communal"))["agency.communal"]
    assert check.beyond == ()
    assert "these wide gaps have no interval and cannot fail it: All together: Woman" in check.today


@pytest.mark.parametrize(
    ("written", "number"), [("0.1", 0.1), (" 0,25 ", 0.25), ("", None), ("ten", None), ("-1", None), ("inf", None)]
)
def test_bounds_are_numbers_from_zero_on(written, number):
    """Anything else is still to be decided."""
    assert number_in(written) == number


def test_criteria_name_what_shows_that_each_risk_is_met(half):
    """A gap's criterion is a command by number, every other risk has one in words."""
    made = plan.document(half)
    criteria = rows(made, "plan-criteria")
    assert [row[2] for row in criteria.values()][:2] == ["Criterion 1 passes.", "Criterion 2 passes."]
    assert all(row[2] for row in criteria.values())
    [table] = [table for table in tables(made) if table.id == "plan-checks"]
    assert (
        f"python -m lib gaps {half.run.id} --attribute gender --scorer {COMMUNAL_ANY} --reference others"
        in table.rows[0][2]
    )
    assert "exits with 1 when the whole 95 % interval of any row it shows" in table.note


def test_every_sort_of_risk_has_a_control():
    """Controls have ids of their own, say what they do and cost, and cite publications that are known."""
    assert len({control.id for control in CONTROLS}) == len(CONTROLS)
    assert all(fitting(threat) for threat in Threat)
    assert all(control.does and control.costs and control.support for control in CONTROLS)
    cited = {paper.cite for control in CONTROLS for paper in control.papers}
    assert {"Zmigrod et al. 2019", "Lu et al. 2020", "Rafailov et al. 2023", "Schick, Udupa and Schütze 2021"} <= cited
    assert {"Ravfogel et al. 2020", "Mitchell et al. 2019", "Bender and Friedman 2018"} <= cited


def test_a_committee_reads_no_jargon(half):
    """For a committee no text of the plan has words of test statistics."""
    settings = replace(half.settings, audience=Audience.COMMITTEE)
    said = " ".join(text for _, text in texts(plan.document(replace(half, settings=settings)).sections)).casefold()
    for word in ("p-value", "holm", "bootstrap", "krippendorff’s alpha", "mcnemar", "p = "):
        assert word not in said, word
    assert "likely +" in said


def test_ids_of_risks_are_safe_in_addresses():
    """Whatever a group is called, an id has no slash that would make it another field's."""
    assert risk_id(Threat.GAP, "a.b", "x/y z", "ß+é") == "r-gap-a.b-x-y-z-ß+é"
