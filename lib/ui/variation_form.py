"""What varies within a matched set and what is held fixed, chosen on the grid page."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from lib.types import Attribute, Bank, GridSpec, Slot, Template
from lib.ui.grid_draft import Draft
from lib.ui.words import distinct, plain


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
        default=[id for id in spec.groups.get(attribute.id, ()) if id in options] or list(options),
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


def titles(attribute: Attribute) -> dict[str, str]:
    """The titles of an attribute's groups by id."""
    return distinct({group.id: group.title for group in attribute.groups})


def mentioned(templates: list[Template]) -> set[str]:
    """The attributes and contexts that have a slot in any of the templates."""
    return {part.name for template in templates for part in template.parts if isinstance(part, Slot)}


def without_all(choices: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The choices that restrict something, as `GridSpec` writes them."""
    return {name: chosen for name, chosen in choices.items() if chosen}
