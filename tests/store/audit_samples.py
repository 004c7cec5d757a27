"""An audit with everything that an audit can have, told apart from its neighbours in every table."""

from dataclasses import replace

import numpy as np
import pyarrow as pa

from lib.store.maps import POINTS
from lib.store.store import Store
from lib.types import (
    Act,
    AnnotationItem,
    AssignmentSpec,
    Decision,
    MapQuality,
    MapSettings,
    Region,
    ReportSettings,
    ResponseFilter,
    RunStatus,
    Score,
    ScoreOutcome,
)
from tests.store.annotation_samples import CODEBOOK, FULL, HARSH, KIND, SPEC, doubles_of, event, items_of
from tests.store.samples import FACTS, answer, create, failure
from tests.store.score_samples import ENTRY, score, scoring

PEOPLE = ("Zoë Quintero", "Bartholomew", "Ada")


def rich(store: Store, name: str = "Hiring letters") -> str:
    """A run that failed and was tried again, scored twice, annotated by three people, mapped, selected and reported."""
    run_id = create(store, name)
    store.responses.add(run_id, [failure(9), failure(10), failure(11, "no room")])
    store.runs.retry_failed(run_id)
    store.responses.add(run_id, [*(answer(no, f"👩 text {no}.") for no in range(8)), answer(9), failure(10, "again")])
    store.runs.record_facts(run_id, FACTS)
    store.runs.set_status(run_id, RunStatus.RUNNING)
    store.runs.set_status(run_id, RunStatus.STOPPED, "enough")
    _score(store, run_id)
    annotate(store, run_id)
    mapped(store, run_id)
    store.reports.choose(run_id, ReportSettings(attribute="gender", measures=("lexicon-mine.bold",)))
    store.reports.write(run_id, "plan/r1/owner", "Whoever leads hiring", "Ada")
    store.reports.write(run_id, "conclusion", "First\n=draft", "Renate Müller")
    store.reports.write(run_id, "conclusion", "", "Renate Müller")
    return run_id


def neighbour(store: Store, name: str = "Another audit") -> str:
    """A run beside it, so that numbers here are others than in a database of one audit."""
    run_id = create(store, name)
    store.responses.add(run_id, [answer(no, f"other {no}") for no in range(8)])
    store.scores.add(run_id, scoring(store, "0").no, [(0, score())])
    assignment = store.assignments.create(AssignmentSpec("Other"), CODEBOOK, items_of(run_id))
    store.annotations.add(assignment, [event(0, "Somebody else"), event(1, "Ada")])
    store.reports.write(run_id, "conclusion", "Other", "Somebody else")
    store.runs.set_status(run_id, RunStatus.DONE)
    return run_id


def _score(store: Store, run_id: str) -> None:
    kept = scoring(store)
    unparsable = Score((None, None), "", ScoreOutcome.UNPARSABLE, "“maybe”")
    store.scores.add(run_id, kept.no, [(0, score()), (1, score(0.1 + 0.2)), (2, unparsable)])
    newer = scoring(store, "2", "g", replace(ENTRY, title="Mine, mended"))
    store.scores.add(run_id, newer.no, [(no, score(no / 3, "meek")) for no in range(8)])


def annotate(store: Store, run_id: str) -> list[str]:
    """Two assignments whose histories interleave; gives their ids."""
    first = store.assignments.create(SPEC, CODEBOOK, [*items_of(run_id), *doubles_of(run_id)])
    second = store.assignments.create(AssignmentSpec("Second reading"), CODEBOOK, items_of(run_id, 3))
    zoe, bart, ada = PEOPLE
    store.annotations.add(first, [event(0, bart, FULL, seconds=3.25), event(1, zoe, KIND)])
    store.annotations.add(second, [event(0, ada, HARSH, suggestion="harsh", suggested=True, masked=True)])
    store.annotations.unblind(first, 1, zoe)
    store.annotations.add(first, [event(1, zoe, HARSH, unblinded=True), event(0, bart, act=Act.WITHDRAW)])
    store.adjudications.add(first, Decision(1, ada, HARSH, "the words “ideal girl”", "d1"))
    store.annotations.add(second, [event(1, zoe, act=Act.SKIP), event(2, bart)])
    store.adjudications.add(first, Decision(1, ada, KIND, "read it again", "d2"))
    store.assignments.close(second, True)
    return [first, second]


def mapped(store: Store, run_id: str, also: str = "") -> str:
    """A map of the first eight responses (and of another run's), and a selection made on it; gives the map's id."""
    runs = [run_id, also] if also else [run_id]
    map_id = store.maps.create("What is said", ResponseFilter(runs=tuple(runs)), MapSettings(seed=3))
    rows = [(run, no, no / 3, -no / 7, no % 2, bytes([no] * 16)) for run in runs for no in range(8)]
    points = pa.Table.from_pylist([dict(zip(POINTS.names, row, strict=True)) for row in rows], schema=POINTS)
    embedding = store.embeddings.numbered("", "digest", "fp32", 2)
    store.embeddings.add(embedding, [bytes([no] * 16) for no in range(8)], np.ones((8, 2), np.float32))
    regions = [
        Region(0, "kind", "Kindness", "", (("kind", 0.25),), tuple((run, 0) for run in runs), 0.5, x=0.1, y=0.2),
        Region(1, "leads", words=(("leads", 1 / 3),), central=((run_id, 1),)),
    ]
    store.maps.finish(
        map_id, embedding, points, regions, MapQuality(0.9, 0.8, 0.1), blank=1, made_with={"dtype": "fp32"}
    )
    store.selections.create("Odd ones", map_id, [(run, no) for run in runs for no in (5, 2)])
    return map_id


def shared_assignment(store: Store, run_id: str, other: str) -> str:
    """An assignment that shows two runs in turn; gives its id."""
    items = [AnnotationItem(no, run, no // 2, f"{run}/base-{no // 6}") for no, run in enumerate([run_id, other] * 4)]
    made = store.assignments.create(AssignmentSpec("Both"), CODEBOOK, items)
    store.annotations.add(made, [event(1, "Ada"), event(0, "Ada"), event(2, "Bartholomew")])
    return made
