"""A codebook as the settings of an Argilla 2 dataset: what its page shows and asks."""

import json
from typing import Any

from lib.annotation.formats.argilla_values import UNSURE_VALUES
from lib.annotation.formats.outside import (
    CONFIDENCE,
    DISCARD,
    NOTE,
    PROMPT,
    SURE_ENOUGH,
    TEXT,
    UNSURE,
    outside_name,
)
from lib.types import Codebook, CodebookField, FieldKind


def write_settings(codebook: Codebook) -> bytes:
    """The settings as JSON that Argilla's `Settings.from_json` reads.

    A question that depends on others is never required, because Argilla asks everything at once. The steps of a scale
    are labels, because Argilla's ratings are numbers without names.
    """
    asked = [_question(field) for field in codebook.fields]
    unsure = _choice("label_selection", [(UNSURE_VALUES[0], "Sure"), (UNSURE_VALUES[1], "Unsure: look at it again")])
    asked.append(_named(UNSURE, "Sure?", "", unsure, required=True))
    if codebook.confidence:
        rating = {"type": "rating", "options": [{"value": step} for step in range(1, SURE_ENOUGH + 1)]}
        asked.append(_named(CONFIDENCE, "Confidence", "1 is a guess, 5 is certain.", rating))
    if codebook.discard_reasons:
        reasons = _choice("label_selection", [(reason, reason) for reason in codebook.discard_reasons])
        asked.append(_named(DISCARD, "Discard", "Why this response should be set aside, if it should.", reasons))
    asked.append(_named(NOTE, "Note", "", {"type": "text", "use_markdown": False}))
    settings = {
        "guidelines": guidelines(codebook),
        "questions": asked,
        "fields": [_shown(PROMPT, "Prompt", required=False), _shown(TEXT, "Response", required=True)],
        "vectors": [],
        "metadata": [],
        "allow_extra_metadata": True,
        "distribution": {"strategy": "overlap", "min_submitted": 1},
        "mapping": None,
    }
    return json.dumps(settings, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def guidelines(codebook: Codebook) -> str:
    """The question, and what every label means."""
    lines = [codebook.title, "", codebook.question]
    for field in codebook.fields:
        lines += ["", field.title, *([field.help] if field.help else [])]
        lines += [f"- {label.title}: {label.definition}" for label in field.labels if label.definition]
    return "\n".join(lines)


def _question(field: CodebookField) -> dict[str, Any]:
    settings: dict[str, Any]
    if field.kind is FieldKind.TEXT:
        settings = {"type": "text", "use_markdown": False}
    else:
        kinds = {FieldKind.MULTIPLE: "multi_label_selection", FieldKind.SPANS: "span"}
        settings = _choice(kinds.get(field.kind, "label_selection"), [(each.id, each.title) for each in field.labels])
    if field.kind is FieldKind.SPANS:
        settings |= {"field": TEXT, "allow_overlapping": True}
    required = field.required and not field.when
    return _named(outside_name(field.id), field.title, field.help, settings, required=required)


def _choice(type: str, options: list[tuple[str, str]]) -> dict[str, Any]:
    return {"type": type, "options": [{"value": value, "text": text} for value, text in options]}


def _named(
    name: str, title: str, description: str, settings: dict[str, Any], *, required: bool = False
) -> dict[str, Any]:
    about = {"title": title, "description": description or None, "required": required}
    return {"name": name, **about, "settings": settings}


def _shown(name: str, title: str, *, required: bool) -> dict[str, Any]:
    return {"name": name, "title": title, "required": required, "settings": {"type": "text", "use_markdown": False}}
