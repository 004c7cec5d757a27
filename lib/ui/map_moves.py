"""Two models on one map: where did the answers go."""

import streamlit as st

from lib.charts.confusion import confusion_chart
from lib.errors import StatsError
from lib.ui.figure import SCROLLED, show_figure
from lib.ui.frame import Page
from lib.ui.map_choices import View, choose
from lib.ui.troubles import show_reason
from lib.ui.words import distinct, shorten, visible
from lib.workflows import map_moves, map_subjects
from lib.workflows.atlas import OpenMap

MANY = 14
TITLE = 32  # letters beside a matrix that may have few rows


def show_moves(page: Page, opened: OpenMap, view: View) -> None:
    """Of the prompts answered by both of two models, in which region the answers lie."""
    titles = distinct(map_subjects.models_of(page.workbench, opened))
    if len(titles) < 2:
        st.info(
            "There is one model on this map. Run the same grid with another one, such as a base model and one made "
            "from it, and map both: this view then shows where the answers moved."
        )
        return
    left, right = st.columns(2)
    with left:
        one = choose("one", "From", titles, next(iter(titles)))
    others = {id: title for id, title in titles.items() if id != one}
    with right:
        other = choose("other", "To", others, next(iter(others)))
    try:
        found = map_moves.moves(page.workbench, opened, one, other, view.kept)
    except StatsError as trouble:
        show_reason(trouble)
        return
    frame = found.frame.assign(
        row_label=found.frame["row_label"].map(visible), column_label=found.frame["column_label"].map(visible)
    )
    show_figure(
        confusion_chart(frame, *(shorten(visible(titles[model]), TITLE) for model in (one, other))),
        frame.rename(columns={"row_label": titles[one], "column_label": titles[other], "count": "Pairs of answers"}),
        reading=visible(found.reading),
        alt="How many answers lie in which region under one model, and in which under the other",
        name=f"{opened.info.id}-moves",
        key="map-moves",
        title=f"{visible(opened.info.name)}: where answers moved",
        caption="To see which groups’ answers moved, compare by Model under Finding, or left-out groups one by one.",
        scrolled=SCROLLED if frame["row_label"].nunique() > MANY else None,
    )
