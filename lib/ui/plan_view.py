"""The right side of the grid page: what the grid comes to, and what will be asked."""

import streamlit as st

from lib.types import Bank, GridSpec
from lib.ui.frame import Page
from lib.ui.inert import Card, show_cards
from lib.ui.words import duration, plain
from lib.workflows import build
from lib.workflows.build import Plan

MOST_SAMPLES = 200  # matched sets that can be paged through; finding a later one means expanding all before it


def show_plan(page: Page, spec: GridSpec) -> Plan:
    """Size, time and cost, with what to watch out for."""
    plan = build.plan(page.workbench, spec)
    left, right = st.columns(2)
    left.metric("Matched sets", f"{plan.sets:,}", help="Prompts that differ in the group alone.")
    right.metric("Cells", f"{plan.cells:,}", help="One prompt, one model, one setting, one seed.")
    left.metric("Time", "unknown" if plan.seconds is None else duration(plan.seconds), help=plain(plan.basis, 500))
    right.metric("Cost", "none" if plan.cost is None else f"${plan.cost:,.2f}", help="For endpoints with prices set.")
    show_detectable(plan)
    st.caption(plain(plan.basis, 500))
    for warning in plan.warnings:
        st.warning(plain(warning, 500))
    for template, reason in plan.skipped_templates.items():
        st.caption(f"Template {plain(template)} is left out: {plain(reason, 500)}")
    if plan.unmeasured:
        measure_button(page, spec)
    return plan


def show_detectable(plan: Plan) -> None:
    """How small a gap the grid is likely to find, where that can be said."""
    if plan.detectable:
        found = "none" if plan.detectable_points is None else f"{plan.detectable_points:.3g} points"
        st.metric("Smallest gap it can find", found, help="Of a share of responses, in percentage points.")
        st.caption(plain(plan.detectable, 500))


def measure_button(page: Page, spec: GridSpec) -> None:
    """Time the models that were never timed here."""
    if page.button("Measure the time", "grid-measure", icon=":material/timer:"):
        bar = st.progress(0.0, "Loading the model …")

        def advance(done: int, total: int) -> None:
            bar.progress(min(1.0, done / total), "Measuring …")

        build.measure(page.workbench, spec, advance)
        st.rerun()


def show_sample(page: Page, spec: GridSpec, sets: int, key: str, bank: Bank | None = None) -> None:
    """One matched set at a time, every member fully rendered, what varies marked; `bank` where it is not kept yet."""
    st.subheader("What will be asked", anchor=False)
    number = st.pagination(min(sets, MOST_SAMPLES), key=f"{key}-set", max_visible_pages=5)
    for matched in build.preview(page.workbench, spec, start=number - 1, bank=bank):
        st.caption(plain(matched.title, 500))
        show_cards([Card(member.pieces, title=member.group) for member in matched.members], key=f"{key}-cards")
