"""Two views beyond single numbers: the words that set groups apart, and whether the order of a pair decided."""

import streamlit as st

from lib.charts.distinctive import distinctive_chart
from lib.charts.positions import positions_chart
from lib.ui.charts_answer import stamp
from lib.ui.figure import COLUMNS, SCROLLED, inert, show_figure
from lib.workflows import positions, words
from lib.workflows.comparison import Comparison, Question
from lib.workflows.workbench import Workbench

FEW_GROUPS = 2
CAUTION = "These words are typical of the answers about a group; read some of the responses before saying why."


def show_words(workbench: Workbench, comparison: Comparison) -> None:
    """The words that set each group's answers apart from those of the others."""
    question = comparison.question
    found = distinctive(str(workbench.path), question, stamp(workbench, question.run), workbench)
    show_figure(
        distinctive_chart(inert(found.frame)),
        found.frame.rename(columns=COLUMNS | {"count": "Here"}),
        reading=found.reading,
        alt="Words that set the answers about each group apart, with their log-odds",
        name=f"{question.run}-words",
        key="charts-words",
        title=f"Distinctive words by {comparison.attribute.title}",
        caption=CAUTION,
        scrolled=SCROLLED if found.frame["group"].nunique() > FEW_GROUPS else None,
    )


@st.cache_resource(max_entries=8, show_spinner="Counting words within matched sets …")
def distinctive(path: str, question: Question, stamp: object, _workbench: Workbench) -> words.Distinctive:  # noqa: ARG001 - path and stamp are the key
    """Distinctive words, which nobody changes."""
    return words.distinctive(_workbench, question)


def show_order(workbench: Workbench, comparison: Comparison) -> None:
    """Whether the group decided, or the order in which two were named."""
    found = positions.order_effects(workbench, comparison.question.run)
    if found is None:
        st.info("The choices of this audit were not scored. Score it with “Choice between two” on the Scorers page.")
        return
    show_figure(
        positions_chart(found.frame),
        found.frame.rename(columns=COLUMNS | {"outcome": "Decided", "count": "Couples"}),
        reading=found.reading,
        alt="How many pairs were decided by the group, by the order, or not at all",
        name=f"{comparison.question.run}-order",
        key="charts-order",
        title=f"What decided: {comparison.attribute.title} or order",
    )
