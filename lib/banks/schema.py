"""From the fields of a bank file to a `Bank`, noting whatever is missing, misplaced or mistyped."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable

from lib.banks.slots import SlotProblem, cut
from lib.types import Attribute, Bank, Context, ContextValue, Group, Severity, Slot, Template, Term
from lib.yaml_files.fields import Field

REQUIRED = ("bank", "title", "question", "source", "licence", "notice", "attributes", "templates")
OPTIONAL = ("severity", "language", "contexts")
MAX_SHARED_FORMS = 20
MAX_SLUG = 50  # an id has at most 60 characters, and importers put a word in front


def read_bank(root: Field) -> Bank:
    """The bank as far as it can be read; only to be trusted when no problem was noted."""
    keys = root.keys(REQUIRED, OPTIONAL)
    bank_id = _text(keys, "bank")
    if bank_id:
        keys["bank"].check_id(bank_id)
    return Bank(
        id=bank_id,
        title=_text(keys, "title"),
        question=_text(keys, "question"),
        source=_text(keys, "source"),
        licence=_text(keys, "licence"),
        notice=_text(keys, "notice"),
        severity=Severity(keys["severity"].choice(tuple(Severity))) if "severity" in keys else Severity.MILD,
        attributes=tuple(_attribute(name, field) for name, field in _entries(keys, "attributes")),
        contexts=tuple(_context(name, field) for name, field in _entries(keys, "contexts")),
        templates=_templates(keys["templates"]) if "templates" in keys else (),
        language=_text(keys, "language") or "en",
    )


def slug(text: str) -> str:
    """An id made from a text: "Software engineer" → "software_engineer"; empty when there is nothing to make it from.

    Where letters or length would be lost, a short hash stands in, so that no two texts meet unseen.
    """
    mark = hashlib.sha256(text.encode()).hexdigest()[:8]
    plain = unicodedata.normalize("NFKD", text)
    if any(letter.isalnum() and not letter.isascii() for letter in plain):
        return f"x_{mark}"
    name = re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_")
    return name if len(name) <= MAX_SLUG else f"{name[: MAX_SLUG - 9].rstrip('_')}_{mark}"


def _attribute(name: str, field: Field) -> Attribute:
    keys = field.keys(("groups",), ("title",))
    groups = tuple(_group(group, below) for group, below in _entries(keys, "groups"))
    if len(groups) == 1:
        keys["groups"].note("there is only one group, so nothing can be compared", "Add a second group.")
    _note_same_terms(groups, field)
    return Attribute(name, _title(name, keys), groups)


def _group(name: str, field: Field) -> Group:
    """A group in full, or in short as its terms alone: a list of them, or a single one."""
    if isinstance(field.node.value, list):
        return Group(name, _default_title(name), tuple(_term(item, {}) for item in field.items()))
    if not isinstance(field.node.value, dict):
        return Group(name, _default_title(name), (_term(field, {}),))
    keys = field.keys(("terms",), ("title", "of", "neutral", "forms"))
    forms = _shared_forms(keys["forms"]) if "forms" in keys else {}
    terms = tuple(_term(item, forms) for item in keys["terms"].items()) if "terms" in keys else ()
    neutral = "neutral" in keys and keys["neutral"].flag()
    return Group(name, _title(name, keys), terms, _memberships(keys), neutral)


def _shared_forms(field: Field) -> dict[str, str]:
    """The forms that every term of a group has; few, because each term that has others too keeps a copy."""
    forms = {role: below.text() for role, below in field.entries().items()}
    if len(forms) > MAX_SHARED_FORMS:
        field.note(f"a group shares {len(forms)} forms, more than {MAX_SHARED_FORMS}", "Give them to single terms.")
        return {}
    return forms


def _term(field: Field, group_forms: dict[str, str]) -> Term:
    """A term in full (`text` and its forms by role), or in short as its text alone."""
    if not isinstance(field.node.value, dict):
        return Term(field.text(), group_forms)
    words = {role: below.text() for role, below in field.entries().items()}
    if "text" not in words:
        field.note("the key 'text' is missing", "Add text: with the words that stand for the group.")
    text = words.pop("text", "")
    return Term(text, {**group_forms, **words})


def _memberships(keys: dict[str, Field]) -> dict[str, str]:
    """What a group means on other attributes: `of: {gender: woman, race: black}`."""
    of = {}
    for attribute, field in _entries(keys, "of"):
        of[attribute] = field.text()
        if of[attribute]:
            field.check_id(of[attribute])
    return of


def _context(name: str, field: Field) -> Context:
    """A context in full, or in short as the list of its values."""
    if isinstance(field.node.value, list):
        return Context(name, _default_title(name), _values(field))
    keys = field.keys(("values",), ("title",))
    return Context(name, _title(name, keys), _values(keys["values"]) if "values" in keys else ())


def _values(field: Field) -> tuple[ContextValue, ...]:
    items = field.items()
    values = [_value(item) for item in items]
    _note_repeats(items, [value.id for value in values])
    return tuple(values)


def _value(field: Field) -> ContextValue:
    """A context value in full (`id` and `text`), or in short as its text, which then gives the id."""
    if isinstance(field.node.value, dict):
        keys = field.keys(("id", "text"))
        value = ContextValue(_text(keys, "id"), _text(keys, "text"))
        if value.id:
            keys["id"].check_id(value.id)
        return value
    text = field.text()
    if text and not slug(text):
        field.note("no id can be made of this text", "Write {id: …, text: …} instead.")
    return ContextValue(slug(text), text)


def _templates(field: Field) -> tuple[Template, ...]:
    items = field.items()
    templates = [_template(item) for item in items]
    _note_repeats(items, [template.id for template in templates])
    return tuple(templates)


def _template(field: Field) -> Template:
    keys = field.keys(("id", "text"), ("title", "pair"))
    template_id = _text(keys, "id")
    if template_id:
        keys["id"].check_id(template_id)
    text = _text(keys, "text")
    parts: tuple[str | Slot, ...] = ()
    try:
        parts = cut(text)
    except SlotProblem as problem:
        keys["text"].note(*problem.args)
    return Template(template_id, text, parts, _title(template_id, keys), _text(keys, "pair"))


def _note_repeats(items: list[Field], ids: list[str]) -> None:
    seen: set[str] = set()
    for item, name in zip(items, ids, strict=True):
        if name and name in seen:
            item.note(f"the id {name[:40]!r} is used twice in this list", "Give each its own id.")
        seen.add(name)


def _note_same_terms(groups: Iterable[Group], field: Field) -> None:
    """Two equal terms, forms included, would be the same prompt under two names."""
    seen: set[tuple[str, frozenset[tuple[str, str]]]] = set()
    for group in groups:
        for term in group.terms:
            words = (term.text, frozenset(term.forms.items()))
            if term.text and words in seen:
                field.note(
                    f"the term {term.text[:40]!r} stands here twice with the same forms",
                    f"Delete it from the group {group.id}, or give it words of its own.",
                )
            seen.add(words)


def _entries(keys: dict[str, Field], name: str) -> list[tuple[str, Field]]:
    return list(keys[name].entries().items()) if name in keys else []


def _text(keys: dict[str, Field], name: str) -> str:
    return keys[name].text() if name in keys else ""


def _title(name: str, keys: dict[str, Field]) -> str:
    return _text(keys, "title") or _default_title(name)


def _default_title(name: str) -> str:
    return name.replace("_", " ").capitalize()
