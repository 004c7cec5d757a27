"""The scorers whose scores can be had anew at once, and what they say."""

from collections.abc import Iterator, Sequence

from lib.errors import AuditError, BundleError
from lib.scorers.base import Cost, Judge, Scorer, Unit, scorer_of
from lib.types import Score, ScoreItem, Scoring
from lib.workflows.bundling.verification import Progress
from lib.workflows.score_execution import batches
from lib.workflows.scoring import no_model
from lib.workflows.workbench import Workbench

RESPONSES_AT_ONCE = 2_000


def reason_against(scoring: Scoring) -> str:
    """Why scores cannot be had anew with this code, without a model; "" where they can."""
    try:
        scorer = scorer_of(scoring.entry)
        scorer.check()
    except AuditError as problem:
        return str(problem)
    if (scorer.version, scorer.fingerprint) != (scoring.version, scoring.fingerprint):
        return f"another version of it made them (version {scoring.version}, here {scorer.version})"
    if isinstance(scorer, Judge):
        return "they need the model that judged"
    return "" if scorer.cost is Cost.INSTANT else f"they need a model ({scorer.title})"


def scored(
    workbench: Workbench, run_id: str, scoring: Scoring, nos: Sequence[int]
) -> Iterator[list[tuple[ScoreItem, Score]]]:
    """What a scorer says of some responses, in batches; for one that reads families whole, of those families.

    Raises:
        AuditError: it cannot be used.
    """
    scorer = scorer_of(scoring.entry)
    score = scorer.open(no_model)
    for batch in _batches(workbench, run_id, scorer, nos):
        items = workbench.store.scores.items(run_id, batch)
        yield list(zip(items, score(items), strict=True))


def complete(workbench: Workbench, run_id: str, progress: Progress) -> list[str]:
    """Score what lacks a score of an instant scorer that has scored others; gives what was done, in words.

    A bundle with scores of some responses only looks as if those that were left out had been picked.

    Raises:
        BundleError: something lacks a score, and the database may only be read or the scorer cannot be used.
    """
    done = []
    store = workbench.store.scores
    for scoring in store.scorings(run_id):
        if reason_against(scoring) or not (lacking := store.lacking(run_id, scoring.no)):
            continue
        title, entry = scoring.entry.title, scoring.entry.id
        thing, cause = f"scores of {title}", f"{len(lacking):,} responses have none, though others have"
        remedy = f"Complete them first: python -m lib score {run_id} --scorer {entry}"
        if workbench.read_only:
            raise BundleError(thing, f"{cause}, and the database may only be read", remedy)
        progress(f"scoring what lacks a score of {title}")
        try:
            _add(workbench, run_id, scoring, lacking)
        except AuditError as problem:
            raise BundleError(thing, f"{cause}, and it cannot be used ({problem})", remedy) from problem
        done.append(f"{len(lacking):,} responses had no score of {title}, though others had: they were scored.")
    return done


def _add(workbench: Workbench, run_id: str, scoring: Scoring, lacking: Sequence[int]) -> None:
    whole = scorer_of(scoring.entry).unit is Unit.FAMILY
    for batch in scored(workbench, run_id, scoring, lacking):
        # What is said of a family changes when one of its members is new.
        workbench.store.scores.add(run_id, scoring.no, [(item.no, score) for item, score in batch], replace=whole)


def _batches(workbench: Workbench, run_id: str, scorer: Scorer, nos: Sequence[int]) -> Iterator[list[int]]:
    if scorer.unit is Unit.FAMILY:
        return batches(workbench.store.scores.families(run_id, nos), RESPONSES_AT_ONCE)
    return batches(([no] for no in nos), RESPONSES_AT_ONCE)
