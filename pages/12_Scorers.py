"""Scorers: what each measures and how far to trust it; try them, add your own, score an audit."""

import streamlit as st

from lib.ui.address import choose_one, newly_asked
from lib.ui.frame import open_page
from lib.ui.scorer_catalogue import show_catalogue, with_kinds_to_set_up
from lib.ui.scorer_form import add_scorer
from lib.ui.scorer_run import score_audit
from lib.ui.scorer_try import try_scorers
from lib.ui.scorer_view import show_scorer
from lib.ui.words import distinct
from lib.workflows import scoring

TABS = ["Catalogue", "Try it", "Score an audit", "Add a scorer"]
TAB = "scorers-tab"

with open_page("Scorers", ":material/rule:") as page:
    if newly_asked("scorers", ["scorer"]):
        st.session_state[TAB] = TABS[0]
    elif newly_asked("scoring", ["run"]) or (TAB not in st.session_state and "run" in st.query_params):
        st.session_state[TAB] = TABS[2]
    views = scoring.views(page.workbench)
    catalogue, trying, auditing, adding = st.tabs(TABS, key=TAB, on_change="rerun")
    if catalogue.open:
        with catalogue:
            known = {view.entry.id: view for view in with_kinds_to_set_up(views)}
            show_catalogue(page, known.values())
            names = distinct({id: view.entry.title for id, view in known.items()})
            show_scorer(page, known[choose_one("scorers", "scorer", "Show", names)])
    if trying.open:
        with trying:
            try_scorers(page, views)
    if auditing.open:
        with auditing:
            score_audit(page, views)
    if adding.open:
        with adding:
            add_scorer(page)
