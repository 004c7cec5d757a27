"""What people call the groups and contexts of a cell, by the bank it was made from."""

from collections.abc import Iterable

from lib.types import Bank, Cell


def group_title(bank: Bank, group: str) -> str:
    """The group of a cell ("muslim+woman", "woman>man") by the titles of its parts: "Woman, then Man"."""
    known = {each.id: each.title for attribute in bank.attributes for each in attribute.groups}
    parts = [", then ".join(known.get(side, side) for side in part.split(">")) for part in group.split("+")]
    return " + ".join(part for part in parts if part) or "All"


def group_titles(bank: Bank, groups: Iterable[str]) -> dict[str, str]:
    """The titles of some groups of cells, by group."""
    return {group: group_title(bank, group) for group in groups}


def context_title(bank: Bank, cell: Cell) -> str:
    """What a cell holds fixed: "Description; Occupation: nurse"."""
    template = next((each.title or each.id for each in bank.templates if each.id == cell.template), cell.template)
    slots = {each.id: each.title for each in bank.contexts} | {each.id: each.title for each in bank.attributes}
    values = {(each.id, value.id): value.text for each in bank.contexts for value in each.values}
    values |= {(each.id, group.id): group.title for each in bank.attributes for group in each.groups}
    held = [f"{slots.get(slot, slot)}: {values.get((slot, value), value)}" for slot, value in cell.held.items()]
    return "; ".join([template, *held])
