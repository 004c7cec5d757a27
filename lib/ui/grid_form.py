"""The left side of the grid page: the bank, the models, and how much is asked."""

from dataclasses import replace

import streamlit as st

from lib.types import Bank, Dtype, GridSpec, PromptFormat
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
LARGEST_SEED = 2**53 - 1  # what a browser can count to
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
    repeats = left.number_input("Repeats", 1, None, spec.repeats, key=draft.key("repeats"), help="Seeds per prompt.")
    most = max(len(group.terms) for attribute in bank.attributes for group in attribute.groups)
    terms = middle.number_input(
        "Terms per group",
        0,
        most,
        min(spec.terms_per_group, most),
        key=draft.key("terms"),
        help=f"0 takes all of them; the largest group here has {count(most, 'term')}.",
    )
    seed = right.number_input("Seed", 0, LARGEST_SEED, spec.seed, key=draft.key("seed"))
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
