"""What can be asked of a run's scores, and one such question."""

from dataclasses import dataclass
from typing import TypeVar

import pandas as pd

from lib.errors import AuditError, StatsError
from lib.registry import suggest
from lib.types import Direction, Measure, MeasureKind, ScorerEntry, Scoring
from lib.workflows import scoring
from lib.workflows.attributes import Attribute, attributes, bank_of
from lib.workflows.score_frame import CONTEXT
from lib.workflows.workbench import Workbench

T = TypeVar("T")

OTHERS = ""
"""As reference: the mean of all other groups."""

FIRST = ("choice", "agency", "framing", "gendered", "sentiment", "refusal", "similarity")

PICKED = Measure(
    "picked",
    "Picked",
    MeasureKind.PROPORTION,
    Direction.NEITHER,
    help="Share of the choices in which the group was picked; a pair counts where it was answered in both orders.",
)


@dataclass(frozen=True, slots=True)
class MeasureChoice:
    """One measure of one scorer that has scores in a run. `id` is "scorer.measure"."""

    id: str
    entry: ScorerEntry
    measure: Measure
    scored: int
    answered: int
    caveat: str = ""
    scorer_title: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a run's scores.

    `groups` empty means all; `reference` is a group id or OTHERS; `by` is what rows of the forest
    plot are: "template", "model", "decoding", "format", or "context:<slot>". `margin` is the largest
    gap that counts as none, in the measure's unit. `sample_terms` None leaves it to the number of terms.
    """

    run: str
    attribute: str
    measure: str
    groups: tuple[str, ...] = ()
    reference: str = OTHERS
    by: str = "template"
    models: tuple[str, ...] = ()
    decodings: tuple[str, ...] = ()
    templates: tuple[str, ...] = ()
    margin: float | None = None
    sample_terms: bool | None = None
    correction: str = "holm"
    resamples: int = 10_000


def choices(workbench: Workbench, run_id: str) -> list[MeasureChoice]:
    """The measures that have scores in a run by today's version of their scorer, the most telling scorers first."""
    found = []
    for state in sorted(scoring.states(workbench, run_id), key=rank):
        if not state.scored:
            continue
        known = current(workbench, state.entry)
        scorer = scoring.scorer_of(state.entry)
        measures = (PICKED, *known.measures) if state.entry.scorer == "choice" else known.measures
        found += [
            MeasureChoice(
                f"{state.entry.id}.{measure.id}",
                state.entry,
                measure,
                state.scored,
                state.answered,
                scorer.caveat,
                state.entry.title,
            )
            for measure in measures
        ]
    return found


def rank(state: scoring.ScoreState) -> int:
    """A scorer's place among those offered."""
    return FIRST.index(state.entry.scorer) if state.entry.scorer in FIRST else len(FIRST)


def subject(workbench: Workbench, question: Question) -> tuple[Attribute, MeasureChoice]:
    """What is compared and what is measured; raises AuditError with the nearest names for an unknown one."""
    known = {attribute.id: attribute for attribute in attributes(workbench, question.run)}
    scored = {choice.id: choice for choice in choices(workbench, question.run)}
    return pick("attribute", question.attribute, known), pick("measure", question.measure, scored)


def current(workbench: Workbench, entry: ScorerEntry) -> Scoring:
    """The scoring of an entry's present version."""
    scorer = scoring.scorer_of(entry)
    known = workbench.store.scores.known(entry.id, scorer.version, scorer.fingerprint)
    if known is None:
        raise StatsError(f"scorer {entry.title}", "nothing was scored with its present version", "Score the run first.")
    return known


def categories(workbench: Workbench, run_id: str) -> dict[str, str]:
    """What the rows of a forest plot can be in a run, as title by id; only what takes more than one value."""
    grid, bank = workbench.store.runs.get(run_id).grid, bank_of(workbench, run_id)
    used = {part.name for template in bank.templates for part in template.parts if not isinstance(part, str)}
    possible = {"template": ("Template", len(bank.templates))}
    for slot in bank.contexts:
        if slot.id in used:
            possible[CONTEXT + slot.id] = (slot.title, len(slot.values))
    for attribute in bank.attributes:
        if attribute.id in used and attribute.id not in grid.vary:
            possible[CONTEXT + attribute.id] = (attribute.title, len(attribute.groups))
    possible |= {
        "model": ("Model", len(grid.models)),
        "decoding": ("Decoding", len(grid.decodings)),
        "format": ("Prompt format", len(grid.formats)),
    }
    several = {id: title for id, (title, values) in possible.items() if values > 1}
    return several or {"template": "Template"}


def category_titles(workbench: Workbench, run_id: str, by: str, frame: pd.DataFrame) -> dict[str, str]:
    """The titles of the categories that occur, in the bank's order."""
    bank = bank_of(workbench, run_id)
    there = set(frame["category"]) if "category" in frame else set(frame[by].fillna("").astype(str))
    if by == "template":
        titles = {template.id: template.title or template.id for template in bank.templates}
    elif by == "model":
        titles = {entry.id: entry.title for entry in workbench.store.runs.entries(run_id)}
    elif by.startswith(CONTEXT):
        slot = by.removeprefix(CONTEXT)
        titles = {value.id: value.text for each in bank.contexts if each.id == slot for value in each.values}
        titles |= {group.id: group.title for each in bank.attributes if each.id == slot for group in each.groups}
    else:
        titles = {}
    known = {id: title for id, title in titles.items() if id in there}
    return known | {id: id or "without" for id in sorted(there - known.keys())}


def default_reference(attribute: Attribute) -> str:
    """The neutral wording where there is one, else all other groups."""
    return attribute.neutral[0] if attribute.neutral else OTHERS


def reference_of(workbench: Workbench, run_id: str, attribute_id: str) -> str:
    """The reference to take where nobody names one."""
    known = {attribute.id: attribute for attribute in attributes(workbench, run_id)}
    return default_reference(pick("attribute", attribute_id, known))


def measure_id(workbench: Workbench, run_id: str, name: str) -> str:
    """The measure somebody means by "scorer.measure", or by "scorer" alone: then its first one."""
    known = {choice.id: choice for choice in choices(workbench, run_id)}
    first = next((id for id, choice in known.items() if choice.entry.id == name), "")
    entry = name.partition(".")[0]
    scored = {choice.entry.id for choice in known.values()}
    if known and entry not in scored and entry in {each.id for each in scoring.entries(workbench)}:
        raise StatsError(f"scorer {entry}", "this run was not scored with it", "Score it first.")
    return first or pick("measure", name, known).id


def pick(sort: str, id: str, known: dict[str, T]) -> T:
    """The member of that id; raises AuditError with the nearest ids when there is none."""
    if not known:
        raise AuditError(f"{sort} {id}", "nothing in this run was scored yet", "Score the run first.")
    if id not in known:
        raise AuditError(f"{sort} {id}", "this run has none of that name", suggest(id, known))
    return known[id]
