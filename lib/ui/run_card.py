"""One run on the run page: its state, its bar, and what can be done with it."""

from functools import partial

import streamlit as st

from lib.types import RunInfo, RunStatus
from lib.ui.confirm import confirmed
from lib.ui.frame import Page
from lib.ui.run_progress import ACTIVE, BADGES, show_progress
from lib.ui.words import count, plain
from lib.workflows import assignments, export, models, run
from lib.workflows.export import ExportFormat

RESUMABLE = {RunStatus.PAUSED, RunStatus.INTERRUPTED, RunStatus.STOPPED}
FORMATS = {ExportFormat.CSV: "CSV", ExportFormat.JSONL: "JSON Lines", ExportFormat.PARQUET: "Parquet"}


def show_run(page: Page, info: RunInfo, *, waiting: bool = False) -> None:
    """A run in a box of its own; `waiting` ones can be moved in the queue."""
    with st.container(border=True, key=f"run-{info.id}"):
        label, icon, colour = BADGES[info.status]
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{plain(info.name)}**", width="content")
            st.badge(label, icon=icon, color=colour)  # type: ignore[arg-type]  # badge wants literals
            if info.read_only:
                st.badge("recorded", icon=":material/inventory_2:", color="gray")
        titles = models.titles(page.workbench)
        asked = ", ".join(titles.get(model, model) for model in info.grid.models)
        st.caption(f"{plain(info.bank_title)} · {plain(asked, 300)} · {info.created:%d %b %Y, %H:%M}")
        show_progress(info)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.page_link(
                "pages/4_Responses.py",
                label="Read the responses",
                icon=":material/forum:",
                query_params={"run": info.id},
            )
            st.page_link(
                "pages/6_Charts.py", label="Compare groups", icon=":material/bar_chart:", query_params={"run": info.id}
            )
            control_buttons(page, info)
            if waiting:
                move_buttons(page, info)
            more_menu(page, info)


def control_buttons(page: Page, info: RunInfo) -> None:
    """Pause, stop, resume and retry, as the state of the run allows."""
    if info.read_only:
        return
    if info.status in ACTIVE:
        if page.button("Pause", f"pause-{info.id}", icon=":material/pause:"):
            run.pause(page.workbench, info.id)
            st.rerun()
        question = f"Stop “{info.name}”? What is stored stays, and it can be resumed."
        if confirmed("Stop", question, "Stop it", f"stop-{info.id}", disabled=page.locked):
            run.stop(page.workbench, info.id)
            st.rerun()
    if info.status in RESUMABLE and page.button("Resume", f"resume-{info.id}", icon=":material/play_arrow:"):
        run.resume(page.workbench, info.id)
        st.rerun()
    if info.failed and page.button("Retry failed", f"retry-{info.id}", icon=":material/replay:"):
        run.retry_failed(page.workbench, info.id)
        st.rerun()


def move_buttons(page: Page, info: RunInfo) -> None:
    """Earlier and later in the queue."""
    for label, icon, delta in (("Earlier", ":material/arrow_upward:", -1), ("Later", ":material/arrow_downward:", 1)):
        if page.button(label, f"{label}-{info.id}", icon=icon):
            run.move(page.workbench, info.id, delta)
            st.rerun()


def more_menu(page: Page, info: RunInfo) -> None:
    """Rename, download and delete."""
    with st.popover("More", icon=":material/more_horiz:", key=f"more-{info.id}"):
        name = st.text_input("Name", info.name, key=f"name-{info.id}", disabled=page.locked)
        if page.button("Rename", f"rename-{info.id}", disabled=not name.strip() or name == info.name):
            run.rename(page.workbench, info.id, name.strip())
            st.rerun()
        for format in ExportFormat:
            st.download_button(
                f"Download {FORMATS[format]}",
                partial(export.export_bytes, page.workbench, info.id, format),
                f"{info.id}.{format.value}",
                key=f"export-{format.value}-{info.id}",
                icon=":material/download:",
            )
        delete_button(page, info)


def delete_button(page: Page, info: RunInfo) -> None:
    """Delete the run, once its name was ticked off: a popover cannot hold another."""
    sure = st.checkbox("Delete this run and all its responses", key=f"sure-{info.id}", disabled=page.locked)
    if sure and (lost := with_it(assignments.annotations_of_run(page.workbench, info.id))):
        st.warning(lost, icon=":material/edit_note:")
    if page.button("Delete for good", f"delete-{info.id}", disabled=not sure, icon=":material/delete:"):
        run.delete(page.workbench, info.id)
        st.rerun()


def with_it(touched: tuple[int, int]) -> str:
    """What people said of a run's responses, which goes with it; "" where nobody was asked."""
    used, said = touched
    if not used:
        return ""
    return f"{count(said, 'annotation')} of {count(used, 'assignment')} will be deleted with it."
