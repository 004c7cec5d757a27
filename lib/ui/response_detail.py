"""One response in its surroundings: its matched set, the same cell elsewhere, its provenance."""

import json
from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from lib.types import Finish, Piece, StoredResponse
from lib.ui.inert import Card, show_cards
from lib.ui.response_filter import OPEN, Opened
from lib.ui.response_table import outcome
from lib.ui.words import count, group_name, plain
from lib.workflows import models, read
from lib.workflows.workbench import Workbench

CARDS = 12  # side by side at once
VIEWS = ("Matched set", "Same cell elsewhere", "Provenance")


def show_detail(workbench: Workbench, opened: Opened) -> None:
    """The opened response, in the view that was chosen."""
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**Response {opened.no}** of run {plain(opened.run)}", width="stretch")
            if st.button("Close", key="response-close", icon=":material/close:", type="tertiary"):
                close()
        view = st.segmented_control(
            "View", VIEWS, default=VIEWS[0], required=True, key="response-view", label_visibility="collapsed"
        )
        here = read.same_cell(workbench, opened.run, opened.no)
        if not here:
            st.info("The run has no cell of that number. The address may have been cut short.")
            return
        if view == VIEWS[0]:
            show_matched_set(workbench, opened, here)
        elif view == VIEWS[1]:
            show_same_cell(here, models.titles(workbench))
        else:
            show_provenance(workbench, opened)
        st.caption("Address of this response")
        st.code(address(opened), language=None)


def show_matched_set(workbench: Workbench, opened: Opened, here: Sequence[StoredResponse]) -> None:
    """Every member of the set, with the words that differ between them marked."""
    this = next(row for row in here if (row.run, row.no) == (opened.run, opened.no))
    members = read.matched_set(workbench, opened.run, this.cell.set_id)
    st.caption(f"{count(len(members), 'prompt')} that differ in the group alone.")
    show_side_by_side(
        members, lambda row: f"{'▸ ' if row.no == opened.no else ''}{group_name(row.cell.group)}", "matched"
    )


def show_same_cell(here: Sequence[StoredResponse], titles: Mapping[str, str]) -> None:
    """The same prompt, setting and seed under every model and run that has it."""
    if len(here) < 2:
        st.info("No other model or run has this cell. Run the same grid with another model to compare the two.")
    show_side_by_side(here, lambda row: f"{titles.get(row.cell.model, row.cell.model)} · {row.run}", "same")


def show_side_by_side(rows: Sequence[StoredResponse], title: Callable[[StoredResponse], str], key: str) -> None:
    """Prompts and responses in cards, a page of them at a time."""
    if len(rows) > CARDS:
        number = st.pagination(-(-len(rows) // CARDS), key=f"{key}-page")
        rows = rows[(number - 1) * CARDS : number * CARDS]
    if st.toggle("Mark the words that not all of them share", value=True, key=f"{key}-mark"):
        split = read.marked
    else:
        split = unmarked
    prompts = split([row.cell.prompt for row in rows])
    answers = split([row.response.text if row.response else "" for row in rows])
    show_cards(
        [
            Card(answer, title(row), note(row), prompt)
            for row, prompt, answer in zip(rows, prompts, answers, strict=True)
        ],
        key=f"{key}-cards",
    )


def unmarked(texts: Sequence[str]) -> list[list[Piece]]:
    """Each text in one piece."""
    return [[Piece(text, False)] for text in texts]


def note(row: StoredResponse) -> str:
    """What became of the cell, in small print."""
    if row.response is None:
        return "pending"
    if row.response.finish is Finish.FAILED:
        return f"failed: {row.response.error}"
    remark = f" · {row.response.error}" if row.response.error else ""  # an endpoint's word on a filtered answer
    blank = not row.response.text
    length = count(row.response.new_tokens, "token") if row.response.new_tokens or blank else "length not recorded"
    seed = f"seed {row.cell.seed}" if row.cell.seed >= 0 else "seed not recorded"
    return f"{outcome(row)} · {length} · {seed}{remark}"


def show_provenance(workbench: Workbench, opened: Opened) -> None:
    """Everything that determined the response, to read and to take along."""
    facts = read.provenance(workbench, opened.run, opened.no)
    st.json(facts, expanded=1)
    text = json.dumps(facts, ensure_ascii=False, indent=2, default=str)
    st.download_button("Download as JSON", text, f"{opened.run}-{opened.no}.json", "application/json", key="provenance")


def close() -> None:
    """Close the detail, and let go of the row that opened it."""
    st.session_state[OPEN] = None
    st.session_state["responses-closed"] = st.session_state.get("responses-closed", 0) + 1
    st.rerun()


def address(opened: Opened) -> str:
    """The link that opens this response."""
    return f"{(st.context.url or '').split('?')[0]}?run={opened.run}&no={opened.no}"
