"""Add a model: the form is made from what its backend asks for."""

import typing
from dataclasses import fields

import streamlit as st

from lib.errors import ModelError
from lib.types import ModelEntry, ModelKind
from lib.ui.address import go_to
from lib.ui.frame import Page
from lib.ui.words import plain
from lib.workflows import models

NUMBERS = {
    field.name: int if int in typing.get_args(hint) or hint is int else float
    for field, hint in ((field, typing.get_type_hints(ModelEntry)[field.name]) for field in fields(ModelEntry))
    if {int, float} & {hint, *typing.get_args(hint)}
}
KINDS = {"": "Find out", ModelKind.BASE.value: "Base", ModelKind.CHAT.value: "Chat"}


def add_model(page: Page) -> None:
    """The form; a model that is refused leaves what was typed in place."""
    ways = {backend.id: backend for backend in models.backends() if backend.fields}
    chosen = st.selectbox(
        "How is it reached?",
        list(ways),
        format_func=lambda id: ways[id].title,
        key="model-backend",
        persist_state="session",
    )
    way = ways[chosen]
    st.caption(plain(way.help, 500))
    typed: dict[str, str] = {"title": st.text_input("Title", key="model-title", persist_state="session")}
    for field in way.fields:
        typed[field.name] = st.text_input(
            f"{field.label}{' *' if field.required else ''}",
            help=field.help,
            placeholder=field.placeholder,
            key=f"model-{chosen}-{field.name}",
            persist_state="session",
        )
    kind = st.segmented_control("Base or chat", list(KINDS), default="", format_func=KINDS.__getitem__, required=True)
    if page.button("Add to the catalogue", "model-add", type="primary", icon=":material/add:"):
        values = {name: number(name, text) if name in NUMBERS else text for name, text in typed.items() if text.strip()}
        entry = models.make(page.workbench, chosen, kind=str(kind), **values)
        models.add(page.workbench, entry)
        go_to("model", entry.id)


def number(name: str, text: str) -> int | float:
    """A typed number; raises ModelError when it is none."""
    try:
        return NUMBERS[name](text.replace(",", "").replace("_", ""))
    except ValueError as error:
        raise ModelError(f"the field {name}", f"“{text}” is not a number", "Write it with digits.") from error
