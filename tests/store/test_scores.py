from dataclasses import replace

import pytest

from lib.errors import RunError, ScorerError
from lib.store.store import Store
from lib.types import Score, ScoreOutcome, ScorerEntry
from tests.store.samples import answer, create, failure
from tests.store.score_samples import ENTRY, LABELS, MEASURES, score, scoring

HOSTILE = ["'; DROP TABLE scores; --", '"quoted"', "nul\0inside", "👩🏽‍⚕️ بِسْمِ", "two\nlines\t", "", "half \ud83d pair"]


@pytest.fixture
def run_id(store: Store) -> str:
    """Twenty-four cells: 0 to 5 answered, 6 failed, the others pending."""
    run_id = create(store)
    store.responses.add(run_id, [*(answer(no, f"Text {no}.") for no in range(6)), failure(6)])
    return run_id


def kept(store: Store, run_id: str, number: int) -> dict[int, tuple[list[float | None], str, str, str]]:
    """(numbers, label, outcome, note) by cell, for the cells that have a score."""
    return {
        row["no"]: (row["numbers"], row["label"], row["score_outcome"], row["note"])
        for row in store.scores.table(run_id, number).to_pylist()
        if row["score_outcome"]
    }


def test_added_scorers_are_replaced_and_forgotten_by_id(store: Store) -> None:
    """Saving an entry again replaces it; an unknown id is answered with the nearest."""
    judge = ScorerEntry("judge-tone", "judge", "Tone")
    for entry in (ENTRY, judge, replace(ENTRY, title="Mine, edited")):
        store.scorers.save(entry)
    assert store.scorers.all() == [judge, replace(ENTRY, title="Mine, edited")]
    with pytest.raises(ScorerError, match="judge-tone"):
        store.scorers.delete("judge-tune")
    store.scorers.delete("judge-tone")
    assert [entry.id for entry in store.scorers.all()] == ["lexicon-mine"]


def test_a_version_of_a_scorer_has_one_number(store: Store) -> None:
    """The same version comes back as it was first used; another version or fingerprint gets another number."""
    assert store.scores.known(ENTRY.id, "1", "f") is None
    first = scoring(store)
    assert (first.entry, first.measures, first.labels) == (ENTRY, MEASURES, LABELS)
    assert first.created is not None
    assert first.created.tzinfo is not None
    assert scoring(store, entry=replace(ENTRY, title="Renamed")) == first == store.scores.known(ENTRY.id, "1", "f")
    others = [scoring(store, version="2"), scoring(store, fingerprint="g")]
    assert len({first.no, *(other.no for other in others)}) == 3
    assert store.scores.scorings() == [first, *others]


def test_scores_come_back_as_they_went_in(store: Store, run_id: str) -> None:
    """Numbers, those that are not defined, labels, outcomes and notes are kept by cell."""
    number = scoring(store).no
    nothing = Score((None, None), outcome=ScoreOutcome.NOTHING, note="an empty text")
    store.scores.add(run_id, number, [(4, score(0.1)), (0, score(None, "")), (2, nothing)])
    assert kept(store, run_id, number) == {
        0: ([None, 8.0], "", "scored", ""),
        2: ([None, None], "", "nothing to score", "an empty text"),
        4: ([0.1, 8.0], "bold", "scored", ""),
    }


def test_a_number_that_is_not_finite_is_no_number(store: Store, run_id: str) -> None:
    """Neither NaN nor infinity can slip into a mean."""
    number = scoring(store).no
    store.scores.add(run_id, number, [(no, score(odd)) for no, odd in enumerate((float("nan"), float("inf"), 0.0))])
    assert [row[0][0] for row in kept(store, run_id, number).values()] == [None, None, 0.0]


def test_hostile_labels_and_notes_are_data(store: Store, run_id: str) -> None:
    """A judge's words come back unchanged; only half a surrogate pair, which no file can hold, is replaced."""
    number = scoring(store).no
    store.scores.add(run_id, number, [(no, score(label=text, note=text)) for no, text in enumerate(HOSTILE[:6])])
    assert [row[1] for row in kept(store, run_id, number).values()] == HOSTILE[:6]
    assert [row[3] for row in kept(store, run_id, number).values()] == HOSTILE[:6]
    store.scores.add(run_id, number, [(0, score(label=HOSTILE[6]))], replace=True)
    assert kept(store, run_id, number)[0][1] == "half � pair"


def test_a_cell_keeps_its_score_unless_it_is_replaced(store: Store, run_id: str) -> None:
    """Scoring again changes nothing; families, scored anew, replace what was said of their members."""
    number = scoring(store).no
    store.scores.add(run_id, number, [(0, score(1.0)), (0, score(1.5))])
    store.scores.add(run_id, number, [(0, score(2.0)), (1, score(2.0))])
    assert {no: row[0][0] for no, row in kept(store, run_id, number).items()} == {0: 1.0, 1: 2.0}
    store.scores.add(run_id, number, [(0, score(3.0)), (2, score(3.0)), (2, score(4.0))], replace=True)
    assert {no: row[0][0] for no, row in kept(store, run_id, number).items()} == {0: 3.0, 1: 2.0, 2: 4.0}
    assert store.scores.counts(run_id) == {number: 3}


def test_versions_stand_side_by_side(store: Store, run_id: str) -> None:
    """A new version lacks all scores, and the old one's remain readable."""
    old, new = scoring(store, version="1"), scoring(store, version="2")
    store.scores.add(run_id, old.no, [(no, score(1.0)) for no in range(6)])
    assert store.scores.lacking(run_id, old.no) == []
    assert store.scores.lacking(run_id, new.no) == list(range(6))
    store.scores.add(run_id, new.no, [(5, score(9.0)), (3, score(9.0))])
    assert store.scores.lacking(run_id, new.no) == [0, 1, 2, 4]
    assert kept(store, run_id, old.no)[3][0] == [1.0, 8.0]
    assert kept(store, run_id, new.no)[3][0] == [9.0, 8.0]
    assert store.scores.counts(run_id) == {old.no: 6, new.no: 2}
    assert store.scores.scorings(run_id) == [old, new]


def test_only_answered_cells_lack_a_score(store: Store, run_id: str) -> None:
    """Failed and pending cells have nothing to score; a retry that succeeds brings one more."""
    number = scoring(store).no
    assert store.scores.answered(run_id) == 6
    assert store.scores.lacking(run_id, number) == list(range(6))
    store.responses.add(run_id, [answer(6)])
    assert store.scores.answered(run_id) == 7
    assert store.scores.lacking(run_id, number) == list(range(7))


def test_runs_are_scored_apart(store: Store, run_id: str) -> None:
    """One run's scores are no other's, and deleting a run deletes its scores only."""
    other = create(store)
    store.responses.add(other, [answer(0)])
    number, unused = scoring(store).no, scoring(store, version="2")
    store.scores.add(run_id, number, [(0, score())])
    assert (store.scores.lacking(other, number), store.scores.counts(other), store.scores.scorings(other)) == (
        [0],
        {},
        [],
    )
    store.scores.add(other, number, [(0, score(5.0))])
    store.runs.delete(run_id)
    assert store._database.value("SELECT count(*) FROM scores") == 1
    assert kept(store, other, number)[0][0] == [5.0, 8.0]
    assert unused in store.scores.scorings()
    with pytest.raises(RunError):
        store.scores.counts(run_id)


@pytest.mark.parametrize(
    ("no", "bad", "message"),
    [
        (7, score(), "cell 7 of run number .* has no response"),
        (6, score(), "cell 6 of run number .* has no response"),
        (99, score(), "cell 99 of run number .* has no response"),
        (1, Score((1.0,)), "has 2 measures, and cell 1"),
    ],
)
def test_a_wrong_score_stores_nothing(store: Store, run_id: str, no: int, bad: Score, message: str) -> None:
    """All or nothing: a score for a cell without a response, or of another width, keeps its whole group out."""
    number = scoring(store).no
    with pytest.raises(ValueError, match=message):
        store.scores.add(run_id, number, [(0, score()), (no, bad)])
    assert store.scores.counts(run_id) == {}
    store.scores.add(run_id, number, [])
    with pytest.raises(ValueError, match="no scoring number 77"):
        store.scores.add(run_id, 77, [(0, score())])


def test_an_unknown_run_is_answered_with_the_nearest_ids(store: Store, run_id: str) -> None:
    """Every question about a run of a wrong id names the right one."""
    scores, wrong = store.scores, run_id[:-1] + "x"
    for ask in (scores.counts, scores.answered, scores.scorings, scores.texts):
        with pytest.raises(RunError, match=run_id):
            ask(wrong)
    with pytest.raises(RunError, match=run_id):
        scores.add(wrong, scoring(store).no, [(0, score())])
