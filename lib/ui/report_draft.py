"""What drawing a report needs to know at every block: whose it is, its fields' history, and how things are numbered."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from lib.types import Bank, Block, Document, Field, FieldText, Figure, Section, Table
from lib.ui.frame import Page


@dataclass(slots=True)
class Draft:
    """A document being drawn for the audit `run`.

    Attributes:
        history: everything ever written, by field.
        charts: what browsers draw of each figure, by its id.
        numbers: "Figure 1", "Table 2" by the id of figure or table.
        banks: whose notices stand in front of model output.
        accepted: whether the reader accepted the content notice; None before the first quote asked.
        seen: how often each key was drawn, so that a field that stands twice has two widgets.
    """

    page: Page
    run: str
    document: Document
    history: dict[str, list[FieldText]]
    charts: dict[str, Any]
    numbers: dict[str, str]
    banks: list[Bank]
    accepted: bool | None = None
    seen: Counter[str] = field(default_factory=Counter)

    def key(self, name: str) -> str:
        """A key of its own for something drawn now."""
        self.seen[name] += 1
        return name if self.seen[name] == 1 else f"{name}--{self.seen[name]}"


def blocks_of(document: Document) -> Iterator[Block]:
    """Every block of a document in reading order, sections and what stands in them."""
    for section in document.sections:
        yield section
        yield from below(section.blocks)


def below(blocks: Sequence[Block]) -> Iterator[Block]:
    """Blocks and those inside them."""
    for block in blocks:
        yield block
        if isinstance(block, Section):
            yield from below(block.blocks)


def fields_of(blocks: Sequence[Block]) -> dict[str, Field]:
    """The fields among blocks by their ids, in order; those inside tables too."""
    found: dict[str, Field] = {}
    for block in below(blocks):
        if isinstance(block, Field):
            found.setdefault(block.id, block)
        elif isinstance(block, Table):
            for value in fields_in(block):
                found.setdefault(value.id, value)
    return found


def fields_in(table: Table) -> list[Field]:
    """The fields among a table's cells, row by row."""
    return [value for row in table.rows for value in row if isinstance(value, Field)]


def missing(fields: Iterable[Field]) -> list[Field]:
    """Those of the fields in which nothing stands yet."""
    return [field for field in fields if not field.text.strip()]


def numbers_of(document: Document) -> dict[str, str]:
    """What figures and tables are called, by id: each kind is counted through the document."""
    counted: Counter[str] = Counter()
    numbers: dict[str, str] = {}
    for block in blocks_of(document):
        if isinstance(block, Figure | Table) and block.id not in numbers:
            sort = type(block).__name__
            counted[sort] += 1
            numbers[block.id] = f"{sort} {counted[sort]}"
    return numbers


def anchor(id: str) -> str:
    """An id as an address and a class can hold it."""
    return re.sub(r"[^a-zA-Z0-9_-]", "-", id)


def section_key(section: Section) -> str:
    """The key of the container in which a section stands."""
    return f"report-section-{anchor(section.id)}"


def table_key(table: Table) -> str:
    """The key of the container in which a table's fields are written."""
    return f"report-write-{anchor(table.id)}"


def field_key(id: str) -> str:
    """The key of the container in which a field stands."""
    return f"report-field-{anchor(id)}"
