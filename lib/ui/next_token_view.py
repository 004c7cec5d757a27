"""What a model says next: asked once, kept while the program runs, shown three ways."""

from time import perf_counter

import streamlit as st

from lib.charts.next_tokens import next_tokens_chart
from lib.charts.next_words import words_chart
from lib.charts.ratios import ratios_chart
from lib.ui.figure import SCROLLED, inert, show_figure
from lib.ui.next_token_form import Question
from lib.ui.next_token_words import COLUMNS, caption, extremes, likeliest, ratios_as_read, strongest
from lib.ui.words import count, duration, visible
from lib.workflows import next_token
from lib.workflows.next_token import Answer
from lib.workflows.workbench import Workbench

TOP = 20
SHOWN = 12
VIEWS = ("Chosen words", "Next tokens", "Ratios")
MOST_KEPT = 50
BEGINNINGS = "␣ is a space; a token may be the beginning of a longer word."
LOWER_BOUND = f" Means over prompts; beyond the {TOP} likeliest of a prompt a token counts 0, so a mean can be too low."
MANY = 48
"""With more dots than this, a chart is scrolled."""


@st.cache_resource(show_spinner=False)
def answers() -> dict[tuple[str, Question], Answer]:
    """What was asked since the program started, the latest last."""
    return {}


def answer_of(workbench: Workbench, question: Question) -> Answer | None:
    """The answer, asked for when the button is pressed; None before that."""
    key = (str(workbench.path), question)
    kept = answers()
    prompts = count(len(question.prompts), "prompt")
    if st.button(f"Ask ({prompts})", key="next-ask", type="primary", icon=":material/play_arrow:"):
        kept[key] = asked(workbench, question)
        while len(kept) > MOST_KEPT:
            kept.pop(next(iter(kept)))
    if key not in kept:
        st.info(
            "Press Ask: the model reads each prompt and says how likely every next token is. "
            "A few prompts take seconds, a hundred take minutes."
        )
    return kept.get(key)


def asked(workbench: Workbench, question: Question) -> Answer:
    """Ask, with a bar and a way out: any click draws the page anew, and what draws it now ends with its worker."""
    place = st.empty()
    with place.container():
        bar = st.progress(0.0, "Loading the model …")
        st.button("Stop", key="next-stop", icon=":material/stop:")
    first = 0.0

    def advance(done: int, total: int) -> None:
        nonlocal first
        first = first or perf_counter()
        left = f" · {duration((perf_counter() - first) / (done - 1) * (total - done))} left" if done > 1 else ""
        bar.progress(done / total, f"{done} of {count(total, 'prompt')}{left}")

    found = next_token.ask(
        workbench,
        question.model,
        question.prompts,
        question.words,
        top=TOP,
        format=question.format,
        progress=advance,
    )
    place.empty()
    return found


def show_answer(question: Question, answer: Answer) -> None:
    """The answer in the view that was chosen."""
    views = [view for view in VIEWS if view == "Next tokens" or question.words]
    view = st.segmented_control(
        "View", views, default=views[0], required=True, key="next-view", label_visibility="collapsed"
    )
    if view == "Next tokens":
        show_tokens(answer)
    elif view == "Chosen words":
        show_words(answer)
    else:
        show_ratios(question, answer)


def show_tokens(answer: Answer) -> None:
    """The likeliest tokens of each group side by side."""
    table = next_token.token_table(answer, SHOWN)
    show_figure(
        next_tokens_chart(table),
        table[["group", "rank", "token", "probability", "n"]].rename(columns=COLUMNS),
        reading=likeliest(table),
        alt="The likeliest next tokens after each group's prompts",
        name="next-tokens",
        key="next-tokens",
        title="Likeliest next tokens",
        caption=caption(answer, BEGINNINGS + LOWER_BOUND * bool((table["n"] > 1).any())),
    )


def show_words(answer: Answer) -> None:
    """The chosen words by group."""
    table = next_token.word_table(answer)
    show_figure(
        words_chart(inert(table)),
        table.rename(columns=COLUMNS),
        reading=strongest(table),
        alt="The probability of each chosen word after each group's prompts",
        name="next-words",
        key="next-words",
        title="Probability of chosen words as the next word",
        caption=caption(answer, "A word is summed over its spellings and counts only where it ends there."),
        scrolled=SCROLLED if len(table) > MANY else None,
    )


def show_ratios(question: Question, answer: Answer) -> None:
    """How many times likelier, word by word between two groups, or prompt by prompt between two words."""
    groups = groups_of(answer)
    ways = {}
    if len(groups) > 1:
        ways["groups"] = "Two groups, for each word"
    if len(question.words) > 1:
        ways["words"] = "Two words, for each prompt"
    if not ways:
        st.info("A ratio needs two groups, or two words.")
        return
    how, first, second = st.columns([2, 1, 1], vertical_alignment="bottom")
    way = how.segmented_control(
        "Compare", list(ways), format_func=ways.__getitem__, default=next(iter(ways)), required=True, key="next-way"
    )
    options = groups if way == "groups" else list(question.words)
    a = first.selectbox("More likely for" if way == "groups" else "Word", options, key=f"next-a-{way}")
    others = [each for each in options if each != a]
    b = second.selectbox("than for" if way == "groups" else "than", others, key=f"next-b-{way}")
    table = (next_token.group_ratios if way == "groups" else next_token.word_ratios)(answer, a, b)
    show_figure(
        ratios_chart(inert(table), visible(a), visible(b), among=[*map(visible, options)]),
        ratios_as_read(table, a, b),
        reading=extremes(table, a, b),
        alt=f"How many times likelier {a} is than {b}",
        name="next-ratios",
        key="next-ratios",
        title=f"How many times likelier: {a} against {b}",
        caption=caption(answer, "The interval is over prompts; with one prompt there is none."),
        scrolled=SCROLLED if len(table) > MANY else None,
    )


def groups_of(answer: Answer) -> list[str]:
    """The groups in the order in which they were asked about."""
    return list(dict.fromkeys(each.asked.group for each in answer.answers))
