"""The first page: what Evenhand is, what is stored, what to do next."""

import streamlit as st

from lib.types import RunInfo
from lib.ui.frame import Page
from lib.ui.map_address import NEW
from lib.ui.run_progress import ACTIVE, BADGES, share
from lib.ui.words import count, plain
from lib.workflows import assignments, example

WELCOME = (
    "Evenhand asks language models the same question about different people, and keeps every answer as evidence. "
    "You choose a prompt bank and the groups to compare, run the grid on one or more models, read the answers side by "
    "side, and see how large the gaps between groups are and how sure that is. Everything is kept on this computer, "
    "with the seed, model and settings that made it."
)
SHOWN = 5


def show_stored(runs: list[RunInfo]) -> None:
    """What is stored, in figures, and how far each run is."""
    counts = {
        "Runs": len(runs),
        "Responses": sum(run.done for run in runs),
        "Models asked": len({model for run in runs for model in run.grid.models}),
        "Prompt banks used": len({run.grid.bank for run in runs}),
    }
    for column, (label, value) in zip(st.columns(len(counts)), counts.items(), strict=True):
        column.metric(label, f"{value:,}", border=True)
    for info in sorted(runs, key=lambda info: (info.status not in ACTIVE, -info.created.timestamp()))[:SHOWN]:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.progress(
                share(info), text=f"{plain(info.name)} · {info.done:,} of {info.total:,} · {BADGES[info.status][0]}"
            )
            st.page_link(
                "pages/4_Responses.py",
                label="Read",
                icon=":material/forum:",
                query_params={"run": info.id},
                disabled=not info.done,
            )
            st.page_link(
                "pages/6_Charts.py",
                label="Compare",
                icon=":material/bar_chart:",
                query_params={"run": info.id},
                disabled=not info.done,
            )
            st.page_link(
                "pages/5_Clusters.py",
                label="Map",
                icon=":material/scatter_plot:",
                query_params=NEW | {"run": [info.id]},
                disabled=not info.done,
            )
            st.page_link(
                "pages/14_Assignments.py",
                label="Annotate",
                icon=":material/edit_note:",
                query_params={"run": info.id},
                disabled=not info.done,
            )
            st.page_link(
                "pages/9_Report.py",
                label="Report",
                icon=":material/description:",
                query_params={"run": info.id},
                disabled=not info.done,
            )


def show_open(page: Page) -> None:
    """The newest assignments that take annotations, each with the way to it."""
    waiting = [assignment for assignment in assignments.all(page.workbench) if not assignment.closed]
    if not waiting:
        return
    st.subheader("To annotate", anchor=False)
    for assignment in waiting[:SHOWN]:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                f"{plain(assignment.spec.name)} · {plain(assignment.codebook_title)} · "
                f"{count(assignment.items, 'response')}",
                width="content",
            )
            st.page_link(
                "pages/3_Annotate.py",
                label="Annotate",
                icon=":material/edit_note:",
                query_params={"assignment": assignment.id},
            )
            st.page_link(
                "pages/14_Assignments.py",
                label="How far it is",
                icon=":material/assignment:",
                query_params={"assignment": assignment.id},
            )


def show_next(page: Page, runs: list[RunInfo]) -> None:
    """Three ways on: read what is there, run the example afresh, build a grid."""
    read, fresh, build = st.columns(3, border=True)
    recorded = next((info for info in runs if info.read_only and info.done), None)
    with read:
        st.markdown("**1 · Read a recorded audit**")
        st.caption("Real responses of the bundled model, made by this code.")
        st.page_link(
            "pages/4_Responses.py",
            label="Read the responses",
            icon=":material/forum:",
            query_params={"run": recorded.id} if recorded else None,
        )
        st.page_link(
            "pages/6_Charts.py",
            label="See the gaps between groups",
            icon=":material/bar_chart:",
            query_params={"run": recorded.id} if recorded else None,
        )
        st.page_link(
            "pages/9_Report.py",
            label="Open its report",
            icon=":material/description:",
            query_params={"run": recorded.id} if recorded else None,
        )
    with fresh:
        st.markdown("**2 · Run a small audit yourself**")
        st.caption("On the bundled model, in about two minutes. Nothing to download, no key.")
        if page.button("Run a fresh small audit", "example-run", type="primary", icon=":material/play_arrow:"):
            st.switch_page("pages/2_Run.py", query_params={"run": example.start(page.workbench)})
    with build:
        st.markdown("**3 · Ask your own question**")
        st.caption("Choose a bank, groups and models, and see at once what will be asked.")
        st.page_link("pages/1_Build_grid.py", label="Build a grid", icon=":material/grid_on:")
        st.page_link("pages/17_Import.py", label="Or import recorded outputs", icon=":material/upload_file:")
