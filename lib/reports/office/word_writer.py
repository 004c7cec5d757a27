"""A Word document being written."""

import io
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

from lib.reports import pictures, tree, walk
from lib.reports.office.word_parts import (
    Bookmarks,
    begin_field,
    begins_at_one,
    described,
    end_field,
    field,
    headed,
    kept_whole,
    link,
    right_to_left,
)
from lib.reports.office.word_styles import CONTENTS_DEPTH, new_document, notice_style
from lib.reports.text import from_right
from lib.reports.widths import weights

PAGE_WIDTH, PICTURE_HEIGHT = 16.0, 19.0  # centimetres
PIXELS_A_CENTIMETRE = 96 / 2.54 * pictures.PIXELS
SMALL, SMALLEST = 9.5, 8  # points of letters in tables
MOST_LETTERS = 96  # side by side in the smallest size
CROWDED = 80
LONG = 500  # characters of a cell whose row may go on on the next page


class WordWriter:
    """Writes one tree, from its front to its end."""

    def __init__(self, laid: tree.Tree) -> None:
        self.tree = laid
        self.document = new_document(laid)
        self.bookmarks = Bookmarks()
        self.pictures = pictures.pngs(laid)

    def written(self) -> bytes:
        """The whole file."""
        self._front()
        for part in self.tree.parts:
            self._block(part)
        file = io.BytesIO()
        self.document.save(file)
        return file.getvalue()

    def _front(self) -> None:
        self._paragraph(self.tree.title, "Title")
        if self.tree.subtitle:
            self._paragraph(self.tree.subtitle, "Subtitle")
        self._paragraph(f"Audit {self.tree.run} · made with Evenhand", "Subtitle")
        if self.tree.missing:
            self._still_missing()
        if self.tree.listed:
            self._contents()

    def _still_missing(self) -> None:
        self._paragraph("Still missing", notice_style("missing"), bold=True)
        self._paragraph("Only its author can write these, and has not yet:", notice_style("missing"))
        for where, gaps in walk.missing_by_place(self.tree):
            line = self._paragraph(f"• {where}: ", notice_style("missing"))
            for place, gap in enumerate(gaps):
                if place:
                    line.add_run("; ")
                link(line, gap.anchor, gap.title)

    def _contents(self) -> None:
        self._paragraph("Contents", "TOC Heading")
        line = None
        for part in walk.parts(self.tree.parts, CONTENTS_DEPTH):
            first = line is None
            line = self._paragraph("", f"toc {part.level}")
            if first:
                begin_field(line, rf'TOC \o "1-{CONTENTS_DEPTH}" \h \z \n')
            link(line, part.anchor, part.title)
        if line is not None:
            end_field(line)

    def _block(self, block: tree.Block) -> None:
        match block:
            case tree.Part():
                self._part(block)
            case tree.Line():
                self._paragraph(block.text, size=14 if block.lead else None)
            case tree.List():
                self._list(block)
            case tree.Grid():
                self._grid(block)
            case tree.Drawing():
                self._drawing(block)
            case tree.Quotation():
                self._quotation(block)
            case tree.Box():
                self._box(block.kind, block.title, block.text)
            case tree.Answer():
                self._answer(block)

    def _part(self, part: tree.Part) -> None:
        heading = self.document.add_paragraph(style=f"Heading {min(part.level, 9)}")
        with self.bookmarks.around(heading, part.anchor):
            heading.add_run(part.title)
        for block in part.blocks:
            self._block(block)
        if part.notes:
            self._paragraph("Speaker notes", bold=True).paragraph_format.keep_with_next = True
            self._paragraph(part.notes)

    def _list(self, block: tree.List) -> None:
        lines = [self._paragraph(item.text, "List Number" if block.ordered else "List Bullet") for item in block.items]
        if block.ordered:
            begins_at_one(self.document, lines)

    def _grid(self, grid: tree.Grid) -> None:
        self._caption(grid.label, grid.caption, grid.anchor).paragraph_format.keep_with_next = True
        table = self.document.add_table(len(grid.rows) + 1, len(grid.heads), "Table Grid")
        table.autofit = False
        parts = weights(grid, MOST_LETTERS)
        sizes = [Cm(PAGE_WIDTH * part / sum(parts)) for part in parts]
        for column, size in zip(table.columns, sizes, strict=True):
            column.width = size
        letters = Pt(SMALLEST if sum(parts) > CROWDED else SMALL)
        heads = tuple(tree.Cell(head.title) for head in grid.heads)
        for row, cells in zip(table.rows, (heads, *grid.rows), strict=True):
            self._row(row, cells, grid, sizes, letters)
        headed(table, f"{grid.label}. {grid.caption}")
        after = self._paragraph(grid.note)
        after.paragraph_format.space_after = Pt(10)

    def _row(self, row: Any, cells: tuple[tree.Cell, ...], grid: tree.Grid, sizes: list[Any], letters: Any) -> None:
        heading = row._index == 0
        if not heading and max(len(cell.text) for cell in cells) < LONG:
            kept_whole(row)
        for place, (there, cell) in enumerate(zip(row.cells, cells, strict=True)):
            there.width = sizes[place]
            line = there.paragraphs[0]
            line.paragraph_format.space_after = Pt(0)
            if grid.heads[place].number:
                line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            with self.bookmarks.around(line, cell.anchor):
                run = line.add_run(cell.text)
            run.font.size, run.bold = letters, heading or bool(cell.anchor)

    def _drawing(self, drawing: tree.Drawing) -> None:
        picture = self.pictures[drawing.place]
        width, height = (int.from_bytes(picture[at : at + 4], "big") / PIXELS_A_CENTIMETRE for at in (16, 20))
        scale = min(1.0, PAGE_WIDTH / width, PICTURE_HEIGHT / height)
        line = self.document.add_paragraph()
        line.paragraph_format.keep_with_next = True
        inline = line.add_run().add_picture(io.BytesIO(picture), Cm(width * scale), Cm(height * scale))
        described(inline, drawing.label, drawing.alt)
        self._caption(drawing.label, drawing.caption, drawing.anchor)

    def _caption(self, label: str, caption: str, anchor: str) -> Any:
        line = self.document.add_paragraph(style="Caption")
        word, _, number = label.rpartition(" ")
        with self.bookmarks.around(line, anchor):
            if word in {"Figure", "Table"}:
                line.add_run(f"{word} ")
                field(line, rf"SEQ {word} \* ARABIC", number)
            else:
                line.add_run(label)
        line.add_run(f". {caption}")
        for run in line.runs[:-1]:
            run.bold = True
        return line

    def _quotation(self, quote: tree.Quotation) -> None:
        lines = [self._paragraph(quote.about, "Quote")] if quote.about else []
        for line in lines:
            line.paragraph_format.keep_with_next = True
        for name, text in (("Prompt", quote.prompt), ("Answer", quote.text)):
            title = self._paragraph(name, "Quote", bold=True)
            title.paragraph_format.keep_with_next = True
            lines.append(self._paragraph(text, "Quote"))
        if quote.note:
            lines.append(self._paragraph(quote.note, "Quote"))
        lines[-1].paragraph_format.space_after = Pt(12)
        # An unstyled line between two quotations, or Word draws them as one.
        self.document.add_paragraph().paragraph_format.space_after = Pt(0)

    def _box(self, kind: str, title: str, text: str, anchor: str = "") -> None:
        line = self.document.add_paragraph(style=notice_style(kind))
        line.paragraph_format.keep_with_next = bool(text)
        with self.bookmarks.around(line, anchor):
            line.add_run(title).bold = True
        if text:
            line = self._paragraph(text, notice_style(kind))
        line.paragraph_format.space_after = Pt(12)

    def _answer(self, answer: tree.Answer) -> None:
        if answer.anchor:
            self._box("missing", f"To be written: {answer.title}", answer.help, answer.anchor)
            return
        self._paragraph(answer.title, bold=True).paragraph_format.keep_with_next = True
        self._paragraph(answer.text)

    def _paragraph(self, text: str, style: str = "Normal", *, bold: bool = False, size: int | None = None) -> Any:
        line = self.document.add_paragraph(style=style)
        if text:
            run = line.add_run(text)
            run.bold = bold or None
            run.font.size = Pt(size) if size else None
        if from_right(text):
            right_to_left(line)
        return line
