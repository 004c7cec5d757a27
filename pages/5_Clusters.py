"""Clusters: the map of everything the models said."""

import streamlit as st

from lib.types import MapStatus
from lib.ui.frame import open_page
from lib.ui.map_address import TAB, TABS, adopt_address, publish_map
from lib.ui.map_choices import choose_map
from lib.ui.map_making import make_one
from lib.ui.map_progress import show_unfinished
from lib.ui.map_view import show_map
from lib.workflows import maps

with open_page("Clusters", ":material/scatter_plot:") as page:
    stored = maps.all(page.workbench)
    adopt_address(bool(stored))
    looking, making = st.tabs(TABS, key=TAB, on_change="rerun")
    if looking.open:
        with looking:
            if not stored:
                st.info(
                    "There is no map yet. Make one under “New map”: responses that say alike lie close together on it."
                )
                st.stop()
            first, *places = st.columns([3, 2.6, 2, 2, 1.5], vertical_alignment="bottom")
            with first:
                info = choose_map(stored)
            if info.status is MapStatus.DONE:
                show_map(page, info, places)
            else:
                show_unfinished(page, info)
                publish_map()
    if making.open:
        with making:
            make_one(page)
