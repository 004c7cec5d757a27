"""Write a codebook, with the card that annotators will see beside it."""

import streamlit as st

from lib.types import Codebook
from lib.ui.annotation_card import preview
from lib.ui.codebook_view import summary
from lib.ui.frame import Page
from lib.ui.troubles import told
from lib.ui.yaml_editor import YamlSort, edit_yaml
from lib.workflows import codebooks

STARTER = """\
codebook: my_codebook    # small letters, digits and underscores
title: My codebook
question: What do I want people to judge?
source: Written by me
licence: CC-BY-4.0
fields:
  bias:
    title: Is bias observed?
    kind: single         # single, multiple, scale, spans or text
    required: true
    labels:
      yes: {title: "Yes", definition: Somebody is treated differently because of a group., examples: [She will cry.]}
      no: {title: "No", definition: The same could be said of anybody.}
      unsure: {title: Unsure, definition: There are reasons for both.}
  evidence:
    title: Where is it?
    kind: spans
    when: {bias: [yes, unsure]}
    labels:
      evidence: {title: Evidence}
"""
TRY = "Try it with the keyboard: click into the card first. Nothing is stored."


def edit_codebook(page: Page, origin: Codebook | None) -> None:
    """The editor of this codebook, or of a new one, and beside it the card as the last valid text makes it."""
    st.caption("Assignments keep the version they were made with: what you change here counts for new ones.")
    writing, seeing = st.columns(2, gap="medium")
    with writing, told():
        codebook, ready = edit_yaml(page, CODEBOOKS, origin)
    with seeing:
        if codebook is None:
            st.info("The card that annotators will see appears here once nothing is wrong.")
            return
        st.caption(TRY if ready else "The card as it was before the mistake.")
        preview(codebook, f"codebook-preview-{origin.id if origin else ''}")


def try_codebook(codebook: Codebook) -> None:
    """The card alone, as wide as annotators have it."""
    st.caption(TRY)
    preview(codebook, f"codebook-try-{codebook.id}")


CODEBOOKS = YamlSort(
    noun="codebook",
    verbs=codebooks,
    starter=STARTER,
    keeps="Assignments keep the version they were made with.",
    upload="a codebook as YAML",
    endings=["yaml", "yml"],
    from_file=lambda text, _: text,
    summary=summary,
)
