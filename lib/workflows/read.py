"""Everything ever stored, a page at a time: filter, compare within a matched set and across models."""

from collections.abc import Sequence
from dataclasses import dataclass

from lib.types import Json, Piece, ResponseFilter, StoredResponse
from lib.workflows.workbench import Workbench

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class ResponsePage:
    """One page of rows and the number of rows there are in all."""

    rows: list[StoredResponse]
    total: int


def responses(workbench: Workbench, wanted: ResponseFilter, *, page: int = 0, size: int = PAGE_SIZE) -> ResponsePage:
    """Page number `page` (from 0) of the stored responses that pass the filter, in run order."""
    store = workbench.store.responses
    return ResponsePage(store.page(wanted, limit=size, offset=page * size), store.count(wanted))


def facets(workbench: Workbench) -> dict[str, list[tuple[str, int]]]:
    """For each field of the filter, the values there are and how many cells have each."""
    return workbench.store.responses.facets()


def outcomes(workbench: Workbench, wanted: ResponseFilter) -> list[tuple[str, str, int]]:
    """(group, outcome, count): stopped, cut off, empty, failed or pending, never silently dropped."""
    return workbench.store.responses.outcomes(wanted)


def matched_set(workbench: Workbench, run_id: str, set_id: str) -> list[StoredResponse]:
    """The members of one matched set, in grid order."""
    return workbench.store.responses.matched_set(run_id, set_id)


def same_cell(workbench: Workbench, run_id: str, no: int) -> list[StoredResponse]:
    """The same prompt, format, decoding and seed under every model and run that has it."""
    return workbench.store.responses.same_cell(run_id, no)


def provenance(workbench: Workbench, run_id: str, no: int) -> Json:
    """Everything that determined one response: cell, model facts, bank, environment."""
    return workbench.store.responses.provenance(run_id, no)


def marked(texts: Sequence[str]) -> list[list[Piece]]:
    """Each text cut into pieces, those that differ between the texts marked."""
    from lib.grid.diff import mark_differences  # needs NumPy, which the first page should not wait for

    return mark_differences(texts)
