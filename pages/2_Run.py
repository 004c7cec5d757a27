"""Run: the queue as it works, and every run there was."""

import streamlit as st

from lib.types import RunStatus
from lib.ui.frame import open_page
from lib.ui.run_card import show_run
from lib.ui.run_progress import ACTIVE
from lib.workflows import run

PAGE_SIZE = 10

with open_page("Run", ":material/play_circle:") as page:
    runs = run.runs(page.workbench)
    if not runs:
        st.info("Nothing was run yet. Build a grid, look at what it asks, and run it.")
        st.page_link("pages/1_Build_grid.py", label="Build a grid", icon=":material/grid_on:")
        st.stop()
    waiting = [info for info in runs if info.status is RunStatus.QUEUED]
    for info in runs:
        if info.status in ACTIVE:
            show_run(page, info, waiting=info in waiting and len(waiting) > 1)
    ended = sorted((info for info in runs if info.status not in ACTIVE), key=lambda info: info.created, reverse=True)
    asked = st.query_params.get("run")
    ended.sort(key=lambda info: info.id != asked)
    if ended:
        st.subheader("Earlier runs" if len(ended) < len(runs) else "Runs", anchor=False)
        number = st.pagination(-(-len(ended) // PAGE_SIZE), key="run-page") if len(ended) > PAGE_SIZE else 1
        for info in ended[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]:
            show_run(page, info)
