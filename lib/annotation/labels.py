"""The labels of a codebook's field, as they are read: their words, and the keys that choose them."""

from collections.abc import Mapping, Sequence

from lib.types import FieldKind, Label
from lib.yaml_files.fields import Field

COMMANDS = ("u", "s", "n", "d", "h", "z", "m")
"""Letters that are commands of the Annotate page until an annotator changes them; no label's key may be one."""

CHOICES = (FieldKind.SINGLE, FieldKind.MULTIPLE, FieldKind.SCALE)
LABEL_OPTIONAL = ("title", "key", "definition", "examples", "severe")
MAX_LABELS = 60
MAX_EXAMPLES = 20
MAX_TITLE = 100
MAX_TEXT = 2_000
DIGITS = 9


def labels_of(kind: FieldKind, field: Field, keys: Mapping[str, Field]) -> tuple[Label, ...]:
    """The labels of one field of a codebook; notes those that are missing, too many, or alike.

    Args:
        kind: what the field asks for.
        field: the codebook's field itself, for a note that it has no labels.
        keys: what stands below it.
    """
    if kind is FieldKind.TEXT:
        if "labels" in keys:
            keys["labels"].note("a field of the kind text has no labels", "Delete them, or choose another kind.")
        return ()
    if "labels" not in keys:
        field.note(f"a field of the kind {kind} needs labels", "Add labels: with one line for each.")
        return ()
    below = keys["labels"].entries()
    if len(below) > MAX_LABELS:
        cause = f"there are {len(below)} labels, more than {MAX_LABELS}"
        keys["labels"].note(cause, "Nobody finds one among so many: split them over several fields.")
        return ()
    if kind in CHOICES and len(below) == 1:
        keys["labels"].note("there is only one label, so there is nothing to choose", "Add a second label.")
    labels = tuple(_label(name, number, entry) for number, (name, entry) in enumerate(below.items(), 1))
    note_same(list(below.values()), [label.title for label in labels], "title")
    _note_same_keys(labels, below)
    return labels


def _label(name: str, number: int, field: Field) -> Label:
    """One label; `number` is its position from 1, whose digit chooses it when it has no key of its own."""
    keys = field.keys((), LABEL_OPTIONAL)
    if number > DIGITS and "key" not in keys:
        cause = f"this is label {number}, and only the first {DIGITS} get a digit as their key"
        field.note(cause, "Add key: with a letter that is free, or use fewer labels.")
    examples = keys["examples"].items() if "examples" in keys else []
    if len(examples) > MAX_EXAMPLES:
        keys["examples"].note(f"there are more than {MAX_EXAMPLES} examples", "Keep the most telling ones.")
    return Label(
        id=name,
        title=title_of(name, keys),
        key=_key(keys["key"]) if "key" in keys else str(number) if number <= DIGITS else "",
        definition=short_text(keys, "definition", MAX_TEXT),
        examples=tuple(short_text({"": example}, "", MAX_TEXT) for example in examples[:MAX_EXAMPLES]),
        severe="severe" in keys and keys["severe"].flag(),
    )


def _key(field: Field) -> str:
    """The key that chooses a label, as it is written: 1 needs no quotes."""
    key = field.node.raw or field.text()
    if not key:
        return ""
    if len(key) != 1 or not "!" <= key <= "~":
        field.note(f"{key[:40]!r} is not one key", "Use one letter, digit or sign of an English keyboard.")
    elif key.lower() in COMMANDS or key == "?":
        field.note(f"the key {key} is a command of the Annotate page", f"Use none of {', '.join(COMMANDS)} and ?.")
    return key


def _note_same_keys(labels: Sequence[Label], below: Mapping[str, Field]) -> None:
    """Two labels of a field on one key; capital letters are no other keys, for Caps Lock would mix them up."""
    chosen: dict[str, str] = {}
    for label in labels:
        key = label.key.lower()
        if key and key in chosen:
            below[label.id].note(
                f"its key {label.key[:1]} chooses the label {chosen[key]!r} already",
                "Give each label of a field a key of its own; without one, its position is its key.",
            )
        chosen.setdefault(key, label.id)


def note_same(fields: Sequence[Field], texts: Sequence[str], what: str) -> None:
    """Note each field whose text, which people would have to tell apart, stood before; capitals do not count."""
    seen: set[str] = set()
    for field, text in zip(fields, texts, strict=True):
        if text and text.casefold() in seen:
            field.note(f"the {what} {text[:40]!r} stands here twice", "Give each its own, so that people see which.")
        seen.add(text.casefold())


def title_of(name: str, keys: Mapping[str, Field]) -> str:
    """The title below `keys`, else one made of the id: "lone_parent" → "Lone parent"."""
    return short_text(keys, "title", MAX_TITLE) or name.replace("_", " ").capitalize()


def short_text(keys: Mapping[str, Field], name: str, limit: int) -> str:
    """The text of that name, at most `limit` characters of it, noted when it is longer; empty when there is none."""
    text = keys[name].text() if name in keys else ""
    if len(text) > limit:
        keys[name].note(f"the text has {len(text):,} characters, more than {limit:,}", "Shorten it.")
    return text[:limit]
