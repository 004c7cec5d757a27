"""A map that is not there yet: how far it is, or why it stopped, and what to do."""

import streamlit as st

from lib.types import MapInfo, MapStatus
from lib.ui.confirm import confirmed
from lib.ui.frame import READ_ONLY, Page
from lib.ui.map_address import let_go
from lib.ui.troubles import told
from lib.ui.words import count, duration, plain
from lib.workflows import maps
from lib.workflows.maps import MapProgress


def show_unfinished(page: Page, info: MapInfo) -> None:
    """The bar while a map is made; else why it ended, with ways to go on."""
    if maps.progress(page.workbench, info.id) is not None:
        watch(page, info.id)
        st.info("The map appears here when it is done. You may leave the page, or close the tab: it goes on.")
        return
    if info.status is MapStatus.FAILED:
        st.error(plain(info.problem, 1_000), title="This map could not be made", icon=":material/error:")
    elif info.status is MapStatus.STOPPED:
        st.info("This map was stopped. What was embedded is kept: going on takes up from there.")
    else:
        st.info("This map was being made when Evenhand was closed." if page.locked else "This map waits to be made.")
    with st.container(horizontal=True):
        if page.button("Go on", "map-again", icon=":material/play_arrow:", type="primary"):
            with told():
                maps.again(page.workbench, info.id)
                st.rerun()
        delete_button(page, info)


@st.fragment(run_every=1)
def watch(page: Page, map_id: str) -> None:
    """What is done about a map, as it is now, with a button that ends it. The page is drawn again when it ends."""
    with told():
        progress = maps.progress(page.workbench, map_id)
        if progress is None:
            st.rerun()
        bar, stop = st.columns([6, 1], vertical_alignment="center")
        bar.progress(share(progress), text=figures(progress))
        why = READ_ONLY if page.locked else "What is embedded stays."
        if stop.button("Stop", key="map-stop", icon=":material/stop:", help=why, disabled=page.locked):
            maps.stop(page.workbench, map_id)


def share(progress: MapProgress) -> float:
    """The part of the pieces that are done, between 0 and 1."""
    return min(1.0, progress.done / progress.total) if progress.total else 0.0


def figures(progress: MapProgress) -> str:
    """One line: what goes on, done of total, rate, time left."""
    parts = [plain(progress.activity[:1].upper() + progress.activity[1:])]
    if progress.done < progress.total:
        parts.append(f"{progress.done:,} of {count(progress.total, 'text')}")
    if progress.rate:
        parts.append(f"{progress.rate:,.0f} a second")
    if progress.seconds_left is not None:
        parts.append(f"{duration(progress.seconds_left)} left")
    return " · ".join(parts)


def delete_button(page: Page, info: MapInfo) -> None:
    """Delete, after asking."""
    question = f"Delete the map “{info.name}”? Responses, their vectors and kept selections stay."
    if confirmed("Delete", question, "Delete it", f"map-delete-{info.id}", disabled=page.locked, why=READ_ONLY):
        with told():
            maps.delete(page.workbench, info.id)
            let_go(info.id)
