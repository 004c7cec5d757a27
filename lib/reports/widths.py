"""How much of a page each column of a table gets."""

import math

from lib.reports.tree import Grid

WIDEST = 60  # characters beyond which a column of texts asks for little more
LONGEST_WORD = 16
MARGINS = 4  # characters that the margins of a cell take, bold letters in its head reckoned in
LOOKED_AT = 200


def weights(grid: Grid, room: float) -> list[float]:
    """Characters a column, of as many as fit side by side in the smallest letters.

    Every column gets room for its longest word first; what is left goes to those with more to say.
    """
    least = [_least(grid, place) for place in range(len(grid.heads))]
    more = [max(_wanted(grid, place) - low, 0.0) for place, low in enumerate(least)]
    spare = max(room - sum(least), 0.0)
    part = min(spare / sum(more), 1.0) if sum(more) else 0.0
    return [low + part * extra for low, extra in zip(least, more, strict=True)]


def _texts(grid: Grid, place: int) -> list[str]:
    return [row[place].text for row in grid.rows[:LOOKED_AT]]


def _least(grid: Grid, place: int) -> float:
    """Room for the longest word; numbers are not broken, so for the longest number."""
    texts = _texts(grid, place)
    pieces = texts if grid.heads[place].number else [word for text in texts for word in text.split()]
    return min(max(map(len, [*pieces, *grid.heads[place].title.split()]), default=0), LONGEST_WORD) + MARGINS


def _wanted(grid: Grid, place: int) -> float:
    """Room for what it says on one line, as far as that is sensible."""
    lengths = [len(line) for text in [grid.heads[place].title, *_texts(grid, place)] for line in text.split("\n")]
    if grid.heads[place].number:
        return _least(grid, place)
    longest = max(lengths)
    return min(longest, WIDEST) + math.sqrt(max(longest - WIDEST, 0)) + MARGINS
