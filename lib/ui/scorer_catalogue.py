"""The catalogue of scorers: every one there is, a row each."""

from collections.abc import Iterable, Mapping

import pandas as pd
import streamlit as st

from lib.types import ScorerEntry
from lib.ui.frame import Page
from lib.workflows import scoring
from lib.workflows.scoring import Cost, Scorer, ScorerView

COSTS = {
    Cost.INSTANT: ("at once", ":material/bolt:", "green"),
    Cost.MODEL: ("runs a model", ":material/memory:", "blue"),
    Cost.HOSTED: ("endpoint", ":material/cloud_upload:", "orange"),
}
LEAVES = (
    "Every response scored with it is sent to an endpoint. Unless that is on this computer, the responses leave it."
)
ENDPOINT = "endpoint"  # the model backend that sends prompts away
SET_UP = "It has to be told what to use first: set one up under “Add a scorer”."


def with_kinds_to_set_up(views: Iterable[ScorerView]) -> list[ScorerView]:
    """The scorers that are set up here, and behind them the kinds of which there is none yet."""
    views = list(views)
    there = {view.scorer.id for view in views}
    return views + [
        ScorerView(ScorerEntry(kind.id, kind.id, kind.title), kind, ready=False, detail=SET_UP, added=False)
        for kind in scoring.kinds()
        if kind.id not in there
    ]


def cost_of(page: Page, scorer: Scorer, options: Mapping[str, str]) -> Cost:
    """What scoring takes when set up like this: a judge behind an endpoint is hosted, whatever else it is."""
    endpoints = {entry.id for entry in page.workbench.catalogue.all() if entry.backend == ENDPOINT}
    chosen = {options.get(option.name) for option in scorer.options if option.kind == "model"}
    return Cost.HOSTED if chosen & endpoints else scorer.cost


def show_catalogue(page: Page, views: Iterable[ScorerView]) -> None:
    """Every scorer there is, a row each."""
    rows = [
        (
            view.entry.title,
            first_sentence(view.scorer.help),
            COSTS[cost_of(page, view.scorer, view.entry.options)][0],
            readiness(view),
        )
        for view in views
    ]
    st.dataframe(
        pd.DataFrame(rows, columns=["Scorer", "What it returns", "Takes", "Ready"]),
        hide_index=True,
        height=250,
        alt="The scorers with what each returns",
        column_config={
            "Scorer": st.column_config.TextColumn(width=215),
            "What it returns": st.column_config.TextColumn(width=575),
            "Takes": st.column_config.TextColumn(width=100),
            "Ready": st.column_config.TextColumn(width=80),
        },
    )


def readiness(view: ScorerView) -> str:
    """Whether it can be used as it is."""
    return "ready" if view.ready else "to set up" if view.detail == SET_UP else "not ready"


def first_sentence(text: str) -> str:
    """The first sentence of a text."""
    return text.split(". ")[0].rstrip(".") + "."
