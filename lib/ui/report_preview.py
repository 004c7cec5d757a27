"""The report as it will be handed in, with what is missing on top and the way about at its side."""

import streamlit as st

from lib.types import Document, ReportKind, Section
from lib.ui.frame import Page
from lib.ui.report_blocks import show_blocks, show_section
from lib.ui.report_draft import Draft, blocks_of, fields_of, missing, numbers_of, section_key
from lib.ui.report_evidence import Made
from lib.ui.report_outline import show_missing, show_outline
from lib.ui.words import count, plain
from lib.workflows import attributes
from lib.workflows.reporting.texts import history


def drafted(page: Page, run_id: str, made: Made) -> Draft:
    """A report about to be drawn."""
    return Draft(
        page,
        run_id,
        made.document,
        history(page.workbench, run_id),
        made.charts,
        numbers_of(made.document),
        [attributes.bank_of(page.workbench, run_id)],
    )


def show_preview(draft: Draft) -> None:
    """Draw the whole document."""
    show_left(draft.document)
    side, sheet = st.columns([2, 7], gap="medium")
    with side:
        show_outline(draft.document)
    with sheet:
        if draft.document.kind is ReportKind.DECK:
            show_slides(draft)
        else:
            show_sheet(draft)


def show_left(document: Document) -> None:
    """How much is still to be written, with the way to each of it."""
    fields = fields_of(list(blocks_of(document)))
    left = len(missing(fields.values()))
    if not fields:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        if not left:
            st.badge("All is written", icon=":material/check_circle:", color="green")
            return
        st.markdown(f"**{left} of {count(len(fields), 'field')}** still to be written", width="content")
        with st.popover("Show them", icon=":material/edit:", type="tertiary", key="report-missing"):
            show_missing(document)


def show_sheet(draft: Draft) -> None:
    """A report on one sheet."""
    document = draft.document
    with st.container(border=True, key="report-sheet"):
        st.header(plain(document.title, 500), anchor=False)
        if document.subtitle:
            st.markdown(plain(document.subtitle, 1_000))
        for section in document.sections:
            show_section(draft, section)


def show_slides(draft: Draft) -> None:
    """A deck, one box a slide, what the speaker says folded away below it."""
    slides = draft.document.sections
    for number, slide in enumerate(slides, 1):
        with st.container(key=draft.key(section_key(slide)), gap="xsmall"):
            with st.container(border=True, key=f"report-slide-{number}"):
                st.subheader(plain(slide.title, 500), anchor=False)
                show_blocks(draft, slide.blocks, 3)
            st.caption(f"Slide {number} of {len(slides)}")
            show_notes(slide, number)


def show_notes(slide: Section, number: int) -> None:
    """What the speaker says."""
    if slide.notes:
        with st.expander("Speaker notes", icon=":material/record_voice_over:", key=f"report-notes-{number}"):
            st.text(slide.notes)
