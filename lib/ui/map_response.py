"""The response that was clicked, beside the other members of its matched set."""

import numpy as np
import streamlit as st

from lib.ui.map_address import Chosen, choose, key
from lib.ui.map_chosen import row_at
from lib.ui.map_picture import draw_anew
from lib.ui.response_detail import show_side_by_side
from lib.ui.words import count, group_name, plain
from lib.workflows import read, selections
from lib.workflows.atlas import OpenMap
from lib.workflows.workbench import Workbench

HEIGHT = 520  # pixels: as high as the map


def show_opened(workbench: Workbench, opened: OpenMap) -> None:
    """The response that is open, with ways on; what to do where none is."""
    if (row := row_at(opened, st.session_state.get(key("open")))) is None:
        st.info("Click a point on the map, or tick a row of what is picked out, to read it beside its matched set.")
        return
    [stored] = selections.responses(workbench, opened, np.array([row]))
    region = opened.titles.get(int(opened.frame["region"].iloc[row]), "in no region")
    st.markdown(f"**{plain(group_name(stored.cell.group))}** · {plain(region)}")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button("More like this", key="map-like", on_click=like, args=(stored.run, stored.no))
        st.page_link(
            "pages/4_Responses.py",
            label="Its origin",
            icon=":material/open_in_new:",
            query_params={"run": stored.run, "no": str(stored.no)},
        )
        st.button("Close", key="map-close", icon=":material/close:", type="tertiary", on_click=close)
    members = read.matched_set(workbench, stored.run, stored.cell.set_id)
    members.sort(key=lambda each: each.no != stored.no)
    st.caption(
        f"Its matched set: {count(len(members), 'prompt')} that differ in the group alone; this one comes first."
    )
    with st.container(height=HEIGHT, border=False):
        show_side_by_side(members, lambda each: group_name(each.cell.group), "map-matched")


def like(run: str, no: int) -> None:
    """Pick out the responses that are most like one."""
    choose(Chosen("like", f"{run}/{no}"))


def close() -> None:
    """Close the response, and let go of the row or the point that opened it."""
    st.session_state[key("open")] = None
    st.session_state[key("closed")] = st.session_state.get(key("closed"), 0) + 1
    draw_anew()
