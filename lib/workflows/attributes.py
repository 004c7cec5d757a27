"""What varies inside the matched sets of a run, and what people call it."""

from collections.abc import Iterable
from dataclasses import dataclass

from lib.banks.read import parse_bank
from lib.grid.choose import choose
from lib.types import Bank
from lib.workflows.workbench import Workbench


@dataclass(frozen=True, slots=True)
class Attribute:
    """Something that varies inside a run's matched sets, with its groups as (id, title); `neutral` marks some.

    `id` is "gender", or "gender+race" for the intersections as they were run.
    """

    id: str
    title: str
    groups: tuple[tuple[str, str], ...]
    neutral: tuple[str, ...]
    terms: int  # the fewest terms of a group that has more than one
    pair: bool = False  # compared inside one prompt ("A or B?")

    @property
    def titles(self) -> dict[str, str]:
        """Titles of the groups by id."""
        return dict(self.groups)


def bank_of(workbench: Workbench, run_id: str) -> Bank:
    """The bank a run was made from, word for word, narrowed to what its grid chose."""
    kept = workbench.store.runs.bank(run_id)
    return choose(parse_bank(kept.text, kept.id), workbench.store.runs.get(run_id).grid)


def attributes(workbench: Workbench, run_id: str) -> list[Attribute]:
    """What varies inside the matched sets of a run: single attributes, what names signal, then intersections."""
    bank, grid = bank_of(workbench, run_id), workbench.store.runs.get(run_id).grid
    pairs = {template.pair for template in bank.templates if template.pair}
    varied = [attribute for name in grid.vary for attribute in bank.attributes if attribute.id == name]
    single = [
        Attribute(
            attribute.id,
            attribute.title,
            tuple((group.id, group.title) for group in attribute.groups),
            tuple(group.id for group in attribute.groups if group.neutral),
            fewest(len(group.terms) for group in attribute.groups),
            attribute.id in pairs,
        )
        for attribute in varied
    ]
    found = single + [
        signalled for attribute in varied for signalled in signals(bank, attribute.id, attribute.id in pairs)
    ]
    if len(single) > 1 and not pairs:
        found.append(intersection(single))
    return list({attribute.id: attribute for attribute in reversed(found)}.values())[::-1]


def fewest(counts: Iterable[int]) -> int:
    """The fewest terms of a group that has several; 1 where none has, and a neutral wording is often a single one."""
    return min((count for count in counts if count > 1), default=1)


def signals(bank: Bank, name: str, pair: bool) -> list[Attribute]:
    """The attributes that the groups of one attribute stand for as well, as names stand for race and gender."""
    groups = next(attribute for attribute in bank.attributes if attribute.id == name).groups
    known = {attribute.id: attribute for attribute in bank.attributes}
    found = []
    for signalled in dict.fromkeys(other for group in groups for other in group.of):
        values = dict.fromkeys(group.of[signalled] for group in groups if signalled in group.of)
        titles = {group.id: group.title for group in known[signalled].groups} if signalled in known else {}
        terms = fewest(
            sum(len(group.terms) for group in groups if group.of.get(signalled) == value) for value in values
        )
        if len(values) > 1:
            title = known[signalled].title if signalled in known else signalled.replace("_", " ").capitalize()
            labels = tuple((value, titles.get(value, value.replace("_", " ").capitalize())) for value in values)
            found.append(Attribute(signalled, f"{title} (signalled by {name})", labels, (), terms, pair))
    return found


def intersection(parts: list[Attribute]) -> Attribute:
    """All varied attributes together."""
    groups: list[tuple[str, str]] = [("", "")]
    for part in parts:
        groups = [
            ("+".join(filter(None, [known, id])), " + ".join(filter(None, [title, its])))
            for known, title in groups
            for id, its in part.groups
        ]
    neutral = tuple(
        id for id, _ in groups if all(each in part.neutral for each, part in zip(id.split("+"), parts, strict=True))
    )
    return Attribute(
        "+".join(part.id for part in parts),
        " × ".join(part.title for part in parts),
        tuple(groups),
        neutral,
        max(part.terms for part in parts),
    )
