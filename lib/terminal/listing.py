"""Verbs that list what there is."""

from typing import Any

from rich.text import Text

from lib.terminal.app import AsJson, Db, app, listing, opened
from lib.terminal.printing import err, out, print_json, print_rows
from lib.types import RunInfo
from lib.workflows import banks, models, run, scoring


@app.command()
def status(db: Db = None, as_json: AsJson = False) -> None:
    """Say how far every run is."""
    list_runs(db, as_json)


@listing.command("banks")
def list_banks(db: Db = None, as_json: AsJson = False) -> None:
    """List the prompt banks and the question each answers."""
    with opened(db) as workbench:
        found = banks.banks(workbench)
        problems = banks.problems(workbench)
        rows = [
            {
                "bank": bank.id,
                "title": bank.title,
                "question": bank.question,
                "attributes": [attribute.id for attribute in bank.attributes],
                "templates": len(bank.templates),
                "licence": bank.licence,
                "source": bank.source,
            }
            for bank in found
        ]
    if as_json:
        print_json({"banks": rows, "problems": [str(problem) for problem in problems]})
        return
    print_rows("Prompt banks", rows, ("bank", "question", "attributes", "templates", "licence"))
    for problem in problems:
        err.print(Text(str(problem)), style="yellow")


@listing.command("models")
def list_models(db: Db = None, as_json: AsJson = False) -> None:
    """List the catalogue of models, and which of them are here already."""
    with opened(db) as workbench:
        rows = [
            {
                "model": view.entry.id,
                "title": view.entry.title,
                "backend": view.entry.backend,
                "kind": view.entry.kind.value,
                "parameters": view.entry.parameters,
                "licence": view.entry.licence,
                "here": view.here,
                "detail": view.detail,
                "parent": view.entry.parent,
            }
            for view in models.models(workbench)
        ]
    if as_json:
        print_json({"models": rows})
    else:
        print_rows("Models", rows, ("model", "title", "backend", "kind", "licence", "here"))


@listing.command("scorers")
def list_scorers(db: Db = None, as_json: AsJson = False) -> None:
    """List the scorers, what each returns, and whether all it needs is here."""
    with opened(db) as workbench:
        rows = [
            {
                "scorer": view.entry.id,
                "title": view.entry.title,
                "returns": view.scorer.help,
                "measures": [measure.id for measure in view.scorer.measures],
                "version": view.scorer.version,
                "licence": view.scorer.licence,
                "ready": view.ready,
                "detail": view.detail,
            }
            for view in scoring.views(workbench)
        ]
    if as_json:
        print_json({"scorers": rows})
    else:
        print_rows("Scorers", rows, ("scorer", "returns", "measures", "licence", "ready"))


@listing.command("runs")
def list_runs(db: Db = None, as_json: AsJson = False) -> None:
    """List every run with its state and how far it is."""
    with opened(db) as workbench:
        rows = [run_row(info) for info in run.runs(workbench)]
    if as_json:
        print_json({"runs": rows})
    elif rows:
        print_rows("Runs", rows, ("run", "name", "status", "stored", "failed", "cells", "created"))
    else:
        out.print("No run yet. `python -m lib example` makes one in about two minutes.")


def run_row(info: RunInfo) -> dict[str, Any]:
    """One run as a row of a table."""
    return {
        "run": info.id,
        "name": info.name,
        "status": info.status.value,
        "stored": info.done,
        "failed": info.failed,
        "cells": info.total,
        "created": info.created.isoformat(timespec="seconds"),
        "note": info.note,
    }
