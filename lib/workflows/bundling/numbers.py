"""Every number of an audit's report with how it was computed, and the report's text, as plain JSON."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from lib.errors import ReportError
from lib.types import Document, Fact, Field, Figure, Json, ReportKind, Section, Table
from lib.workflows.workbench import Workbench

FACTS, DOCUMENT = "report/facts.json", "report/audit.json"


def numbers(workbench: Workbench, run_id: str) -> tuple[Json, Json]:
    """(every fact and table of the audit report, its text) of an audit; `problem` says why where there is no report."""
    from lib.workflows.reporting.documents import document
    from lib.workflows.reporting.evidence import gather

    try:
        evidence = gather(workbench, run_id)
        report = document(evidence, ReportKind.AUDIT)
    except ReportError as problem:
        return {"facts": [], "tables": [], "problem": str(problem)}, {"problem": str(problem)}
    facts = [_fact(fact) for fact in evidence.facts.values()]
    return {"facts": facts, "tables": [_table(table) for table in tables_of(report)]}, plain(report)


def tables_of(report: Document) -> Iterator[Table]:
    """Every table of a document, those of its figures among them, in order."""
    yield from _tables(report.sections)


def plain(value: Any) -> Any:
    """A document, or a part of it, as JSON: charts are left out, and tables are named by their id."""
    if isinstance(value, Table):
        return {"block": "Table", "id": value.id}
    if is_dataclass(value) and not isinstance(value, type):
        kept = (field.name for field in fields(value) if not (isinstance(value, Figure) and field.name == "chart"))
        return {"block": type(value).__name__} | {name: plain(getattr(value, name)) for name in kept}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return _value(value)


def _fact(fact: Fact) -> Json:
    return {field.name: _value(getattr(fact, field.name)) for field in fields(fact)}


def _table(table: Table) -> Json:
    return {
        "id": table.id,
        "caption": table.caption,
        "note": table.note,
        "columns": [{"title": column.title, "kind": column.kind.value} for column in table.columns],
        "rows": [[_value(value) for value in row] for row in table.rows],
    }


def _tables(blocks: Sequence[Any]) -> Iterator[Table]:
    for block in blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Figure):
            yield block.table
        elif isinstance(block, Section):
            yield from _tables(block.blocks)


def _value(value: Any) -> Any:
    """A value of a report as JSON knows it; NaN and infinity, which JSON does not, become words."""
    if isinstance(value, Field):
        return value.text
    if hasattr(value, "item"):  # NumPy's own numbers
        value = value.item()
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value
