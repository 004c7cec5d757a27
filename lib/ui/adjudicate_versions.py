"""What annotators say of one response, side by side and without names, and what was decided before."""

import streamlit as st

from lib.types import Piece
from lib.ui.inert import Card, show_cards
from lib.ui.words import plain
from lib.workflows.adjudicate import Case
from lib.workflows.adjudicate_words import Version

REASON_LIMIT = 2_000  # characters


def show_versions(case: Case) -> None:
    """A card for each annotator; what they differ on is marked."""
    if case.own:
        st.caption(":material/person_alert: You annotated this response yourself: one of these versions is yours.")
    show_cards([as_card(version) for version in case.versions], key=f"adjudicate-versions-{case.task.item}")


def as_card(version: Version) -> Card:
    """One version as a card: the question, then the answer, line by line."""
    pieces = []
    for line in version.lines:
        pieces += [Piece(f"{line.title} ", False), Piece(line.said, line.differs), Piece("\n", False)]
    return Card(pieces[:-1], title=version.name, note=version.note)


def show_rulings(case: Case) -> None:
    """Every decision so far with its reason, the last one first."""
    if not case.rulings:
        return
    st.caption(":material/gavel: Decided before; what you enter replaces it, and all versions are kept.")
    for ruling in case.rulings:
        when = f"{ruling.when:%d %b %Y, %H:%M}, " if ruling.when else ""
        st.markdown(
            f"{when}{plain(ruling.adjudicator)}: {plain(ruling.said, REASON_LIMIT)}. "
            f"*{plain(ruling.reason, REASON_LIMIT)}*"
        )
