"""A filter of responses as part of a form: all but the audits, folded away."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from lib.types import ResponseFilter
from lib.ui.charts_choices import said
from lib.ui.response_filter import FIELDS, FINISHES, Facets
from lib.ui.words import distinct, group_name
from lib.workflows import banks, models
from lib.workflows.workbench import Workbench


def choose_rest(workbench: Workbench, facets: Facets, key: Callable[[str], str]) -> ResponseFilter:
    """The widgets, whose session keys `key` gives; what was handed over in the address is counted on the fold."""
    titles = FINISHES | models.titles(workbench) | {group: group_name(group) for group, _ in facets["groups"]}
    titles |= distinct({bank.id: bank.title for bank in banks.banks(workbench)})
    more = [each for each in FIELDS if each[0] != "run"]
    used = sum(bool(st.session_state.get(key(name))) for name in [*(name for name, _, _ in more), "search"])
    chosen: dict[str, Any] = {}
    with st.expander(
        f"Only some of them ({used} in use)" if used else "Only some of them", icon=":material/filter_list:"
    ):
        columns = st.columns(2)
        for place, (name, field, label) in enumerate(more):
            known = {value: titles.get(value, value) for value, _ in facets[field]}
            st.session_state[key(name)] = [value for value in st.session_state.get(key(name), []) if value in known]
            chosen[field] = tuple(
                columns[place % 2].multiselect(
                    label,
                    list(known),
                    format_func=said(known),
                    placeholder="All",
                    key=key(name),
                    persist_state="session",
                )
            )
        search = columns[len(more) % 2].text_input(
            "With this in prompt or response", key=key("search"), type="search", persist_state="session"
        )
    return ResponseFilter(**chosen, search=search or "")
