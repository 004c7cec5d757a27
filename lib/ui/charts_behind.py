"""The responses behind a mark that was clicked: their matched sets side by side."""

import math
from collections.abc import Hashable, Iterable, Mapping

import streamlit as st

from lib.types import StoredResponse
from lib.ui.notice import require_notice
from lib.ui.response_detail import show_side_by_side
from lib.ui.words import count, group_name, plain
from lib.workflows import banks, behind, read, readings, run
from lib.workflows.behind import Behind, Member
from lib.workflows.comparison import Comparison
from lib.workflows.workbench import Workbench

ADDRESS = {"run": "runs", "group": "groups", "model": "models", "template": "templates", "decoding": "decodings"}


def show_behind(
    workbench: Workbench,
    comparison: Comparison,
    picked: Mapping[str, str],
    groups: Iterable[str],
    where: Mapping[str, Hashable],
    key: str,
) -> None:
    """One matched set at a time of those behind a mark, and a link to all its responses.

    `picked` are the fields of the mark, by which it is called; `groups` and `where` say what is behind it.
    """
    found = behind.behind(workbench, comparison, groups, where)
    with st.container(border=True):
        mark = plain(", ".join(map(str, picked.values())))
        sets = count(len(found.sets), "matched set")
        st.markdown(f"**Behind the mark “{mark}”:** {count(found.responses, 'response')} in {sets}")
        if not found.sets:
            return
        run_id = comparison.question.run
        asked = run.get(workbench, run_id).grid.bank
        require_notice(bank for bank in banks.banks(workbench) if bank.id == asked)
        with st.container(horizontal=True, vertical_alignment="center"):
            number = st.pagination(len(found.sets), key=f"behind-{key}-{hash(tuple(found.sets))}")
            set_id = list(found.sets)[number - 1]
            members = found.sets[set_id]
            show_links(found, run_id, members)
        values = {member.no: member for member in members}
        rows = [row for row in read.matched_set(workbench, run_id, set_id) if row.no in values]
        show_side_by_side(rows, lambda row: title(row, values[row.no], comparison), f"behind-{key}")


def show_links(found: Behind, run_id: str, members: Iterable[Member]) -> None:
    """To this matched set, and to all responses behind the mark."""
    first = min(member.no for member in members)
    st.page_link(
        "pages/4_Responses.py",
        label="Open this matched set",
        icon=":material/open_in_new:",
        query_params={"run": run_id, "no": str(first)},
    )
    st.page_link(
        "pages/4_Responses.py",
        label="All of these responses",
        icon=":material/forum:",
        query_params={
            name: list(values) for name, field in ADDRESS.items() if (values := getattr(found.filter, field))
        },
    )


def title(row: StoredResponse, member: Member, comparison: Comparison) -> str:
    """Whose response it is, and the number it got; crossed groups are named in full."""
    group = group_name(row.cell.group) if "+" in row.cell.group else member.group
    number = "no number" if math.isnan(member.value) else value(member.value, comparison)
    return f"{group} · {member.term} · {number}"


def value(number: float, comparison: Comparison) -> str:
    """One response's own number: a rate's count has no exposure here."""
    measure = comparison.choice.measure
    if set(comparison.frame["value"].dropna().unique()) <= {0.0, 1.0} and not measure.exposure:
        return f"{measure.title}: {'yes' if number else 'no'}"
    return f"{measure.title}: {number:g}" if measure.exposure else readings.number(number, measure)
