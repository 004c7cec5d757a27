"""What a report rests on, gathered once and kept while nothing of it changes; what authors write is read each time.

Numbers, sentences and charts take seconds, and a text changes none of them. So reports are made without texts, kept,
and the texts put in: a field is written at the pace of typing. The plan alone answers to what its author writes (a
bound becomes a command); it has no charts and is made anew.
"""

from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from lib.types import Document, Figure, ReportKind, ReportSettings
from lib.ui.report_draft import blocks_of
from lib.ui.report_fill import filled
from lib.ui.words import visible
from lib.workflows.reporting import choices
from lib.workflows.reporting.documents import document
from lib.workflows.reporting.evidence import Evidence, gather
from lib.workflows.reporting.stamp import Stamp, stamp
from lib.workflows.reporting.texts import texts
from lib.workflows.workbench import Workbench

DECISIVE = ("attribute", "by", "measures", "examples", "names")
"""The choices that change numbers; for whom a report is and what is left out of it does not."""


@dataclass(frozen=True, slots=True)
class Made:
    """A report, and what browsers draw of its charts, by the figure's id."""

    document: Document
    charts: dict[str, Any]


def report(workbench: Workbench, run_id: str, kind: ReportKind) -> Made:
    """The report of one kind with its author's choices and texts as they are now.

    Raises:
        AuditError: there is no such run, or nothing in it was answered.
    """
    settings, now = choices.settings(workbench, run_id), stamp(workbench, run_id)
    written = texts(workbench, run_id)
    if kind is ReportKind.PLAN:
        plan = document(replace(evidence(workbench, run_id), texts=written), kind)
        return Made(plan, charts_of(plan))
    made = unwritten(str(workbench.path), run_id, kind, settings, now, workbench)
    return replace(made, document=filled(made.document, written))


def evidence(workbench: Workbench, run_id: str) -> Evidence:
    """The evidence with the choices as they are now; its texts may be older."""
    settings, now = choices.settings(workbench, run_id), stamp(workbench, run_id)
    decisive = replace(ReportSettings(), **{name: getattr(settings, name) for name in DECISIVE})
    return replace(gathered(str(workbench.path), run_id, decisive, now, workbench), settings=settings)


@st.cache_resource(max_entries=4, show_spinner="Gathering the evidence: gaps, intervals, agreement, examples …")
def gathered(path: str, run_id: str, settings: ReportSettings, stamp: Stamp, _workbench: Workbench) -> Evidence:  # noqa: ARG001 - the first four are the key
    """Evidence, which nobody changes: every session may share it."""
    return gather(_workbench, run_id)


@st.cache_resource(max_entries=8, show_spinner="Writing what the numbers say, and drawing the figures …")
def unwritten(
    path: str,  # noqa: ARG001 - all but the last are the key
    run_id: str,
    kind: ReportKind,
    settings: ReportSettings,  # noqa: ARG001
    stamp: Stamp,  # noqa: ARG001
    _workbench: Workbench,
) -> Made:
    """A report with nothing in its fields, which nobody changes."""
    made = document(replace(evidence(_workbench, run_id), texts={}), kind)
    return Made(made, charts_of(made))


def charts_of(made: Document) -> dict[str, Any]:
    """Each figure's chart as browsers take it."""
    return {block.id: shown(block.chart.to_dict()) for block in blocks_of(made) if isinstance(block, Figure)}


def shown(specification: Any) -> Any:
    """A chart's specification in whose texts nothing is unseen: a group's name must not turn an axis around."""
    match specification:
        case dict():
            return {visible(key): shown(value) for key, value in specification.items()}
        case list():
            return [shown(value) for value in specification]
        case str():
            return visible(specification)
        case _:
            return specification
