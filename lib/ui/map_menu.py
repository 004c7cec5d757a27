"""What can be done with a map, and how it was made."""

from typing import Any

import streamlit as st

from lib.types import ModelKind
from lib.ui.charts_choices import said
from lib.ui.frame import Page
from lib.ui.map_address import let_go
from lib.ui.troubles import told
from lib.ui.words import distinct, plain
from lib.workflows import maps, models
from lib.workflows.atlas import OpenMap

WEAK = "Proposals stand beside the names until you take them. Small models name badly: read the examples first."


def show_menu(page: Page, opened: OpenMap) -> None:
    """Rename, have regions named, see how it was made, delete."""
    info = opened.info
    with st.popover("More", icon=":material/more_horiz:", width="stretch", key=f"map-menu-{info.id}"):
        given = st.text_input("Name", info.name, key=f"map-name-{info.id}", disabled=page.locked)
        if page.button("Rename", "map-rename", disabled=not given.strip() or given.strip() == info.name):
            maps.rename(page.workbench, info.id, given)
            st.rerun()
        show_naming(page, opened)
        show_proposals(page, opened)
        st.markdown("**How it was made**")
        st.json(made(opened), expanded=1)
        delete(page, opened)


def show_naming(page: Page, opened: OpenMap) -> None:
    """Have a model of the catalogue propose names."""
    known = {view.entry.id: view.entry for view in models.models(page.workbench)}
    titles = distinct({id: entry.title for id, entry in known.items()})
    first = next((id for id, entry in known.items() if entry.kind is ModelKind.CHAT), next(iter(titles), ""))
    places = list(titles)
    chosen = st.selectbox(
        "Have regions named by",
        places,
        index=places.index(first) if first else 0,
        format_func=said(titles),
        key="map-namer",
    )
    st.caption(WEAK)
    if page.button("Propose names", "map-propose", disabled=not (chosen and opened.regions), icon=":material/label:"):
        with told():
            maps.propose_names(page.workbench, opened.info.id, chosen)
            st.rerun()


def show_proposals(page: Page, opened: OpenMap) -> None:
    """The names that a model proposed, to be taken all at once; one by one they are offered with their region."""
    if proposed := maps.proposals(opened):
        titles = opened.titles
        for no, name in proposed.items():
            st.caption(f"{plain(titles[no], 60)} → {plain(name, 60)}")
        if page.button(f"Take all {len(proposed)}", "map-take-all", icon=":material/done_all:"):
            maps.take_proposals(page.workbench, opened)
            st.rerun()


def made(opened: OpenMap) -> dict[str, Any]:
    """Everything that determined a map."""
    info = opened.info
    filter = {name: value for name in info.filter.__slots__ if (value := getattr(info.filter, name))}
    settings = {name: getattr(info.settings, name) for name in info.settings.__slots__}
    return {
        "id": info.id,
        "made": info.finished.isoformat(timespec="seconds") if info.finished else None,
        "responses": info.points,
        "filter": filter or "all responses",
        "settings": settings,
        "made with": dict(info.made_with),
    }


def delete(page: Page, opened: OpenMap) -> None:
    """Delete, once that was ticked: a popover cannot hold another."""
    sure = st.checkbox("Delete it; responses, vectors and selections stay", key="map-sure", disabled=page.locked)
    if page.button("Delete for good", "map-delete", disabled=not sure, icon=":material/delete:"):
        with told():
            maps.delete(page.workbench, opened.info.id)
            let_go(opened.info.id)


def show_problems(page: Page, opened: OpenMap) -> None:
    """What went wrong with the last thing that was asked about a map."""
    for problem in maps.problems(page.workbench, opened.info.id):
        st.warning(plain(problem, 1_000), icon=":material/warning:")
