"""The verb that compares groups, and can serve as a gate: it fails when a gap is surely too large."""

from typing import Annotated, Any

import typer
from rich.text import Text

from lib.terminal.app import DONE, FAILED, AsJson, Db, RunId, app, opened
from lib.terminal.printing import err, finite, new_table, out, print_json
from lib.workflows import comparison, readings
from lib.workflows.comparison import Comparison, GapRow, Question
from lib.workflows.map_findings import RegionGap
from lib.workflows.workbench import Workbench


@app.command()
def gaps(
    run_id: RunId,
    attribute: Annotated[str, typer.Option(metavar="A", help="What varies in the matched sets, such as gender.")],
    scorer: Annotated[
        str, typer.Option(metavar="S", help="A scorer, or one of its measures as scorer.measure; scored beforehand.")
    ],
    reference: Annotated[
        str, typer.Option(help="The group to compare with, or others; default the neutral wording, else others.")
    ] = "",
    by: Annotated[str, typer.Option(help="What rows are split by: template, model, decoding, context:SLOT.")] = "",
    margin: Annotated[
        float | None,
        typer.Option(min=0, help="The largest gap that counts as none, in the measure's own unit; a share goes to 1."),
    ] = None,
    correction: Annotated[str, typer.Option(help="holm, or bh for Benjamini-Hochberg.")] = "holm",
    fail_above: Annotated[
        float | None,
        typer.Option(
            "--fail-above",
            metavar="X",
            min=0,
            help="Exit with 1 when the whole interval of any row shown lies beyond ±X, in the measure's own unit: "
            "0.1 is ten points of a share. Intervals are not corrected for each other.",
        ),
    ] = None,
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """Compare groups within matched sets: gaps with 95 % intervals, corrected for being shown together."""
    with opened(db) as workbench:
        question = Question(
            run_id,
            attribute,
            comparison.measure_id(workbench, run_id, scorer),
            reference=chosen_reference(workbench, run_id, attribute, reference),
            by=by or next(iter(comparison.categories(workbench, run_id))),
            margin=margin,
            correction=correction,
        )
        found = comparison.compare(workbench, question)
    beyond = [row for row in found.rows if fail_above is not None and is_beyond(row, fail_above)]
    if as_json:
        bound = None if fail_above is None else finite(fail_above)
        print_json(as_data(found) | {"fail_above": bound, "beyond": [named(row) for row in beyond]})
    else:
        print_comparison(found)
        for row in beyond:
            err.print(Text(f"{row.label}: the gap for {row.group_title} lies beyond ±{fail_above:g}."), style="red")
    raise typer.Exit(FAILED if beyond else DONE)


def chosen_reference(workbench: Workbench, run_id: str, attribute: str, named: str) -> str:
    """The reference that was named, else the usual one."""
    if named == "others":
        return comparison.OTHERS
    return named or comparison.reference_of(workbench, run_id, attribute)


def named(row: GapRow) -> dict[str, str]:
    """Which row it is, for a program."""
    return {"category": row.category, "group": row.group_title, "reference": row.reference_title}


def is_beyond(row: GapRow, bound: float) -> bool:
    """Whether a gap's whole interval lies outside ±bound."""
    return row.gap.low > bound or row.gap.high < -bound


def as_data(found: Comparison) -> dict[str, Any]:
    """A comparison as plain JSON values; what has no number is null."""
    return {
        "run": found.question.run,
        "attribute": found.attribute.id,
        "measure": found.choice.id,
        "reading": found.reading,
        "warnings": list(found.warnings),
        "caveat": found.choice.caveat,
        "omnibus": found.omnibus,
        "four_fifths": found.four_fifths,
        "correction": found.question.correction,
        "gaps": [
            {
                "category": row.category,
                "group": row.group_title,
                "reference": row.reference_title,
                **numbers(row),
                "clear": row.clear,
                "equivalent": row.equivalent,
                "note": row.gap.note,
            }
            for row in found.rows
        ],
        "outcomes": [{"group": group, "outcome": outcome, "count": count} for group, outcome, count in found.outcomes],
    }


def numbers(row: GapRow | RegionGap) -> dict[str, Any]:
    """A gap's numbers as plain JSON values."""
    return {
        "estimate": finite(row.gap.estimate),
        "low": finite(row.gap.low),
        "high": finite(row.gap.high),
        "value": finite(row.gap.value),
        "reference_value": finite(row.gap.reference_value),
        "p": finite(row.gap.p),
        "p_adjusted": finite(row.p_adjusted),
        "test": row.gap.test,
        "effect": finite(row.gap.effect),
        "effect_name": row.gap.effect_name,
        "odds_ratio": finite(row.gap.odds_ratio),
        "sets": row.gap.sets,
        "responses": row.gap.responses,
        "coverage": finite(row.gap.coverage),
    }


def print_comparison(found: Comparison) -> None:
    """The gaps as a table, with what they say and what limits them."""
    measure = found.choice.measure
    table = new_table(
        f"{found.choice.scorer_title}: {measure.title}, by {found.attribute.title}",
        "",
        "Group",
        "Against",
        "Gap",
        "95 % interval",
        "p, corrected",
        "Sets",
        "Coverage",
    )
    for row in found.rows:
        table.add_row(
            Text(row.label),
            Text(row.group_title),
            Text(row.reference_title),
            readings.number(row.gap.estimate, measure, signed=True),
            readings.bounds(row.gap, measure),
            readings.p_value(row.p_adjusted),
            f"{row.gap.sets:,}",
            f"{row.gap.coverage:.0%}",
            style="bold" if row.clear else None,
        )
    out.print(table)
    out.print(Text(found.reading))
    for said in (found.omnibus, found.four_fifths, found.choice.caveat):
        if said:
            out.print(Text(said))
    for warning in found.warnings:
        err.print(Text(warning), style="yellow")
