"""How one template becomes matched sets: what is held fixed, and what varies inside a set.

- An attribute the grid varies: every chosen group with every one of its terms is a member of the set.
- Several of them: all combinations (intersections).
- A context slot, and an attribute that is mentioned but not varied: held fixed. Each value, or
  each group with each term, makes a set of its own.
- A template that compares a pair inside the prompt ("A or B?"): a set is one couple of terms from
  two groups, and its two members are the two orders. So everything in the set is equal but who is
  named first, and the mean over a set is free of the position's effect, while the difference
  inside it measures that effect. The i-th term of one group meets the i-th of the other, the
  shorter list starting over, so that every term is used.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, combinations, cycle, islice, product
from typing import Any

from lib.types import Attribute, Bank, Context, Group, Slot, Template, Term


@dataclass(frozen=True, slots=True)
class Pick:
    """One slot filled: with a term of a group, or with a context value (then `is_group` is false).

    `key` is "gender", or "gender#1" in a pair; `of` holds the group's marginal memberships under
    keys with the same number.
    """

    key: str
    id: str
    term: Term
    is_group: bool = False
    of: Mapping[str, str] = field(default_factory=dict)


Option = tuple[Pick, ...]  # slots filled together: one, or the two of a pair
Axis = tuple[Option, ...]
Member = tuple[Group, Term]


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
        return math.prod(map(len, self.held)) * (_couple_count(self.pair) if self.pair else 1)

    @property
    def members(self) -> int:
        """How many prompts are in each matched set."""
        return math.prod(map(len, self.varied)) * (2 if self.pair else 1)

    def labels(self) -> Iterator[str]:
        """Every group label once."""
        axes = [dict.fromkeys(map(label, axis)) for axis in self.varied]
        if self.pair:
            orders = {f"{one.id}>{other.id}": None for one in self.pair for other in self.pair if one is not other}
            axes.insert(self.pair_place, orders)
        return ("+".join(labels) for labels in product(*axes))

    def matched_sets(self) -> Iterator[MatchedSet]:
        """All matched sets, in order of couple, then of what is held, as the bank lists it."""
        if not self.pair:
            yield from self._held_sets({}, self.varied)
            return
        for couple in _couples(self.pair):
            axes = (
                *self.varied[: self.pair_place],
                _orders(self.template.pair, couple),
                *self.varied[self.pair_place :],
            )
            names = sorted([group.id, term.text] for group, term in couple)  # the same however they were chosen
            yield from self._held_sets({self.template.pair: names}, axes)

    def _held_sets(self, couple: Mapping[str, Any], axes: tuple[Axis, ...]) -> Iterator[MatchedSet]:
        for options in product(*self.held):
            shared = tuple(chain.from_iterable(options))
            yield MatchedSet(shared, {**{pick.key: [pick.id, pick.term.text] for pick in shared}, **couple}, axes)


def label(option: Option) -> str:
    """What an option adds to the group's label: "woman", or "woman>man" for a pair."""
    return ">".join(pick.id for pick in option)


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
    contexts = [_context_axis(context) for context in bank.contexts if context.id in mentioned]
    fixed = [_group_axis(attributes[name]) for name in attributes if name in mentioned and name not in vary]
    varied = [name for name in vary if name in mentioned]
    return Layout(
        template=template,
        held=(*contexts, *fixed),
        varied=tuple(_group_axis(attributes[name]) for name in varied if name != template.pair),
        pair=attributes[template.pair].groups if template.pair else (),
        pair_place=varied.index(template.pair) if template.pair else 0,
    )


def _mentioned(template: Template) -> set[str]:
    return {part.name for part in template.parts if isinstance(part, Slot)}


def _attributes(bank: Bank) -> dict[str, Attribute]:
    return {attribute.id: attribute for attribute in bank.attributes}


def _context_axis(context: Context) -> Axis:
    return tuple((Pick(context.id, value.id, Term(value.text)),) for value in context.values)


def _group_axis(attribute: Attribute) -> Axis:
    return tuple((_group_pick(attribute.id, "", group, term),) for group in attribute.groups for term in group.terms)


def _group_pick(attribute: str, number: str, group: Group, term: Term) -> Pick:
    memberships = {f"{other}{number}": of for other, of in group.of.items()}
    return Pick(f"{attribute}{number}", group.id, term, is_group=True, of=memberships)


def _couples(groups: Sequence[Group]) -> Iterator[tuple[Member, Member]]:
    """Two terms of two groups: the i-th with the i-th, the shorter list starting over."""
    for one, other in combinations(groups, 2):
        longest = max(len(one.terms), len(other.terms))
        for first, second in islice(zip(cycle(one.terms), cycle(other.terms), strict=False), longest):
            yield (one, first), (other, second)


def _couple_count(groups: Sequence[Group]) -> int:
    """How many `_couples` there are: in order of size, a group is the longer one with each before it."""
    return sum(place * count for place, count in enumerate(sorted(len(group.terms) for group in groups)))


def _orders(attribute: str, couple: tuple[Member, Member]) -> Axis:
    """The two orders in which a couple can be named."""
    one, other = couple
    return tuple(
        (_group_pick(attribute, "#1", *first), _group_pick(attribute, "#2", *second))
        for first, second in ((one, other), (other, one))
    )
