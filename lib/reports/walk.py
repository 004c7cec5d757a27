"""From a document to its tree, in reading order, and what can be asked of a document on the way."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from lib.reports import tree
from lib.reports.text import fit
from lib.reports.values import UNKNOWN, shown
from lib.types import (
    Block,
    Bullets,
    ColumnKind,
    Document,
    Field,
    Figure,
    Notice,
    Paragraph,
    Quote,
    Section,
    Table,
    Value,
)

FEW = 6
"""Fields of one section that are listed one by one."""

MOST_NUMBERS = 200
"""Rows of a figure's numbers that are printed; all of them are in the data files."""


def laid_out(document: Document) -> tree.Tree:
    """The tree of a document."""
    return _Walk().document(document)


def missing(document: Document) -> list[tree.Missing]:
    """The fields nobody has written yet, in reading order."""
    return list(laid_out(document).missing)


def missing_by_place(laid: tree.Tree) -> list[tuple[str, tuple[tree.Missing, ...]]]:
    """What is still to be written, by the section where it stands: one by one, or how many where they are a crowd."""
    places: dict[str, list[tree.Missing]] = {}
    for gap in laid.missing:
        places.setdefault(gap.where, []).append(gap)
    return [(where, tuple(gaps if len(gaps) <= FEW else [counted(gaps)])) for where, gaps in places.items()]


def counted(gaps: list[tree.Missing]) -> tree.Missing:
    """Many fields of one place as one, which leads to the first."""
    return replace(gaps[0], title=f"{len(gaps):,} fields")


def missing_in_words(laid: tree.Tree) -> str:
    """How much is still to be written; "" where nothing is."""
    count = len(laid.missing)
    return f"{count:,} field{'' if count == 1 else 's'} still to be written" if count else ""


def title(text: str) -> str:
    """A heading's text; something even where there is nothing, since no format takes an empty one."""
    return fit(text) if text.strip() else UNKNOWN


def figures(document: Document) -> list[Figure]:
    """All figures in reading order."""
    return [block for block in _blocks(document.sections) if isinstance(block, Figure)]


def tables(document: Document) -> list[Table]:
    """All tables in reading order, figures' numbers in their places."""
    found = (block.table if isinstance(block, Figure) else block for block in _blocks(document.sections))
    return [block for block in found if isinstance(block, Table)]


def fields(document: Document) -> list[Field]:
    """All fields in reading order, those in cells of tables among them."""
    found: list[Field] = []
    for block in _blocks(document.sections):
        if isinstance(block, Field):
            found.append(block)
        elif isinstance(block, Table):
            found += [value for row in block.rows for value in row if isinstance(value, Field)]
    return found


def parts(parts: tuple[tree.Part, ...], deepest: int = 9) -> Iterator[tree.Part]:
    """All headings of a tree in reading order, down to a level."""
    for part in parts:
        if part.level <= deepest:
            yield part
            yield from _inner_parts(part, deepest)


def _inner_parts(part: tree.Part, deepest: int) -> Iterator[tree.Part]:
    yield from parts(tuple(block for block in part.blocks if isinstance(block, tree.Part)), deepest)


def drawings(blocks: tuple[tree.Block, ...]) -> Iterator[tree.Drawing]:
    """All figures of a tree's blocks in reading order."""
    for block in blocks:
        if isinstance(block, tree.Drawing):
            yield block
        elif isinstance(block, tree.Part):
            yield from drawings(block.blocks)


def _blocks(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Section):
            yield from _blocks(block.blocks)


@dataclass(slots=True)
class _Walk:
    """One way through a document: what was met so far."""

    charts: list[Any] = field(default_factory=list)
    missing: list[tree.Missing] = field(default_factory=list)
    tables: int = 0
    where: list[str] = field(default_factory=list)

    def document(self, document: Document) -> tree.Tree:
        sections = tuple(
            self.section(section, f"section-{number}", 1) for number, section in enumerate(document.sections, start=1)
        )
        return tree.Tree(
            document.kind,
            title(document.title),
            fit(document.subtitle),
            fit(document.run),
            document.audience,
            fit(document.language),
            sections,
            tuple(self.missing),
            tuple(self.charts),
        )

    def section(self, section: Section, anchor: str, level: int) -> tree.Part:
        self.where.append(title(section.title))
        blocks: list[tree.Block] = []
        inner = 0
        for block in section.blocks:
            if isinstance(block, Section):
                inner += 1
                blocks.append(self.section(block, f"{anchor}-{inner}", level + 1))
            else:
                blocks.append(self.block(block))
        self.where.pop()
        return tree.Part(anchor, level, title(section.title), tuple(blocks), fit(section.notes))

    def block(self, block: Block) -> tree.Block:
        match block:
            case Paragraph():
                return self.line(block)
            case Bullets():
                return tree.List(tuple(map(self.line, block.items)), block.ordered)
            case Table():
                self.tables += 1
                return self.grid(block, f"table-{self.tables}", f"Table {self.tables}")
            case Figure():
                return self.figure(block)
            case Quote():
                return tree.Quotation(fit(block.text), fit(block.prompt), fit(block.about), fit(block.note))
            case Notice():
                return tree.Box(block.kind.value, fit(block.title), fit(block.text))
            case Field():
                return tree.Answer(fit(block.title), fit(block.text), fit(block.help), self.anchor_if_missing(block))
        raise TypeError(f"no block of a document: {type(block).__name__}")

    def line(self, paragraph: Paragraph) -> tree.Line:
        return tree.Line(fit(paragraph.text), paragraph.lead, tuple(map(fit, paragraph.facts)))

    def figure(self, figure: Figure) -> tree.Drawing:
        self.charts.append(figure.chart)
        number = len(self.charts)
        label = f"Figure {number}"
        numbers = self.grid(figure.table, f"numbers-{number}", f"Numbers of {label}", most=MOST_NUMBERS)
        return tree.Drawing(f"figure-{number}", label, fit(figure.caption), fit(figure.alt), number - 1, numbers)

    def grid(self, table: Table, anchor: str, label: str, most: int | None = None) -> tree.Grid:
        kinds = [column.kind for column in table.columns]
        heads = tuple(tree.Head(fit(column.title), column.kind is not ColumnKind.TEXT) for column in table.columns)
        heads = heads or (tree.Head(UNKNOWN, False),)  # no format knows a table without columns
        rows = tuple(
            tuple(self.cell(value, kind) for value, kind in zip(row, kinds, strict=True)) for row in table.rows[:most]
        )
        rows = rows if rows and table.columns else (tuple(tree.Cell(UNKNOWN) for _ in heads),)
        note = fit(table.note)
        if most is not None and len(table.rows) > most:
            note = f"The first {most:,} of {len(table.rows):,} rows; all of them are in the data. {note}".strip()
        return tree.Grid(anchor, label, fit(table.caption), heads, rows, note)

    def cell(self, value: Value, kind: ColumnKind) -> tree.Cell:
        return tree.Cell(shown(value, kind), self.anchor_if_missing(value) if isinstance(value, Field) else "")

    def anchor_if_missing(self, field: Field) -> str:
        if field.text.strip():
            return ""
        anchor = f"missing-{len(self.missing) + 1}"
        where = " › ".join(self.where)
        self.missing.append(tree.Missing(fit(field.title), where, anchor))
        return anchor
