"""Which column means what: filled in by a guess, meant to be looked at."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from lib.ui.words import visible
from lib.workflows.importing.columns import Mapping
from lib.workflows.importing.preview import Preview

NONE = ""
FIRST: dict[str, tuple[str, str | None]] = {
    "prompt": ("Prompt", "What the model was asked."),
    "completion": ("Completion", "What the model wrote, without the prompt."),
    "model": ("Model", "Which model wrote it."),
    "group": ("Group", "Whom the prompt is about, such as woman or man: what is compared."),
    "set": (
        "Pair or case id",
        "What prompts share that differ in the group alone: they become one matched set, the unit of every comparison.",
    ),
    "category": ("Category", "Such as the topic: held fixed in a matched set, and offered to split comparisons by."),
}
MORE: dict[str, tuple[str, str | None]] = {
    "term": ("Term", "The word that stands for the group, such as a name."),
    "template": ("Template", "The prompt before its slots were filled, or its name."),
    "seed": ("Seed", None),
    "repeat": ("Repeat", "Which sample of the same prompt this is."),
    "system": ("System message", None),
    "finish": ("Why it ended", "stop, length, error or the like."),
    "error": ("Error", "Why nothing came back."),
    "temperature": ("Temperature", None),
    "top_p": ("Top-p", None),
    "top_k": ("Top-k", None),
    "max_tokens": ("Most new tokens", None),
}
WIDE = (
    "This is a wide table: each row holds several outputs, told apart by the endings of their columns. What is chosen "
    "below names them without the ending."
)
BESIDE = 3


def choose_mapping(found: Preview, name: str) -> Mapping:
    """The meaning of each column; `found` is what the file looks like by the guess."""
    guess = found.mapping
    st.markdown("**What the columns mean**")
    wide = choose_wide(guess, name) if guess.wide else ()
    columns = names_of(found.columns, wide)
    chosen = choose_meanings(FIRST, columns, guess, name)
    same: tuple[str, ...] = ()
    if not chosen["set"]:
        varying = {chosen[meaning] for meaning in ("group", "completion")}
        same = choose_same([column for column in found.columns if column not in varying], guess, name)
    with st.expander("More columns", icon=":material/view_column:"):
        chosen |= choose_meanings(MORE, columns, guess, name)
    return replace(Mapping(), same=same, wide=wide, **chosen)


def choose_wide(guess: Mapping, name: str) -> tuple[str, ...]:
    """By which endings the outputs of one row are told apart; none takes each row as one output."""
    st.info(WIDE, icon=":material/table_rows:")
    typed = st.text_input(
        "Endings of their columns", " ".join(guess.wide), key=f"{name}-wide", help="Separated by spaces, such as _a _b."
    )
    return tuple(typed.split())


def names_of(columns: Sequence[str], wide: Sequence[str]) -> list[str]:
    """What can be chosen: every column, and those of a wide table without their endings."""
    stems = [column.removesuffix(ending) for column in columns for ending in wide if ending and column.endswith(ending)]
    return list(dict.fromkeys([*stems, *columns]))


def choose_meanings(
    meanings: dict[str, tuple[str, str | None]], columns: Sequence[str], guess: Mapping, name: str
) -> dict[str, str]:
    """A select box a meaning, side by side."""
    chosen = {}
    known = list(meanings.items())
    for begin in range(0, len(known), BESIDE):
        for place, (meaning, (title, help)) in zip(st.columns(BESIDE), known[begin : begin + BESIDE], strict=False):
            with place:
                chosen[meaning] = choose_column(title, help, columns, getattr(guess, meaning), f"{name}-{meaning}")
    return chosen


def choose_column(title: str, help: str | None, columns: Sequence[str], guessed: str, key: str) -> str:
    """The column of one meaning, or none."""
    options = [NONE, *columns]
    chosen: str = st.selectbox(
        title,
        options,
        options.index(guessed) if guessed in options else 0,
        format_func=lambda column: visible(column) if column else "None",
        key=key,
        help=help,
    )
    return chosen


def choose_same(columns: Sequence[str], guess: Mapping, name: str) -> tuple[str, ...]:
    """Without an id: which columns are equal within a matched set."""
    chosen = st.multiselect(
        "Without an id: columns that are equal within a matched set",
        list(columns),
        default=[column for column in guess.same if column in columns],
        format_func=visible,
        key=f"{name}-same",
        placeholder="None",
        help="Such as the template and what fills its other slots.",
    )
    return tuple(chosen)
