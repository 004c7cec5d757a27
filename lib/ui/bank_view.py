"""A prompt bank as it is read: what it asks, where it comes from, and its prompts rendered."""

from dataclasses import replace

import streamlit as st

from lib.types import Bank, GridSpec, Severity
from lib.ui import deleted
from lib.ui.confirm import confirmed
from lib.ui.frame import Page
from lib.ui.grid_draft import KEY, Draft, for_bank, fresh_spec
from lib.ui.plan_view import show_sample
from lib.ui.words import count, plain
from lib.workflows import banks, build

COLOURS = {Severity.MILD: "gray", Severity.MODERATE: "orange", Severity.SEVERE: "red"}


def show_bank(page: Page, bank: Bank) -> None:
    """Facts, notice and a rendered sample of a bank that is kept."""
    st.markdown(f"**{plain(bank.question, 500)}**")
    with st.container(horizontal=True):
        st.badge(f"{bank.severity} content", color=COLOURS[bank.severity])  # type: ignore[arg-type]  # badge wants literals
        st.badge(count(len(bank.templates), "template"), color="gray")
        for attribute in bank.attributes:
            st.badge(f"{plain(attribute.title)}: {count(len(attribute.groups), 'group')}", color="gray")
        for context in bank.contexts:
            st.badge(f"{plain(context.title)}: {count(len(context.values), 'value')}", color="gray")
    st.text(f"Source: {bank.source}\nLicence: {bank.licence}\nNotice: {bank.notice}")
    with st.container(horizontal=True):
        if st.button("Build a grid with it", key="bank-use", type="primary", icon=":material/grid_on:"):
            st.session_state[KEY] = Draft(for_bank(fresh_spec(page.workbench), bank))
            st.switch_page("pages/1_Build_grid.py")
        question = f"Delete the file of “{bank.title}”? Runs made from it keep their own copy."
        if confirmed("Delete", question, "Delete it", "bank-delete"):
            banks.delete(page.workbench, bank.id)
            deleted.remember("bank", bank)
            st.rerun()
    show_samples(page, bank, "bank")


def show_samples(page: Page, bank: Bank, key: str) -> None:
    """The bank's prompts, rendered for each of its attributes in turn; the bank need not be kept."""
    titles = {attribute.id: attribute.title for attribute in bank.attributes}
    chosen = st.segmented_control(
        "Vary",
        list(titles),
        default=next(iter(titles)),
        required=True,
        key=f"{key}-vary-{bank.id}-{'-'.join(titles)}",
        format_func=lambda id: plain(titles[id]),
    )
    spec: GridSpec = replace(for_bank(fresh_spec(page.workbench), bank), vary=(str(chosen),))
    sets = build.plan(page.workbench, spec, bank=bank).sets
    show_sample(page, spec, sets, f"{key}-sample-{bank.id}", bank)


def offer_undo(page: Page) -> None:
    """Bring back the bank that was deleted last in this session."""
    deleted.offer_undo("bank", lambda text: banks.save(page.workbench, text))
