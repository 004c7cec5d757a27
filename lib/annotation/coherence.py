"""Do a codebook's fields fit together? Asked of codebooks that are well formed."""

from collections.abc import Iterator, Mapping

from lib.annotation.labels import CHOICES
from lib.types import Codebook, CodebookField, FieldKind
from lib.yaml_files.fields import Field, suggest_from

MULTIPLE = FieldKind.MULTIPLE


def note_incoherences(codebook: Codebook, root: Field) -> None:
    """Note each `when` that names what is not there, not yet answered or no choice; circles; and fields never asked."""
    fields = {field.id: field for field in codebook.fields}
    before: set[str] = set()
    for field in codebook.fields:
        for name in field.when:
            if problem := _wrong_with(field, name, fields, before):
                root.at("fields", field.id, "when", name).note(*problem)
        for name, number, cause, remedy in _unknown_labels(field, fields):
            root.at("fields", field.id, "when", name, number).note(cause, remedy)
        before.add(field.id)
    _note_circles(fields, root)
    if not root.problems:
        _note_never_asked(fields, root)


def _wrong_with(
    field: CodebookField, name: str, fields: Mapping[str, CodebookField], before: set[str]
) -> tuple[str, str] | None:
    """Cause and remedy of what is wrong with one field that a `when` names; circles are told by themselves."""
    if name not in fields:
        return f"no field is called {name[:40]!r}", suggest_from(name, [known for known in fields if known != field.id])
    if name == field.id:
        return "a field cannot wait for itself", "Name a field that comes before it."
    if fields[name].kind not in CHOICES:
        cause = f"{name} is of the kind {fields[name].kind}, which chooses no label"
        return cause, "Name a field of the kind single, multiple or scale."
    if name not in before and not _way(name, field.id, fields):
        return f"{name} comes later, so it is not answered yet", f"Move {name} in front of {field.id}."
    return None


def _unknown_labels(field: CodebookField, fields: Mapping[str, CodebookField]) -> Iterator[tuple[str, int, str, str]]:
    """Field, place in the list, cause and remedy of each label that the field it should be of does not have."""
    for name, labels in field.when.items():
        known = dict.fromkeys(label.id for label in fields[name].labels) if name in fields else {}
        for number, label in enumerate(labels if known else ()):
            if label not in known:
                yield name, number, f"{name} has no label {label[:40]!r}", suggest_from(label, known)


def _note_circles(fields: Mapping[str, CodebookField], root: Field) -> None:
    """Each circle once, at the first of its fields, as the way round."""
    told: set[str] = set()
    for field in fields.values():
        for name in field.when:
            way = _way(name, field.id, fields) if name != field.id and not {name, field.id} & told else []
            if way:
                told.update(way)
                cause = f"these fields wait for each other: {' → '.join([field.id, *way])}"
                root.at("fields", field.id, "when", name).note(cause, "Take out one of these conditions.")


def _way(start: str, end: str, fields: Mapping[str, CodebookField]) -> list[str]:
    """The shortest way from field to field, each waiting for the next, both ends included; empty when there is none."""
    ways = {start: [start]}
    queue = [start]
    for name in queue:
        if name == end:
            return ways[name]
        for following in fields[name].when if name in fields else ():
            if following not in ways:
                ways[following] = [*ways[name], following]
                queue.append(following)
    return []


def _note_never_asked(fields: Mapping[str, CodebookField], root: Field) -> None:
    """Fields whose conditions, with those of the fields they wait for, exclude each other.

    A field of one choice must have a label that all of them allow; one of many can have all that are wanted.
    """
    needed: dict[str, dict[str, frozenset[str]]] = {}
    for field in fields.values():
        needs: dict[str, frozenset[str]] = {}
        for name, labels in field.when.items():
            for other, allowed in [*needed[name].items(), (name, frozenset(labels))]:
                needs[other] = (
                    needs[other] & allowed if other in needs and fields[other].kind is not MULTIPLE else allowed
                )
        impossible = [name for name, allowed in needs.items() if not allowed]
        if impossible and not any(_impossible(needed[name]) for name in field.when):
            cause = f"it is never asked: its conditions leave no label of {impossible[0]} that all of them allow"
            root.at("fields", field.id, "when").note(cause, "Allow a label that they share, or leave a condition out.")
        needed[field.id] = needs


def _impossible(needs: Mapping[str, frozenset[str]]) -> bool:
    return not all(needs.values())
