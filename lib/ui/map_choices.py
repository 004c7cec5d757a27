"""Which map is looked at, what its points are coloured by, and what is compared."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import streamlit as st

from lib.types import MapInfo, MapStatus
from lib.ui.charts_choices import said
from lib.ui.map_address import WITHOUT, another_map, key
from lib.ui.troubles import told
from lib.ui.words import distinct, plain
from lib.workflows import map_colours, map_subjects, selections
from lib.workflows.atlas import OpenMap
from lib.workflows.attributes import Attribute
from lib.workflows.map_colours import Coloured
from lib.workflows.map_subjects import MODEL
from lib.workflows.workbench import Workbench

OTHERS = "all-others"
"""Stands for the mean of all others, which has no id."""

MARKS = {MapStatus.PENDING: " (being made)", MapStatus.STOPPED: " (stopped)", MapStatus.FAILED: " (failed)"}


Stamp = tuple[str, int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class View:
    """What is looked at: what is compared with what, and which rows of the map count."""

    subject: Attribute | None
    reference: str
    kept: np.ndarray


def choose_map(infos: list[MapInfo]) -> MapInfo:
    """The map to look at; the newest one unless the address says otherwise."""
    known = {info.id: info for info in infos}
    asked = st.session_state.get(key("map"))
    if asked not in known:
        if asked and asked != st.session_state.get(key("deleted")):
            st.warning(
                f"There is no map {plain(str(asked))} here. It may have been deleted.", icon=":material/warning:"
            )
        another_map(next(iter(known)))
    titles = distinct({id: info.name + MARKS.get(info.status, "") for id, info in known.items()})
    chosen = st.selectbox(
        "Map",
        list(titles),
        format_func=said(titles),
        key=key("map"),
        persist_state="session",
        on_change=lambda: another_map(st.session_state[key("map")]),
    )
    return known[chosen]


def choose_colour(workbench: Workbench, opened: OpenMap) -> Coloured:
    """What the points are coloured by, and what each of them then says."""
    known = map_colours.choices(workbench, opened)
    titles = {each.id: each.title if each.title == each.sort else f"{each.sort} · {each.title}" for each in known}
    first = next((each.id for each in known if each.sort == "Group"), known[0].id)
    return map_colours.coloured(workbench, opened, choose("colour", "Colour", distinct(titles), first), known)


def choose_subject(workbench: Workbench, opened: OpenMap) -> Attribute | None:
    """What is compared; None where nothing varies on this map."""
    known = {subject.id: subject for subject in map_subjects.subjects(workbench, opened)}
    if not known:
        return None
    return known[
        choose("by", "Compare by", distinct({id: each.title for id, each in known.items()}), next(iter(known)))
    ]


def choose_reference(subject: Attribute | None) -> str:
    """What each group is held against: a group's id, or "" for all others."""
    titles = {OTHERS: "All others"} | (distinct(subject.titles) if subject else {})
    first = subject.neutral[0] if subject and subject.neutral and subject.id != MODEL else OTHERS
    chosen = choose("against", "Against", titles, first, disabled=subject is None)
    return "" if chosen == OTHERS else chosen


def choose(name: str, label: str, titles: Mapping[str, str], first: str, *, disabled: bool = False) -> str:
    """A select box over titles by id; what an address asks for and there is not, gives way to `first`."""
    if st.session_state.get(key(name)) not in titles:
        st.session_state[key(name)] = first
    return st.selectbox(
        label, list(titles), format_func=said(titles), key=key(name), persist_state="session", disabled=disabled
    )


def stamp(opened: OpenMap) -> Stamp:
    """What changes as soon as something about a map does that is told of it: part of the key of what is remembered."""
    return opened.info.id, len(opened.frame), tuple(opened.titles.values())


def kept_rows(workbench: Workbench, opened: OpenMap) -> np.ndarray:
    """Which rows count: all but those of the selections that were left out. One that is gone is told, once."""
    kept = np.ones(len(opened.frame), bool)
    there = []
    for selection_id in st.session_state.get(key(WITHOUT)) or []:
        with told():
            kept[selections.rows(workbench, opened, selection_id)] = False
            there.append(selection_id)
    st.session_state[key(WITHOUT)] = there
    return kept
