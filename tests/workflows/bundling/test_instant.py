"""Scores that are there for some responses only, when a bundle is written."""

from pathlib import Path

import pytest

from lib.errors import BundleError
from lib.scorers.base import built_in_entries, scorer_of
from lib.types import RunStatus
from lib.workflows.bundling.verify import verify
from lib.workflows.bundling.write import bundle
from lib.workflows.scoring import no_model
from lib.workflows.workbench import Workbench, open_workbench
from tests.workflows import mapped

pytestmark = pytest.mark.slow


def partly_scored(workbench: Workbench) -> str:
    """An audit of 60 responses of which five were scored when the scoring was stopped."""
    run_id = mapped.answered(workbench)
    workbench.store.runs.set_status(run_id, RunStatus.DONE)
    [entry] = [each for each in built_in_entries() if each.id == "length"]
    scorer = scorer_of(entry)
    kept = workbench.store.scores.scoring(entry, scorer.version, scorer.fingerprint, scorer.measures, scorer.labels)
    items = workbench.store.scores.items(run_id, range(5))
    scores = scorer.open(no_model)(items)
    workbench.store.scores.add(run_id, kept.no, [(item.no, each) for item, each in zip(items, scores, strict=True)])
    return run_id


def test_a_scoring_that_was_stopped_is_completed(workbench: Workbench, tmp_path: Path) -> None:
    """What lacks a score that others have is scored before bundling, and it is said; the bundle is whole."""
    run_id = partly_scored(workbench)
    written = bundle(workbench, run_id, tmp_path / "b.evenhand.zip")
    assert written.completed == ("55 responses had no score of Length, though others had: they were scored.",)
    assert bundle(workbench, run_id, tmp_path / "again.evenhand.zip").completed == ()
    found = verify(written.path)
    assert (found.whole, found.checked["scores"]) == (True, 60)


def test_what_cannot_be_completed_is_not_bundled(workbench: Workbench, db: Path, tmp_path: Path) -> None:
    """In a database that may only be read a scoring that was stopped is refused, with what to do."""
    run_id = partly_scored(workbench)
    workbench.close()
    remedy = f"python -m lib score {run_id} --scorer length"
    with open_workbench(db, read_only=True) as read_only, pytest.raises(BundleError, match=remedy):
        bundle(read_only, run_id, tmp_path / "b.zip")
    assert not (tmp_path / "b.zip").exists()
