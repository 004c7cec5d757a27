"""Narrow a bank down to what a grid chooses from it."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol, TypeVar

from lib.types import Bank, GridSpec


class _Named(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_Named)


def choose(bank: Bank, spec: GridSpec) -> Bank:
    """The bank with only the chosen templates, groups, terms and context values, in the order of the grid.

    `spec` has passed `validate`, so every name in it is known.
    """
    attributes = []
    for attribute in bank.attributes:
        groups = _pick(attribute.groups, spec.groups.get(attribute.id, ()))
        kept = tuple(replace(group, terms=group.terms[: spec.terms_per_group or None]) for group in groups)
        attributes.append(replace(attribute, groups=kept))
    contexts = [
        replace(context, values=_pick(context.values, spec.contexts.get(context.id, ()))) for context in bank.contexts
    ]
    return replace(
        bank,
        attributes=tuple(attributes),
        contexts=tuple(contexts),
        templates=_pick(bank.templates, spec.templates),
    )


def _pick(things: Iterable[T], names: tuple[str, ...]) -> tuple[T, ...]:
    """The things of these names, in their order; all of them when there are no names."""
    known = {thing.id: thing for thing in things}
    return tuple(known[name] for name in names or known)
