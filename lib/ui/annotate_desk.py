"""The desk: how far a person is, their queues, and the card. An act draws this part of the page anew, and no other."""

from functools import partial

import streamlit as st

from lib.types import ItemState
from lib.ui.annotate_acts import Sitting, carry_out
from lib.ui.annotate_queue import show_queue
from lib.ui.annotation_card import sent_act, show_card
from lib.ui.frame import Page
from lib.ui.troubles import told
from lib.workflows import annotate, annotation_keys, assignments
from lib.workflows.annotate import Progress

CARD = "annotate-card"
QUEUE = "annotate-queue"


@st.fragment
def show_desk(page: Page, sitting: Sitting) -> None:
    """Everything an annotator works with."""
    with told():
        progress = annotate.progress(page.workbench, sitting.desk)
        show_progress(progress, sitting)
        if sitting.item is None and sitting.queue is not ItemState.PENDING:
            show_queue(page, sitting)
        else:
            show_work(page, sitting, progress)


def show_progress(progress: Progress, sitting: Sitting) -> None:
    """The bar towards the target, and the queues with how many are in each."""
    bar, queues = st.columns([2, 3], vertical_alignment="bottom", gap="large")
    share = min(1.0, progress.done / progress.target) if progress.target else 1.0
    bar.progress(share, f"{progress.done:,} of {progress.target:,} done")
    titles = queue_titles(progress)
    st.session_state[QUEUE] = sitting.queue if sitting.queue in titles else ItemState.PENDING
    queues.segmented_control(
        "Queue",
        list(titles),
        format_func=titles.__getitem__,
        required=True,
        key=QUEUE,
        label_visibility="collapsed",
        on_change=partial(change_queue, sitting),
    )


def queue_titles(progress: Progress) -> dict[ItemState, str]:
    """The queues by state, with how many items each has; discarded ones only where there are some."""
    answered = progress.done - progress.flagged - progress.discarded
    titles = {
        ItemState.PENDING: f"To do {progress.left:,}",
        ItemState.SKIPPED: f"Skipped {progress.skipped:,}",
        ItemState.FLAGGED: f"Unsure {progress.flagged:,}",
        ItemState.DONE: f"Done {answered:,}",
    }
    return titles | ({ItemState.DISCARDED: f"Discarded {progress.discarded:,}"} if progress.discarded else {})


def change_queue(sitting: Sitting) -> None:
    """Look at another queue."""
    sitting.queue = st.session_state[QUEUE]
    sitting.item = None


def show_work(page: Page, sitting: Sitting, progress: Progress) -> None:
    """The card with what is open, else with what comes next; a pause when it is due; and what to do at the end."""
    workbench, desk = page.workbench, sitting.desk
    spec = assignments.get(workbench, desk.assignment).spec
    hard = annotate.severe_since_pause(workbench, desk) if spec.pause_after else 0
    pause = hard if spec.pause_after and hard >= spec.pause_after else 0
    task = None
    if not pause:
        task = (
            annotate.next_task(workbench, desk)
            if sitting.item is None
            else annotate.task(workbench, desk, sitting.item)
        )
    show_card(
        annotate.codebook(workbench, desk.assignment),
        task,
        CARD,
        keys=annotation_keys.keys(workbench, desk.annotator),
        reply=sitting.reply,
        suggestion_field=spec.suggestion_field,
        pause=pause,
        blind=spec.blind,
        empty=end_words(progress),
        on_act=partial(take_act, page, sitting),
    )
    if task is None and not pause:
        show_ways_on(sitting, progress)


def take_act(page: Page, sitting: Sitting) -> None:
    """Carry out what the card sent, before the desk is drawn again."""
    sent = sent_act(CARD)
    if sent is not None:
        carry_out(page.workbench, sitting, sent)


def end_words(progress: Progress) -> str:
    """What is said when nothing comes any more."""
    if progress.done >= progress.target:
        return "That was the last one. Thank you."
    if progress.skipped:
        return "Nothing else is left for you, except what you skipped."
    return "Nothing is left for you now. What others leave may come later."


def show_ways_on(sitting: Sitting, progress: Progress) -> None:
    """What to do when nothing is left: the skipped ones, and how far people agree."""
    with st.container(horizontal=True, horizontal_alignment="center", vertical_alignment="center"):
        if progress.skipped:
            st.button(
                f"Look at the {progress.skipped:,} you skipped",
                key="annotate-skipped",
                type="primary",
                on_click=partial(open_queue, sitting, ItemState.SKIPPED),
            )
        st.page_link(
            "pages/15_Agreement.py",
            label="See how far people agree",
            icon=":material/handshake:",
            query_params={"assignment": sitting.desk.assignment},
        )


def open_queue(sitting: Sitting, queue: ItemState) -> None:
    """Look at a queue."""
    sitting.queue = queue
    sitting.item = None
