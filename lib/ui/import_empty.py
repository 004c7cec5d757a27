"""What can be taken in, before a file was chosen."""

import streamlit as st

SORTS = {
    "A bundle": (
        ":material/inventory_2:",
        "An audit that somebody sealed with Evenhand. Verify it: every number of its report is computed again from its "
        "data. Open it: the audit comes in beside your own, to be read.",
    ),
    "A table of outputs": (
        ":material/table:",
        "CSV, JSONL or Parquet with a prompt and a completion a row. You say which column means what; pairs or cases "
        "become matched sets. Wide tables with completion_a and completion_b too.",
    ),
    "A log of another tool": (
        ":material/receipt_long:",
        "ChainForge flows (.cforge), samples of lm-evaluation-harness, logs of Inspect (.eval, .json), results of "
        "promptfoo. They are recognised by what is in them.",
    ),
}


def show_sorts() -> None:
    """Three sorts of files, side by side."""
    for column, (title, (icon, about)) in zip(st.columns(len(SORTS), border=True), SORTS.items(), strict=True):
        with column:
            st.markdown(f"{icon} **{title}**")
            st.markdown(about)
