"""The left side of the grid page: what is asked, of whom, and how."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from lib.types import Attribute, Bank, Dtype, GridSpec, PromptFormat, Slot, Template
from lib.ui.decoding_form import choose_decodings
from lib.ui.grid_draft import Draft, for_bank
from lib.ui.words import count, distinct, plain
from lib.workflows import models
from lib.workflows.models import ModelView
from lib.workflows.workbench import Workbench

FORMATS = {
    PromptFormat.AUTO: "Automatic",
    PromptFormat.PLAIN: "Plain text",
    PromptFormat.CHAT: "Chat template",
    PromptFormat.INSTRUCTION: "### Instruction:",
}
DTYPES = {Dtype.FP32: "fp32, for evidence", Dtype.BF16: "bf16, faster"}


def choose_bank(known: list[Bank], draft: Draft) -> Bank:
    """The bank, with its question, source and notice in sight; another one starts the grid anew."""
    by_id = {bank.id: bank for bank in known}
    names = distinct({bank.id: bank.title for bank in known})
    ids = list(by_id)
    index = ids.index(draft.spec.bank) if draft.spec.bank in ids else 0
    chosen = st.selectbox("Prompt bank", ids, index=index, format_func=names.__getitem__, key=draft.key("bank"))
    bank = by_id[chosen]
    if chosen != draft.spec.bank:
        draft.change(for_bank(draft.spec, bank))
        st.rerun()
    st.markdown(f"**{plain(bank.question, 500)}**")
    with st.expander("Source, licence and notice"):
        st.text(f"{bank.source}\n\nLicence: {bank.licence}\n\n{bank.notice}")
    return bank


def choose_variation(bank: Bank, draft: Draft) -> GridSpec:
    """Templates, the attributes that vary with their groups, and what is held fixed."""
    spec = draft.spec
    options = distinct({item.id: item.title or item.text for item in bank.templates})
    templates = choose_some("Templates", options, spec.templates, draft.key("templates"))
    spoken_of = mentioned([item for item in bank.templates if not templates or item.id in templates])
    attributes = {item.id: item for item in bank.attributes if item.id in spoken_of}
    names = distinct({item.id: item.title for item in attributes.values()})
    vary = tuple(
        st.multiselect(
            "Attributes that vary within a matched set",
            list(attributes),
            default=[id for id in spec.vary if id in attributes],
            format_func=names.__getitem__,
            help="Choose two or more to compare intersections, such as gender × race.",
            key=draft.key(f"vary-{'-'.join(attributes)}"),
        )
    )
    groups = {id: choose_groups(attributes[id], spec, draft) for id in vary}
    held = [attributes[id] for id in attributes if id not in vary]
    contexts = [item for item in bank.contexts if item.id in spoken_of]
    fixed: dict[str, tuple[str, ...]] = {}
    if held or contexts:
        held_titles = [*(item.title for item in held), *(item.title for item in contexts)]
        with st.expander(f"Held fixed: {plain(', '.join(held_titles))}"):
            for item in held:
                key = draft.key(f"held-{item.id}")
                groups[item.id] = choose_some(item.title, titles(item), spec.groups.get(item.id, ()), key)
            for context in contexts:
                values = distinct({value.id: value.text for value in context.values})
                key = draft.key(f"context-{context.id}")
                fixed[context.id] = choose_some(context.title, values, spec.contexts.get(context.id, ()), key)
    return replace(spec, templates=templates, vary=vary, groups=without_all(groups), contexts=without_all(fixed))


def choose_groups(attribute: Attribute, spec: GridSpec, draft: Draft) -> tuple[str, ...]:
    """The groups of one varied attribute; all of them is written as none, as in `GridSpec`."""
    options = titles(attribute)
    picked = st.pills(
        f"Groups of {plain(attribute.title)}",
        list(options),
        selection_mode="multi",
        default=list(spec.groups.get(attribute.id, ())) or list(options),
        format_func=lambda id: plain(options[id]),
        key=draft.key(f"groups-{attribute.id}"),
    )
    if not picked:
        st.caption("None chosen: all of them are taken.")
    return () if len(picked) == len(options) else tuple(picked)


def choose_some(label: str, options: Mapping[str, str], chosen: tuple[str, ...], key: str) -> tuple[str, ...]:
    """Some of the options; choosing none means all of them."""
    return tuple(
        st.multiselect(
            plain(label),
            list(options),
            default=[id for id in chosen if id in options],
            format_func=options.__getitem__,
            placeholder=f"All {len(options)}",
            key=key,
        )
    )


def choose_models(workbench: Workbench, spec: GridSpec, draft: Draft) -> GridSpec:
    """Which models are asked, in which wrapping, with which decoding settings."""
    names = distinct({view.entry.id: describe(view) for view in models.models(workbench)})
    chosen = st.multiselect(
        "Models",
        list(names),
        default=[id for id in spec.models if id in names],
        format_func=names.__getitem__,
        key=draft.key("models"),
    )
    formats = st.pills(
        "Prompt format",
        list(FORMATS),
        selection_mode="multi",
        default=list(spec.formats),
        format_func=lambda item: plain(FORMATS[item]),
        help="Automatic: the chat template for chat models, plain text for base models.",
        key=draft.key("formats"),
    )
    decodings = choose_decodings(draft)
    return replace(spec, models=tuple(chosen), formats=tuple(formats) or (PromptFormat.AUTO,), decodings=decodings)


def choose_amount(bank: Bank, spec: GridSpec, draft: Draft) -> GridSpec:
    """How often each prompt is asked, with how many terms a group, and from which seed."""
    left, middle, right = st.columns(3)
    repeats = left.number_input("Repeats", 1, 1000, spec.repeats, key=draft.key("repeats"), help="Seeds per prompt.")
    most = max(len(group.terms) for attribute in bank.attributes for group in attribute.groups)
    terms = middle.number_input(
        "Terms per group",
        0,
        most,
        min(spec.terms_per_group, most),
        key=draft.key("terms"),
        help=f"0 takes all of them; the largest group here has {count(most, 'term')}.",
    )
    seed = right.number_input("Seed", 0, 2**31, spec.seed, key=draft.key("seed"))
    with st.expander("Number format and system prompt"):
        dtype = st.segmented_control(
            "Number format",
            list(DTYPES),
            default=spec.dtype,
            required=True,
            format_func=lambda item: DTYPES[item],
            key=draft.key("dtype"),
        )
        system = st.text_area(
            "System prompt",
            spec.system,
            placeholder="None: the model's own default, if it has one.",
            key=draft.key("system"),
        )
    return replace(
        spec, repeats=int(repeats), terms_per_group=int(terms), seed=int(seed), dtype=Dtype(dtype), system=system
    )


def describe(view: ModelView) -> str:
    """A model as an option: what it is called, what it is, and whether it is here."""
    return f"{view.entry.title} · {view.entry.kind.value} · {'here' if view.here else 'not here yet'}"


def titles(attribute: Attribute) -> dict[str, str]:
    """The titles of an attribute's groups by id."""
    return distinct({group.id: group.title for group in attribute.groups})


def mentioned(templates: list[Template]) -> set[str]:
    """The attributes and contexts that have a slot in any of the templates."""
    return {part.name for template in templates for part in template.parts if isinstance(part, Slot)}


def without_all(choices: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The choices that restrict something, as `GridSpec` writes them."""
    return {name: chosen for name, chosen in choices.items() if chosen}
