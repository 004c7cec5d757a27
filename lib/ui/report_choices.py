"""Whose report it is, of which kind, and for whom."""

from dataclasses import replace

import streamlit as st

from lib.types import Audience, ReportKind, RunInfo
from lib.ui.charts_choices import said
from lib.ui.frame import READ_ONLY, Page
from lib.ui.report_address import key
from lib.ui.troubles import told
from lib.ui.words import distinct
from lib.workflows.reporting import choices
from lib.workflows.workbench import Workbench

KINDS = {
    ReportKind.AUDIT: "Audit report",
    ReportKind.PLAN: "Mitigation plan",
    ReportKind.DECK: "Committee deck",
    ReportKind.CARD: "Model card",
}
AUDIENCES = {Audience.EXPERTS: "Experts", Audience.COMMITTEE: "Committee"}


def choose_audit(infos: list[RunInfo]) -> RunInfo:
    """The audit to report on; the newest one unless the address says otherwise."""
    known = {info.id: info for info in sorted(infos, key=lambda info: info.created, reverse=True)}
    if st.session_state.get(key("run")) not in known:
        st.session_state[key("run")] = next(iter(known))
    titles = distinct({id: info.name for id, info in known.items()})
    return known[st.selectbox("Audit", list(titles), format_func=said(titles), key=key("run"), persist_state="session")]


def choose_kind() -> ReportKind:
    """What is to be handed in."""
    if st.session_state.get(key("kind")) not in set(ReportKind):
        st.session_state[key("kind")] = ReportKind.AUDIT.value
    chosen = st.segmented_control(
        "What",
        [kind.value for kind in KINDS],
        format_func=lambda kind: KINDS[ReportKind(kind)],
        required=True,
        key=key("kind"),
        persist_state="session",
    )
    return ReportKind(chosen or ReportKind.AUDIT)


def choose_audience(page: Page, run_id: str) -> None:
    """For whom the report is written; kept with the audit."""
    kept = choices.settings(page.workbench, run_id).audience
    widget = f"{key('audience')}-{run_id}"
    st.session_state[widget] = kept.value
    st.selectbox(
        "For",
        [audience.value for audience in AUDIENCES],
        format_func=lambda audience: AUDIENCES[Audience(audience)],
        key=widget,
        disabled=page.locked,
        help=READ_ONLY if page.locked else "A committee reads plain words and no test statistics.",
        on_change=keep_audience,
        args=(page.workbench, run_id, widget),
    )


def keep_audience(workbench: Workbench, run_id: str, widget: str) -> None:
    """Keep for whom it is."""
    chosen = Audience(st.session_state[widget])
    with told():
        choices.choose(workbench, run_id, replace(choices.settings(workbench, run_id), audience=chosen))
