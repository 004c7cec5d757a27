import json
from pathlib import Path

import pytest

from lib.errors import BundleError
from lib.store.store import Store
from lib.types import AnnotationEvent, AssignmentSpec
from tests.store.annotation_samples import CODEBOOK, event, items_of
from tests.store.audit_samples import PEOPLE, mapped, neighbour, rich, shared_assignment

NAMES = (*PEOPLE, "Renate Müller")


def files(folder: Path) -> dict[str, bytes]:
    """Every file in a folder with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def lines(folder: Path, name: str) -> list[dict]:
    return [json.loads(line) for line in (folder / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("names", [False, True])
def test_an_audit_carried_over_is_carried_out_the_same(store: Store, tmp_path: Path, names: bool) -> None:
    """Out, into a fresh database and out again gives the same bytes, whatever else the first database holds."""
    neighbour(store, "Before")
    run_id = rich(store)
    neighbour(store, "After")
    store.exchange.dump_audit(run_id, tmp_path / "out", names=names)
    with Store.open(tmp_path / "fresh.duckdb") as fresh:
        assert fresh.exchange.load_audit(tmp_path / "out", {"kind": "bundle"}).run == run_id
        fresh.exchange.dump_audit(run_id, tmp_path / "again", names=names)
    assert files(tmp_path / "again") == files(tmp_path / "out")


def test_an_audit_comes_beside_others(store: Store, tmp_path: Path) -> None:
    """In a database with other audits, people and things of the same ids it comes out the same, and changes none."""
    with Store.open(tmp_path / "theirs.duckdb") as theirs:
        run_id, other = rich(theirs), neighbour(theirs)
        shared_assignment(theirs, run_id, other)
        mapped(theirs, run_id, other)
        theirs.exchange.dump_audit(run_id, tmp_path / "first")
        theirs.exchange.dump_audit(other, tmp_path / "second")
    neighbour(store)
    own = store.annotations.history(store.assignments.all()[0].id)
    for folder in ("first", "second"):
        store.exchange.load_audit(tmp_path / folder, {"kind": "bundle", "seal": folder})
    for run, folder in ((run_id, "first"), (other, "second")):
        store.exchange.dump_audit(run, tmp_path / f"{folder} again")
        assert files(tmp_path / f"{folder} again") == files(tmp_path / folder)
    assert store.annotations.history(store.assignments.all()[-1].id) == own


def test_nothing_that_was_said_is_lost(store: Store, tmp_path: Path) -> None:
    """Events, decisions, failures, scores, regions and texts are the same after the way through files."""
    run_id = rich(store)
    store.exchange.dump_audit(run_id, tmp_path / "out", names=True)
    with Store.open(tmp_path / "fresh.duckdb") as fresh:
        fresh.exchange.load_audit(tmp_path / "out", beside=False)
        assert fresh.runs.get(run_id).read_only
        for assignment in (each.id for each in store.assignments.all()):
            assert said(fresh.annotations.history(assignment)) == said(store.annotations.history(assignment))
            assert fresh.annotations.unblindings(assignment) == store.annotations.unblindings(assignment)
            assert [(each.reason, each.adjudicator) for each in fresh.adjudications.history(assignment)] == [
                (each.reason, each.adjudicator) for each in store.adjudications.history(assignment)
            ]
            assert fresh.assignments.items(assignment) == store.assignments.items(assignment)
            assert fresh.assignments.get(assignment) == store.assignments.get(assignment)
        assert fresh.runs.failures(run_id) == store.runs.failures(run_id) == [("again", 1)]
        for one, other in zip(fresh.scores.scorings(run_id), store.scores.scorings(run_id), strict=True):
            assert (one.entry, one.version, one.measures) == (other.entry, other.version, other.measures)
            assert fresh.scores.table(run_id, one.no).equals(store.scores.table(run_id, other.no))
        [map_id] = [each.id for each in store.maps.all()]
        assert fresh.maps.regions(map_id) == store.maps.regions(map_id) or "nan" in str(store.maps.regions(map_id))
        assert fresh.maps.points(map_id).equals(store.maps.points(map_id))
        assert [(each.text, each.author) for each in fresh.reports.history(run_id)] == [
            ("Whoever leads hiring", "Ada"),
            ("First\n=draft", "Renate Müller"),
            ("", "Renate Müller"),
        ]
        assert fresh.reports.settings(run_id) == store.reports.settings(run_id)
        assert fresh.reports.origin(run_id) == {}


def said(events: list[AnnotationEvent]) -> list[tuple]:
    """Events without their numbers."""
    return [(e.item, e.annotator, e.act, e.answer, e.submission, e.seconds, e.suggested, e.created) for e in events]


def test_people_are_pseudonyms(store: Store, tmp_path: Path) -> None:
    """No name is in any file; people are numbered by what they first did, authors who annotate among them."""
    store.exchange.dump_audit(rich(store), tmp_path / "out")
    everything = b"\n".join(files(tmp_path / "out").values())
    for name in NAMES:
        assert name.encode() not in everything
        assert json.dumps(name)[1:-1].encode() not in everything
    first = lines(tmp_path / "out", "assignments/0001/history.jsonl")
    second = lines(tmp_path / "out", "assignments/0002/history.jsonl")
    assert [(line["event"], line["said"], line["annotator"]) for line in first] == [
        (1, "annotation", "Annotator 1"),
        (2, "annotation", "Annotator 2"),
        (4, "unblinding", "Annotator 2"),
        (5, "annotation", "Annotator 2"),
        (6, "annotation", "Annotator 1"),
        (7, "adjudication", "Annotator 3"),
        (10, "adjudication", "Annotator 3"),
    ]
    assert [line["annotator"] for line in second] == ["Annotator 3", "Annotator 2", "Annotator 1"]
    authors = [line["author"] for line in lines(tmp_path / "out", "report/texts.jsonl")]
    assert authors == ["Annotator 3", "Author 1", "Author 1"]


def test_pseudonyms_meet_nobody_here(store: Store, tmp_path: Path) -> None:
    """People of an opened audit are not taken for each other, nor for people here, and keep their number."""
    runs = []
    for number in (1, 2):
        with Store.open(tmp_path / f"{number}.duckdb") as theirs:
            runs.append(rich(theirs, f"Audit {number}"))
            theirs.exchange.dump_audit(runs[-1], tmp_path / str(number))
    store.annotators.join("Annotator 1")
    for number in (1, 2):
        store.exchange.load_audit(tmp_path / str(number), {"kind": "bundle"})
    names = store.annotators.names()
    assert names[0] == "Annotator 1"
    assert sorted(names[1:]) == sorted(f"Annotator {n} ({run})" for run in runs for n in (1, 2, 3))


def test_somebody_new_gets_the_next_number(store: Store, tmp_path: Path) -> None:
    """Who annotates an opened audit here is numbered after those who came with it."""
    with Store.open(tmp_path / "theirs.duckdb") as theirs:
        run_id = rich(theirs)
        theirs.exchange.dump_audit(run_id, tmp_path / "out")
    store.exchange.load_audit(tmp_path / "out", {"kind": "bundle"})
    mine = store.assignments.create(AssignmentSpec("Mine"), CODEBOOK, items_of(run_id))
    store.annotations.add(mine, [event(0, "Ida")])
    store.exchange.dump_audit(run_id, tmp_path / "again")
    [line] = lines(tmp_path / "again", "assignments/0003/history.jsonl")
    assert line["annotator"] == "Annotator 4"


def test_other_audits_are_left_out(store: Store, tmp_path: Path) -> None:
    """Of what shows two audits only this one's part is written, and how much was left out."""
    run_id, other = rich(store), neighbour(store)
    shared_assignment(store, run_id, other)
    mapped(store, run_id, other)
    store.exchange.dump_audit(run_id, tmp_path / "out")
    assert other.encode() not in (tmp_path / "out/assignments/0003/items.jsonl").read_bytes()
    assignment = json.loads((tmp_path / "out/assignments/0003/assignment.json").read_text())
    assert assignment["items_of_other_audits_left_out"] == 4
    assert [line["item"] for line in lines(tmp_path / "out", "assignments/0003/items.jsonl")] == [0, 2, 4, 6]
    assert [line["item"] for line in lines(tmp_path / "out", "assignments/0003/history.jsonl")] == [0, 2]
    second = json.loads((tmp_path / "out/maps/0002/map.json").read_text())
    assert (second["points_of_other_audits_left_out"], second["regions"][0]["central"]) == (8, [0])
    assert [line["cells"] for line in lines(tmp_path / "out", "selections.jsonl")] == [[2, 5], [2, 5]]


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("assignments/0001/items.jsonl", '"cell": 7', '"cell": 70', "cell 70"),
        ("assignments/0001/history.jsonl", '"item": 1', '"item": 99', "item 99"),
        ("assignments/0001/history.jsonl", '"event": 2', '"event": 1', "not numbered one after the other"),
        ("audit.json", '"audit": 1', '"audit": 2', "a newer Evenhand"),
        ("audit.json", '"codebooks"', '"books"', "codebooks"),
        ("selections.jsonl", "[2, 5]", "[2, 500]", "cell 500"),
        ("scores/0001.json", '"measures": [', '"measures": [], "x": [', "another number of measures"),
    ],
)
def test_a_damaged_audit_is_refused_whole(
    store: Store, tmp_path: Path, name: str, old: str, new: str, said: str
) -> None:
    """Files that do not fit each other are refused in words, and nothing of them stays."""
    with Store.open(tmp_path / "theirs.duckdb") as theirs:
        theirs.exchange.dump_audit(rich(theirs), tmp_path / "out")
    text = (tmp_path / "out" / name).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "out" / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BundleError, match=said):
        store.exchange.load_audit(tmp_path / "out")
    assert (store.runs.all(), store.assignments.all(), store.maps.all(), store.scores.scorings()) == ([], [], [], [])


def test_an_audit_is_not_loaded_twice(store: Store, tmp_path: Path) -> None:
    """An audit whose id is taken is refused, and what is here stays."""
    run_id = rich(store)
    store.exchange.dump_audit(run_id, tmp_path / "out")
    with pytest.raises(BundleError, match="an audit of that id is here"):
        store.exchange.load_audit(tmp_path / "out")
    assert len(store.assignments.all()) == 2
