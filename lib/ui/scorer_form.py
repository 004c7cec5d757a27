"""Add a scorer: the form is made from what it asks for."""

from dataclasses import dataclass

import streamlit as st

from lib.ui.address import go_to
from lib.ui.editor import edit_text, typed_text
from lib.ui.frame import Page
from lib.ui.scorer_catalogue import LEAVES, cost_of
from lib.ui.troubles import told
from lib.ui.uploads import text_of
from lib.ui.words import distinct, plain
from lib.workflows import models, scoring
from lib.workflows.scoring import Cost, Scorer

DRAFTS = "scorer-drafts"
NO_MODEL = ""


@dataclass(slots=True)
class Draft:
    """A text being written for one option; another revision is another editor."""

    text: str
    revision: int = 0


def add_scorer(page: Page) -> None:
    """The form; a scorer that is refused leaves what was typed in place."""
    fields, texts = st.columns([2, 3], gap="medium")  # so that an error stands beside the text it is about
    with fields:
        kind = choose_kind()
        title = st.text_input("Title", placeholder=kind.title, key="scorer-title", persist_state="session")
    values: dict[str, str] = {}
    for option in kind.options:
        label = f"{option.label}{' *' if option.required else ''}"
        with texts if option.kind == "yaml" else fields:
            ask = WIDGETS[option.kind]
            values[option.name] = ask(page, label, option.help, option.placeholder, f"scorer-{kind.id}-{option.name}")
    with fields, told():
        if cost_of(page, kind, values) is Cost.HOSTED:
            st.warning(LEAVES, icon=":material/cloud_upload:")
        if page.button("Add the scorer", "scorer-add", type="primary", icon=":material/add:"):
            entry = scoring.add(page.workbench, kind.id, title or "", values)
            st.session_state.get(DRAFTS, {}).clear()
            go_to("scorer", entry.id)


def choose_kind() -> Scorer:
    """One of the scorers that have to be told something."""
    kinds = {scorer.id: scorer for scorer in scoring.kinds() if scorer.options}
    chosen = st.selectbox(
        "What kind of scorer?",
        list(kinds),
        format_func=lambda id: kinds[id].title,
        key="scorer-kind",
        persist_state="session",
    )
    st.caption(plain(kinds[chosen].help, 1_000))
    return kinds[chosen]


def ask_text(page: Page, label: str, help: str, placeholder: str, key: str) -> str:  # noqa: ARG001
    """A line of text."""
    return st.text_input(label, help=help, placeholder=placeholder, key=key, persist_state="session") or ""


def ask_model(page: Page, label: str, help: str, placeholder: str, key: str) -> str:  # noqa: ARG001
    """A model of the catalogue, by its id."""
    titles = {NO_MODEL: "Choose a model"} | distinct(models.titles(page.workbench))
    return str(
        st.selectbox(label, list(titles), format_func=titles.__getitem__, help=help, key=key, persist_state="session")
    )


def ask_yaml(page: Page, label: str, help: str, placeholder: str, key: str) -> str:  # noqa: ARG001
    """Many lines, numbered as error messages name them; they begin as the example, and may come from a file."""
    draft: Draft = st.session_state.setdefault(DRAFTS, {}).setdefault(key, Draft(placeholder))
    uploaded = st.file_uploader(
        f"{label}: start from a file, or write below", ["yaml", "yml"], key=f"{key}-upload", max_upload_size=5
    )
    if uploaded and st.button("Open it in the editor", key=f"{key}-open"):
        with told():
            draft.text = text_of(uploaded)
            draft.revision += 1
    st.caption(plain(help, 500))
    editor = f"{key}-editor-{draft.revision}"
    draft.text = typed_text(editor, draft.text)
    edit_text(label, draft.text, (), editor)
    return draft.text


WIDGETS = {"text": ask_text, "model": ask_model, "yaml": ask_yaml}
