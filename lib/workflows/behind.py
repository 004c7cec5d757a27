"""What lies behind a mark of a chart: its responses by matched set, and the filter that lists them."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lib.store.cells import decoding_label
from lib.types import ResponseFilter
from lib.workflows.workbench import Workbench

if TYPE_CHECKING:
    import pandas as pd

    from lib.workflows.comparison import Comparison


@dataclass(frozen=True, slots=True)
class Member:
    """One response of a matched set as it was compared; `value` is NaN where it has no number."""

    no: int
    group: str
    term: str
    value: float


@dataclass(frozen=True, slots=True)
class Behind:
    """The matched sets behind a mark, each with those of its members that count there."""

    sets: Mapping[str, tuple[Member, ...]]
    filter: ResponseFilter

    @property
    def responses(self) -> int:
        """How many different responses there are."""
        return len({member.no for members in self.sets.values() for member in members})


def behind(
    workbench: Workbench, comparison: "Comparison", groups: Iterable[str], where: Mapping[str, Hashable]
) -> Behind:
    """The responses of some groups (by title; none: all) in the rows of a comparison that `where` describes.

    `where` maps columns of the comparison's frame to the value they must have.
    """
    titles = comparison.attribute.titles
    wanted = {id for id, title in titles.items() if title in set(groups)} or set(titles)
    rows = comparison.frame[comparison.frame["group"].isin(wanted)]
    for column, value in where.items():
        rows = rows[rows[column] == value]
    named = zip(rows["set_id"], rows["no"], rows["group"], rows["term"], rows["value"], strict=True)
    sets: dict[str, list[Member]] = {}
    for set_id, no, group, term, value in named:
        sets.setdefault(str(set_id), []).append(Member(int(no), titles[group], str(term), float(value)))
    return Behind({id: tuple(members) for id, members in sets.items()}, filter_for(workbench, comparison, rows))


def filter_for(workbench: Workbench, comparison: "Comparison", rows: "pd.DataFrame") -> ResponseFilter:
    """The narrowest filter of stored responses that lets these rows pass; one that would not narrow is left out."""
    run = comparison.question.run
    vary = workbench.store.runs.get(run).grid.vary
    mappings = {id(mapping): mapping for mapping in rows["groups"]}.values()
    groups = tuple(dict.fromkeys(cell_group(mapping, vary) for mapping in mappings))

    def narrowed(column: str) -> tuple[str, ...]:
        there = rows[column].unique()
        return tuple(there) if len(there) < comparison.frame[column].nunique() else ()

    return ResponseFilter(
        runs=(run,),
        groups=groups,
        templates=narrowed("template"),
        models=narrowed("model"),
        decodings=narrowed("decoding"),
    )


def cell_group(groups: Mapping[str, str], vary: Iterable[str]) -> str:
    """The group of a cell as it is stored ("woman", "muslim+woman", "woman>man"), from its memberships."""
    parts = [
        f"{groups[f'{name}#1']}>{groups[f'{name}#2']}" if f"{name}#1" in groups else groups.get(name) for name in vary
    ]
    return "+".join(part for part in parts if part)


def decodings(workbench: Workbench, run_id: str) -> list[str]:
    """The decoding settings of a run, as people read and filter them."""
    return [decoding_label(decoding) for decoding in workbench.store.runs.get(run_id).grid.decodings]
