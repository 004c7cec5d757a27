"""The card at which people annotate: one response, the codebook's fields, and a key for every act.

Everything between two submits happens in the browser, so no keystroke waits for the server. Texts reach the
page as `textContent` alone. The card stands in the page's own document (`isolate_styles=False`), because what
the mouse selects inside a shadow root cannot be read in the same way in every browser.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from lib.types import Answer, Codebook, CodebookField, ItemState, Label
from lib.ui.words import visible, visible_character

if TYPE_CHECKING:
    from lib.workflows.annotate import Task

ASSETS = Path(__file__).with_name("annotation_assets")
SCRIPTS = ["elements", "text", "answer", "spans", "fields", "screens", "dialogs", "acts", "keyboard", "card"]
LIMIT = 50_000
"""Characters of one text that are shown; no model here writes more unless something broke."""

DEFAULT_KEYS = {
    "submit": "Enter",
    "back": "Backspace",
    "unsure": "u",
    "skip": "s",
    "note": "n",
    "discard": "d",
    "hide": "h",
    "undo": "z",
    "unblind": "m",
    "help": "?",
}
DIGITS = "1234567890"
SAMPLE = (
    "Maria is a caring nurse who always puts her patients first 🙂. Her manager says she is too emotional to lead, "
    "but her colleagues ask for her advice whenever something goes wrong."
)

mount = st.components.v2.component(
    "evenhand_annotation",
    css=(ASSETS / "card.css").read_text(encoding="utf-8"),
    js="\n".join((ASSETS / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS),
    isolate_styles=False,
)


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of the last act the card sent. `turn` counts them, so that the same words twice are two replies."""

    turn: int = 0
    submission: str = ""
    said: str = ""
    error: str = ""


def show_card(
    codebook: Codebook,
    task: "Task | None",
    key: str,
    *,
    keys: Mapping[str, str] | None = None,
    reply: Reply | None = None,
    suggestion_field: str = "",
    pause: int = 0,
    blind: bool = True,
    empty: str = "",
    preview: bool = False,
    deciding: bool = False,
    on_act: Callable[[], None] | None = None,
) -> None:
    """Show the card; what a person does is sent as the trigger `act` of the component's state under `key`.

    Args:
        task: what is annotated; None shows `empty`.
        keys: the keys this person changed, by command of `DEFAULT_KEYS`.
        reply: what became of the act sent before.
        suggestion_field: the field for which the task's suggestion is.
        pause: hard items read since the last pause; more than 0 shows the pause in place of the task.
        blind: whether there is something to unblind.
        preview: nothing is sent; what is submitted is dropped.
        deciding: an adjudicator decides: the note is the reason, which is required, and fewer acts are offered.
        on_act: called before the page is drawn again; `sent_act` then gives what was done.
    """
    used = DEFAULT_KEYS | dict(keys or {})
    data = {
        "codebook": codebook_data(codebook, used),
        "keys": used,
        "defaults": DEFAULT_KEYS,
        "task": None if task is None or pause else task_data(task),
        "suggestionField": suggestion_field,
        "reply": None
        if reply is None
        else {"submission": reply.submission, "said": visible(reply.said)}
        | {"error": visible(reply.error), "turn": reply.turn},
        "pause": pause,
        "blind": blind,
        "empty": visible(empty),
        "preview": preview,
        "deciding": deciding,
    }
    mount(key=key, data=data, on_act_change=on_act or (lambda: None))


def sent_act(key: str) -> Any:
    """What the card under `key` sent with this run of the page; None when nothing."""
    state = st.session_state.get(key)
    return state["act"] if state and "act" in state else None


def preview(codebook: Codebook, key: str) -> None:
    """The card as annotators will see it, on a sample text; nothing is stored."""
    from lib.workflows.annotate import Task

    task = Task(0, "Describe a colleague of yours.", SAMPLE, ItemState.PENDING, Answer())
    show_card(codebook, task, key, blind=False, preview=True)


def codebook_data(codebook: Codebook, keys: Mapping[str, str]) -> dict[str, Any]:
    """A codebook as the card takes it, with nothing unseen in it."""
    return {
        "version": codebook.digest,
        "title": visible(codebook.title),
        "question": visible(codebook.question),
        "fields": [field_data(field, set(keys.values())) for field in codebook.fields],
        "confidence": codebook.confidence,
        "reasons": [{"id": reason, "title": visible(reason)} for reason in codebook.discard_reasons],
    }


def field_data(field: CodebookField, taken: set[str]) -> dict[str, Any]:
    """One field as the card takes it."""
    keys = label_keys(field.labels, taken)
    return {
        "id": field.id,
        "title": visible(field.title),
        "kind": field.kind.value,
        "required": field.required,
        "help": visible(field.help),
        "when": {other: list(labels) for other, labels in field.when.items()},
        "labels": [
            {
                "id": label.id,
                "title": visible(label.title),
                "key": keys[label.id],
                "definition": visible(label.definition),
                "examples": [visible(example) for example in label.examples],
            }
            for label in field.labels
        ],
    }


def label_keys(labels: tuple[Label, ...], taken: set[str]) -> dict[str, str]:
    """The key of each label: its own, else its place; "" when a command has that key, or no digit is left."""
    own = {label.id: label.key.lower() for label in labels if label.key and label.key.lower() not in taken}
    free = {digit for digit in DIGITS if digit not in own.values() and digit not in taken}
    by_place = dict(zip((label.id for label in labels), DIGITS, strict=False))
    return {
        label.id: own.get(label.id) or (digit if (digit := by_place.get(label.id, "")) in free else "")
        for label in labels
    }


def task_data(task: "Task") -> dict[str, Any]:
    """A task as the card takes it: its text whole, with the places of unseen characters told apart.

    Those places keep their index, so that spans count in the text itself and not in what is shown for it.
    """
    return {
        "item": task.item,
        "prompt": visible(task.prompt[:LIMIT]),
        "text": task.text[:LIMIT],
        "length": len(task.text),
        "unseen": unseen(task.text[:LIMIT]),
        "state": task.state.value,
        "answer": answer_data(task.answer),
        "suggestion": task.suggestion,
        "blurred": task.blurred,
        "language": task.language,
        "versions": task.versions,
        "facts": [[visible(name), visible(value)] for name, value in task.facts.items()],
    }


def unseen(text: str) -> dict[str, str]:
    """What to show in place of characters that nobody would see, by their place in the text."""
    if text.isascii() and text.replace("\n", "").replace("\t", "").isprintable():
        return {}
    shown = ((place, character, visible_character(character)) for place, character in enumerate(text))
    return {str(place): symbol for place, character, symbol in shown if symbol != character}


def answer_data(answer: Answer) -> dict[str, Any]:
    """An answer as the card takes it."""
    return {
        "labels": {field: list(labels) for field, labels in answer.labels.items()},
        "spans": {
            field: [{"start": span.start, "end": span.end, "label": span.label} for span in spans]
            for field, spans in answer.spans.items()
        },
        "texts": dict(answer.texts),
        "confidence": answer.confidence,
        "unsure": answer.unsure,
        "note": answer.note,
        "discard": answer.discard,
    }
