"""Write a YAML file with validation while typing; nothing written is lost on an error or a page change."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import streamlit as st

from lib.ui.address import go_to
from lib.ui.confirm import confirmed
from lib.ui.editor import edit_text, typed_text
from lib.ui.frame import Page
from lib.ui.troubles import told
from lib.ui.uploads import text_of
from lib.ui.words import count
from lib.workflows.banks import Problem
from lib.workflows.workbench import Workbench

MOST_PROBLEMS = 20  # listed at once
NAME = "this text"


class Written(Protocol):
    """What such a file describes: a bank, a codebook."""

    @property
    def id(self) -> str:
        """Its id, after which the file is named."""

    @property
    def text(self) -> str:
        """The YAML as it was read."""


W = TypeVar("W", bound=Written)
W_co = TypeVar("W_co", bound=Written, covariant=True)


class Verbs(Protocol[W_co]):
    """The workflow behind one sort of file; a module of lib/workflows is one."""

    def check(self, text: str | bytes, name: str) -> list[Problem]:
        """Everything that is wrong with a text, by line."""

    def parse(self, text: str | bytes, name: str) -> W_co:
        """What a text without problems describes."""

    def save(self, workbench: Workbench, text: str, *, replace: bool = False) -> W_co:
        """Keep a text as a file."""


@dataclass(frozen=True, slots=True)
class YamlSort(Generic[W]):
    """One sort of file as it is edited.

    Attributes:
        noun: what it is called; also in the address and, in front, in the keys of session and widgets.
        starter: what a new one begins with.
        keeps: whose copy is not touched by a replacement, as a sentence.
        upload: what can be uploaded, in words. endings: how such files' names end.
        from_file: the YAML that an uploaded text amounts to, given the file's name.
        summary: what a valid one amounts to, fit for Markdown.
    """

    noun: str
    verbs: Verbs[W]
    starter: str
    keeps: str
    upload: str
    endings: Sequence[str]
    from_file: Callable[[str, str], str]
    summary: Callable[[W], str]


@dataclass(slots=True)
class Draft:
    """The text being written, the id of what it was opened from ("" for a new one), and its last valid state."""

    text: str
    origin: str = ""
    revision: int = 0
    valid: str = ""


def current(sort: YamlSort[W], origin: W | None) -> Draft:
    """The session's draft of this one (or of a new one), begun when there is none."""
    drafts: dict[str, Draft] = st.session_state.setdefault(f"{sort.noun}-draft", {})
    key = origin.id if origin else ""
    return drafts.setdefault(key, Draft(origin.text if origin else sort.starter, key))


def edit_yaml(page: Page, sort: YamlSort[W], origin: W | None) -> tuple[W | None, bool]:
    """The editor with what is wrong below it, and the buttons that keep the file.

    Returns:
        What the text describes, or last described when something is wrong with it now (None when it never did),
        and whether that is what stands there now.
    """
    draft = current(sort, origin)
    if origin is None:
        open_file(sort, draft)
    key = f"{sort.noun}-editor-{draft.origin}-{draft.revision}"
    draft.text = typed_text(key, draft.text)
    problems = sort.verbs.check(draft.text, NAME)
    edit_text(f"The {sort.noun} as YAML", draft.text, {problem.line for problem in problems}, key)
    if not problems:
        draft.valid = draft.text
    found = sort.verbs.parse(draft.valid, NAME) if draft.valid else None
    if found and not problems:
        st.success(f"Nothing is wrong with it: {sort.summary(found)}.", icon=":material/check:")
    else:
        list_problems(problems)
    keep_buttons(page, sort, draft, origin, ready=not problems)
    return found, not problems


def list_problems(problems: Sequence[Problem]) -> None:
    """What is wrong, line by line; the first of them when there are many."""
    st.markdown(f"**{count(len(problems), 'problem')}**")
    for problem in problems[:MOST_PROBLEMS]:
        st.text(f"line {problem.line}: {problem.message}")


def keep_buttons(page: Page, sort: YamlSort[W], draft: Draft, origin: W | None, *, ready: bool) -> None:
    """Save as new, replace, or go back to what is kept."""
    noun = sort.noun
    why = None if ready else "Mend the problems first; your text is kept meanwhile."
    with st.container(horizontal=True):
        new = st.button(f"Save as a new {noun}", key=f"{noun}-save", type="primary", disabled=not ready, help=why)
        replace = confirmed(
            "Replace",
            f"Replace the {noun} of this id? {sort.keeps}",
            "Replace it",
            f"{noun}-replace",
            disabled=not ready,
            why=why,
        )
        reset = confirmed("Start over", "Throw away what you wrote here?", "Throw it away", f"{noun}-reset")
    if reset:
        draft.text = origin.text if origin else sort.starter
        draft.revision += 1
        st.rerun()
    if new or replace:
        kept = sort.verbs.save(page.workbench, draft.text, replace=replace)
        del st.session_state[f"{noun}-draft"][draft.origin]
        go_to(noun, kept.id)


def open_file(sort: YamlSort[W], draft: Draft) -> None:
    """Start from a file."""
    uploaded = st.file_uploader(
        f"Start from a file: {sort.upload}", type=sort.endings, max_upload_size=10, key=f"{sort.noun}-upload"
    )
    if uploaded and st.button("Open it in the editor", key=f"{sort.noun}-open"):
        with told():
            draft.text = sort.from_file(text_of(uploaded), uploaded.name)
            draft.revision += 1
