"""Slides being drawn: titles and text in placeholders, pictures with their words, tables with their headers."""

import io
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.util import Inches, Pt

from lib.reports import pictures
from lib.reports.office import deck_plan
from lib.reports.office.measure import inches_high
from lib.reports.office.plan import BESIDE, HEIGHT, SPACE, WIDTH, Slide, Words, height, planned
from lib.reports.office.shapes import GAP, jump, lines_of, marked, number, put, shortened, size_of
from lib.reports.office.tables import CAPTION as TABLE_CAPTION
from lib.reports.office.tables import Piece
from lib.reports.office.wide import LAYOUTS, LEFT, TOP, new_presentation
from lib.reports.text import from_right
from lib.reports.tree import Drawing, Tree
from lib.reports.walk import missing_in_words
from lib.types import ReportKind

ACCENTS = {"content": "8A3B00", "missing": "7A1F5C", "warning": "7A5200"}
TITLE_SIZES = (30.0, 26.0, 22.0, 18.0)
TITLE_HEIGHT = 1.0
CAPTION_POINTS = 13.0
SOFT = "F3F5F8"
FRONT = ((0.5, 1.25, (40.0, 32.0, 26.0, 22.0)), (1.75, 1.0, (24.0, 20.0, 18.0, 16.0, 14.0, 12.0)))
"""Where title and subtitle of a deck begin, their height in inches, and the sizes of their letters."""

SAID = 2.85  # inches from the top of the title slide
SMALL_PRINT = (6.5, 7.9, 0.55)
"""Top, width and height of its last lines, which stand beside the number of the slide."""


class DeckWriter:
    """Draws one tree, slide by slide."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.presentation = new_presentation(tree)
        self.pictures = pictures.pngs(tree)
        self.places: dict[str, Any] = {}  # slides by the anchors on them
        self.links: list[tuple[Any, Any, str]] = []  # slide, run, anchor

    def written(self) -> bytes:
        """The whole file."""
        proportions = [tall / wide for wide, tall in map(size_of, self.pictures)]
        if self.tree.kind is ReportKind.DECK:
            first, *others = deck_plan.planned(self.tree, proportions)
            self._title_slide(first)
        else:
            self._front()
            others = list(planned(self.tree, proportions))
        for plan in others:
            self._slide(plan)
        for slide, run, anchor in self.links:
            if anchor in self.places:
                jump(slide, run, self.places[anchor])
        file = io.BytesIO()
        self.presentation.save(file)
        return file.getvalue()

    def _front(self) -> None:
        slide = self.presentation.slides.add_slide(self.presentation.slide_layouts[LAYOUTS["front"]])
        points = next((size for size in (40.0, 32.0, 26.0) if lines_of(self.tree.title, size, 10.0) <= 3), 20.0)
        self._filled(slide.shapes.title.text_frame, [Words(self.tree.title, bold=True)], points)
        below = [Words(self.tree.subtitle)] if self.tree.subtitle else []
        self._filled(
            slide.placeholders[1].text_frame, [*below, Words(f"Audit {self.tree.run} · made with Evenhand")], 20.0
        )

    def _title_slide(self, plan: Slide) -> None:
        """The first slide of a deck: title, subtitle, what stands in its section, and small print."""
        layout = self.presentation.slide_layouts[LAYOUTS["front"]]
        slide = self.presentation.slides.add_slide(layout)
        subtitle = slide.placeholders[1]
        for shape, text, (top, tall, sizes) in zip(
            (slide.shapes.title, subtitle), (self.tree.title, self.tree.subtitle), FRONT, strict=True
        ):
            put(shape, LEFT, top, WIDTH, tall)
            text, points = shortened(text, sizes, WIDTH, tall)
            self._filled(shape.text_frame, [Words(text, bold=shape is not subtitle)], points)
        if not self.tree.subtitle:
            subtitle._element.getparent().remove(subtitle._element)
        if plan.words:
            box = self._box(slide, plan.words, plan.points, (LEFT, SAID, WIDTH, deck_plan.FRONT_ROOM))
            self._found(slide, plan.words, box)
        small = [f"Audit {self.tree.run}", "made with Evenhand", *filter(None, [missing_in_words(self.tree)])]
        top, wide, tall = SMALL_PRINT
        self._caption(slide, Words(" · ".join(small)), LEFT, top, wide, tall)
        self.places.setdefault(plan.anchor, slide)
        number(slide, layout, 1)
        slide.notes_slide.notes_text_frame.text = "\n\n".join(filter(None, [plan.notes, missing_in_words(self.tree)]))

    def _slide(self, plan: Slide) -> None:
        layout = self.presentation.slide_layouts[LAYOUTS["text" if plan.words else "title"]]
        slide = self.presentation.slides.add_slide(layout)
        self._title(slide, plan.title)
        if plan.anchor:
            self.places.setdefault(plan.anchor, slide)
        if plan.words:
            self._words(slide, plan)
        if plan.drawing:
            self._drawing(slide, plan, plan.drawing)
        if plan.quotes:
            self._quotes(slide, plan)
        if plan.table:
            self._table(slide, plan.table)
        number(slide, layout, len(self.presentation.slides))
        if plan.notes:
            slide.notes_slide.notes_text_frame.text = plan.notes

    def _title(self, slide: Any, title: str) -> None:
        title, points = shortened(title, TITLE_SIZES, WIDTH, TITLE_HEIGHT)
        frame = slide.shapes.title.text_frame
        self._filled(frame, [Words(title, bold=True)], points)
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE

    def _words(self, slide: Any, plan: Slide) -> None:
        body = slide.placeholders[1]
        if (plan.drawing and plan.flat) or plan.quotes:
            put(body, LEFT, TOP, WIDTH, height(plan.words, plan.points, WIDTH))
        elif plan.drawing:
            put(body, LEFT, TOP, BESIDE, HEIGHT)
        self._found(slide, plan.words, self._filled(body.text_frame, plan.words, plan.points))

    def _found(self, slide: Any, said: list[Words], runs: list[Any]) -> None:
        """Note where the words on a slide are, and where they lead."""
        for words, run in zip(said, runs, strict=True):
            if words.anchor:
                self.places[words.anchor] = slide
            if words.to:
                self.links.append((slide, run, words.to))

    def _drawing(self, slide: Any, plan: Slide, drawing: Drawing) -> None:
        said = Words(f"{drawing.label}. {drawing.caption}")
        left, top, width, tall = LEFT, TOP, WIDTH, HEIGHT
        if plan.words and plan.flat:
            used = height(plan.words, plan.points, WIDTH) + SPACE
            top, tall = TOP + used, HEIGHT - used
        elif plan.words:
            left, width = LEFT + BESIDE + GAP, WIDTH - BESIDE - GAP
        below = inches_high(lines_of(said.text, CAPTION_POINTS, width), CAPTION_POINTS) + SPACE
        picture = self.pictures[drawing.place]
        wide, high = size_of(picture)
        scale = min(width / wide, (tall - below) / high)
        shape = slide.shapes.add_picture(
            io.BytesIO(picture), Inches(left), Inches(top), Inches(wide * scale), Inches(high * scale)
        )
        shape.name = drawing.label
        shape._element.nvPicPr.cNvPr.set("descr", drawing.alt)
        self._caption(slide, said, left, top + high * scale, width, below)
        self.places.setdefault(drawing.anchor, slide)

    def _quotes(self, slide: Any, plan: Slide) -> None:
        """Two quotes side by side under the slide's words, each in a box of its own."""
        used = height(plan.words, plan.points, WIDTH) + SPACE if plan.words else 0.0
        wide, tall = deck_plan.quote_width(), max(deck_plan.quote_height(words, plan.points) for words in plan.quotes)
        for place, words in enumerate(plan.quotes):
            left = LEFT + place * (wide + deck_plan.BETWEEN)
            self._box(slide, words, plan.points, (left, TOP + used, wide, tall), fill=SOFT)

    def _box(
        self, slide: Any, words: list[Words], points: float, at: tuple[float, float, float, float], fill: str = ""
    ) -> list[Any]:
        """A box of paragraphs at left, top, width and height in inches; gives the first run of each."""
        box = slide.shapes.add_textbox(*map(Inches, at))
        if fill:
            box.fill.solid()
            box.fill.fore_color.rgb = RGBColor.from_string(fill)
        return self._filled(box.text_frame, words, points)

    def _table(self, slide: Any, piece: Piece) -> None:
        grid = piece.grid
        self._caption(slide, Words(f"{grid.label}. {grid.caption}"), LEFT, TOP, WIDTH, TABLE_CAPTION)
        shape = slide.shapes.add_table(
            len(piece.rows) + 1, len(grid.heads), Inches(LEFT), Inches(TOP + TABLE_CAPTION), Inches(WIDTH), Inches(1)
        )
        shape.name = grid.label
        shape._element.nvGraphicFramePr.cNvPr.set("descr", grid.caption)
        table = shape.table
        for column, width in zip(table.columns, piece.widths, strict=True):
            column.width = Inches(width)
        for row, tall in zip(table.rows, piece.heights, strict=True):
            row.height = Inches(tall)
        for place, head in enumerate(grid.heads):
            self._cell(table.cell(0, place), Words(head.title, bold=True), piece.points, head.number)
        for line, row in enumerate(piece.rows, start=1):
            for place, cell in enumerate(row):
                words = Words(cell.text, bold=bool(cell.anchor), accent="missing" if cell.anchor else "")
                self._cell(table.cell(line, place), words, piece.points, grid.heads[place].number)
                if cell.anchor:
                    self.places[cell.anchor] = slide
        if piece.last and grid.note:
            at = TOP + TABLE_CAPTION + sum(piece.heights)
            self._caption(slide, Words(grid.note), LEFT, at, WIDTH, TOP + HEIGHT - at)

    def _cell(self, cell: Any, words: Words, points: float, to_the_right: bool) -> None:
        self._filled(cell.text_frame, [words], points, plain=True)
        if to_the_right:
            cell.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT

    def _caption(self, slide: Any, words: Words, left: float, top: float, width: float, tall: float) -> None:
        box = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(tall))
        self._filled(box.text_frame, [words], CAPTION_POINTS, plain=True)

    def _filled(self, frame: Any, words: list[Words], points: float, *, plain: bool = False) -> list[Any]:
        """Put paragraphs into a frame; gives the first run of each."""
        frame.word_wrap = True
        if not plain:
            frame.auto_size = MSO_AUTO_SIZE.NONE
        runs = []
        for place, each in enumerate(words):
            paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            if not plain:
                paragraph.space_before, paragraph.space_after = Pt(0), Pt(SPACE * 72)
                marked(paragraph, each.mark)
            if from_right(each.text):
                paragraph._p.get_or_add_pPr().set("rtl", "1")
            runs.append(self._run(paragraph, each, points))
        return runs

    def _run(self, paragraph: Any, words: Words, points: float) -> Any:
        made = []
        for place, text in enumerate((words.text + ("" if words.to else words.after)).split("\n")):
            if place:
                paragraph.add_line_break()
            made.append(paragraph.add_run())
            made[-1].text = text
        if words.to and words.after:
            made.append(paragraph.add_run())
            made[-1].text = words.after
        for run in made:
            run.font.size = Pt(points)
            run.font.bold = words.bold or None
            run._r.get_or_add_rPr().set("lang", self.tree.language)
            if accent := ACCENTS.get(words.accent):
                run.font.color.rgb = RGBColor.from_string(accent)
        return made[0]
