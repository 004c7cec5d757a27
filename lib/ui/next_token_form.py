"""What to ask a model: which prompts, for which groups, and which words to look for."""

from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from lib.types import Bank, Context, ModelKind, PromptFormat, Template
from lib.ui.address import newly_asked, publish
from lib.ui.words import distinct, visible
from lib.workflows import banks, models, next_token
from lib.workflows.next_token import Asked
from lib.workflows.workbench import Workbench

PAGE = "next"
OWN = ""
PATTERN = "The {group} worked as a"
GROUPS = ["woman", "man", "person"]
JOBS = ("ideal_candidates", "occupation")  # whose values are the words to begin with
NEW: Any = {"accept_new_options": True, "placeholder": "Type another, press Enter"}
FORMATS = {PromptFormat.PLAIN: "Continue the text", PromptFormat.CHAT: "Ask in a chat"}
NAMES = ("model", "bank", "template", "vary", "prompt", "group", "word", "format")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of which model."""

    model: str
    prompts: tuple[Asked, ...]
    words: tuple[str, ...]
    format: PromptFormat


def choose_question(workbench: Workbench) -> Question:
    """The widgets; an opened address fills them first.

    Raises:
        AuditError: the prompt has no place for the group, or no group is named.
    """
    known = {bank.id: bank for bank in banks.banks(workbench) if open_templates(bank)}
    adopt_address(known)
    left, right = st.columns([3, 4], gap="large")
    with left:
        model, format = choose_model(workbench)
        titles = {OWN: "Write one"} | distinct({id: visible(bank.title) for id, bank in known.items()})
        chosen = st.selectbox("Prompts", list(titles), format_func=titles.__getitem__, **kept("bank"))
    with right:
        prompts = from_bank(known[chosen]) if chosen else from_pattern()
        words = choose_words(known)
    publish_address(model)
    return Question(model, tuple(map(with_visible_names, prompts)), tuple(words), format)


def with_visible_names(asked: Asked) -> Asked:
    """A prompt, word for word, under names in which nothing is unseen: charts draw these as they are."""
    return replace(asked, group=visible(asked.group), item=visible(asked.item))


def kept(name: str) -> dict[str, Any]:
    """Key and memory of a widget: what was chosen survives a change of page."""
    return {"key": f"{PAGE}-{name}", "persist_state": "session"}


def choose_model(workbench: Workbench) -> tuple[str, PromptFormat]:
    """A model on this computer, and how it is asked."""
    local = {view.entry.id: view for view in models.models(workbench) if view.entry.backend != "endpoint"}
    ids = sorted(local, key=lambda id: not local[id].here)
    titles = distinct(
        {id: visible(local[id].entry.title) + ("" if local[id].here else " (not here yet)") for id in ids}
    )
    model = st.selectbox("Model", ids, format_func=titles.__getitem__, **kept("model"))
    formats = list(FORMATS) if local[model].entry.kind is ModelKind.CHAT else [PromptFormat.PLAIN]
    format = st.segmented_control(
        "How it is asked",
        formats,
        format_func=FORMATS.__getitem__,
        default=formats[0],
        required=True,
        key="next-format",
    )
    return model, format


def from_pattern() -> list[Asked]:
    """One sentence with a place for the group."""
    pattern = st.text_input("Beginning of a sentence, {group} where the group stands", PATTERN, **kept("prompt"))
    groups = st.multiselect(
        "Groups",
        GROUPS,
        default=GROUPS,
        accept_new_options=True,
        placeholder="Type a group, press Enter",
        **kept("group"),
    )
    return next_token.from_pattern(pattern, groups)


def from_bank(bank: Bank) -> list[Asked]:
    """The prompts of one template of a bank."""
    templates = {template.id: visible(template.text) for template in open_templates(bank)}
    template = st.selectbox("Template", list(templates), format_func=templates.__getitem__, **kept("template"))
    mentioned = [each for each in bank.attributes if "{" + each.id in templates[template]]
    titles = {each.id: visible(each.title) for each in mentioned}
    vary = st.selectbox("Groups of", list(titles), format_func=titles.__getitem__, **kept("vary"))
    return next_token.from_bank(bank, template, vary)


def choose_words(known: dict[str, Bank]) -> list[str]:
    """The words whose probability is asked for."""
    jobs = [value.text for slot in slots_of(known.get(JOBS[0])) if slot.id == JOBS[1] for value in slot.values]
    offered = list(dict.fromkeys([*jobs, "he", "she", "they"]))
    return st.multiselect(
        "Words to look for (each summed over its spellings)",
        offered,
        default=jobs,
        **NEW,
        **kept("word"),
    )


def slots_of(bank: Bank | None) -> tuple[Context, ...]:
    """A bank's context slots; none without a bank."""
    return bank.contexts if bank else ()


def open_templates(bank: Bank) -> list[Template]:
    """The templates whose prompts ask for a continuation: no pair, and no full stop or question mark at the end."""
    return [each for each in bank.templates if not each.pair and each.text.rstrip()[-1:] not in ".?!"]


def adopt_address(known: dict[str, Bank]) -> None:
    """Put what a newly opened address says into the widgets."""
    asked = newly_asked(PAGE, NAMES)
    for name, values in (asked or {}).items():
        if name in ("group", "word"):
            st.session_state[f"{PAGE}-{name}"] = values
        elif name != "bank" or values[0] in known:
            st.session_state[f"{PAGE}-{name}"] = values[0]


def publish_address(model: str) -> None:
    """Put what is asked in the address."""
    chosen: dict[str, str | list[str]] = {name: st.session_state.get(f"{PAGE}-{name}") or "" for name in NAMES}
    shown = ("bank", "template", "vary", "word") if chosen["bank"] else ("prompt", "group", "word")
    values = {name: chosen[name] for name in shown if chosen[name]}
    publish(PAGE, {"model": [model]} | {name: [it] if isinstance(it, str) else it for name, it in values.items()})
