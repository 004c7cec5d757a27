"""Codebooks: what annotators are asked, and in which words they answer; write your own."""

import streamlit as st

from lib.ui.address import choose_one
from lib.ui.codebook_editor import edit_codebook, try_codebook
from lib.ui.codebook_view import show_codebook
from lib.ui.deleted import offer_undo
from lib.ui.frame import open_page
from lib.ui.troubles import show
from lib.ui.words import distinct
from lib.workflows import codebooks

NEW = ""

with open_page("Codebooks", ":material/menu_book:") as page:
    known = {codebook.id: codebook for codebook in codebooks.codebooks(page.workbench)}
    names = distinct({codebook.id: codebook.title for codebook in known.values()}) | {NEW: "＋ Write a new codebook"}
    for problem in codebooks.problems(page.workbench):
        show(problem)
    offer_undo("codebook", lambda text: codebooks.save(page.workbench, text))
    if not known:
        st.info("There is no codebook yet. It says what annotators are asked: write the first one here.")
    chosen = choose_one("codebooks", "codebook", "Codebook", names)
    if chosen == NEW:
        edit_codebook(page, None)
    else:
        read, attempt, edit = st.tabs(["Read", "Try", "Edit"], key="codebook-tab", on_change="rerun")
        with read:
            if read.open:
                show_codebook(page, known[chosen])
        with attempt:
            if attempt.open:
                try_codebook(known[chosen])
        with edit:
            if edit.open:
                edit_codebook(page, known[chosen])
