"""Recorded outputs of other programs: what their columns mean, what would be stored, and storing it."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import streamlit as st

from lib.errors import InterchangeError
from lib.types import Severity
from lib.ui.frame import Page
from lib.ui.import_look import looked, show_preview
from lib.ui.import_mapping import choose_mapping
from lib.ui.import_next import show_next
from lib.ui.import_work import Work, begin, outcome
from lib.ui.troubles import show
from lib.ui.words import plain, visible
from lib.workflows.importing.columns import Mapping
from lib.workflows.importing.create import import_file
from lib.workflows.importing.options import ImportOptions
from lib.workflows.importing.preview import Preview
from lib.workflows.workbench import Workbench

SEVERITIES = {Severity.MILD: "Mild", Severity.MODERATE: "Moderate", Severity.SEVERE: "Severe"}


def show_recorded(page: Page, path: Path, name: str) -> None:
    """Everything about one file; `name` tells its session keys apart from those of other files."""
    guessed = looked(path)
    st.markdown(f":material/description: **{plain(guessed.title)}** · {plain(guessed.file)}")
    work = f"{name}-work"
    if (done := outcome(work)) is not None and done.result is not None:
        show_next(page, done.result, "Imported.")
        return
    mapping = choose_mapping(guessed, name)
    try:
        meant = None if mapping == guessed.mapping else mapping
        options = choose_options(looked(path, meant), name)
        # Of these choices two alone change what is seen: the file is not read again for the others.
        found = looked(path, meant, ImportOptions(neutral=options.neutral, categories=options.categories))
    except InterchangeError as trouble:
        show(trouble)
        return
    show_preview(found)
    show_button(page, path, mapping, options, found, work)


def choose_options(found: Preview, name: str) -> ImportOptions:
    """What a person knows of the file beside its columns."""
    left, middle, right = st.columns(3)
    with left:
        called = st.text_input("Name of the audit", placeholder=visible(found.file), key=f"{name}-name")
    with middle:
        neutral = st.multiselect(
            "Groups that signal none",
            list(found.groups),
            format_func=visible,
            key=f"{name}-neutral",
            placeholder="None",
            help="Such as “neutral” or “control”: what others are held against, unless something else is chosen.",
        )
    with right:
        categories = st.multiselect(
            "Further categories",
            list(found.choices),
            format_func=lambda column: visible(f"{column} ({found.choices[column]} values)"),
            key=f"{name}-categories",
            placeholder="None",
            help="Columns that are held fixed in a matched set, and offered to split comparisons by.",
        )
    options = ImportOptions((called or "").strip(), tuple(neutral), tuple(categories))
    with st.expander("What is known of these outputs", icon=":material/info:"):
        return choose_background(options, name)


def choose_background(options: ImportOptions, name: str) -> ImportOptions:
    """Licence, language, and how upsetting it is; raises InterchangeError for a language that is none."""
    licence = st.text_input("Licence", key=f"{name}-licence", placeholder="Unknown")
    language = st.text_input(
        "Language of the prompts", key=f"{name}-language", placeholder="Unknown", help="As a tag, such as en or pt-BR."
    )
    notice = st.text_input(
        "Content notice", key=f"{name}-notice", placeholder="What readers should be warned of before they read"
    )
    severity = st.selectbox(
        "How upsetting it is", list(SEVERITIES), 1, format_func=SEVERITIES.__getitem__, key=f"{name}-severity"
    )
    licence, language, notice = ((text or "").strip() for text in (licence, language, notice))
    return replace(options, licence=licence, language=language, notice=notice, severity=severity)


def show_button(page: Page, path: Path, mapping: Mapping, options: ImportOptions, found: Preview, work: str) -> None:
    """Store it, with a bar."""
    if page.button("Import", f"{work}-begin", type="primary", icon=":material/upload_file:"):
        begin(
            work,
            Work("Importing", "reading", keep=path, total=3 * found.counts.outputs),
            partial(imported, page.workbench, path, mapping, options),
        )


def imported(workbench: Workbench, path: Path, mapping: Mapping, options: ImportOptions, work: Work) -> str:
    """Import, telling the bar how far it is."""
    return import_file(workbench, path, mapping, options, progress=work.progress)
