"""What is picked out, to be read, counted, annotated, exported or left out."""

from functools import partial

import numpy as np
import pandas as pd
import streamlit as st

from lib.charts.region_shares import region_shares_chart
from lib.ui.assignment_address import NEW as NEW_ASSIGNMENT
from lib.ui.figure import show_downloads, show_table
from lib.ui.frame import Page
from lib.ui.map_address import WITHOUT, box_of, chosen, key
from lib.ui.map_choices import View
from lib.ui.map_chosen import clear_all, clear_button, title
from lib.ui.map_picture import magnify
from lib.ui.map_region import show_region
from lib.ui.response_table import excerpt
from lib.ui.troubles import told
from lib.ui.words import count, group_name, plain, visible
from lib.workflows import run, selections
from lib.workflows.atlas import OpenMap
from lib.workflows.map_search import Found
from lib.workflows.selections import GroupShare

PAGE_SIZE = 50
HEIGHT = 300


def show_selection(page: Page, opened: OpenMap, view: View, found: Found) -> None:
    """The heading with what can be done, then the groups' shares, then the responses."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{count(len(found.rows), 'response')}** {title(opened)}", width="stretch")
        clear_button()
    if not len(found.rows):
        st.info("No response on this map. Pick out something else, or clear this.")
        return
    if chosen().sort == "region":
        show_region(page, opened, view, int(chosen().value))
    show_acts(page, opened, found)
    show_shares(page, opened, view, found)
    show_responses(page, opened, found)
    files = {
        ending: partial(selections.export, page.workbench, opened, found.rows, ending.lower())
        for ending in ("CSV", "JSONL")
    }
    show_downloads(files, f"{opened.info.id}-selection", "map-export")


def show_acts(page: Page, opened: OpenMap, found: Found) -> None:
    """Annotate, open on Responses, leave out, magnify."""
    with st.container(horizontal=True, gap="small"):
        if page.button("Annotate", "map-annotate", icon=":material/edit_note:", why="Make an assignment of these."):
            hand_over(page, opened, found, "pages/14_Assignments.py", NEW_ASSIGNMENT)
        if page.button("Read", "map-read", icon=":material/forum:", why="Open these on the Responses page."):
            hand_over(page, opened, found, "pages/4_Responses.py", {})
        if page.button(
            "Leave out", "map-leave-out", icon=":material/visibility_off:", why="They count nowhere on this page."
        ):
            leave_out(page, opened, found)
        if (box := box_of(chosen().value)) and chosen().sort == "box":
            st.button("Magnify", key="map-magnify", icon=":material/zoom_in:", on_click=partial(magnify_box, box))


def hand_over(page: Page, opened: OpenMap, found: Found, file: str, parameters: dict[str, list[str]]) -> None:
    """Keep what is picked out as a selection, and go to a page with it."""
    with told():
        kept = kept_selection(page, opened, found)
        st.switch_page(file, query_params=parameters | {"selection": kept})


def kept_selection(page: Page, opened: OpenMap, found: Found) -> str:
    """The id of a selection of these rows; the one that is shown already, where it is shown whole."""
    picked = chosen()
    if picked.sort == "selection" and selections.get(page.workbench, picked.value).size == len(found.rows):
        return picked.value
    name = opened.titles.get(int(picked.value), "") if picked.sort == "region" else picked.value[:60]
    names = {"box": f"Box on {opened.info.name}", "selection": "Part of a selection", "like": "Like one response"}
    return selections.keep(page.workbench, opened, found.rows, names.get(picked.sort, name or opened.info.name))


def leave_out(page: Page, opened: OpenMap, found: Found) -> None:
    """Have these rows count nowhere on the page, until they are taken in again."""
    with told():
        kept = kept_selection(page, opened, found)
        st.session_state[key(WITHOUT)] = [*(st.session_state.get(key(WITHOUT)) or []), kept]
        clear_soon()


def clear_soon() -> None:
    """Draw the page again with nothing picked out; the search field can only be emptied before it is drawn."""
    st.session_state[key("clear-soon")] = True
    st.rerun()


def cleared() -> None:
    """Do what `clear_soon` asked for."""
    if st.session_state.pop(key("clear-soon"), False):
        clear_all()


def magnify_box(box: tuple[float, float, float, float]) -> None:
    """Show the box as the whole picture, with all of its points."""
    magnify(box)
    clear_all()


def show_shares(page: Page, opened: OpenMap, view: View, found: Found) -> None:
    """How much of each group's responses these are, for audits with the same groups together."""
    if view.subject is None:
        return
    blocks = selections.shares(page.workbench, opened, view.subject.id, found.rows, view.kept)
    names = {info.id: info.name for info in run.runs(page.workbench)}
    for audits, shares in blocks.items():
        if len(blocks) > 1:
            st.caption(plain(", ".join(names.get(audit, audit) for audit in audits), 200))
        show_block(view.subject.title, shares, f"map-shares-{'-'.join(audits)}")


def show_block(whose: str, shares: list[GroupShare], key: str) -> None:
    """The shares of groups that answered the same prompts, with their table."""
    frame = pd.DataFrame(
        [(visible(each.group), each.share, each.low, each.high, each.count, each.total) for each in shares],
        columns=["group", "share", "low", "high", "count", "total"],
    )
    if frame.empty:
        return
    alt = f"Share of each group’s responses by {visible(whose)}"
    st.altair_chart(region_shares_chart(frame, "Share of each group’s responses"), key=key, alt=alt)
    titles = {"share": "Share", "low": "Low", "high": "High", "count": "Picked out", "total": "On the map"}
    show_table(frame.rename(columns={"group": visible(whose)} | titles), "what is picked out, by group")


def show_responses(page: Page, opened: OpenMap, found: Found) -> None:
    """The responses, a page at a time; ticking one opens it below the map."""
    pages = -(-len(found.rows) // PAGE_SIZE)
    which = f"map-selection-{hash((opened.info.id, str(chosen())))}"
    number = min(st.session_state.get(f"{which}-page", 1), pages)
    rows = found.rows[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    event = st.dataframe(
        as_table(page, opened, rows, found, number),
        hide_index=True,
        height=HEIGHT,
        on_select="rerun",
        selection_mode="single-row",
        key=f"{which}-{number}-{st.session_state.get(key('closed'), 0)}",
        column_config={"Response": st.column_config.TextColumn(width=380)},
        alt="Responses that are picked out",
    )
    if pages > 1:
        st.pagination(pages, key=f"{which}-page")
    if event.selection.rows:
        ticked = opened.frame.iloc[rows[event.selection.rows[0]]]
        place = f"{ticked['run']}/{ticked['no']}"
        if st.session_state.get(key("open")) != place:
            st.session_state[key("open")] = place
            st.rerun()
    else:
        st.caption("Tick a row, or click a point, to read it beside its matched set.")


def as_table(page: Page, opened: OpenMap, rows: np.ndarray, found: Found, number: int) -> pd.DataFrame:
    """Excerpts with nothing unseen in them."""
    stored = selections.responses(page.workbench, opened, rows)
    table = pd.DataFrame(
        {
            "Group": [visible(group_name(each.cell.group)) for each in stored],
            "Response": [excerpt(each.response.text) if each.response else "" for each in stored],
            "Model": [visible(each.cell.model) for each in stored],
        }
    )
    if found.alike is not None:
        start = (number - 1) * PAGE_SIZE
        table.insert(0, "Alike", found.alike[start : start + len(rows)].round(2))
    return table
