"""A report drawn on the page block by block, as it will be read; what the author writes is entered where it stands."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import streamlit as st

from lib.types import Block, Bullets, Field, Figure, Notice, NoticeKind, Paragraph, Piece, Quote, Section, Table
from lib.ui.inert import Card, show_cards
from lib.ui.notice import accepted
from lib.ui.report_draft import Draft, anchor, section_key
from lib.ui.report_field import show_beside, show_field
from lib.ui.report_figure import show_report_figure
from lib.ui.report_rows import show_writing
from lib.ui.report_table import show_table
from lib.ui.words import count, plain

LONG = 20_000  # characters
DEEPEST = 4
BOXES = {
    NoticeKind.CONTENT: (st.warning, ":material/visibility:"),
    NoticeKind.DISCLAIMER: (st.info, ":material/gavel:"),
    NoticeKind.LACKING: (st.info, ":material/do_not_disturb_on:"),
    NoticeKind.MISSING: (st.warning, ":material/edit:"),
    NoticeKind.WARNING: (st.warning, ":material/warning:"),
}


def show_section(draft: Draft, section: Section, level: int = 3) -> None:
    """A heading that can be linked to, and what stands below it."""
    with st.container(key=draft.key(section_key(section))):
        show_heading(section.title, level, anchor(section.id))
        show_blocks(draft, section.blocks, level)


def show_heading(title: str, level: int, name: str) -> None:
    """A heading of a section; the page's own title and the report's stand above level 3."""
    if level <= 3:
        st.subheader(plain(title, 500), anchor=name)
    else:
        st.markdown(f"{'#' * min(level, DEEPEST)} {plain(title, 500)}")


def show_blocks(draft: Draft, blocks: Sequence[Block], level: int) -> None:
    """Blocks in reading order; quotes that follow one another stand side by side, and so do short fields."""
    for sort, run in groupby(blocks, sort_of):
        if sort is Quote:
            show_quotes(draft, [block for block in run if isinstance(block, Quote)])
        elif sort is Field and len(fields := [block for block in run if isinstance(block, Field)]) > 1:
            show_beside(draft, fields)
        elif sort is Field:
            show_field(draft, fields[0])
        else:
            for block in run:
                show_block(draft, block, level)


def sort_of(block: Block) -> type[Quote] | type[Field] | None:
    """What goes side by side with its like: a quote, a field of one line; None for everything else."""
    if isinstance(block, Field):
        return Field if block.options or block.lines <= 1 else None
    return Quote if isinstance(block, Quote) else None


def show_block(draft: Draft, block: Block, level: int) -> None:
    """One block."""
    match block:
        case Section():
            show_section(draft, block, level + 1)
        case Paragraph():
            show_paragraph(draft, block)
        case Bullets():
            mark = "1." if block.ordered else "-"  # a list counts on by itself
            st.markdown("\n".join(f"{mark} {plain(item.text, LONG)}" for item in block.items))
        case Notice():
            show_notice(block)
        case Field():
            show_field(draft, block)
        case Figure():
            show_report_figure(draft, block)
        case Table():
            show_table(block, draft.numbers.get(block.id, ""), draft.key(f"report-table-{anchor(block.id)}"))
            show_writing(draft, block)


def show_paragraph(draft: Draft, paragraph: Paragraph) -> None:
    """A paragraph; one that leads is set larger."""
    text = plain(paragraph.text, LONG)
    if paragraph.lead:
        with st.container(key=draft.key("report-lead")):
            st.markdown(text)
    else:
        st.markdown(text)


def show_notice(notice: Notice) -> None:
    """A box beside the text, told apart by words and icon, not by colour alone."""
    box, icon = BOXES[notice.kind]
    box(plain(notice.text, LONG), title=plain(notice.title), icon=icon)


def show_quotes(draft: Draft, quotes: Sequence[Quote]) -> None:
    """What a model wrote, inert, once the reader accepted the content notice."""
    if not shown(draft):
        st.info(f"{count(len(quotes), 'quoted response')} behind the content notice.", icon=":material/visibility_off:")
        return
    show_cards(list(cards(quotes)), draft.key("report-quotes"))


def shown(draft: Draft) -> bool:
    """Whether model output may be shown; the content notice stands in front of the first."""
    if draft.accepted is None:
        draft.accepted = accepted(draft.banks)
    return draft.accepted


def cards(quotes: Sequence[Quote]) -> Iterator[Card]:
    """Quotes as cards."""
    for quote in quotes:
        prompt = [Piece(quote.prompt, False)] if quote.prompt else []
        yield Card([Piece(quote.text, False)], quote.about, quote.note, prompt)
