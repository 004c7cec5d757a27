"""A finished map on the page: its picture, and beside it the finding, what is picked out, or what moved."""

from collections.abc import Sequence
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lib.types import MapInfo
from lib.ui.frame import Page
from lib.ui.map_address import WITHOUT, Chosen, choose, key, publish_map
from lib.ui.map_choices import View, choose_colour, choose_reference, choose_subject, kept_rows
from lib.ui.map_chosen import find, search_bar
from lib.ui.map_finding import show_finding
from lib.ui.map_menu import show_menu, show_problems
from lib.ui.map_moves import show_moves
from lib.ui.map_picture import show_picture
from lib.ui.map_progress import watch
from lib.ui.map_response import show_opened
from lib.ui.map_selection import cleared, show_selection
from lib.ui.notice import require_notice
from lib.ui.words import count, plain
from lib.workflows import attributes, maps, selections
from lib.workflows.atlas import OpenMap
from lib.workflows.map_search import Found

FINDING, PICKED, RESPONSE, MOVES = "finding", "picked", "response", "moves"
VIEWS = {FINDING: "Finding", PICKED: "Picked out", RESPONSE: "Response", MOVES: "Two models"}


def show_map(page: Page, info: MapInfo, places: Sequence[DeltaGenerator]) -> None:
    """Everything about one map; `places` are where colour, comparison, reference and menu go."""
    opened = maps.open_map(page.workbench, info.id)
    require_notice(attributes.bank_of(page.workbench, run) for run in opened.runs)
    cleared()
    with places[0]:
        coloured = choose_colour(page.workbench, opened)
    with places[1]:
        subject = choose_subject(page.workbench, opened)
    with places[2]:
        reference = choose_reference(subject)
    with places[3]:
        show_menu(page, opened)
    if maps.progress(page.workbench, info.id) is not None:  # a model is naming its regions
        watch(page, info.id)
    show_problems(page, opened)
    if proposed := maps.proposals(opened):
        st.caption(f":material/label: {count(len(proposed), 'name')} proposed by a model: see More, or pick a region.")
    view = View(subject, reference, kept_rows(page.workbench, opened))
    picture, side = st.columns([13, 11], gap="medium")
    with picture:
        search_bar()
        found = find(page.workbench, opened, view.kept)
        show_left_out(page)
        show_zoom()
        show_picture(page.workbench, opened, coloured, view.kept, None if found is None else found.rows)
    with side:
        show_side(page, opened, view, found)
    show_newer(page, opened)
    publish_map()


def show_side(page: Page, opened: OpenMap, view: View, found: Found | None) -> None:
    """One of the views beside the picture; what was just picked out comes to the front."""
    bring_to_front()
    which = st.segmented_control(
        "View",
        list(VIEWS),
        format_func=VIEWS.__getitem__,
        required=True,
        key=key("view"),
        label_visibility="collapsed",
        persist_state="session",
    )
    if which == MOVES:
        show_moves(page, opened, view)
    elif which == RESPONSE:
        show_opened(page.workbench, opened)
    elif which == PICKED and found is not None:
        show_selection(page, opened, view, found)
    elif which == PICKED:
        st.info("Drag a box over some points, click a region in the finding, or search: what is picked out shows here.")
        show_kept(page, opened)
    else:
        show_finding(page.workbench, opened, view)


def show_kept(page: Page, opened: OpenMap) -> None:
    """The selections that were kept of this map, to be picked out again."""
    for selection in selections.all(page.workbench):
        if selection.map == opened.info.id:
            st.button(
                f"{plain(selection.name, 60)} · {count(selection.size, 'response')}",
                key=f"map-kept-{selection.id}",
                type="tertiary",
                icon=":material/lasso_select:",
                on_click=choose,
                args=(Chosen("selection", selection.id),),
            )


def bring_to_front() -> None:
    """What was just picked out or opened is what one wants to see; an address says itself what it shows."""
    now = st.session_state.get(key("show")) or "", st.session_state.get(key("open")) or ""
    before = st.session_state.get(key("fronted"))
    st.session_state[key("fronted")] = now
    if before is not None and before[1] != now[1]:
        st.session_state[key("view")] = RESPONSE if now[1] else PICKED if now[0] else FINDING
    elif before is not None and before[0] != now[0]:
        st.session_state[key("view")] = PICKED if now[0] else FINDING
    if st.session_state.get(key("view")) not in VIEWS:
        st.session_state[key("view")] = PICKED if now[0] else FINDING


def show_left_out(page: Page) -> None:
    """The selections that count nowhere, each with a way back."""
    for selection_id in st.session_state.get(key(WITHOUT)) or []:
        selection = selections.get(page.workbench, selection_id)
        with st.container(horizontal=True, vertical_alignment="center"):
            left = f"{count(selection.size, 'response')} ({plain(selection.name, 60)}) left out"
            st.markdown(f":material/visibility_off: {left}", width="content")
            st.button(
                "Take in again",
                key=f"map-in-{selection_id}",
                type="tertiary",
                icon=":material/undo:",
                on_click=partial(take_in, selection_id),
            )


def take_in(selection_id: str) -> None:
    """Have a selection count again."""
    st.session_state[key(WITHOUT)] = [each for each in st.session_state[key(WITHOUT)] if each != selection_id]


def show_zoom() -> None:
    """A way back from a magnified part."""
    if st.session_state.get(key("zoom")):
        st.button(
            "Whole map",
            key="map-whole",
            icon=":material/zoom_out_map:",
            on_click=partial(st.session_state.__setitem__, key("zoom"), None),
        )


def show_newer(page: Page, opened: OpenMap) -> None:
    """Whether responses came in since the map was made."""
    if newer := maps.newer(page.workbench, opened):
        st.caption(
            f":material/info: Not on this map: {count(newer, 'response')} that came in since it was made. A new map "
            "shows them, and embeds nothing twice."
        )
