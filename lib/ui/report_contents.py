"""What is in a report: sections, what is compared by which measures, what is quoted; kept with the audit."""

import streamlit as st

from lib.types import ReportKind, ReportSettings
from lib.ui.charts_choices import said
from lib.ui.frame import Page
from lib.ui.report_evidence import evidence
from lib.ui.troubles import told
from lib.ui.words import count, distinct, shorten, visible
from lib.workflows.reporting import choices
from lib.workflows.reporting.evidence import Evidence, Example
from lib.workflows.reporting.stamp import Stamp, stamp
from lib.workflows.workbench import Workbench

USUAL = ""
EXCERPT = 70  # characters
NAMES = "Names of annotators"
NAMES_WARNING = (
    "With them, the report and its files name who annotated; they are numbered otherwise. Ask them first: what people "
    "said of sensitive texts can be held against them."
)
ALWAYS = "The content notice and the disclaimer are always in."


def show_contents(page: Page, run_id: str, kind: ReportKind) -> None:
    """A button that opens the choices; nothing is drawn of them before."""
    popover = st.popover("What is in it", icon=":material/checklist:", key="report-contents", on_change="rerun")
    if popover.open:
        with popover, st.form("report-contents-form", border=False):
            choose_contents(page, run_id, kind)


def choose_contents(page: Page, run_id: str, kind: ReportKind) -> None:
    """The form. Everything in it takes effect together, because each change computes the numbers anew."""
    kept, made = choices.settings(page.workbench, run_id), evidence(page.workbench, run_id)
    name = f"report-{run_id}"
    top = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center")
    top.markdown("**What is in it**", width="content")
    without = choose_sections(kind, kept, name)
    attribute, by = choose_comparison(page.workbench, run_id, kept, name)
    measures = choose_measures(page.workbench, run_id, kept, made, name)
    examples = choose_examples(page.workbench, run_id, kept, made, name)
    names = st.toggle(NAMES, kept.names, key=f"{name}-names", help=NAMES_WARNING)
    if kept.names:
        st.warning(NAMES_WARNING, icon=":material/warning:")
    if top.form_submit_button("Use these", type="primary", disabled=page.locked, key="report-use"):
        with told():
            chosen = ReportSettings(kept.audience, without, attribute, by, measures, examples, names)
            choices.choose(page.workbench, run_id, chosen)
            st.rerun()


def choose_sections(kind: ReportKind, kept: ReportSettings, name: str) -> tuple[str, ...]:
    """Which sections are left out, of those that can be."""
    titles = dict(choices.sections(kind))
    if not titles:
        return kept.without
    shown = st.pills(
        "Sections",
        list(titles),
        format_func=titles.__getitem__,
        selection_mode="multi",
        default=[id for id in titles if id not in kept.without],
        key=f"{name}-sections",
    )
    st.caption(ALWAYS)
    return (*(id for id in titles if id not in shown), *(id for id in kept.without if id not in titles))


def choose_comparison(workbench: Workbench, run_id: str, kept: ReportSettings, name: str) -> tuple[str, str]:
    """What is compared, and what rows are split by."""
    left, right = st.columns(2)
    compared = {USUAL: "The first that varies"} | distinct(
        {each.id: each.title for each in choices.attributes(workbench, run_id)}
    )
    split = {USUAL: "As it suits"} | distinct(dict(choices.by(workbench, run_id)))
    with left:
        attribute = choose("Compare by", compared, kept.attribute, f"{name}-attribute")
    with right:
        by = choose("Rows split by", split, kept.by, f"{name}-by")
    return attribute, by


def choose(label: str, titles: dict[str, str], kept: str, key: str) -> str:
    """One of some titles by id."""
    ids = list(titles)
    chosen: str = st.selectbox(label, ids, ids.index(kept) if kept in titles else 0, format_func=said(titles), key=key)
    return chosen


def choose_measures(
    workbench: Workbench, run_id: str, kept: ReportSettings, made: Evidence, name: str
) -> tuple[str, ...]:
    """Which gaps are shown, in order."""
    titles = distinct(
        {each.id: f"{each.scorer_title}: {each.measure.title}" for each in choices.measures(workbench, run_id)}
    )
    now = kept.measures or tuple(each.choice.id for each in made.comparisons)
    chosen = st.multiselect(
        "Measures, in this order",
        list(titles),
        default=[id for id in now if id in titles],
        format_func=said(titles),
        placeholder="One of each scorer",
        key=f"{name}-measures",
        help="None leaves the choice to Evenhand: the first of each scorer.",
    )
    st.caption(
        f"{count(made.family, 'gap')} of {count(len(made.comparisons), 'measure')} are corrected together now. Each "
        "measure more makes every single gap harder to show: choose before you look."
    )
    return kept.measures if tuple(chosen) == now else tuple(chosen)


def choose_examples(
    workbench: Workbench, run_id: str, kept: ReportSettings, made: Evidence, name: str
) -> tuple[int, ...]:
    """Which responses are quoted, in order."""
    others = candidates(str(workbench.path), run_id, stamp(workbench, run_id), workbench) if kept.examples else []
    known = {each.no: each for each in [*made.examples, *others]}
    titles = {no: excerpt(each) for no, each in sorted(known.items())}
    chosen = st.multiselect(
        "Quoted responses, in this order",
        list(titles),
        default=[no for no in kept.examples if no in titles],
        format_func=titles.__getitem__,
        placeholder="Those that differ most, and those in the middle",
        key=f"{name}-examples",
        help="None leaves the choice to Evenhand.",
    )
    other = st.text_input(
        "Others, by their numbers on the Responses page",
        key=f"{name}-others",
        placeholder="12, 48",
    )
    return (*chosen, *(int(word) for word in (other or "").replace(",", " ").split() if word.isdecimal()))


def excerpt(example: Example) -> str:
    """A response as one of a list."""
    return visible(f"{example.no} · {example.group} · {shorten(' '.join(example.text.split()), EXCERPT)}")


@st.cache_resource(max_entries=4, show_spinner="Looking for examples …")
def candidates(path: str, run_id: str, stamp: Stamp, _workbench: Workbench) -> list[Example]:  # noqa: ARG001 - the first three are the key
    """Responses that could be quoted, which nobody changes."""
    return choices.candidates(_workbench, run_id)
