"""A template and the terms chosen for its slots become a prompt."""

from collections.abc import Callable, Mapping

from lib.errors import GridError
from lib.grid.article import with_article
from lib.types import Slot, Template, Term


def capitalise(text: str) -> str:
    """`text` with its first character in upper case and the rest as it is."""
    return text[:1].upper() + text[1:]


FILTERS: Mapping[str, Callable[[str], str]] = {"a": with_article, "cap": capitalise}


def slot_key(slot: Slot) -> str:
    """What a slot is filled from: "gender", or "gender#1" where a pair is compared inside the prompt."""
    return f"{slot.name}#{slot.number}" if slot.number else slot.name


def render(template: Template, choice: Mapping[str, Term]) -> str:
    """The prompt: literals as they are, every slot with the words of its chosen term.

    Args:
        choice: one term for each `slot_key` of the template; a context value is a term without forms.

    Raises:
        GridError: a slot without a choice, a term without the form asked for, an unknown filter.
    """
    return "".join(part if isinstance(part, str) else _fill(template, part, choice) for part in template.parts)


def _fill(template: Template, slot: Slot, choice: Mapping[str, Term]) -> str:
    key = slot_key(slot)
    place = f"template {template.id!r}, slot {{{key}}}"
    if key not in choice:
        raise GridError(place, "no attribute or context fills it", "Declare it in the bank or take the slot out.")
    term = choice[key]
    if slot.role and slot.role not in term.forms:
        cause = f"the term {term.text!r} has no form {slot.role!r}"
        raise GridError(place, cause, f"Add `{slot.role}:` to that term or to its group in the bank.")
    words = term.forms[slot.role] if slot.role else term.text
    for name in slot.filters:
        if name not in FILTERS:
            raise GridError(place, f"there is no filter {name!r}", f"Known filters: {', '.join(FILTERS)}.")
        words = FILTERS[name](words)
    return words
