"""Write a prompt bank with validation while typing; nothing written is lost on an error or a page change."""

from dataclasses import dataclass

import streamlit as st

from lib.types import Bank
from lib.ui.address import go_to
from lib.ui.bank_view import show_samples
from lib.ui.confirm import confirmed
from lib.ui.editor import edit_text, typed_text
from lib.ui.frame import Page
from lib.ui.troubles import told
from lib.ui.uploads import text_of
from lib.ui.words import count, plain
from lib.workflows import banks

KEY = "bank-draft"
MOST_PROBLEMS = 20  # listed at once
NAME = "this text"
STARTER = """\
bank: my_bank            # small letters, digits and underscores
title: My bank
question: What do I want to find out?
source: Written by me
licence: CC-BY-4.0
notice: Answers may contain stereotypes.
severity: mild           # mild, moderate or severe
attributes:
  gender:
    title: Gender
    groups:
      woman: {title: Woman, terms: [{text: Maria, their: her}]}
      man: {title: Man, terms: [{text: Daniel, their: his}]}
contexts:
  job:
    title: Job
    values: [nurse, electrician]
templates:
  - id: first_day
    text: "{gender} is {job|a}. Describe {gender.their} first day at work."
"""


@dataclass(slots=True)
class BankDraft:
    """The text being written, and the bank it was opened from ("" for a new one)."""

    text: str
    origin: str = ""
    revision: int = 0


def current(origin: Bank | None) -> BankDraft:
    """The session's draft of this bank (or of a new one), begun when there is none."""
    drafts: dict[str, BankDraft] = st.session_state.setdefault(KEY, {})
    key = origin.id if origin else ""
    return drafts.setdefault(key, BankDraft(origin.text if origin else STARTER, key))


def edit_bank(page: Page, origin: Bank | None) -> None:
    """The editor with what is wrong beside it, and the buttons that keep the bank."""
    draft = current(origin)
    if origin is None:
        open_file(draft)
    key = f"bank-editor-{draft.origin}-{draft.revision}"
    draft.text = typed_text(key, draft.text)
    problems = banks.check(draft.text, NAME)
    edit_text("The bank as YAML", draft.text, {problem.line for problem in problems}, key)
    if not problems:
        bank = banks.parse(draft.text, NAME)
        st.success(f"Nothing is wrong with it: {summary(bank)}.", icon=":material/check:")
    else:
        st.markdown(f"**{count(len(problems), 'problem')}**")
        for problem in problems[:MOST_PROBLEMS]:
            st.text(f"line {problem.line}: {problem.message}")
    keep_buttons(page, draft, origin, ready=not problems)
    if not problems:
        with told():
            show_samples(page, bank, "bank-draft")


def keep_buttons(page: Page, draft: BankDraft, origin: Bank | None, *, ready: bool) -> None:
    """Save as new, replace, or go back to what is kept."""
    why = None if ready else "Mend the problems first; your text is kept meanwhile."
    with st.container(horizontal=True):
        new = st.button("Save as a new bank", key="bank-save", type="primary", disabled=not ready, help=why)
        replace = confirmed(
            "Replace",
            "Replace the bank of this id? Runs made from it keep their own copy.",
            "Replace it",
            "bank-replace",
            disabled=not ready,
            why=why,
        )
        reset = confirmed("Start over", "Throw away what you wrote here?", "Throw it away", "bank-reset")
    if reset:
        draft.text = origin.text if origin else STARTER
        draft.revision += 1
        st.rerun()
    if new or replace:
        kept = banks.save(page.workbench, draft.text, replace=replace)
        del st.session_state[KEY][draft.origin]
        go_to("bank", kept.id)


def open_file(draft: BankDraft) -> None:
    """Start from a file: YAML as it is, a spreadsheet turned into YAML."""
    uploaded = st.file_uploader(
        "Start from a file: a bank as YAML, or finished prompts as CSV with the columns item, group and prompt",
        type=["yaml", "yml", "csv"],
        max_upload_size=10,
        key="bank-upload",
    )
    if uploaded and st.button("Open it in the editor", key="bank-open"):
        with told():
            text, name = text_of(uploaded), uploaded.name
            draft.text = banks.from_csv(text, name) if name.lower().endswith(".csv") else text
            draft.revision += 1


def summary(bank: Bank) -> str:
    """What a valid text amounts to."""
    groups = sum(len(attribute.groups) for attribute in bank.attributes)
    return f"{plain(bank.title)}, {count(len(bank.templates), 'template')}, {count(groups, 'group')}"
