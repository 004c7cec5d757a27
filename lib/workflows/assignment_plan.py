"""From an assignment's spec to its items: draw matched sets, find their members, add doubles."""

from collections.abc import Mapping
from dataclasses import dataclass

from lib.annotation import plan as planning
from lib.annotation.gendered_words import Gender
from lib.annotation.lots import lot
from lib.annotation.plan import Plan
from lib.annotation.sampling import CandidateSet, draw, uncertainty_of
from lib.annotation.swap import swap
from lib.errors import AnnotationError
from lib.grid.article import with_article
from lib.types import AssignmentSpec, Sampling, StoredResponse
from lib.workflows.attributes import bank_of
from lib.workflows.workbench import Workbench

GENDERS = (
    dict.fromkeys(("woman", "women", "female", "girl"), Gender.WOMAN)
    | dict.fromkeys(("man", "men", "male", "boy"), Gender.MAN)
    | dict.fromkeys(("nonbinary", "non_binary", "enby"), Gender.NONBINARY)
)
"""Ids of groups whose pronouns are known."""


@dataclass(frozen=True, slots=True)
class Planned:
    """The items of an assignment, and what they were drawn from; `groups` has the group of each plain item."""

    plan: Plan
    sets: int
    all_sets: int
    groups: list[str]
    runs: list[str]


def plan(workbench: Workbench, spec: AssignmentSpec) -> Planned:
    """Draw what a spec asks for; the same spec on the same store draws the same.

    Raises:
        AnnotationError: nothing passes the filter, or the spec makes no sense.
    """
    table = workbench.store.responses.sets(spec.filter)
    candidates = [
        CandidateSet(row["run"], row["set_id"], row["template"], row["model"], row["decoding"])
        for row in table.select(["run", "set_id", "template", "model", "decoding"]).to_pylist()
    ]
    if not candidates:
        raise AnnotationError(
            "assignment", "no stored response passes the filter", "Choose another audit, or widen the filter."
        )
    runs = sorted({candidate.run for candidate in candidates})
    uncertainty = uncertainties(workbench, runs, spec.measure) if spec.sampling is Sampling.ACTIVE else None
    drawn = draw(candidates, spec.sampling, spec.sets, spec.seed, uncertainty)
    probability = {(each.run, each.set_id): each.probability for each in drawn}
    found = workbench.store.responses.members(spec.filter, list(probability))
    members = [(run, no, f"{run}/{set_id}", probability[run, set_id]) for run, no, set_id in found]
    english = {run for run in runs if bank_of(workbench, run).language == "en"}  # no other language can be swapped
    made = planning.items(
        spec, members, lambda run, no: swapped(workbench, run, no, spec.seed) if run in english else None
    )
    groups = {run: workbench.store.responses.groups_of(run) for run in runs}
    return Planned(made, len(drawn), len(candidates), [groups[run][no] for run, no, *_ in members], runs)


def uncertainties(workbench: Workbench, runs: list[str], measure: str) -> Mapping[tuple[str, str], float]:
    """How unsure a scorer's measure leaves each matched set of some runs, 0 to 1; what it has not scored is 1.

    Raises:
        AnnotationError: the measure has scored nothing there.
    """
    from lib.workflows.question import choices, current
    from lib.workflows.score_frame import read_scores, with_measure

    found: dict[tuple[str, str], float] = {}
    for run in runs:
        choice = next((each for each in choices(workbench, run) if each.id == measure), None)
        if choice is None:
            raise AnnotationError(
                f"sampling by {measure or 'a scorer'}", f"it has scored nothing of {run}", "Score the audit first."
            )
        frame = with_measure(read_scores(workbench, run, current(workbench, choice.entry)), choice.measure)
        values = frame["value"] / frame["exposure"].fillna(1).replace(0, float("nan"))
        low, high = values.min(), values.max()
        scaled = (values - low) / (high - low) if high > low else values * 0
        for set_id, its in scaled.groupby(frame["set_id"]):
            found[run, str(set_id)] = uncertainty_of(its.dropna().tolist())
    return found


def swapped(workbench: Workbench, run: str, no: int, seed: int) -> tuple[str, str] | None:
    """Prompt and text of a response as if about another group of its matched set; None where that is not safe."""
    own = workbench.store.responses.get(run, no)
    if own.response is None or "#" in "".join(own.cell.terms):
        return None
    others = [
        each
        for each in workbench.store.responses.matched_set(run, own.cell.set_id)
        if each.cell.group != own.cell.group
    ]
    for other in sorted(others, key=lambda each: lot(seed, "swap", run, no, each.no)):
        genders = gender_of(own), gender_of(other)
        found = swap(own.response.text, own.cell.terms, other.cell.terms, genders, with_article)
        if found and found.text_changed:
            return other.cell.prompt, found.text
    return None


def gender_of(stored: StoredResponse) -> Gender:
    """The gender of whom a response is about, as far as its groups say it."""
    for group in stored.cell.groups.values():
        if group in GENDERS:
            return GENDERS[group]
    return Gender.UNKNOWN
