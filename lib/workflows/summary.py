"""A finished run in a few lines: what `example`, `run` and `show` print."""

from dataclasses import asdict

from lib.types import Json, ResponseFilter
from lib.workflows.read import outcomes
from lib.workflows.workbench import Workbench


def summary(workbench: Workbench, run_id: str) -> Json:
    """State, counts and outcomes by group of one run, as plain JSON values."""
    info = workbench.store.runs.get(run_id)
    by_group: dict[str, dict[str, int]] = {}
    for group, outcome, count in outcomes(workbench, ResponseFilter(runs=(run_id,))):
        by_group.setdefault(group, {})[outcome] = count
    return {
        "run": info.id,
        "name": info.name,
        "status": info.status.value,
        "bank": info.grid.bank,
        "models": list(info.grid.models),
        "cells": info.total,
        "stored": info.done,
        "failed": info.failed,
        "failures": [{"error": error, "count": count} for error, count in workbench.store.runs.failures(run_id)],
        "outcomes": by_group,
        "facts": [asdict(facts) for facts in workbench.store.runs.facts(run_id)],
        "database": str(workbench.path),
    }
