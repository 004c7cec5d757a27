"""Scoring a run: in real worker processes, only what lacks a score, version by version."""

import pytest

from lib.errors import AuditError, ScorerError, StoreError
from lib.scorers.base import SCORERS
from lib.types import Finish, Response, ScorerEntry
from lib.workflows import run, scoring
from lib.workflows.workbench import open_workbench

LEXICON = """\
name: Warm words
source: Written for this test.
licence: Apache-2.0
version: "1"
categories:
  warm: [kind, "good hearted", friend*]
"""
TEXTS = ["She is kind and friendly.", "He leads the team.", "", "They are good hearted.", "A man.", "A woman."]


@pytest.fixture
def answered(workbench, spec):
    """A run of six cells, the last of which is not answered yet; gives its id."""
    run_id = run.create(workbench, spec)
    responses = [Response(no, text, Finish.STOP) for no, text in enumerate(TEXTS[:-1])]
    workbench.store.responses.add(run_id, responses)
    return run_id


def score(workbench, run_id, *scorers):
    return scoring.score(workbench, run_id, list(scorers), lambda _: None)


def state(workbench, run_id, scorer):
    return next(state for state in scoring.states(workbench, run_id) if state.entry.id == scorer)


def labels(workbench, run_id, scorer):
    number = scoring.current_scoring(workbench, scoring.entry_of(workbench, scorer))
    return workbench.store.scores.table(run_id, number).column("label").to_pylist()


def test_answered_cells_are_scored_and_pending_ones_wait(workbench, answered):
    """Five responses get their five scores; the sixth is scored once it is there, and nothing twice."""
    assert score(workbench, answered, "gendered").done == 5
    assert labels(workbench, answered, "gendered")[:5] == ["feminine", "masculine", "", "none", "masculine"]
    assert (state(workbench, answered, "gendered").scored, state(workbench, answered, "gendered").answered) == (5, 5)
    workbench.store.responses.add(answered, [Response(5, TEXTS[5], Finish.STOP)])
    assert score(workbench, answered, "gendered").done == 1
    assert labels(workbench, answered, "gendered")[5] == "feminine"


def test_a_changed_scorer_scores_again_and_the_old_scores_remain(workbench, answered, monkeypatch):
    """A new version has everything to do; what the old one said can still be read."""
    score(workbench, answered, "length")
    old = scoring.current_scoring(workbench, scoring.entry_of(workbench, "length"))
    monkeypatch.setattr(type(SCORERS.get("length")), "version", "99")
    assert state(workbench, answered, "length").scored == 0
    number = workbench.store.scores.scoring(
        ScorerEntry("length", "length", "Length"), "99", SCORERS.get("length").fingerprint, (), ()
    )
    assert workbench.store.scores.lacking(answered, number.no) == [0, 1, 2, 3, 4]
    assert state(workbench, answered, "length").older_versions == 1
    assert workbench.store.scores.counts(answered)[old] == 5


def test_an_added_lexicon_counts_its_own_words(workbench, answered):
    """A lexicon from the page is a scorer like any other."""
    entry = scoring.add(workbench, "own_lexicon", "Warm", {"lexicon": LEXICON})
    score(workbench, answered, entry.id)
    number = scoring.current_scoring(workbench, entry)
    counts = [
        row[0] if row else None for row in workbench.store.scores.table(answered, number).column("numbers").to_pylist()
    ]
    assert counts == [2, 0, None, 1, 0, None]
    scoring.remove(workbench, entry.id)
    assert workbench.store.scores.counts(answered)[number] == 5


def test_what_cannot_be_used_is_named_and_the_others_go_on(workbench, answered):
    """A scorer whose options no longer fit is told as a problem, and the rest is scored."""
    workbench.store.scorers.save(ScorerEntry("own_lexicon-broken", "own_lexicon", "Broken", {"lexicon": "no: lexicon"}))
    last = score(workbench, answered, "own_lexicon-broken", "length")
    assert [name for name, _ in last.problems] == ["Broken"]
    assert state(workbench, answered, "length").scored == 5


def test_instant_scorers_start_by_themselves_once(workbench, answered):
    """Where scores are missing the instant scorers begin unasked; with nothing missing they do not."""
    assert scoring.start_instant(workbench, answered)
    workbench.scoring.wait()
    assert not scoring.start_instant(workbench, answered)
    assert all(state(workbench, answered, name).scored == 5 for name in scoring.instant(workbench))


def test_a_text_can_be_tried(workbench):
    """An instant scorer says at once what it thinks of a text."""
    assert scoring.try_out(workbench, "gendered", "The chairwoman met her sons.").label == "both"


def test_unknown_scorers_and_runs_are_told(workbench, answered):
    """A misspelt scorer or run is named before anything starts."""
    with pytest.raises(ScorerError, match="there is none of that id"):
        score(workbench, answered, "gendred")
    with pytest.raises(AuditError, match="there is none of that id"):
        score(workbench, "nothing", "gendered")


def test_adding_is_checked(workbench):
    """An empty option, a title that is taken and a scorer that comes with Evenhand are refused in words."""
    with pytest.raises(ScorerError):
        scoring.add(workbench, "own_lexicon", "Empty", {"lexicon": " "})
    scoring.add(workbench, "own_lexicon", "Warm", {"lexicon": LEXICON})
    with pytest.raises(ScorerError, match="is taken"):
        scoring.add(workbench, "own_lexicon", "Warm", {"lexicon": LEXICON})
    with pytest.raises(ScorerError, match="comes with Evenhand"):
        scoring.remove(workbench, "length")


def test_a_read_only_database_is_not_scored(workbench, answered, db):
    """Nothing is started where nothing can be kept."""
    workbench.close()
    with open_workbench(db, read_only=True) as locked:
        assert not scoring.start_instant(locked, answered)
        with pytest.raises(StoreError, match="reading only"):
            scoring.start(locked, answered, ["length"])
