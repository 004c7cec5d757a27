"""The verb that says how far annotators agree."""

from typing import Any

from rich.text import Text

from lib.terminal.annotations import AssignmentId
from lib.terminal.app import AsJson, Db, app, opened
from lib.terminal.printing import finite, new_table, out, print_json
from lib.workflows import agreement
from lib.workflows.agreement import Agreements, FieldAgreement

COEFFICIENTS = ("percent", "cohen", "fleiss", "alpha", "ac1")
ENDS = ("value", "low", "high")


@app.command("agreement")
def show_agreement(assignment: AssignmentId, db: Db = None, as_json: AsJson = False) -> None:
    """Say how far annotators agree, with 95 % intervals, and what that allows one to claim."""
    with opened(db) as workbench:
        found = agreement.read(workbench, assignment, pseudonymous=True)
    if as_json:
        print_json(as_data(found))
        return
    out.print(Text(found.reading))
    for field in found.fields:
        print_field(field)


def print_field(field: FieldAgreement) -> None:
    """One field's coefficients, and what they say."""
    if field.overall:
        table = new_table(field.field.title, "", "Items", "Percent", "Cohen", "Fleiss", "Alpha", "AC1")
        rows = [("overall", field.overall), *((each.title, each.coefficients) for each in field.labels)]
        for title, found in rows:
            numbers = [f"{getattr(found, name).value:.2f}" for name in COEFFICIENTS]
            table.add_row(Text(title), str(found.items), *("–" if number == "nan" else number for number in numbers))
        out.print(table)
    out.print(Text(f"{field.field.title}: {field.reading}"))


def as_data(found: Agreements) -> dict[str, Any]:
    """Agreement as plain JSON values; what is not defined is null."""
    return {
        "assignment": found.assignment.id,
        "annotators": len(found.annotators),
        "items": found.plain,
        "answered": found.answered,
        "shared": found.shared,
        "discarded": found.discarded,
        "reading": found.reading,
        "fields": [
            {
                "field": field.field.id,
                "reading": field.reading,
                "overall": coefficients(field.overall),
                "labels": {each.label: coefficients(each.coefficients) for each in field.labels},
            }
            for field in found.fields
        ],
    }


def coefficients(found: Any) -> dict[str, Any] | None:
    """Each coefficient with its interval, and the counts behind them."""
    if found is None:
        return None
    numbers = {name: {end: finite(getattr(getattr(found, name), end)) for end in ENDS} for name in COEFFICIENTS}
    return {"items": found.items, "annotators": found.annotators, "note": found.note} | numbers
