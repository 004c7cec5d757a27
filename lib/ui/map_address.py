"""The address of the clusters page: which map, in which colours, what is compared, and what is picked out on it."""

from dataclasses import dataclass
from typing import NoReturn

import streamlit as st

from lib.types import ResponseFilter
from lib.ui.address import Asked, newly_asked, publish
from lib.ui.response_filter import FIELDS, parameters

PAGE = "clusters"
MAKING = "map"  # the page as a form; its widgets' keys begin with it
TAB = "clusters-tab"
TABS = ["Map", "New map"]
NEW = {"new": ["map"]}  # opens the form, also where the filter restricts nothing
SINGLE = ("map", "colour", "by", "against", "view", "other", "one", "show", "zoom", "open")
WITHOUT = "without"  # selections that are left out
MADE_FROM = [*(name for name, _, _ in FIELDS), "search", "selection", *NEW]

FARTHEST = 1e6
"""What an address may name as a corner; maps lie between -1 and 1."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is picked out on a map: `sort` is box, region, words, meaning, like or selection; "" for nothing.

    `value` is what it says in the address: the corners of the box, the region's number, what was searched for, the
    response that others are like ("run/no"), the selection's id.
    """

    sort: str = ""
    value: str = ""

    def __str__(self) -> str:
        return f"{self.sort}:{self.value}" if self.sort else ""


def key(name: str) -> str:
    """The session key of one of the page's choices."""
    return f"{PAGE}-{name}"


def making_key(name: str) -> str:
    """The session key of one of the form's widgets."""
    return f"{MAKING}-{name}"


def adopt_address(stored: bool) -> None:
    """Set everything to what a newly opened address says: a map, or the form where it hands a filter over."""
    made_from = newly_asked(MAKING, MADE_FROM)
    if made_from is not None:
        st.session_state[TAB] = TABS[1]
        fill(made_from)
    elif (asked := newly_asked(PAGE, [*SINGLE, WITHOUT])) is not None:
        st.session_state[TAB] = TABS[0]
        for name in SINGLE:
            st.session_state[key(name)] = asked.get(name, [None])[0]
        st.session_state[key(WITHOUT)] = asked.get(WITHOUT, [])
        for name in ("searched", "fronted"):
            st.session_state.pop(key(name), None)
    elif TAB not in st.session_state:
        st.session_state[TAB] = TABS[0] if stored else TABS[1]


def fill(asked: Asked) -> None:
    """Set the form's filter to what was asked for."""
    for name, _, _ in FIELDS:
        st.session_state[making_key(name)] = asked.get(name, [])
    for name in ("search", "selection"):
        st.session_state[making_key(name)] = asked.get(name, [""])[0]


def publish_map() -> None:
    """The address of the map with everything that was chosen."""
    publish(MAKING, {})
    values = {name: [str(value)] for name in SINGLE if (value := st.session_state.get(key(name)))}
    publish(PAGE, values | {WITHOUT: list(st.session_state.get(key(WITHOUT)) or [])})


def publish_making(wanted: ResponseFilter) -> None:
    """The address of the form with its filter."""
    publish(PAGE, {})
    publish(MAKING, NEW | parameters(wanted))


def chosen() -> Chosen:
    """What is picked out now."""
    sort, _, value = str(st.session_state.get(key("show")) or "").partition(":")
    return Chosen(sort, value)


def choose(picked: Chosen) -> None:
    """Pick something out; what was picked out before no longer is."""
    st.session_state[key("show")] = str(picked)


def another_map(map_id: str) -> None:
    """Look at another map: nothing is picked out on it, left out or magnified yet."""
    for name in SINGLE:
        st.session_state[key(name)] = None
    st.session_state[key(WITHOUT)] = []
    st.session_state[key("map")] = map_id


def let_go(map_id: str) -> NoReturn:
    """Draw the page again after a map was deleted; its select box stands already and cannot be changed before."""
    st.session_state[key("deleted")] = map_id
    st.query_params.clear()
    st.rerun()


def box_of(text: str | None) -> Box | None:
    """The corners that an address names, left, right, bottom and top; None when it names none."""
    try:
        left, right, bottom, top = map(float, (text or "").split(","))
    except ValueError:
        return None
    return (left, right, bottom, top) if -FARTHEST < left < right < FARTHEST > top > bottom > -FARTHEST else None


def box_text(box: Box) -> str:
    """Corners as an address names them."""
    return ",".join(f"{corner:.4f}" for corner in box)
