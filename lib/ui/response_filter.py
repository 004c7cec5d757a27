"""Which stored responses are shown: the filter's widgets, and its place in the address."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from lib.types import ResponseFilter
from lib.ui.address import newly_asked, publish
from lib.ui.selection_chip import choose_selection
from lib.ui.words import distinct, group_name
from lib.workflows import banks, models, run
from lib.workflows.workbench import Workbench

Facets = dict[str, list[tuple[str, int]]]  # for each field of the filter, its values with their counts

PAGE = "responses"
OPEN = "responses-open"  # the response whose details are shown
FILTER = "responses-filter"  # the filter it was opened under: another one closes it
# Name in the address, field of ResponseFilter, label on the screen.
FIRST = (("run", "runs", "Run"), ("group", "groups", "Group"), ("model", "models", "Model"))
MORE = (
    ("bank", "banks", "Prompt bank"),
    ("template", "templates", "Template"),
    ("decoding", "decodings", "Decoding"),
    ("format", "formats", "Prompt format"),
    ("outcome", "finishes", "Ended by"),
)
FIELDS = FIRST + MORE
FINISHES = {"stop": "the model", "length": "the token limit", "failed": "an error"}


@dataclass(frozen=True, slots=True)
class Opened:
    """The response whose details are shown."""

    run: str
    no: int


def choose_filter(workbench: Workbench, facets: Facets) -> ResponseFilter:
    """The widgets; what an opened address asks for is put in them first."""
    adopt_address(facets)
    titles = distinct({info.id: info.name for info in run.runs(workbench)}) | FINISHES
    titles |= distinct({bank.id: bank.title for bank in banks.banks(workbench)}) | models.titles(workbench)
    titles |= {group: group_name(group) for group, _ in facets["groups"]}
    columns = st.columns([3, 3, 2, 2.6, 1.6], vertical_alignment="bottom")
    search = columns[0].text_input(
        "Search in prompts and responses",
        key="responses-search",
        type="search",
        persist_state="session",
        icon=":material/search:",
    )
    chosen: dict[str, Any] = {}
    for column, (name, field, label) in zip(columns[1:], FIRST, strict=False):
        with column:
            chosen[field] = choose(name, label, facets[field], titles)
    in_use = sum(bool(st.session_state.get(f"responses-{name}")) for name, _, _ in MORE)
    with columns[-1].popover(f"More ({in_use})" if in_use else "More", icon=":material/filter_list:", width="stretch"):
        for name, field, label in MORE:
            chosen[field] = choose(name, label, facets[field], titles)
    selection = choose_selection(workbench, "responses-selection")
    wanted = ResponseFilter(**chosen, search=search or "", selection=selection)
    if st.session_state.setdefault(FILTER, wanted) != wanted:
        st.session_state[FILTER] = wanted
        st.session_state[OPEN] = None
    return wanted


def choose(name: str, label: str, values: list[tuple[str, int]], titles: dict[str, str]) -> tuple[str, ...]:
    """Some of one field's values; none means all."""
    return tuple(
        st.multiselect(
            label,
            [value for value, _ in values],
            format_func=lambda value: titles.get(value, value),
            placeholder="All",
            key=f"responses-{name}",
            persist_state="session",
        )
    )


def adopt_address(facets: Facets) -> None:
    """Set the widgets to what a newly opened address says, and open the response it names."""
    asked = newly_asked(PAGE, [*(name for name, _, _ in FIELDS), "search", "selection", "no"])
    if asked is None:
        return
    for name, field, _ in FIELDS:
        known = {value for value, _ in facets[field]}
        st.session_state[f"responses-{name}"] = [value for value in asked.get(name, []) if value in known]
    for name in ("search", "selection"):
        st.session_state[f"responses-{name}"] = asked.get(name, [""])[0]
    st.session_state.pop(FILTER, None)
    runs, no = asked.get("run", []), asked.get("no", [""])[0]
    st.session_state[OPEN] = Opened(runs[0], int(no)) if runs and no.isdecimal() else None


def publish_address(wanted: ResponseFilter, opened: Opened | None) -> None:
    """The address of the opened response, else of the filter."""
    if opened:
        publish(PAGE, {"run": [opened.run], "no": [str(opened.no)]})
        return
    publish(PAGE, parameters(wanted))


def parameters(wanted: ResponseFilter) -> dict[str, list[str]]:
    """A filter as parameters of an address."""
    values = {name: list(getattr(wanted, field)) for name, field, _ in FIELDS}
    single = {"search": wanted.search, "selection": wanted.selection}
    return values | {name: [value] if value else [] for name, value in single.items()}
