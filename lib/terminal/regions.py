"""The verb that says which groups are over- or under-represented in which region of a map."""

from typing import Annotated, Any

import typer
from rich.text import Text

from lib.terminal.app import AsJson, Db, app, opened
from lib.terminal.comparisons import numbers
from lib.terminal.printing import err, new_table, out, print_json
from lib.workflows import map_findings, maps, readings
from lib.workflows.map_findings import SHARE, Finding
from lib.workflows.map_subjects import MODEL

MapId = Annotated[str, typer.Argument(metavar="MAP", help="A map, as `list maps` shows it.")]


@app.command("regions")
def show_regions(
    map_id: MapId,
    attribute: Annotated[str, typer.Option(metavar="A", help="What varies in the matched sets; or model.")],
    reference: Annotated[str, typer.Option(metavar="G", help="The group to compare with; default: the others.")] = "",
    correction: Annotated[str, typer.Option(help="holm, or bh for Benjamini-Hochberg.")] = "holm",
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """Say which groups are over- or under-represented in which region, within matched sets."""
    with opened(db) as workbench:
        found = map_findings.finding(
            workbench,
            maps.open_map(workbench, map_id),
            MODEL if attribute == "model" else attribute,
            reference="" if reference == "others" else reference,
            correction=correction,
        )
    if as_json:
        print_json({"map": map_id, **finding_data(found)})
    else:
        print_finding(found)


def finding_data(found: Finding) -> dict[str, Any]:
    """A finding as plain JSON values; what has no number is null."""
    return {
        "attribute": found.subject.id,
        "reading": found.reading,
        "warnings": list(found.warnings),
        "correction": found.correction,
        "gaps": [
            {"region": row.region, "title": row.title, "group": row.gap.group, "reference": row.gap.reference}
            | numbers(row)
            | {"clear": row.clear, "tested": row.tested, "note": row.gap.note}
            for row in found.rows
        ],
    }


def print_finding(found: Finding) -> None:
    """The gaps as a table, the most lopsided region first, with what they say and what limits them."""
    columns = ("Region", "Group", "Against", "Gap", "95 % interval", "p, corrected", "Sets")
    table = new_table(f"Regions, by {found.subject.title}", *columns)
    for row in found.rows:
        table.add_row(
            Text(row.title),
            Text(row.gap.group),
            Text(row.gap.reference),
            readings.number(row.gap.estimate, SHARE, signed=True),
            readings.bounds(row.gap, SHARE),
            readings.p_value(row.p_adjusted) if row.tested else "not tested",
            f"{row.gap.sets:,}",
            style="bold" if row.clear else None,
        )
    out.print(table)
    out.print(Text(found.reading))
    for warning in found.warnings:
        err.print(Text(warning), style="yellow")
