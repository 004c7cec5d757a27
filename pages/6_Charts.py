"""Charts: does the model treat groups differently, how much, and how sure are we."""

import streamlit as st

from lib.ui.charts_answer import answer
from lib.ui.charts_choices import publish_address
from lib.ui.charts_empty import show_no_run, show_no_scores
from lib.ui.charts_question import ask, choose_run
from lib.ui.charts_views import COURSE, VIEWS, choose_view
from lib.ui.course_tables import show_course_tables
from lib.ui.frame import open_page
from lib.ui.scoring_bar import show_scoring
from lib.workflows import comparison, run, scoring

with open_page("Charts", ":material/bar_chart:") as page:
    if not run.runs(page.workbench):
        show_no_run()
        st.stop()
    audit, *places = st.columns([3, 2, 3, 2])
    more = st.container()
    with audit:
        run_id = choose_run(page.workbench)
    scoring.start_instant(page.workbench, run_id)
    going_on = show_scoring(page, run_id)
    choices = comparison.choices(page.workbench, run_id)
    if not choices:
        publish_address()
        show_no_scores(page, run_id, going_on=going_on)
        st.stop()
    with st.container(horizontal=True, vertical_alignment="center"):
        view = choose_view(page.workbench, run_id)
        st.page_link("pages/9_Report.py", label="Report", icon=":material/description:", query_params={"run": run_id})
    if view == COURSE:
        publish_address()
        show_course_tables(page.workbench, run_id)
    else:
        question = ask(page.workbench, run_id, choices, places, more)
        publish_address()
        VIEWS[view](page.workbench, answer(page.workbench, question))
