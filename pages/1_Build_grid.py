"""Build grid: choose what is asked of which models, and see at once what that comes to."""

import streamlit as st

from lib.ui import grid_file, grid_form, plan_view
from lib.ui.frame import open_page
from lib.ui.grid_draft import current_draft
from lib.ui.troubles import told
from lib.ui.variation_form import choose_variation
from lib.workflows import banks

with open_page("Build grid", ":material/grid_on:") as page:
    known = banks.banks(page.workbench)
    if not known:
        st.info("There is no prompt bank yet. A grid starts from one.")
        st.page_link("pages/10_Prompt_banks.py", label="Add a prompt bank", icon=":material/library_books:")
        st.stop()
    draft = current_draft(page.workbench)
    top = st.container()
    form, outcome = st.columns([6, 5], gap="large")
    with form:
        bank = grid_form.choose_bank(known, draft)
        spec = choose_variation(bank, draft)
        spec = grid_form.choose_models(page.workbench, spec, draft)
        draft.spec = grid_form.choose_amount(bank, spec, draft)
    with top:
        grid_file.toolbar(page, draft)
    with outcome:
        plan = None
        with told():
            plan = plan_view.show_plan(page, draft.spec)
        grid_file.start_button(page, draft, ready=plan is not None)
        if plan:
            plan_view.show_sample(page, draft.spec, plan.sets, "grid-sample")
