"""A codebook as it is read: what it asks, of which labels, where it comes from, and which versions were used."""

import streamlit as st

from lib.types import Codebook, CodebookField, FieldKind, Label
from lib.ui import deleted
from lib.ui.assignment_address import CODEBOOK
from lib.ui.confirm import confirmed
from lib.ui.frame import Page
from lib.ui.words import count, plain
from lib.workflows import codebooks

NOW = ""
KINDS = {
    FieldKind.SINGLE: "one label",
    FieldKind.MULTIPLE: "any number of labels",
    FieldKind.SCALE: "one step",
    FieldKind.SPANS: "stretches of the text",
    FieldKind.TEXT: "free words",
}


def show_codebook(page: Page, codebook: Codebook) -> None:
    """A codebook that is kept as a file, what can be done with it, and its fields."""
    st.markdown(f"**{plain(codebook.question, 2_000)}**")
    with st.container(horizontal=True):
        if st.button("Make an assignment with it", key="codebook-use", type="primary", icon=":material/assignment:"):
            st.switch_page("pages/14_Assignments.py", query_params={CODEBOOK: codebook.id})
        question = f"Delete the file of “{codebook.title}”? Assignments keep the version they were made with."
        if confirmed("Delete", question, "Delete it", "codebook-delete"):
            codebooks.delete(page.workbench, codebook.id)
            deleted.remember("codebook", codebook)
            st.rerun()
    show_whole(choose_version(page, codebook))


def choose_version(page: Page, codebook: Codebook) -> Codebook:
    """The file as it is now, or a version that an assignment was made with, where there are others."""
    used = dict(codebooks.versions(page.workbench, codebook.id))
    others = [digest for digest in reversed(used) if digest != codebook.digest]
    if not others:
        return codebook
    titles = {NOW: "As the file is now"} | {
        digest: f"As it was on {used[digest].day} {used[digest]:%B %Y, %H:%M} UTC ({digest[:7]})" for digest in others
    }
    chosen = st.selectbox(
        "Version",
        list(titles),
        format_func=titles.__getitem__,
        key=f"codebook-version-{codebook.id}",
        help="Assignments keep the version they were made with. The date is that of the first of them.",
        width=420,
    )
    return codebooks.of_digest(page.workbench, chosen) if chosen else codebook


def show_whole(codebook: Codebook) -> None:
    """The fields of one version in the order in which they are asked, and what is asked besides."""
    titles = {field.id: field.title for field in codebook.fields}
    labels = {(field.id, label.id): label.title for field in codebook.fields for label in field.labels}
    for number, field in enumerate(codebook.fields, 1):
        show_field(number, field, titles, labels)
    if any(label.severe for field in codebook.fields for label in field.labels):
        st.caption(":material/warning: counts towards the pause that annotators are offered.")
    besides = "How sure are you, 1 to 5; a note. " if codebook.confidence else "A note. "
    reasons = ", ".join(codebook.discard_reasons)
    st.caption(plain(f"Asked besides: {besides}Reasons to discard a response: {reasons}.", 4_000))
    st.caption(plain(f"Source: {codebook.source}", 2_500))
    st.caption(plain(f"Licence: {codebook.licence}. Version {codebook.digest[:7]}.", 200))


def show_field(number: int, field: CodebookField, titles: dict[str, str], labels: dict[tuple[str, str], str]) -> None:
    """One field: its question, how it is answered, when it is asked, and its labels."""
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{number}. {plain(field.title)}**", width="content")
            st.badge(KINDS[field.kind], color="gray")
            if field.required:
                st.badge("required", color="blue")
        conditions = [
            f"“{titles[name]}” is answered {' or '.join(f'“{labels[name, label]}”' for label in wanted)}"
            for name, wanted in field.when.items()
        ]
        asked = f"Asked when {' and '.join(conditions)}. " if conditions else ""
        if asked or field.help:
            st.caption(plain(asked + field.help, 10_000))
        if field.labels:
            show_labels(field.labels)


def show_labels(labels: tuple[Label, ...]) -> None:
    """A row a label, with its key, its meaning and an example; those that may distress are marked."""
    st.table(
        [
            {
                "Key": f"`{label.key}`" if label.key.isalnum() else plain(label.key),
                "Label": plain(label.title) + (" :material/warning:" if label.severe else ""),
                "Meaning": plain(label.definition, 2_000),
                "For example": " · ".join(plain(example, 2_000) for example in label.examples),
            }
            for label in labels
        ],
        border="horizontal",
        hide_index=True,
        alt="Labels with their keys",
    )


def summary(codebook: Codebook) -> str:
    """What a valid text amounts to, fit for Markdown."""
    labels = sum(len(field.labels) for field in codebook.fields)
    return f"{plain(codebook.title)}, {count(len(codebook.fields), 'field')}, {count(labels, 'label')}"
