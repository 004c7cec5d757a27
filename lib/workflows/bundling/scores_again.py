"""Score a bundle's responses again with this code, and compare number for number and label for label."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from lib.errors import AuditError
from lib.scorers.base import Cost, Judge, Scorer, Unit, scorer_of
from lib.store.audit_files import numbered
from lib.types import Score, Scoring
from lib.workflows.bundling.unpacked import measures_otherwise
from lib.workflows.bundling.verification import Protocol, alike
from lib.workflows.score_execution import batches
from lib.workflows.scoring import no_model
from lib.workflows.workbench import Workbench

RESPONSES_AT_ONCE = 2_000

Kept = tuple[list[float | None], str, str, str]


def check_scores(workbench: Workbench, run_id: str, folder: Path, tolerance: float, protocol: Protocol) -> None:
    """Score again with every scorer that is instant here, and say of every other why it was not asked."""
    for number, scoring in enumerate(workbench.store.scores.scorings(run_id), start=1):
        protocol.progress(f"scoring again: {scoring.entry.title}")
        name = numbered("scores", number, ".parquet")
        if measures_otherwise(scoring):
            said = f"it names other measures or labels than {scoring.entry.id} has in this version"
            protocol.found("score", numbered("scores", number, ".json"), said)
            continue
        try:
            scorer = _usable(scoring)
        except AuditError as problem:
            protocol.note(f"Scores of {scoring.entry.id} not computed again: {problem}")
            continue
        if reason := _reason_against(scorer, scoring):
            protocol.note(f"Scores of {scoring.entry.id} not computed again: {reason}")
            continue
        kept = _kept(folder / name)
        wrong = list(_differing(workbench, run_id, scoring, scorer, kept, tolerance))
        protocol.found_many(
            "score", f"{name} ({scoring.entry.id})", [(f"{name}, cell {no}", said) for no, said in wrong]
        )
        protocol.count("scores", len(kept))
        if (missing := workbench.store.scores.answered(run_id) - len(kept)) > 0:
            protocol.note(f"{missing} responses have no score of {scoring.entry.id}.")


def _usable(scoring: Scoring) -> Scorer:
    scorer = scorer_of(scoring.entry)
    scorer.check()
    return scorer


def _reason_against(scorer: Scorer, scoring: Scoring) -> str:
    if (scorer.version, scorer.fingerprint) != (scoring.version, scoring.fingerprint):
        return f"another version of it made them (version {scoring.version}, here {scorer.version})"
    if isinstance(scorer, Judge):
        return "they need the model that judged"
    if scorer.cost is not Cost.INSTANT:
        return f"they need a model ({scorer.title})"
    return ""


def _kept(path: Path) -> dict[int, Kept]:
    import pyarrow.parquet as pq

    columns = pq.read_table(path)
    names = ("numbers", "label", "outcome", "note")
    rows = zip(*(columns[name].to_pylist() for name in names), strict=True)
    return dict(zip(columns["no"].to_pylist(), rows, strict=True))


def _differing(
    workbench: Workbench, run_id: str, scoring: Scoring, scorer: Scorer, kept: dict[int, Kept], tolerance: float
) -> Iterator[tuple[int, str]]:
    """(cell, how its score differs) of those that come out otherwise."""
    try:
        score = scorer.open(no_model)
    except AuditError as problem:
        yield next(iter(kept), 0), f"it cannot be computed again: {problem}"
        return
    for batch in _batches(workbench, run_id, scorer, list(kept)):
        items = workbench.store.scores.items(run_id, batch)
        for item, made in zip(items, score(items), strict=True):
            if item.no in kept and (said := _said(scoring, kept[item.no], made, tolerance)):
                yield item.no, said


def _batches(workbench: Workbench, run_id: str, scorer: Scorer, nos: Sequence[int]) -> Iterator[list[int]]:
    if scorer.unit is Unit.FAMILY:
        return batches(workbench.store.scores.families(run_id, nos), RESPONSES_AT_ONCE)
    return batches(([no] for no in nos), RESPONSES_AT_ONCE)


def _said(scoring: Scoring, kept: Kept, made: Score, tolerance: float) -> str:
    """How a score differs from the one that was kept, in words; "" where it does not."""
    numbers, label, outcome, note = kept
    for measure, was, now in zip(scoring.measures, numbers, _finite(made), strict=True):
        if not alike(was, now, tolerance):
            return f"{scoring.entry.id}.{measure.id} is {was!r}, and comes out as {now!r}"
    for title, told, said in (("label", label, made.label), ("outcome", outcome, made.outcome.value)):
        if told != said:
            return f"the {title} of {scoring.entry.id} is {told!r}, and comes out as {said!r}"
    return f"the note of {scoring.entry.id} is {note!r}, and comes out as {made.note!r}" if note != made.note else ""


def _finite(made: Score) -> list[float | None]:
    """The values as they are kept: what is not finite is nothing."""
    return [None if value is None or value - value != 0 else float(value) for value in made.values]
