"""An editable list of decoding settings."""

from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lib.types import Decoding
from lib.ui.grid_draft import Draft

# label, largest (None: no limit), step and what it means, by field of Decoding; the grid room judges the rest
SETTINGS = {
    "temperature": ("Temp.", None, 0.1, "Temperature; 0 is greedy: the likeliest token each time."),
    "top_p": ("Top-p", 1.0, 0.05, "Only the likeliest tokens that together reach this probability; 1 is off."),
    "top_k": ("Top-k", None, 10, "Only this many of the likeliest tokens; 0 is off."),
    "repetition_penalty": ("Penalty", None, 0.1, "Repetition penalty; 1 is off."),
    "max_new_tokens": ("Tokens", 4096, 16, "New tokens: responses are cut off at this length, and marked so."),
}
GREEDY = Decoding(temperature=0.0)


def choose_decodings(draft: Draft) -> tuple[Decoding, ...]:
    """One row a setting, each of which the whole grid is asked with."""
    st.markdown("Decoding settings")
    spec = draft.spec
    rows = []
    for number, decoding in enumerate(spec.decodings):
        *places, end = st.columns([*[2] * len(SETTINGS), 1], gap="xsmall", vertical_alignment="bottom")
        rows.append(choose_decoding(decoding, number, places, draft))
        remove = end.button(
            "",
            icon=":material/delete:",
            key=draft.key(f"drop-{number}"),
            disabled=len(spec.decodings) == 1,
            help="Remove this setting",
            type="tertiary",
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


def choose_decoding(decoding: Decoding, number: int, places: list[DeltaGenerator], draft: Draft) -> Decoding:
    """The fields of one setting, each in its place; only the first row is labelled."""
    chosen = {}
    for place, (name, (label, largest, step, meaning)) in zip(places, SETTINGS.items(), strict=True):
        kind = type(getattr(GREEDY, name))  # 0 and 0.0 are the same setting, but not the same field
        chosen[name] = place.number_input(
            label,
            kind(0),
            largest,
            kind(getattr(decoding, name)),
            step,
            key=draft.key(f"{name}-{number}"),
            help=None if number else meaning,
            label_visibility="collapsed" if number else "visible",
        )
    return Decoding(**chosen)
