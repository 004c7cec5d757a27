"""A codebook as a labelling configuration for Label Studio: the XML that says what its page asks."""

import re
import xml.etree.ElementTree as ET

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
from lib.annotation.labels import CHOICES
from lib.types import Codebook, CodebookField, FieldKind

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_config(codebook: Codebook, *, with_prompt: bool = True) -> bytes:
    """The configuration, UTF-8: a control for each field, then confidence, unsure, note and discard.

    Results hold the ids of labels (as aliases of their titles). A field that depends on others is shown when they
    allow it. Label Studio draws a scale best as choices, whose steps have names.
    """
    view = ET.Element("View")
    _add(view, "Header", value=codebook.question)
    if with_prompt:
        _add(view, "Text", name=PROMPT, value=f"${PROMPT}")
    _add(view, "Text", name=TEXT, value=f"${TEXT}")
    for field in codebook.fields:
        _ask(view, field)
    if codebook.confidence:
        _add(view, "Header", value="How sure are you? 1 is a guess, 5 is certain.")
        _add(view, "Rating", name=CONFIDENCE, toName=TEXT, maxRating=str(SURE_ENOUGH))
    unsure = _add(view, "Choices", name=UNSURE, toName=TEXT, choice="multiple")
    _add(unsure, "Choice", value="Unsure: look at it again", alias="unsure", hotkey="u")
    if codebook.discard_reasons:
        discard = _add(view, "Choices", name=DISCARD, toName=TEXT, choice="single", allowNested="false")
        for reason in codebook.discard_reasons:
            _add(discard, "Choice", value=f"Discard: {reason}", alias=reason)
    _add(view, "TextArea", name=NOTE, toName=TEXT, placeholder="Note", maxSubmissions="1")
    ET.indent(view)
    data: bytes = ET.tostring(view, encoding="utf-8", xml_declaration=False)
    return data + b"\n"


def _ask(view: ET.Element, field: CodebookField) -> None:
    for other, labels in field.when.items():
        shown = {"visibleWhen": "choice-selected", "whenTagName": outside_name(other)}
        view = _add(view, "View", **shown, whenChoiceValue=",".join(labels))
    _add(view, "Header", value=field.title)
    if field.help:
        _add(view, "Header", value=field.help, size="5")
    tag, label, options = _control(field)
    required = {"required": "true", "requiredMessage": f"{field.title}: it needs an answer."} if field.required else {}
    control = _add(view, tag, name=outside_name(field.id), toName=TEXT, **options, **required)
    for each in field.labels:
        hints = {"hint": each.definition} if each.definition and tag == "Choices" else {}
        keys = {"hotkey": each.key} if each.key else {}
        _add(control, label, value=each.title, alias=each.id, **hints, **keys)


def _control(field: CodebookField) -> tuple[str, str, dict[str, str]]:
    """The tag of a field, that of its labels, and the tag's options."""
    if field.kind in CHOICES:
        choice = "multiple" if field.kind is FieldKind.MULTIPLE else "single"
        return "Choices", "Choice", {"choice": choice, "showInline": "true"}
    return ("Labels", "Label", {}) if field.kind is FieldKind.SPANS else ("TextArea", "", {"maxSubmissions": "1"})


def _add(parent: ET.Element, tag: str, **attributes: str) -> ET.Element:
    return ET.SubElement(parent, tag, {name: _NOT_XML.sub("�", value) for name, value in attributes.items()})
