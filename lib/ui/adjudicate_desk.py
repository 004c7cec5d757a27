"""The disagreements of an assignment: who decides, which one is next, and the card at which it is decided."""

from functools import partial

import streamlit as st

from lib.errors import AuditError
from lib.types import Assignment
from lib.ui.adjudicate_acts import Hearing, Which, carry_out
from lib.ui.adjudicate_list import show_list
from lib.ui.adjudicate_versions import show_rulings, show_versions
from lib.ui.agreement_gold import show_gold
from lib.ui.annotate_start import NAME, signed_in
from lib.ui.annotation_card import sent_act, show_card
from lib.ui.frame import Page
from lib.ui.notice import require_notice
from lib.ui.troubles import show, told
from lib.ui.words import count, plain
from lib.workflows import adjudicate, annotate, annotation_keys, disputes
from lib.workflows.disputes import Docket

CARD = "adjudicate-card"
WHICH = "adjudicate-which"
HEARING = "adjudicate-hearing"


def show_disagreements(page: Page, assignment: Assignment) -> None:
    """The queue of disagreements, after the content notice and once it is known who decides."""
    docket = disputes.docket(page.workbench, assignment.id)
    if not docket.disputes:
        st.info(nothing(docket))
        return
    require_notice(annotate.banks(page.workbench, assignment.id))
    if page.locked:
        st.info("The database is open for reading only, so nothing can be decided now.")
        show_gold(page, assignment)
        return
    hearing = sit_down(page, assignment, docket)
    if hearing:
        show_hearing(page, assignment, hearing)


def nothing(docket: Docket) -> str:
    """Why there is nothing to decide."""
    if not docket.shared:
        return "No response has the answers of two people yet, so nobody can disagree."
    return f"Nothing to decide: people say the same of {count(docket.shared, 'response')} that two or more answered."


def sit_down(page: Page, assignment: Assignment, docket: Docket) -> Hearing | None:
    """The hearing of this window; asks who decides, and gives None until that is known."""
    hearing: Hearing | None = st.session_state.get(HEARING)
    if hearing and hearing.assignment == assignment.id:
        return hearing
    known = signed_in() or (hearing.adjudicator if hearing else "")
    name = known or ask_name(docket)
    if name is None:
        return None
    try:
        hearing = Hearing(assignment.id, adjudicate.join(page.workbench, name))
    except AuditError as error:
        show(error)
        return None
    st.session_state[HEARING] = hearing
    st.session_state[NAME] = hearing.adjudicator
    if not known:
        st.rerun()
    return hearing


def ask_name(docket: Docket) -> str | None:
    """The name that was given; None until something was."""
    st.markdown(f"People disagree on **{count(len(docket.disputes), 'response')}**; {len(docket.open):,} still open.")
    with st.form("adjudicate-start", border=False, width=560):
        name: str = st.text_input(
            "Your name",
            st.session_state.get(NAME, ""),
            key="adjudicate-name",
            help="Or a pseudonym that only you use. It is kept with what you decide.",
        )
        started = st.form_submit_button("Start", key="adjudicate-go", type="primary")
    return name if started else None


@st.fragment
def show_hearing(page: Page, assignment: Assignment, hearing: Hearing) -> None:
    """Everything an adjudicator works with."""
    with told():
        docket = disputes.docket(page.workbench, assignment.id)
        show_progress(docket, hearing)
        if hearing.which is Which.OPEN or hearing.item is not None:
            show_case(page, assignment, hearing, docket)
        else:
            show_list(page, hearing, docket.decided if hearing.which is Which.DECIDED else docket.disputes)
        show_gold(page, assignment)


def show_progress(docket: Docket, hearing: Hearing) -> None:
    """How many are decided, and the queues."""
    every, done = len(docket.disputes), len(docket.decided)
    bar, queues = st.columns([2, 3], vertical_alignment="bottom", gap="large")
    bar.progress(done / every if every else 1.0, f"{done:,} of {every:,} decided, as {plain(hearing.adjudicator)}")
    titles = {Which.OPEN: f"Open {every - done:,}", Which.DECIDED: f"Decided {done:,}", Which.ALL: f"All {every:,}"}
    st.session_state[WHICH] = hearing.which
    queues.segmented_control(
        "Queue",
        list(titles),
        format_func=titles.__getitem__,
        required=True,
        key=WHICH,
        label_visibility="collapsed",
        on_change=partial(change_queue, hearing),
    )


def change_queue(hearing: Hearing) -> None:
    """Look at other disagreements."""
    hearing.which = Which(st.session_state[WHICH])
    hearing.item = None


def show_case(page: Page, assignment: Assignment, hearing: Hearing, docket: Docket) -> None:
    """What people say of the next response, and the card at which to decide."""
    workbench, item = page.workbench, hearing.next(docket)
    case = None if item is None else adjudicate.case(workbench, assignment.id, item, hearing.adjudicator)
    if case:
        show_versions(case)
    show_card(
        adjudicate.without_confidence(annotate.codebook(workbench, assignment.id)),
        case.task if case else None,
        CARD,
        keys=annotation_keys.keys(workbench, hearing.adjudicator),
        reply=hearing.reply,
        blind=False,
        empty="Every disagreement is decided.",
        deciding=True,
        on_act=partial(take_act, page, hearing),
    )
    if case:
        show_rulings(case)


def take_act(page: Page, hearing: Hearing) -> None:
    """Carry out what the card sent, before the page is drawn again."""
    sent = sent_act(CARD)
    if sent is not None:
        carry_out(page.workbench, hearing, sent)
