"""The top of the grid page: name, keep, open, copy, delete, and carry a grid as a file."""

from dataclasses import replace

import streamlit as st

from lib.errors import GridError
from lib.types import GridSpec
from lib.ui.confirm import confirmed
from lib.ui.frame import READ_ONLY, Page
from lib.ui.grid_draft import Draft, fresh_spec
from lib.ui.grid_form import LARGEST_SEED
from lib.ui.uploads import Upload, text_of
from lib.ui.words import distinct
from lib.workflows import build, run


def toolbar(page: Page, draft: Draft) -> None:
    """The grid's name and the buttons for it.

    Drawn above the form but called after it, so that a number typed just before "Save" was
    pressed is in what is saved.
    """
    with st.container(horizontal=True, vertical_alignment="bottom"):
        draft.spec = replace(draft.spec, name=st.text_input("Name of the grid", draft.spec.name, key=draft.key("name")))
        kept = "It is saved as it stands." if not draft.unsaved else None
        if page.button("Save", "grid-save", icon=":material/save:", disabled=not draft.unsaved, why=kept):
            draft.keep(build.save(page.workbench, draft.spec, draft.grid_id))
            go_to(draft)
        absent = None if draft.grid_id else "This grid is not saved yet."
        if page.button("Duplicate", "grid-duplicate", disabled=not draft.grid_id, why=absent):
            copied = build.duplicate(page.workbench, draft.grid_id)
            draft.opened(build.load(page.workbench, copied), copied)
            go_to(draft)
        delete_button(page, draft, absent)
        open_popover(page, draft)
        file_popover(page, draft)


def delete_button(page: Page, draft: Draft, absent: str | None) -> None:
    """Delete what was saved; the draft stays on the screen, to be saved again by who regrets it."""
    question = f"Delete the saved grid “{draft.spec.name}”? Runs made from it stay."
    locked = page.locked or not draft.grid_id
    why = READ_ONLY if page.locked else absent
    if confirmed("Delete", question, "Delete it", "grid-delete", disabled=locked, why=why):
        build.delete(page.workbench, draft.grid_id)
        draft.forget()
        go_to(draft)


def open_popover(page: Page, draft: Draft) -> None:
    """Start a new grid, or go on with one that was saved."""
    with st.popover("Open", icon=":material/folder_open:"):
        if st.button("A new grid", key="grid-new", icon=":material/add:"):
            draft.change(fresh_spec(page.workbench))
            draft.forget()
            go_to(draft)
        saved = {item.id: item for item in build.saved(page.workbench)}
        names = distinct({id: item.spec.name for id, item in saved.items()})
        if not saved:
            st.caption("No grid was saved yet.")
            return
        chosen = st.selectbox("A saved grid", list(saved), format_func=names.__getitem__, key="grid-saved")
        if st.button("Open it", key="grid-open", type="primary"):
            draft.opened(saved[chosen].spec, chosen)
            go_to(draft)


def file_popover(page: Page, draft: Draft) -> None:
    """The grid as YAML, out and in."""
    with st.popover("File", icon=":material/description:"):
        st.download_button(
            "Save as YAML",
            lambda: build.to_yaml(draft.spec),
            "grid.yaml",
            "application/yaml",
            key="grid-export",
            help="`python -m lib run grid.yaml` runs it from a terminal.",
        )
        uploaded = st.file_uploader("Open a YAML file", type=["yaml", "yml"], max_upload_size=1, key="grid-upload")
        if uploaded and st.button("Use this grid", key="grid-import", type="primary"):
            draft.change(read_grid(page, uploaded))
            draft.forget()
            go_to(draft)


def read_grid(page: Page, uploaded: Upload) -> GridSpec:
    """The grid in a file, when it can be run here as it is; raises AuditError otherwise."""
    spec = build.from_yaml(text_of(uploaded), uploaded.name)
    build.plan(page.workbench, spec)
    if spec.seed > LARGEST_SEED:
        cause = f"its seed is above {LARGEST_SEED:,}, which this form cannot show"
        raise GridError(f"grid {spec.name}", cause, "Use a smaller one, or run the file with python -m lib run.")
    return spec


def start_button(page: Page, draft: Draft, *, ready: bool) -> None:
    """Queue the grid as a run and go to where it can be watched."""
    why = None if ready else "This grid cannot be run as it is."
    if page.button(
        "Run this grid", "grid-run", type="primary", icon=":material/play_arrow:", disabled=not ready, why=why
    ):
        with st.spinner("Writing down every cell …"):
            run_id = run.start(page.workbench, draft.spec)
        st.switch_page("pages/2_Run.py", query_params={"run": run_id})


def go_to(draft: Draft) -> None:
    """Draw the page again, with the draft's id in the address."""
    st.query_params.from_dict({"grid": draft.grid_id} if draft.grid_id else {})
    st.rerun()
