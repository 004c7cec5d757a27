"""How one template becomes matched sets: what is held fixed, and what varies inside a set.

- An attribute the grid varies: every chosen group with every one of its terms is a member of the set.
- Several of them: all combinations (intersections).
- A context slot, and an attribute that is mentioned but not varied: held fixed. Each value, or
  each group with each term, makes a set of its own.
- A template that compares a pair inside the prompt ("A or B?"): a set is one couple of terms from
  two groups, and its two members are the two orders. So all is equal in the set but who is named
  first: the mean over the two cancels the effect of the position, their difference measures it.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, product
from typing import Any

from lib.grid.axes import Axis, Option, context_axis, group_axis, label
from lib.grid.pairs import couple_count, couples, orders
from lib.types import Attribute, Bank, Group, Slot, Template


@dataclass(frozen=True, slots=True)
class MatchedSet:
    """One matched set: the picks its members share, and for each member the options that vary.

    `held` identifies, as JSON, what is held fixed: slot → [id, words], and for a pair the couple.
    """

    shared: Option
    held: Mapping[str, Any]
    axes: tuple[Axis, ...]

    def members(self) -> Iterator[tuple[str, Option]]:
        """For each member its group label ("woman", "muslim+woman", "woman>man") and its own picks."""
        for options in product(*self.axes):
            yield "+".join(map(label, options)), tuple(chain.from_iterable(options))


@dataclass(frozen=True, slots=True)
class Layout:
    """The matched sets of one template. `pair` holds the groups compared inside the prompt, else nothing.

    `pair_place` says where the pair stands among the varied attributes, for the order in labels.
    """

    template: Template
    held: tuple[Axis, ...]
    varied: tuple[Axis, ...]
    pair: tuple[Group, ...] = ()
    pair_place: int = 0

    @property
    def sets(self) -> int:
        """How many matched sets there are, without making any."""
        return math.prod(map(len, self.held)) * (couple_count(self.pair) if self.pair else 1)

    @property
    def members(self) -> int:
        """How many prompts are in each matched set."""
        return math.prod(map(len, self.varied)) * (2 if self.pair else 1)

    def labels(self) -> Iterator[str]:
        """Every group label once."""
        axes = [dict.fromkeys(map(label, axis)) for axis in self.varied]
        if self.pair:
            both = {f"{one.id}>{other.id}": None for one in self.pair for other in self.pair if one is not other}
            axes.insert(self.pair_place, both)
        return ("+".join(labels) for labels in product(*axes))

    def matched_sets(self) -> Iterator[MatchedSet]:
        """All matched sets, in order of couple, then of what is held, as the bank lists it."""
        if not self.pair:
            yield from self._held_sets({}, self.varied)
            return
        for couple in couples(self.pair):
            axes = (
                *self.varied[: self.pair_place],
                orders(self.template.pair, couple),
                *self.varied[self.pair_place :],
            )
            names = sorted([group.id, term.text] for group, term in couple)  # the same however they were chosen
            yield from self._held_sets({self.template.pair: names}, axes)

    def _held_sets(self, couple: Mapping[str, Any], axes: tuple[Axis, ...]) -> Iterator[MatchedSet]:
        for options in product(*self.held):
            shared = tuple(chain.from_iterable(options))
            yield MatchedSet(shared, {**{pick.key: [pick.id, pick.term.text] for pick in shared}, **couple}, axes)


def why_skipped(template: Template, bank: Bank, vary: Sequence[str]) -> str:
    """Why a template of a narrowed bank has no part in a grid that varies `vary`, in one clause; "" when it has."""
    if template.pair and template.pair not in vary:
        return f"it compares {template.pair} inside the prompt, and {template.pair} is not varied"
    if template.pair and len(_attributes(bank)[template.pair].groups) < 2:
        return f"it compares two groups of {template.pair}, and only one is chosen"
    if not _mentioned(template) & set(vary):
        return f"it does not mention {' or '.join(vary)}"
    return ""


def layout(template: Template, bank: Bank, vary: Sequence[str]) -> Layout:
    """The layout of a template that is not skipped, over a bank narrowed by `choose`."""
    mentioned = _mentioned(template)
    attributes = _attributes(bank)
    contexts = [context_axis(context) for context in bank.contexts if context.id in mentioned]
    fixed = [group_axis(attributes[name]) for name in attributes if name in mentioned and name not in vary]
    varied = [name for name in vary if name in mentioned]
    return Layout(
        template=template,
        held=(*contexts, *fixed),
        varied=tuple(group_axis(attributes[name]) for name in varied if name != template.pair),
        pair=attributes[template.pair].groups if template.pair else (),
        pair_place=varied.index(template.pair) if template.pair else 0,
    )


def _mentioned(template: Template) -> set[str]:
    return {part.name for part in template.parts if isinstance(part, Slot)}


def _attributes(bank: Bank) -> dict[str, Attribute]:
    return {attribute.id: attribute for attribute in bank.attributes}
