"""Prompt banks: what each asks and where it comes from; write your own."""

import pandas as pd
import streamlit as st

from lib.ui.address import choose_one
from lib.ui.bank_editor import edit_bank
from lib.ui.bank_view import offer_undo, show_bank
from lib.ui.frame import open_page
from lib.ui.troubles import show
from lib.ui.words import distinct
from lib.workflows import banks

NEW = ""

with open_page("Prompt banks", ":material/library_books:") as page:
    known = {bank.id: bank for bank in banks.banks(page.workbench)}
    names = distinct({bank.id: bank.title for bank in known.values()}) | {NEW: "＋ Write a new bank"}
    for problem in banks.problems(page.workbench):
        show(problem)
    offer_undo(page)
    with st.expander(f"All {len(known)} banks and the question each answers", icon=":material/table_rows:"):
        st.dataframe(
            pd.DataFrame(
                [(bank.title, bank.question, bank.severity.value, bank.licence, bank.id) for bank in known.values()],
                columns=["Bank", "Question", "Severity", "Licence", "Id"],
            ),
            hide_index=True,
            alt="Prompt banks with their questions",
        )
    chosen = choose_one("banks", "bank", "Prompt bank", names)
    if chosen == NEW:
        edit_bank(page, None)
    else:
        read, edit = st.tabs(["Read", "Edit"], key="bank-tab", on_change="rerun")
        with read:
            if read.open:
                show_bank(page, known[chosen])
        with edit:
            if edit.open:
                edit_bank(page, known[chosen])
