"""What is picked out on a map: found in words or in meaning, boxed, a region, or a selection that was kept."""

import re

import numpy as np
import streamlit as st

from lib.errors import AuditError, MapError
from lib.types import UNCLUSTERED
from lib.ui.map_address import Chosen, box_of, choose, chosen, key
from lib.ui.map_choices import Stamp, stamp
from lib.ui.map_picture import clear, inside
from lib.ui.troubles import show
from lib.ui.words import plain
from lib.workflows import map_search, selections
from lib.workflows.atlas import OpenMap
from lib.workflows.map_search import Found
from lib.workflows.workbench import Workbench

WORDS, MEANING = "Words", "Meaning"
NUMBER = re.compile(r"-?[0-9]{1,9}")
HINTS = {
    WORDS: "Words as they stand in a response",
    MEANING: "What a response would say",
}


def search_bar() -> None:
    """Where to search, and how."""
    how, bar = st.columns([2, 3], vertical_alignment="center")  # the picture's tools would cover a choice on the right
    with how:
        way = st.segmented_control(
            "Search by",
            [WORDS, MEANING],
            default=WORDS,
            required=True,
            key=key("how"),
            label_visibility="collapsed",
            persist_state="session",
        )
    text = bar.text_input(
        "Find responses",
        placeholder=HINTS[str(way)],
        key=key("text"),
        type="search",
        icon=":material/search:",
        label_visibility="collapsed",
    )
    asked = (str(way), (text or "").strip())
    before = st.session_state.get(key("searched"))
    st.session_state[key("searched")] = asked
    if before is None or asked == before or (not asked[1] and not before[1]):
        return
    if asked[1]:
        choose(Chosen("meaning" if asked[0] == MEANING else "words", asked[1]))
    elif chosen().sort in ("words", "meaning"):
        clear()


def find(workbench: Workbench, opened: OpenMap, kept: np.ndarray) -> Found | None:
    """The rows that are picked out, without those left out; None when nothing is."""
    picked = chosen()
    if not picked.sort:
        return None
    try:
        found = rows_of(workbench, opened, picked, map_search.MOST + int((~kept).sum()))
    except AuditError as trouble:
        show(trouble)
        choose(Chosen())
        return None
    there = kept[found.rows]
    if found.alike is None:
        return Found(found.rows[there])
    return Found(found.rows[there][: map_search.MOST], found.alike[there][: map_search.MOST])


def rows_of(workbench: Workbench, opened: OpenMap, picked: Chosen, most: int) -> Found:
    """The rows that something picked out stands for, of those closest in meaning at most so many.

    Raises:
        MapError: it is not there any more.
    """
    if picked.sort == "box" and (box := box_of(picked.value)):
        return Found(np.flatnonzero(inside(opened, box)))
    if picked.sort == "region" and (no := number(picked.value)) in {UNCLUSTERED, *opened.titles}:
        return Found(map_search.in_region(opened, no))
    if picked.sort == "words":
        return map_search.by_words(workbench, opened, picked.value)
    if picked.sort == "meaning":
        return by_meaning(str(workbench.path), stamp(opened), picked.value, most, workbench, opened)
    if picked.sort == "like" and (row := row_at(opened, picked.value)) is not None:
        return map_search.like(workbench, opened, row, most)
    if picked.sort == "selection":
        return Found(selections.rows(workbench, opened, picked.value))
    raise MapError("what was picked out", "this map has none of it", "Pick out something else.")


@st.cache_resource(max_entries=32, show_spinner="Computing the meaning of these words …")
def by_meaning(path: str, stamp: Stamp, text: str, most: int, _workbench: Workbench, _opened: OpenMap) -> Found:  # noqa: ARG001 - the first are the key
    """The responses closest in meaning, which nobody changes."""
    return map_search.by_meaning(_workbench, _opened, text, most)


def row_at(opened: OpenMap, place: str | None) -> int | None:
    """The row of "run/no"; None where the map has none."""
    run, _, no = (place or "").rpartition("/")
    return None if (found := number(no)) is None else opened.row(run, found)


def number(text: str) -> int | None:
    """A whole number as an address has it; None for anything else."""
    return int(text) if NUMBER.fullmatch(text) else None


def title(opened: OpenMap) -> str:
    """What is picked out, as the end of a heading that begins with their number."""
    picked = chosen()
    if picked.sort == "region":
        name = opened.titles.get(int(picked.value))
        return f"in “{plain(name, 60)}”" if name else "in no region"
    return {
        "box": "in the box",
        "words": f"with “{plain(picked.value, 40)}”",
        "meaning": f"closest to “{plain(picked.value, 40)}”",
        "like": "most like the opened one",
        "selection": "of a kept selection",
    }.get(picked.sort, "")


def clear_button() -> None:
    """Let go of what is picked out."""
    st.button("Clear", key="map-clear", icon=":material/close:", type="tertiary", on_click=clear_all)


def clear_all() -> None:
    """Nothing is picked out any more, and the search is empty."""
    clear()
    st.session_state[key("text")] = ""
    st.session_state.pop(key("searched"), None)
