"""Human labels, from annotations or from a sheet, and the gaps as people's labels correct them."""

from functools import partial

import pandas as pd
import streamlit as st

from lib.charts.forest import forest_chart
from lib.errors import StatsError
from lib.types import Assignment
from lib.ui.charts_answer import title
from lib.ui.figure import show_figure
from lib.ui.troubles import sentence
from lib.ui.uploads import text_of
from lib.ui.words import distinct, visible
from lib.workflows import assignments, gold, gold_labels, human_labels
from lib.workflows.comparison import Comparison
from lib.workflows.gap_frames import percent, unit
from lib.workflows.human_labels import Correction
from lib.workflows.workbench import Workbench

HELP = (
    "A scorer errs, and may err more for one group than for another. Label a random sample by hand, without seeing the "
    "group, and the gap is corrected for the scorer's errors (PPI++, Angelopoulos, Duchi and Zrnic 2023)."
)


ANNOTATED, SHEET = "Annotations", "A sheet"


def show_labels(workbench: Workbench, comparison: Comparison) -> None:
    """Where labels come from, and what they change."""
    st.write(HELP)
    try:
        human_labels.refuse_rates(comparison)
    except StatsError as trouble:  # what is shown first is often a rate: that is no fault of the reader's
        st.info(f"{sentence(trouble.cause)} {sentence(trouble.remedy)}")
        return
    there = assignments.with_run(workbench, comparison.question.run)
    source = st.segmented_control(
        "Labels from",
        [ANNOTATED, SHEET],
        default=ANNOTATED if there else SHEET,
        required=True,
        key="labels-source",
        help="Annotations made on the Annotate page, or a CSV file filled in elsewhere.",
    )
    if source == SHEET:
        show_sheet(workbench, comparison)
    elif there:
        show_gold(workbench, comparison, there)
    else:
        st.info("Nobody has annotated responses of this audit. An assignment draws some and shares them out.")
        st.page_link(
            "pages/14_Assignments.py",
            label="Make an assignment",
            icon=":material/assignment:",
            query_params={"run": comparison.question.run},
        )


def show_gold(workbench: Workbench, comparison: Comparison, there: list[Assignment]) -> None:
    """What annotators said, as adjudicated or by majority, held against the measure."""
    left, right = st.columns(2)
    titles = distinct({each.id: visible(each.spec.name) for each in there})
    chosen = left.selectbox("Assignment", list(titles), format_func=titles.__getitem__, key="labels-assignment")
    table = gold.read(workbench, chosen)
    choices = gold_labels.choices(table, comparison)
    if not choices:
        right.empty()
        st.info(
            "This measure is a number, and the codebook has no scale whose steps are numbers with its ends. "
            "Choose a measure that is a share, or label a sheet."
        )
        return
    choice = right.selectbox(
        f"What counts as {visible(comparison.choice.measure.title)}",
        choices,
        format_func=lambda choice: visible(choice.title),
        key=f"labels-choice-{chosen}",
        help="What people said that means the same as the scorer's yes.",
    )
    found = gold_labels.labels_of(workbench, comparison, table, choice)
    correction = human_labels.correct(comparison, found.labels, found.probabilities or None)
    show_correction(comparison, correction, len(found.labels), found.source)


def show_sheet(workbench: Workbench, comparison: Comparison) -> None:
    """A sample to label elsewhere, its upload, and what it changes."""
    left, right = st.columns(2, vertical_alignment="bottom")
    left.download_button(
        "1. Download a random sample to label",
        partial(human_labels.sheet, workbench, comparison),
        f"{comparison.question.run}-labels.csv",
        "text/csv",
        key="labels-sheet",
        icon=":material/download:",
        on_click="ignore",
        help="Responses of matched sets drawn at random, shuffled. Write your number for each in the column value.",
    )
    upload = right.file_uploader("2. Upload it filled in", type="csv", key=f"labels-{comparison.choice.id}")
    if upload is None:
        st.info("No labels yet: until then every gap on this page rests on the scorer alone.")
        return
    labels = human_labels.read_labels(text_of(upload), upload.name, comparison)
    show_correction(comparison, human_labels.correct(comparison, labels), len(labels))


def show_correction(comparison: Comparison, found: Correction, labels: int, source: str = "") -> None:
    """Scorer alone and corrected, side by side, and the scorer's error in each group."""
    frame = human_labels.gaps_frame(comparison, found)
    show_figure(
        forest_chart(frame, unit=unit(comparison), percent=percent(comparison), margin=None, corrected=False),
        frame[["label", "group", "reference", "estimate", "low", "high", "sets"]],
        reading=found.reading,
        alt="Gaps by the scorer alone and corrected by human labels, with 95 % intervals",
        name=f"{comparison.question.run}-corrected",
        key="charts-labels",
        title=f"{title(comparison)}: corrected by {labels} human labels",
        caption=source,
    )
    st.subheader("How the scorer errs in each group", anchor=False)
    st.dataframe(errors_frame(found), hide_index=True, alt="The scorer's error in each group")


def errors_frame(found: Correction) -> pd.DataFrame:
    """Each group's errors once."""
    errors = {error.group: error for gap in found.gaps for error in gap.errors}
    return pd.DataFrame(
        [
            {
                "Group": error.group,
                "Labelled responses": error.labelled,
                "Scorer minus people": error.bias,
                "Low": error.bias_low,
                "High": error.bias_high,
                "False positives": error.false_positives.value if error.false_positives else None,
                "False negatives": error.false_negatives.value if error.false_negatives else None,
            }
            for error in errors.values()
        ]
    )
