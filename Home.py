"""Home: what Evenhand is, what is stored, what to do next."""

import streamlit as st

from lib.ui.frame import open_page
from lib.ui.welcome import WELCOME, show_next, show_open, show_stored
from lib.workflows import run

with open_page("Evenhand", ":material/balance:") as page:
    st.markdown(WELCOME)
    runs = run.runs(page.workbench)
    show_next(page, runs)
    show_open(page)
    st.subheader("What is stored", anchor=False)
    if runs:
        show_stored(runs)
    else:
        st.info("Nothing yet. The first run fills this page.")
