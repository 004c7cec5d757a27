"""The grid being edited: kept for the session, so that a page change loses nothing.

Widgets forget their values when their page is left. Here they take what they show from the
draft and give it back each time, and opening another grid is a new revision, which makes new
widgets.
"""

from dataclasses import dataclass, replace

import streamlit as st

from lib.types import Bank, GridSpec
from lib.workflows import banks, build, example
from lib.workflows.workbench import Workbench

KEY = "grid-draft"


@dataclass(slots=True)
class Draft:
    """A grid spec in the making; `kept` is what is stored under `grid_id`, None when nothing is."""

    spec: GridSpec
    grid_id: str = ""
    kept: GridSpec | None = None
    revision: int = 0

    def key(self, name: str) -> str:
        """The key of one of this revision's widgets."""
        return f"grid-{self.revision}-{name}"

    def change(self, spec: GridSpec) -> None:
        """Put another spec in the widgets; it is not kept yet."""
        self.spec = spec
        self.revision += 1

    def opened(self, spec: GridSpec, grid_id: str) -> None:
        """Go on with a kept grid."""
        self.change(spec)
        self.keep(grid_id)

    def keep(self, grid_id: str) -> None:
        """Note that the spec as it stands is stored under `grid_id`."""
        self.kept, self.grid_id = self.spec, grid_id

    def forget(self) -> None:
        """Note that nothing is stored any more; what is in the widgets stays."""
        self.kept, self.grid_id = None, ""

    @property
    def unsaved(self) -> bool:
        """Whether the spec differs from what is kept."""
        return self.spec != self.kept


def current_draft(workbench: Workbench) -> Draft:
    """The session's draft; `?grid=…` in a newly opened address opens that grid first."""
    draft: Draft | None = st.session_state.get(KEY)
    asked = st.query_params.get("grid", "")
    if draft is None:
        draft = st.session_state[KEY] = Draft(fresh_spec(workbench))
    if asked and asked != draft.grid_id:
        draft.opened(build.load(workbench, asked), asked)
    if draft.grid_id:
        st.query_params["grid"] = draft.grid_id
    return draft


def fresh_spec(workbench: Workbench) -> GridSpec:
    """What a new grid starts from: the example audit, moved to the first bank when its own is gone."""
    known = {bank.id: bank for bank in banks.banks(workbench)}
    spec = example.spec()
    bank = known.get(spec.bank) or next(iter(known.values()), None)
    if bank is None:
        return spec
    return replace(spec, name=bank.title) if bank.id == spec.bank else for_bank(spec, bank)


def for_bank(spec: GridSpec, bank: Bank) -> GridSpec:
    """The spec moved to another bank: what is asked starts anew, how it is asked stays."""
    attribute = bank.templates[0].pair or bank.attributes[0].id
    return replace(
        spec, name=bank.title, bank=bank.id, vary=(attribute,), groups={}, contexts={}, templates=(), terms_per_group=0
    )
