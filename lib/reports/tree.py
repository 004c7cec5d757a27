"""A document laid out for writing: numbered, anchored, every value shown as text, and all of it fit for any file.

Every format renders this tree, so that none has to think of hostile text, numbering or what is missing. As a
dictionary (`dataclasses.asdict` without charts) it is plain JSON.
"""

from dataclasses import dataclass
from typing import Any

from lib.types import Audience, ReportKind


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, or one item of a list."""

    text: str
    lead: bool = False
    facts: tuple[str, ...] = ()
    type: str = "line"


@dataclass(frozen=True, slots=True)
class List:
    """Items one below the other."""

    items: tuple[Line, ...]
    ordered: bool
    type: str = "list"


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a table; `anchor` is set where an author has still to write it."""

    text: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column; `number` for columns of numbers, which stand to the right."""

    title: str
    number: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. `label` is "Table 3", or "Numbers of Figure 3" for what a figure shows."""

    anchor: str
    label: str
    caption: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str
    type: str = "grid"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure; `place` is its place among all charts of the document."""

    anchor: str
    label: str
    caption: str
    alt: str
    place: int
    numbers: Grid
    type: str = "drawing"


@dataclass(frozen=True, slots=True)
class Quotation:
    """What a model answered to what."""

    text: str
    prompt: str
    about: str
    note: str
    type: str = "quotation"


@dataclass(frozen=True, slots=True)
class Box:
    """A notice beside the text."""

    kind: str
    title: str
    text: str
    type: str = "box"


@dataclass(frozen=True, slots=True)
class Answer:
    """A field: what its author wrote, or with an anchor what is still to be written."""

    title: str
    text: str
    help: str
    anchor: str
    type: str = "answer"


@dataclass(frozen=True, slots=True)
class Part:
    """A heading of a level from 1 and all below it."""

    anchor: str
    level: int
    title: str
    blocks: "tuple[Block, ...]"
    notes: str
    type: str = "part"


Block = Line | List | Grid | Drawing | Quotation | Box | Answer | Part


@dataclass(frozen=True, slots=True)
class Missing:
    """A field nobody has written yet, and the section where it stands."""

    title: str
    where: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Tree:
    """A whole document. `charts` are Altair's, in the order of the figures' places."""

    kind: ReportKind
    title: str
    subtitle: str
    run: str
    audience: Audience
    language: str
    parts: tuple[Part, ...]
    missing: tuple[Missing, ...]
    charts: tuple[Any, ...]

    @property
    def listed(self) -> bool:
        """Whether it is long enough for a table of contents."""
        return self.kind in {ReportKind.AUDIT, ReportKind.PLAN}
