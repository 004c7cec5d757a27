"""A bundle that somebody handed over: check it, and open its audit beside one's own."""

from functools import partial
from pathlib import Path

import pandas as pd
import streamlit as st

from lib.ui.frame import Page
from lib.ui.import_next import show_next
from lib.ui.import_work import Work, begin, outcome
from lib.ui.words import count, plain, visible
from lib.workflows.bundling.open import open_bundle
from lib.workflows.bundling.verification import Verification
from lib.workflows.bundling.verify import verify

ABOUT = (
    "This is a bundle: an audit with everything needed to check it. Verifying computes every number of its report "
    "again from its data and names each that differs, and each byte that was changed. It changes nothing here."
)
MOST_AGAIN = 200
CHECKED = {
    "bytes": ("Bytes", "Compared with the chain of hashes, one by one."),
    "entries": ("Sealed pieces", "Entries of the chain: each is sealed by all before it."),
    "files": ("Files", "Written anew from the data, and compared."),
    "cells": ("Cells", "Prompts made again from bank and grid."),
    "scores": ("Scores", "Computed again by the scorers that take no model."),
    "numbers": ("Numbers", "Of the report, computed again from the data."),
    "responses": ("Responses", "In the audit."),
}


def show_handed(page: Page, path: Path, name: str) -> None:
    """What can be done with a bundle; `name` tells its session keys apart from those of other files."""
    st.markdown(ABOUT)
    check, take = st.columns([3, 2], gap="large")
    with check:
        ask_verification(path, f"{name}-verify")
    with take:
        ask_opening(page, path, f"{name}-open")
    checked = outcome(f"{name}-verify")
    if checked is not None and checked.result is not None:
        show_verification(checked.result)
    opened = outcome(f"{name}-open")
    if opened is not None and opened.result is not None:
        show_next(page, opened.result, "The audit is open, to be read only.")


def ask_verification(path: Path, key: str) -> None:
    """What is known of the bundle, and the button."""
    expect = st.text_input(
        "Seal that was published with the report",
        key=f"{key}-seal",
        placeholder="64 letters and digits",
        help="Optional. A bundle that was altered and sealed anew has another seal.",
    )
    again = st.number_input(
        "Responses to generate again",
        0,
        MOST_AGAIN,
        0,
        key=f"{key}-again",
        help="Optional. A sample is asked of the same models with the same seeds, where they are on this computer. "
        "Takes about a second each.",
    )
    if st.button("Verify", key=key + "-begin", type="primary", icon=":material/verified_user:"):
        begin(key, Work("Checking every byte", keep=path), partial(checked_anew, path, expect or "", int(again)))


def checked_anew(path: Path, expect: str, again: int, work: Work) -> Verification:
    """Verify, telling the bar what goes on."""
    return verify(path, expect=expect, rerun=again, progress=work.tell)


def ask_opening(page: Page, path: Path, key: str) -> None:
    """The button that brings the audit in."""
    st.markdown("**Open it**")
    st.caption(
        "Its audit comes in beside your own, to be read, charted and reported on, not changed. All of it or none."
    )
    if page.button("Open the audit", f"{key}-begin", icon=":material/folder_open:"):
        begin(key, Work("Opening", keep=path, stoppable=False), lambda _: open_bundle(page.workbench, path))


def show_verification(found: Verification) -> None:
    """What was found, in words; what limits it; and what it cannot show."""
    if found.whole:
        st.success(
            "Nothing differs: the bundle is as it was sealed, and its numbers follow from its data.",
            title="Verified",
            icon=":material/verified:",
        )
    elif found.findings:
        st.error(
            "This bundle is not what it says. Each place is named below.",
            title=plain(count(len(found.findings), "finding")),
            icon=":material/gpp_bad:",
        )
        show_places([(each.where, each.said, each.what) for each in found.findings], "What differs in the bundle")
    if found.uncompared:
        show_uncompared(found)
    known = {name: number for name, number in found.checked.items() if number}
    for column, (name, number) in zip(st.columns(max(1, len(known))), known.items(), strict=False):
        title, help = CHECKED.get(name, (name.capitalize(), None))
        column.metric(title, f"{number:,}", help=help)
    for note in found.notes:
        st.info(plain(note, 2_000), icon=":material/info:")
    st.caption("Its seal")
    st.code(found.seal, language=None, wrap_lines=True)
    with st.expander("What no verification can show", icon=":material/help:"):
        st.markdown("\n".join(f"- {plain(each, 1_000)}" for each in found.cannot))


def show_uncompared(found: Verification) -> None:
    """What is neither confirmed nor refuted, and how to be certain."""
    st.warning(
        f"In what could be compared, nothing differs. {plain(found.certainty, 1_000)}"
        if not found.findings
        else "Besides what differs, some things can be neither confirmed nor refuted here.",
        title="Not everything could be compared",
        icon=":material/rule:",
    )
    show_places([(each.where, each.said, each.what) for each in found.uncompared], "What could not be compared")


def show_places(places: list[tuple[str, str, str]], alt: str) -> None:
    """Findings as a table: where, what is said, and in which part of the checking."""
    st.dataframe(
        pd.DataFrame(
            [(visible(where), visible(said), what) for where, said, what in places],
            columns=["Where", "What", "Found in"],
        ),
        hide_index=True,
        alt=alt,
    )
