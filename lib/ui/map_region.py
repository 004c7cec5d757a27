"""One region: what it is called, its typical words, and the words that set groups apart inside it."""

import streamlit as st

from lib.charts.distinctive import distinctive_chart
from lib.errors import StatsError
from lib.types import UNCLUSTERED, Region
from lib.ui.figure import COLUMNS, inert, show_figure
from lib.ui.frame import Page
from lib.ui.map_choices import Stamp, View, stamp
from lib.ui.map_finding import left_out
from lib.ui.response_table import excerpt
from lib.ui.troubles import show_reason, told
from lib.ui.words import plain, visible
from lib.workflows import map_words, maps
from lib.workflows.atlas import OpenMap, beginnings
from lib.workflows.words import Distinctive
from lib.workflows.workbench import Workbench

STEADY, SHAKY = 0.75, 0.5


def show_region(page: Page, opened: OpenMap, view: View, no: int) -> None:
    """Name, words and stability of a region; the words of each group behind a fold."""
    region = next((each for each in opened.regions if each.no == no), None)
    if no == UNCLUSTERED or region is None:
        st.caption("These responses are not close enough to enough others to form a region.")
        return
    words = ", ".join(word for word, _ in region.words)
    st.caption(f"Typical words: {plain(words, 500)}. {steadiness(region)}" if words else steadiness(region))
    show_example(page, opened, region)
    show_name(page, opened, region)
    with st.expander("Words of each group in it", icon=":material/abc:"):
        show_words(page, opened, view, no)


def show_example(page: Page, opened: OpenMap, region: Region) -> None:
    """How its most central response begins."""
    rows = [row for run, no in region.central[:1] if (row := opened.row(run, no)) is not None]
    for text in beginnings(page.workbench, opened, rows):
        st.caption("Its most central response:")
        st.text(excerpt(text))


def steadiness(region: Region) -> str:
    """How far a region is found again (Hennig 2007), in words."""
    if region.stability != region.stability:
        return "Whether it is stable could not be told."
    judged = "steady" if region.stability >= STEADY else "doubtful" if region.stability >= SHAKY else "not steady"
    return f"Found again in halves of the responses: {region.stability:.2f} of 1, {judged}."


def show_name(page: Page, opened: OpenMap, region: Region) -> None:
    """What the auditor calls it."""
    field, button = st.columns([4, 1.2], vertical_alignment="bottom")
    given = field.text_input(
        "Name", region.title, key=f"region-name-{opened.info.id}-{region.no}-{region.title}", disabled=page.locked
    )
    changed = given.strip() != region.title
    if button.button("Rename", key="region-rename", disabled=page.locked or not changed, width="stretch"):
        rename(page, opened, region, given)
    if region.proposed and region.proposed != region.title:
        label = f"Call it “{plain(region.proposed, 60)}”"
        if page.button(label, "region-take", icon=":material/label:", type="tertiary", why="A model proposed it."):
            rename(page, opened, region, region.proposed)
    if region.given and page.button("Give it back the name of its words", "region-back", type="tertiary"):
        rename(page, opened, region, "")


def rename(page: Page, opened: OpenMap, region: Region, given: str) -> None:
    """Call it something, and draw the page again."""
    with told():
        maps.name_region(page.workbench, opened.info.id, region.no, given)
        st.rerun()


def show_words(page: Page, opened: OpenMap, view: View, no: int) -> None:
    """The words that set each group's responses in the region apart."""
    if view.subject is None:
        st.info("Nothing varies between these responses.")
        return
    try:
        found = words_of(
            str(page.workbench.path), stamp(opened), view.subject.id, no, left_out(), page.workbench, opened, view
        )
    except StatsError as trouble:
        show_reason(trouble)
        return
    if found.frame.empty:
        st.info("No word is more frequent with one group than with the others.")
        return
    show_figure(
        distinctive_chart(inert(found.frame)),
        found.frame.rename(columns=COLUMNS | {"count": "Here"}),
        reading=visible(found.reading),
        alt="Words that set the answers about each group in this region apart",
        name=f"{opened.info.id}-region-{no}-words",
        key=f"map-words-{no}",
        title=f"Distinctive words in {visible(opened.titles[no])}",
    )


@st.cache_resource(max_entries=16, show_spinner="Counting words within matched sets …")
def words_of(
    path: str,  # noqa: ARG001 - path, stamp and what is left out are the key
    stamp: Stamp,  # noqa: ARG001
    subject: str,
    region: int,
    without: tuple[str, ...],  # noqa: ARG001
    _workbench: Workbench,
    _opened: OpenMap,
    _view: View,
) -> Distinctive:
    """Distinctive words, which nobody changes."""
    return map_words.region_words(_workbench, _opened, subject, region, _view.kept)
