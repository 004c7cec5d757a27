"""Report: what to hand in about an audit, as it will be read, and what others need to check it."""

import streamlit as st

from lib.ui.frame import open_page
from lib.ui.report_address import adopt_address, publish_address
from lib.ui.report_choices import choose_audience, choose_audit, choose_kind
from lib.ui.report_contents import show_contents
from lib.ui.report_empty import show_no_run, wait_for_scores
from lib.ui.report_evidence import report
from lib.ui.report_files import show_files
from lib.ui.report_preview import drafted, show_preview
from lib.ui.scoring_bar import show_scoring
from lib.workflows import run, scoring

with open_page("Report", ":material/description:") as page:
    answered = [info for info in run.runs(page.workbench) if info.done]
    if not answered:
        show_no_run()
        st.stop()
    adopt_address()
    first, second, third = st.columns([3, 4.9, 1.5], vertical_alignment="top")
    with first:
        info = choose_audit(answered)
    with second:
        kind = choose_kind()
    with third:
        choose_audience(page, info.id)
    publish_address()
    scoring.start_instant(page.workbench, info.id)
    going_on = show_scoring(page, info.id)
    wait_for_scores(page, info.id, going_on=going_on)
    made = report(page.workbench, info.id, kind)
    with st.container(horizontal=True, vertical_alignment="center"):
        show_contents(page, info.id, kind)
        show_files(page, info.id, kind, made.document)
    show_preview(drafted(page, info.id, made))
