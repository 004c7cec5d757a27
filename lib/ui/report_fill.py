"""What an author wrote, put into a report that was made without it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from lib.types import Block, Document, Field, Section, Table, Value


def filled(made: Document, written: Mapping[str, str]) -> Document:
    """A report with what its author wrote."""
    return replace(made, sections=tuple(filled_section(section, written) for section in made.sections))


def filled_section(section: Section, written: Mapping[str, str]) -> Section:
    """A section with what its author wrote, in sections and tables within it too."""
    return replace(section, blocks=tuple(filled_block(block, written) for block in section.blocks))


def filled_block(block: Block, written: Mapping[str, str]) -> Block:
    """A block with what its author wrote."""
    match block:
        case Section():
            return filled_section(block, written)
        case Table():
            return replace(block, rows=tuple(filled_row(row, written) for row in block.rows))
        case Field():
            return replace(block, text=written.get(block.id, ""))
        case _:
            return block


def filled_row(row: Sequence[Value], written: Mapping[str, str]) -> tuple[Value, ...]:
    """A row of a table with what its author wrote."""
    return tuple(replace(value, text=written.get(value.id, "")) if isinstance(value, Field) else value for value in row)
