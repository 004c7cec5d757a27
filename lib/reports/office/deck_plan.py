"""The slides of a deck: one for each of its sections, whose letters shrink as far as can be read.

Only what does not even fit in the smallest letters goes on over a further slide, which says so.
"""

from collections.abc import Iterator, Sequence

from lib.reports import tree
from lib.reports.office.plan import (
    HEIGHT,
    SPACE,
    WIDTH,
    Letters,
    Slide,
    Words,
    height,
    own_slides,
    text_slides,
    words_of,
)

DECK = Letters((22.0, 20.0, 18.0, 16.0, 14.0, 13.0, 12.0), 12.0)
BETWEEN = 0.3  # inches between two quotes
EDGE = 0.2  # inches above and below the words of a quote together
FRONT_ROOM = 3.6  # inches for the words of the title slide, below title and subtitle


def planned(laid: tree.Tree, proportions: Sequence[float]) -> Iterator[Slide]:
    """All slides in order, the first one with the document's title. `proportions` are height over width of figures."""
    for place, part in enumerate(laid.parts):
        slides = list(of_front(laid, part) if place == 0 else of_section(part, proportions)) or [Slide(part.title)]
        slides[0].notes, slides[0].anchor = part.notes, part.anchor
        yield from continued(slides)


def of_front(laid: tree.Tree, part: tree.Part) -> Iterator[Slide]:
    """The title slide: its words stand below title and subtitle, which are not said twice."""
    said = [block for block in part.blocks if not (isinstance(block, tree.Line) and block.text == laid.subtitle)]
    words = [each for block in said for each in words_of(block)]
    yield from text_slides(laid.title, words, DECK, FRONT_ROOM) if words else [Slide(laid.title)]
    yield from own_slides(laid.title, [each for each in said if isinstance(each, tree.Drawing | tree.Grid)], (), DECK)


def of_section(part: tree.Part, proportions: Sequence[float]) -> Iterator[Slide]:
    """One section: two quotes stand side by side, anything else as in other presentations."""
    quotes = [block for block in part.blocks if isinstance(block, tree.Quotation)]
    others = [block for block in part.blocks if not isinstance(block, tree.Quotation)]
    if len(quotes) == 2 and (slide := side_by_side(part.title, others, quotes)):
        yield slide
    else:
        yield from own_slides(part.title, part.blocks, proportions, DECK)


def side_by_side(title: str, others: Sequence[tree.Block], quotes: Sequence[tree.Quotation]) -> Slide | None:
    """Words, and two quotes under them; None where that does not fit, or something is no words."""
    if any(isinstance(block, tree.Drawing | tree.Grid | tree.Part) for block in others):
        return None
    words = [each for block in others for each in words_of(block)]
    columns = tuple(words_of(quote) for quote in quotes)
    for points in DECK.sizes:
        high = max(quote_height(each, points) for each in columns)
        if height(words, points, WIDTH) + SPACE + high <= HEIGHT:
            return Slide(title, words, points, quotes=columns)
    return None


def quote_width() -> float:
    """Inches of one of two quotes."""
    return (WIDTH - BETWEEN) / 2


def quote_height(words: Sequence[Words], points: float) -> float:
    """Inches of a quote's box."""
    return height(words, points, quote_width()) + EDGE


def continued(slides: Sequence[Slide]) -> Iterator[Slide]:
    """The slides of one section; those after the first say that they go on."""
    for number, slide in enumerate(slides):
        if number:
            slide.title += " (continued)" if number == 1 else f" (continued {number})"
        yield slide
