"""The options that fill a slot: terms of the chosen groups, or the values of a context."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lib.types import Attribute, Context, Group, Term


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


def label(option: Option) -> str:
    """What an option adds to the group's label: "woman", or "woman>man" for a pair."""
    return ">".join(pick.id for pick in option)


def context_axis(context: Context) -> Axis:
    """One option for each value of a context slot."""
    return tuple((Pick(context.id, value.id, Term(value.text)),) for value in context.values)


def group_axis(attribute: Attribute) -> Axis:
    """One option for each term of each group."""
    return tuple((group_pick(attribute.id, "", group, term),) for group in attribute.groups for term in group.terms)


def group_pick(attribute: str, number: str, group: Group, term: Term) -> Pick:
    """The pick of one term; `number` is "#1" or "#2" in a pair, else ""."""
    memberships = {f"{other}{number}": of for other, of in group.of.items()}
    return Pick(f"{attribute}{number}", group.id, term, is_group=True, of=memberships)
