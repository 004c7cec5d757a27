"""The tables of a mitigation plan: risks, what is done about each, and what shows that it worked."""

from collections.abc import Sequence

from lib.types import Column, ColumnKind, Table, Value
from lib.workflows.reporting import plan_fields
from lib.workflows.reporting.checks import GapCheck
from lib.workflows.reporting.controls import CONTROLS, fitting
from lib.workflows.reporting.evidence import Evidence
from lib.workflows.reporting.risk import Risk
from lib.workflows.reporting.tables import OVER

Numbered = Sequence[tuple[int, Risk]]


def risk_table(evidence: Evidence, numbered: Numbered) -> Table:
    """Every risk with what the numbers say, and how a person judges it."""
    rows = tuple(
        (
            no,
            risk.title,
            risk.says,
            plan_fields.severity(evidence, no, risk),
            plan_fields.likelihood(evidence, no, risk),
            plan_fields.affected(evidence, no, risk),
        )
        for no, risk in numbered
    )
    note = f"Severity and likelihood are judged by people; no number fills them in. {OVER}"
    return table("plan-risks", "Risks", ("No", "Risk", "What the numbers say", *JUDGED), rows, note)


JUDGED = ("Severity", "Likelihood", "Who is affected")


def fact_table(evidence: Evidence, numbered: Numbered) -> Table:
    """The facts behind each risk: what an audit's bundle keeps and checks."""
    rows = []
    for no, risk in numbered:
        known = evidence.facts | {fact.id: fact for fact in risk.more}
        facts = [known[id] for id in risk.cites]
        rows += [(no, fact.id, fact.value, fact.low, fact.high, fact.n, fact.unit) for fact in facts]
    columns = (
        Column("Risk"),
        Column("Fact"),
        Column("Value", ColumnKind.NUMBER),
        Column("Low", ColumnKind.NUMBER),
        Column("High", ColumnKind.NUMBER),
        Column("n", ColumnKind.WHOLE),
        Column("of"),
    )
    note = "Values in the measure’s own unit, a share from 0 to 1; low and high are the ends of the 95 % interval."
    return Table("plan-facts", "Facts behind the risks", columns, tuple(rows), note)


def control_table(evidence: Evidence, numbered: Numbered) -> Table:
    """What is done about each risk, by whom and when, and what is left."""
    rows = tuple(
        (
            no,
            risk.title,
            "; ".join(control.title for control in fitting(risk.threat)),
            plan_fields.action(evidence, no, risk),
            plan_fields.owner(evidence, no, risk),
            plan_fields.due(evidence, no, risk),
            plan_fields.residual(evidence, no, risk),
        )
        for no, risk in numbered
    )
    titles = ("No", "Risk", "Controls that fit", "Control chosen", "Owner", "Due", "Residual risk")
    return table("plan-controls", "Risks and controls, one by one", titles, rows)


def criterion_table(numbered: Numbered, checks: dict[str, GapCheck]) -> Table:
    """What shows that each risk is met: a command where one can tell."""
    places = {measure: place for place, measure in enumerate(checks, start=1)}
    rows = tuple(
        (
            no,
            risk.title,
            f"Criterion {places[risk.measure]} passes." if risk.measure in places else risk.criterion,
        )
        for no, risk in numbered
    )
    return table("plan-criteria", "Success criterion of each risk", ("No", "Risk", "It is met when"), rows)


def check_table(evidence: Evidence, checks: dict[str, GapCheck]) -> Table:
    """The commands behind the criteria, with the bound that is the author's to set."""
    rows = tuple(
        (
            place,
            plan_fields.bound(evidence, check, measure, place),
            check.command,
            decided(check),
        )
        for place, (measure, check) in enumerate(checks.items(), start=1)
    )
    titles = ("Criterion", "Largest gap accepted", "Command", "What it says today")
    note = (
        "A command exits with 1 when the whole 95 % interval of any row it shows, over everything or within a "
        "category, lies beyond the bound on either side, and with 0 otherwise. Intervals are not corrected for each "
        "other. To pass is not to be alike: with few matched sets an interval is wide and passes too, so read it, or "
        "ask with --margin whether the gap surely lies within. After a change, put the id of the new audit in the "
        "place of this one’s."
    )
    return table("plan-checks", "Commands that check gaps", titles, rows, note)


def decided(check: GapCheck) -> str:
    """What a check says today, and whether its bound was anybody's decision."""
    if check.decided:
        return f"{check.today} The bound is {check.within}."
    return f"{check.today} The bound of {check.within} is a place to start from: to be decided."


def catalogue(risks: Sequence[Risk]) -> Table:
    """The controls that fit any of the risks: what each does, costs, and rests on."""
    fit = {control.id for risk in risks for control in fitting(risk.threat)}
    rows = tuple(
        (control.title, control.does, control.costs, control.support) for control in CONTROLS if control.id in fit
    )
    titles = ("Control", "What it does", "What it costs and can break", "What is known of it")
    return table("plan-catalogue", "Controls that fit these risks", titles, rows)


def table(id: str, caption: str, titles: Sequence[str], rows: tuple[tuple[Value, ...], ...], note: str = "") -> Table:
    """A table of texts."""
    return Table(id, caption, tuple(Column(title) for title in titles), rows, note)
