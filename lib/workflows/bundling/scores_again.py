"""Score a bundle's responses again with this code, and compare number for number and label for label."""

from collections.abc import Iterator
from pathlib import Path

from lib.errors import AuditError
from lib.store.audit_files import numbered
from lib.types import Score, Scoring
from lib.workflows.bundling.instant import reason_against, scored
from lib.workflows.bundling.known_scorers import false_scorer, other_title
from lib.workflows.bundling.verification import Protocol, alike
from lib.workflows.workbench import Workbench

NAMED_CELLS = 5

Kept = tuple[list[float | None], str, str, str]


def check_scores(workbench: Workbench, run_id: str, anew: Path, tolerance: float, protocol: Protocol) -> None:
    """Score again with every scorer that is instant here, and say of every other why it was not asked.

    Args:
        anew: the folder that the audit's files were written to from what was loaded of them.
    """
    for number, scoring in enumerate(workbench.store.scores.scorings(run_id), start=1):
        protocol.progress(f"scoring again: {scoring.entry.title}")
        about, name = numbered("scores", number, ".json"), numbered("scores", number, ".parquet")
        if said := false_scorer(scoring):
            protocol.found("score", about, said)
            continue
        if title := other_title(scoring):
            said = f"scorer {scoring.entry.id} is called {scoring.entry.title!r}, and here {title!r}"
            (protocol.not_compared if tolerance else protocol.found)("score", about, said)
        lacking = workbench.store.scores.lacking(run_id, scoring.no)
        if reason := reason_against(scoring):
            also = f"; {len(lacking):,} responses have none" if lacking else ""
            protocol.not_compared("score", name, f"scores of {scoring.entry.id}: {reason}{also}")
            continue
        if lacking:
            protocol.found("score", name, _lacking_said(workbench, run_id, scoring, lacking))
        kept = _kept(anew / name)
        wrong = list(_differing(workbench, run_id, scoring, kept, tolerance))
        protocol.found_many(
            "score", f"{name} ({scoring.entry.id})", [(f"{name}, cell {no}", said) for no, said in wrong]
        )
        protocol.count("scores", len(kept))


def _lacking_said(workbench: Workbench, run_id: str, scoring: Scoring, lacking: list[int]) -> str:
    answered = workbench.store.scores.answered(run_id)
    cells = ", ".join(str(no) for no in lacking[:NAMED_CELLS]) + (", …" if len(lacking) > NAMED_CELLS else "")
    return (
        f"{len(lacking):,} of {answered:,} responses have no score of {scoring.entry.id}, though the others have: "
        f"cell {cells}"
    )


def _kept(path: Path) -> dict[int, Kept]:
    import pyarrow.parquet as pq

    columns = pq.read_table(path)
    names = ("numbers", "label", "outcome", "note")
    rows = zip(*(columns[name].to_pylist() for name in names), strict=True)
    return dict(zip(columns["no"].to_pylist(), rows, strict=True))


def _differing(
    workbench: Workbench, run_id: str, scoring: Scoring, kept: dict[int, Kept], tolerance: float
) -> Iterator[tuple[int, str]]:
    """(cell, how its score differs) of those that come out otherwise."""
    try:
        for batch in scored(workbench, run_id, scoring, list(kept)):
            for item, made in batch:
                if item.no in kept and (said := _said(scoring, kept[item.no], made, tolerance)):
                    yield item.no, said
    except AuditError as problem:
        yield next(iter(kept), 0), f"it cannot be computed again: {problem}"


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
