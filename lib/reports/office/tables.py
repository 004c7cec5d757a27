"""A table cut into pieces that each fit a slide, its header on every one."""

from collections.abc import Iterator
from dataclasses import dataclass

from lib.reports.office.measure import inches_high, wrapped
from lib.reports.tree import Cell, Grid
from lib.reports.widths import weights

SIZES = (14.0, 12.0, 10.0)
MOST_LETTERS = 130  # side by side in the smallest size
CROWDED = (80, 105)  # characters a row from which letters are smaller
MARGIN = 0.1  # inches above and below the text of a cell together
SIDES = 0.25
CAPTION = 0.6
"""Inches for the caption above a table."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a table: some of its rows, its columns' widths and rows' heights in inches, the size of its letters."""

    grid: Grid
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    points: float
    last: bool = False


def pieces(grid: Grid, width: float, height: float) -> Iterator[Piece]:
    """The pieces of a table in order; the last one leaves room for its note."""
    parts = weights(grid, MOST_LETTERS)
    points = SIZES[sum(sum(parts) > limit for limit in CROWDED)]
    widths = tuple(width * part / sum(parts) for part in parts)
    heads = tuple(Cell(head.title) for head in grid.heads)
    head = row_height(heads, widths, points)
    room = height - CAPTION - head - (note_height(grid, width) if grid.note else 0)
    pages: list[list[tuple[Cell, ...]]] = [[]]
    left = room
    for row in short_rows(grid, widths, points, room):
        needs = row_height(row, widths, points)
        if needs > left and pages[-1]:
            pages.append([])
            left = room
        pages[-1].append(row)
        left -= needs
    for number, page in enumerate(pages, start=1):
        heights = (head, *(row_height(row, widths, points) for row in page))
        yield Piece(grid, tuple(page), widths, heights, points, number == len(pages))


def short_rows(grid: Grid, widths: tuple[float, ...], points: float, room: float) -> Iterator[tuple[Cell, ...]]:
    """Rows no higher than a slide: a cell with more to say goes on in the row below."""
    most = max(int((room - MARGIN) / inches_high(1, points)), 1)
    for row in grid.rows:
        lines = [wrapped(cell.text, points, width - SIDES) for cell, width in zip(row, widths, strict=True)]
        for start in range(0, max(map(len, lines)), most):
            texts = ["".join(each[start : start + most]).removesuffix("\n") for each in lines]
            anchors = [cell.anchor if start == 0 else "" for cell in row]
            yield tuple(map(Cell, texts, anchors))


def row_height(row: tuple[Cell, ...], widths: tuple[float, ...], points: float) -> float:
    """Inches of a row: those of its highest cell."""
    lines = (len(wrapped(cell.text, points, width - SIDES)) for cell, width in zip(row, widths, strict=True))
    return inches_high(max(lines, default=1), points) + MARGIN


def note_height(grid: Grid, width: float) -> float:
    """Inches that the note below a table takes."""
    return inches_high(len(wrapped(grid.note, SIZES[1], width)), SIZES[1]) + MARGIN
