"""What stands on which slide: text, pictures and tables of a part dealt out so that nothing runs over its slide.

Letters shrink first, down to what can still be read from a chair; then a part goes on over several slides.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from lib.reports import tree
from lib.reports.office.measure import inches_high, wrapped
from lib.reports.office.tables import Piece, pieces
from lib.reports.walk import missing_by_place

WIDTH, HEIGHT = 11.7, 5.25  # inches of a slide's body
BESIDE = 4.6  # inches of words beside a picture
CAPTION = 0.75
LEAST_PICTURE = 1.6
FLAT = 0.45  # height over width below which a picture stands under its words
SPACE = 0.09  # inches between paragraphs
INDENT = 0.35


@dataclass(frozen=True, slots=True)
class Letters:
    """The sizes that letters may shrink to in points, and the one from which a part goes on over several slides."""

    sizes: tuple[float, ...]
    split_at: float


PAGES = Letters((22.0, 20.0, 18.0, 16.0, 14.0), 16.0)


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph on a slide; `mark` is "•" or "1." for an item, `anchor` names it, `to` is where it leads."""

    text: str
    mark: str = ""
    bold: bool = False
    accent: str = ""
    anchor: str = ""
    to: str = ""
    after: str = ""  # plain text after a link


@dataclass(slots=True)
class Slide:
    """One slide before it is drawn; `flat` for a picture under its words, `quotes` side by side under them."""

    title: str
    words: list[Words] = field(default_factory=list)
    points: float = PAGES.sizes[0]
    drawing: tree.Drawing | None = None
    flat: bool = False
    table: Piece | None = None
    notes: str = ""
    anchor: str = ""
    quotes: tuple[list[Words], ...] = ()


def planned(laid: tree.Tree, proportions: Sequence[float]) -> Iterator[Slide]:
    """All slides after the first, in order. `proportions` are height over width of each figure."""
    if laid.missing:
        lead = Words("Only its author can write these, and has not yet:")
        gaps = [
            Words(where, "•", to=gaps[0].anchor, after=": " + "; ".join(gap.title for gap in gaps))
            for where, gaps in missing_by_place(laid)
        ]
        yield from numbered(text_slides("Still missing", [lead, *gaps]))
    if laid.listed:
        entries = [Words(part.title, "•", to=part.anchor) for part in laid.parts]
        yield from numbered(text_slides("Contents", entries))
    for part in laid.parts:
        yield from of_part(part, proportions)


def of_part(part: tree.Part, proportions: Sequence[float]) -> Iterator[Slide]:
    """The slides of one heading, then those of the headings below it."""
    own = [block for block in part.blocks if not isinstance(block, tree.Part)]
    inner = [block for block in part.blocks if isinstance(block, tree.Part)]
    slides = list(own_slides(part.title, own, proportions))
    if not slides:  # a heading of headings says which
        slides = list(text_slides(part.title, [Words(block.title, "•", to=block.anchor) for block in inner]))
    slides = slides or [Slide(part.title)]
    slides[0].notes, slides[0].anchor = part.notes, part.anchor
    yield from numbered(slides)
    for block in inner:
        yield from of_part(block, proportions)


def own_slides(
    title: str, blocks: Sequence[tree.Block], proportions: Sequence[float], letters: Letters = PAGES
) -> Iterator[Slide]:
    """Blocks in their order; a single picture stands with the words of its part where both fit."""
    drawings = [block for block in blocks if isinstance(block, tree.Drawing)]
    words = [each for block in blocks for each in words_of(block)]
    if len(drawings) == 1 and words and (slide := together(title, words, drawings[0], proportions, letters)):
        yield slide
        blocks = [block for block in blocks if isinstance(block, tree.Grid)]
    gathered: list[Words] = []
    for block in blocks:
        if isinstance(block, tree.Drawing | tree.Grid):
            yield from text_slides(title, gathered, letters)
            gathered = []
            yield from of_picture(title, block)
        else:
            gathered += words_of(block)
    yield from text_slides(title, gathered, letters)


def of_picture(title: str, block: tree.Drawing | tree.Grid) -> Iterator[Slide]:
    """A figure on a slide of its own, or a table on as many as it takes."""
    if isinstance(block, tree.Drawing):
        yield Slide(title, drawing=block)
    else:
        for piece in pieces(block, WIDTH, HEIGHT):
            yield Slide(title, table=piece)


def together(
    title: str, words: list[Words], drawing: tree.Drawing, proportions: Sequence[float], letters: Letters = PAGES
) -> Slide | None:
    """Words and their picture on one slide; None where that would be too small to read."""
    proportion = proportions[drawing.place]
    for points in letters.sizes:
        if proportion < FLAT:
            room = HEIGHT - height(words, points, WIDTH) - CAPTION
            if room >= min(LEAST_PICTURE, WIDTH * proportion):
                return Slide(title, words, points, drawing, flat=True)
        elif height(words, points, BESIDE) <= HEIGHT:
            return Slide(title, words, points, drawing)
    return None


def text_slides(
    title: str, words: list[Words], letters: Letters = PAGES, first_room: float = HEIGHT
) -> Iterator[Slide]:
    """Words alone: on one slide where they fit, else dealt out over several, the first of which has its own room."""
    if not words:
        return
    for points in letters.sizes:
        if height(words, points, WIDTH) <= first_room:
            yield Slide(title, words, points)
            return
    page: list[Words] = []
    points, room = letters.split_at, first_room
    for each in words:
        for part in fitting_parts(each, room, points):
            needs = height([part], points, WIDTH)
            if needs > room and page:
                yield Slide(title, page, points)
                page, room = [], HEIGHT
            page.append(part)
            room -= needs
    yield Slide(title, page, points)


def fitting_parts(words: Words, room: float, points: float) -> Iterator[Words]:
    """A paragraph as it is, or cut between lines where it is longer than what is left and than half a slide."""
    lines = wrapped(words.text, points, WIDTH - INDENT)
    one = inches_high(1, points)
    most = int((HEIGHT - SPACE) / one)
    first = int((room - SPACE) / one)
    if len(lines) <= most and (len(lines) <= first or len(lines) < most / 2):
        yield words
        return
    at = max(first, 0)
    if at:
        yield replace(words, text="".join(lines[:at]).removesuffix("\n"))
    for start in range(at, len(lines), most):
        yield replace(words, text="".join(lines[start : start + most]).removesuffix("\n"), mark="", anchor="")


def height(words: Sequence[Words], points: float, width: float) -> float:
    """Inches that paragraphs take."""
    lines = sum(len(wrapped(each.text + each.after, points, width - INDENT)) for each in words)
    return inches_high(lines, points) + SPACE * len(words)


def numbered(slides: Iterator[Slide] | list[Slide]) -> Iterator[Slide]:
    """Slides of one heading, told apart by number where there are several."""
    all_of_them = list(slides)
    for number, slide in enumerate(all_of_them, start=1):
        if len(all_of_them) > 1:
            slide.title = f"{slide.title} ({number} of {len(all_of_them)})"
        yield slide


def words_of(block: tree.Block) -> list[Words]:
    """The paragraphs of a block; none for pictures and tables."""
    match block:
        case tree.Line():
            return [Words(block.text, bold=block.lead)]
        case tree.List():
            return [Words(item.text, "1." if block.ordered else "•") for item in block.items]
        case tree.Quotation():
            said = [("", block.about), ("Prompt", block.prompt), ("Answer", block.text), ("", block.note)]
            return [
                each
                for name, text in said
                if text
                for each in ([Words(name, bold=True)] if name else []) + [Words(text)]
            ]
        case tree.Box():
            return [Words(block.title, bold=True, accent=block.kind), *([Words(block.text)] if block.text else [])]
        case tree.Answer(anchor=""):
            return [Words(block.title, bold=True), Words(block.text)]
        case tree.Answer():
            title = Words(f"To be written: {block.title}", bold=True, accent="missing", anchor=block.anchor)
            return [title, *([Words(block.help)] if block.help else [])]
    return []
