"""Reports: what their author chooses and writes, and the document that every format renders.

A document is plain data: sections of blocks, in reading order. Texts are plain text, never Markdown or HTML; what a
model wrote stands in a `Quote` alone. Nothing in it is a picture yet: a figure carries its chart and its numbers.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class ReportKind(StrEnum):
    """What can be handed in about an audit."""

    AUDIT = "audit"  # the ethical audit report
    PLAN = "plan"  # the mitigation plan
    DECK = "deck"  # ten slides for a committee
    CARD = "card"  # the section on bias of a model card


class Audience(StrEnum):
    """Who reads a report: COMMITTEE gets plain words and no test statistics, EXPERTS get both."""

    EXPERTS = "experts"
    COMMITTEE = "committee"


@dataclass(frozen=True, slots=True)
class ReportSettings:
    """What the author of an audit's reports chose; kept with the audit. What is empty is left to Evenhand.

    Attributes:
        without: ids of the sections left out.
        attribute, by: what is compared and what rows are split by, as in a question on Charts.
        measures: "<scorer entry>.<measure>" of each gap shown, in order.
        examples: cells quoted as examples, in order.
        names: whether annotators appear with their names; pseudonyms otherwise.
    """

    audience: Audience = Audience.EXPERTS
    without: tuple[str, ...] = ()
    attribute: str = ""
    by: str = ""
    measures: tuple[str, ...] = ()
    examples: tuple[int, ...] = ()
    names: bool = False


@dataclass(frozen=True, slots=True)
class FieldText:
    """What an author wrote in one field of a report; the last one of a field counts, "" takes it back."""

    field: str
    text: str
    author: str
    created: datetime | None = None
    event: int = 0


@dataclass(frozen=True, slots=True)
class Fact:
    """One number of a report, and how it came about.

    Attributes:
        id: parts joined by "/", stable for the same audit and settings: "gaps/agency.balance/all/woman/estimate".
        value: in the measure's own unit, a share from 0 to 1; None where it is unknown.
        low, high: the 95 % interval; None where there is none.
        n: what it rests on, `unit` says of what ("matched sets", "responses").
        how: what computed it, with everything needed to do it again.
    """

    id: str
    value: float | int | str | None
    how: str
    n: int | None = None
    unit: str = ""
    low: float | None = None
    high: float | None = None


class ColumnKind(StrEnum):
    """How a column's values are shown; the values themselves stay whole."""

    TEXT = "text"
    WHOLE = "whole"  # 1,234
    NUMBER = "number"  # 2.41
    SIGNED = "signed"  # +2.41
    PERCENT = "percent"  # a share 0 to 1 as 12.5 %
    POINTS = "points"  # a difference of shares as +3.1 points
    P = "p"  # a p-value


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    title: str
    kind: ColumnKind = ColumnKind.TEXT


@dataclass(frozen=True, slots=True)
class Field:
    """What only a person can judge: written by the author on the page, marked as missing until then.

    Attributes:
        id: of the field within the audit, such as "plan/r1/owner". `text` is what is written, "" for nothing yet.
        options: where one of a few is to be chosen. lines: how much room a text wants.
    """

    id: str
    title: str
    text: str
    help: str = ""
    options: tuple[str, ...] = ()
    lines: int = 3


Value = str | int | float | None | Field


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption; `rows` hold a value a column. `id` names its file."""

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart (of Altair) with its caption, what it shows in words for who cannot see it, and its numbers."""

    id: str
    chart: Any
    caption: str
    alt: str
    table: Table


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence or more. `facts` are the ids of the facts its numbers come from; `lead` is set larger."""

    text: str
    facts: tuple[str, ...] = ()
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, `ordered` or not."""

    items: tuple[Paragraph, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """What a model wrote, word for word, with the prompt it answered and where it stands.

    `about` places it (group, context, model, cell); `note` says what people or scorers said of it.
    """

    text: str
    prompt: str
    about: str
    note: str = ""


class NoticeKind(StrEnum):
    """Why something stands apart from the text."""

    CONTENT = "content"  # what follows may upset
    DISCLAIMER = "disclaimer"
    LACKING = "lacking"  # something that is not there, and why
    MISSING = "missing"  # what the author has not written yet
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Notice:
    """A box beside the text."""

    kind: NoticeKind
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it, further sections among it. `notes` are a speaker's."""

    id: str
    title: str
    blocks: "tuple[Block, ...]"
    notes: str = ""


Block = Paragraph | Bullets | Table | Figure | Quote | Notice | Field | Section


@dataclass(frozen=True, slots=True)
class Document:
    """A report before it takes a format. Of a deck each section is one slide.

    `facts` are all that its sentences refer to, by their order in the document.
    """

    kind: ReportKind
    title: str
    subtitle: str
    run: str
    audience: Audience
    sections: tuple[Section, ...]
    facts: tuple[Fact, ...] = field(default=())
    language: str = "en"
