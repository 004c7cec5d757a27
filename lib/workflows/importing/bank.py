"""A bank for imported outputs: it names groups and contexts, and says that the prompts are as they were recorded."""

import yaml

from lib.banks.read import parse_bank
from lib.banks.schema import slug
from lib.store.outcomes import storable
from lib.types import NO_LANGUAGE, Bank
from lib.workflows.importing.labels import tidy
from lib.workflows.importing.options import Source
from lib.workflows.importing.parts import AttributePart, ContextPart, GroupPart, Parts
from lib.workflows.importing.placing import NO_NAME

NO_GROUP = ("no_group_stated", "No group stated")
NO_SECOND = ("no_second_group", "No second group stated")
"""A bank has two groups at least; these stand where the file has fewer, and no output is of them."""


def bank_for(parts: Parts, source: Source) -> Bank:
    """The bank of an import, read back from the text that is kept."""
    return parse_bank(bank_text(parts, source), source.bank)


def bank_text(parts: Parts, source: Source) -> str:
    """Its YAML."""
    attributes = parts.attributes
    document = {
        "bank": source.bank,
        "title": tidy(source.name) or source.bank,
        "question": "Are these recorded outputs alike for every group?",
        "source": (
            f"Imported from {tidy(source.file)} ({tidy(source.format)}, SHA-256 {source.sha256}). "
            "Evenhand neither wrote these prompts nor generated the outputs."
        ),
        "licence": tidy(source.options.licence) or "not stated",
        "notice": (
            tidy(source.options.notice)
            or "These outputs were recorded elsewhere. Nobody has described yet what in them may upset."
        ),
        "severity": source.options.severity.value,
        "language": source.options.language or NO_LANGUAGE,
        "attributes": {id: _attribute(id, part, source.options.neutral) for id, part in attributes.items()},
        "templates": _templates(parts, list(attributes)),
    }
    if parts.contexts:
        document["contexts"] = {id: _context(id, part) for id, part in parts.contexts.items()}
    return yaml.dump(document, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=100)


class _Plain(yaml.SafeDumper):
    """Writes everything out: an alias would be refused when the bank is read."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - the dumper asks about each value
        return True


def _context(id: str, part: ContextPart) -> dict[str, object]:
    values = [{"id": value, "text": text} for value, text in part.values.items()]
    return {"title": part.title or id, "values": values}


def _attribute(id: str, part: AttributePart, neutral: tuple[str, ...]) -> dict[str, object]:
    groups = dict(part.groups)
    for stand_in, title in (NO_GROUP, NO_SECOND):
        if len(groups) < 2:
            groups[stand_in] = GroupPart(title)
    seen: set[str] = set()
    return {
        "title": part.title or id,
        "groups": {group: _group(group, each, neutral, seen) for group, each in groups.items()},
    }


def _group(id: str, part: GroupPart, neutral: tuple[str, ...], seen: set[str]) -> dict[str, object]:
    terms = [_term(id, term, seen) for term in part.terms or [part.title or id]]
    written: dict[str, object] = {"title": part.title or id, "terms": terms}
    if part.of:
        written["of"] = dict(part.of)
    if id in neutral or part.title in {each or NO_NAME for each in neutral}:
        written["neutral"] = True
    return written


def _term(group: str, term: str, seen: set[str]) -> str | dict[str, str]:
    """A term; one that another group of the attribute has too is told apart by a form with the group's name."""
    if term not in seen:
        seen.add(term)
        return term
    return {"text": term, "in_group": group}


def _templates(parts: Parts, attributes: list[str]) -> list[dict[str, str]]:
    """The templates, each with what varies and what is held fixed in its prompts. Every name is mentioned somewhere."""
    mentioned = {slot for part in parts.templates.values() for slot in part.slots}
    spare = [name for name in (*attributes, *parts.contexts) if name not in mentioned]
    written = []
    for number, (id, part) in enumerate(parts.templates.items()):
        slots = [*part.slots, *(spare if number == 0 else ())]
        if not set(slots) & set(attributes):
            slots.insert(0, attributes[0])
        told = ", ".join(_mention(slot, part.pair) for slot in slots)
        template = {"id": id, "title": part.title or id, "text": f"The prompt as it was recorded: {told}"}
        written.append(template | ({"pair": part.pair} if part.pair else {}))
    return written


def _mention(slot: str, pair: str) -> str:
    return f"{slot} {{{slot}#1}} and {{{slot}#2}}" if slot == pair else f"{slot} {{{slot}}}"


def bank_id(file: str) -> str:
    """The id of the bank made for a file."""
    return f"imported_{slug(storable(file).rsplit('.', 1)[0])[:40].strip('_')}".rstrip("_")
