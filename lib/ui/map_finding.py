"""The finding beside the map: which groups are over- or under-represented in which region."""

import pandas as pd
import streamlit as st

from lib.charts.region_gaps import region_gaps_chart
from lib.errors import StatsError
from lib.ui.figure import SCROLLED, show_figure, show_reading
from lib.ui.map_address import Chosen, choose, chosen, key
from lib.ui.map_choices import Stamp, View, stamp
from lib.ui.troubles import show_reason
from lib.ui.words import plain, visible
from lib.workflows import map_findings
from lib.workflows.atlas import OpenMap
from lib.workflows.map_findings import Finding
from lib.workflows.map_subjects import MODEL
from lib.workflows.workbench import Workbench

FEW_ROWS = 14


def show_finding(workbench: Workbench, opened: OpenMap, view: View) -> None:
    """The most lopsided region first; a click on a mark picks its region out."""
    if view.subject is None:
        st.info(
            "Nothing varies between these responses, so there is nothing to compare. Colours and search still work."
        )
        return
    try:
        found = finding(
            str(workbench.path), stamp(opened), view.subject.id, view.reference, left_out(), workbench, opened, view
        )
    except StatsError as trouble:
        show_reason(trouble)
        return
    frame = as_frame(found)
    show_reading(visible(found.reading))
    for warning in found.warnings:
        st.caption(f":material/warning: {plain(warning, 500)}")
    clicked = show_figure(
        region_gaps_chart(frame, unit=unit(found), one_reference=frame["reference"].nunique() == 1),
        as_table(frame),
        reading="",
        alt=f"How far each region is over- or under-represented by {visible(view.subject.title)}",
        name=f"{opened.info.id}-regions",
        key=f"map-finding-{opened.info.id}",
        title=f"{visible(opened.info.name)}: regions by {visible(view.subject.title)}, gaps with 95 % intervals",
        caption=(
            "Shares are of the responses in matched sets that have both sides. What lies in no region is shown, not "
            "tested."
        ),
        on_select=True,
        scrolled=SCROLLED if len(frame) > FEW_ROWS else None,
    )
    take_up(clicked[0].get("region") if clicked else None)


def left_out() -> tuple[str, ...]:
    """The selections that are left out, as part of what a finding depends on."""
    return tuple(st.session_state.get(key("without")) or ())


@st.cache_resource(max_entries=16, show_spinner="Comparing within matched sets, region by region …")
def finding(
    path: str,  # noqa: ARG001 - path, stamp and what is left out are the key
    stamp: Stamp,  # noqa: ARG001
    subject: str,
    reference: str,
    without: tuple[str, ...],  # noqa: ARG001
    _workbench: Workbench,
    _opened: OpenMap,
    _view: View,
) -> Finding:
    """A finding, which nobody changes."""
    return map_findings.finding(_workbench, _opened, subject, reference=reference, kept=_view.kept)


def take_up(region: int | None) -> None:
    """A region that was clicked since the last time is picked out."""
    if region == st.session_state.get(key("clicked-region")):
        return
    st.session_state[key("clicked-region")] = region
    if region is not None and chosen() != Chosen("region", str(region)):
        choose(Chosen("region", str(region)))
        st.rerun()


def unit(found: Finding) -> str:
    """What is compared, for the axis."""
    return "Share of a model’s responses" if found.subject.id == MODEL else "Share of responses"


def as_frame(found: Finding) -> pd.DataFrame:
    """The rows as the chart draws them, with nothing unseen in their names."""
    frame = map_findings.as_frame(found)
    return frame.assign(**{name: frame[name].map(visible) for name in ("label", "group", "reference")})


def as_table(frame: pd.DataFrame) -> pd.DataFrame:
    """Everything that is known of each gap, by what people call it."""
    titles = {
        "label": "Region",
        "group": "Group",
        "reference": "Against",
        "estimate": "Gap",
        "low": "Low",
        "high": "High",
        "p_adjusted": "p, corrected",
        "clear": "Clear",
        "sets": "Matched sets",
        "share": "Group’s share",
        "reference_share": "Other share",
        "coverage": "Coverage",
        "responses": "Compared responses in it",
        "p": "p",
        "test": "Test",
        "effect": "Cohen’s h",
        "note": "Note",
    }
    return frame[list(titles)].rename(columns=titles)
