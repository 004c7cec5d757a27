"""An editable list of decoding settings."""

from dataclasses import fields, replace

import streamlit as st

from lib.types import Decoding
from lib.ui.grid_draft import Draft

# label, smallest, largest, step and what it means, by field of Decoding
SETTINGS = {
    "temperature": ("Temperature", 0.0, 5.0, 0.1, "0 is greedy: the likeliest token each time."),
    "top_p": ("Top-p", 0.01, 1.0, 0.05, "Only the likeliest tokens that together reach this probability; 1 is off."),
    "top_k": ("Top-k", 0, 1000, 10, "Only this many of the likeliest tokens; 0 is off."),
    "repetition_penalty": ("Penalty", 0.5, 5.0, 0.1, "Repetition penalty; 1 is off."),
    "max_new_tokens": ("New tokens", 1, 4096, 16, "Responses are cut off at this length, and marked so."),
}
GREEDY = Decoding(temperature=0.0)


def choose_decodings(draft: Draft) -> tuple[Decoding, ...]:
    """One row a setting, each of which the whole grid is asked with."""
    st.markdown("Decoding settings")
    spec = draft.spec
    rows = []
    for number, decoding in enumerate(spec.decodings):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            rows.append(choose_decoding(decoding, number, draft))
            remove = st.button(
                "",
                icon=":material/delete:",
                key=draft.key(f"drop-{number}"),
                disabled=len(spec.decodings) == 1,
                help="Remove this setting",
            )
        if remove:
            kept = [item for other, item in enumerate(spec.decodings) if other != number]
            draft.change(replace(spec, decodings=tuple(kept)))
            st.rerun()
    if st.button("Add a setting", icon=":material/add:", type="tertiary", key=draft.key("add-decoding")):
        added = GREEDY if GREEDY not in spec.decodings else Decoding()
        draft.change(replace(spec, decodings=(*spec.decodings, added)))
        st.rerun()
    return tuple(rows)


def choose_decoding(decoding: Decoding, number: int, draft: Draft) -> Decoding:
    """The fields of one setting, in a row; only the first row is labelled."""
    chosen = {}
    for name in (field.name for field in fields(Decoding)):
        label, smallest, largest, step, meaning = SETTINGS[name]
        chosen[name] = st.number_input(
            label,
            smallest,
            largest,
            getattr(decoding, name),
            step,
            key=draft.key(f"{name}-{number}"),
            help=None if number else meaning,
            label_visibility="collapsed" if number else "visible",
        )
    return Decoding(**chosen)
