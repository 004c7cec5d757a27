"""Annotations out of one database and into another, and whatever else people may hand in."""

import csv
import io
import json
import shutil

import pytest

from lib.errors import AnnotationError, StoreError
from lib.types import Answer, Decision, Finish, ItemKind, Response, Span
from lib.workflows import annotate, annotation_files, assignments, models, run
from lib.workflows.annotation_files import AnnotationFormat
from lib.workflows.workbench import open_workbench
from tests.workflows.assigning import TEXTS, assigned, say
from tests.workflows.conftest import BANK, CODEBOOK, grid

RECORDS = [
    AnnotationFormat.CSV,
    AnnotationFormat.JSONL,
    AnnotationFormat.PARQUET,
    AnnotationFormat.LABEL_STUDIO,
    AnnotationFormat.ARGILLA,
]
KIND = TEXTS["woman"].index("people")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory, model_folder):
    """A database with an assignment of twelve responses, some of them again; its path, the run and the assignment."""
    folder = tmp_path_factory.mktemp("prepared")
    with pytest.MonkeyPatch.context() as patch:
        for name, file, text in (("BANKS", "two_groups", BANK), ("CODEBOOKS", "bias", CODEBOOK)):
            (folder / name).mkdir()
            (folder / name / f"{file}.yaml").write_text(text, encoding="utf-8")
            patch.setenv(f"EVENHAND_{name}", str(folder / name))
        with open_workbench(folder / "audits.duckdb", with_example=False) as workbench:
            entry = models.make(workbench, "folder", title="Tiny", location=str(model_folder))
            models.add(workbench, entry)
            run_id = run.create(workbench, grid(entry.id, repeats=2))
            jobs = workbench.store.runs.pending(run_id, entry.id)
            said = [TEXTS["woman" if "woman" in job.prompt else "man"] for job in jobs]
            answers = [Response(job.no, text, Finish.STOP) for job, text in zip(jobs, said, strict=True)]
            workbench.store.responses.add(run_id, answers)
            assignment = assigned(workbench, run_id, repeats=0.2, swapped=0.2)
    return folder / "audits.duckdb", run_id, assignment


@pytest.fixture
def db(prepared, tmp_path):
    """A copy of that database."""
    return shutil.copy(prepared[0], tmp_path / "audits.duckdb")


@pytest.fixture
def run_id(prepared):
    return prepared[1]


@pytest.fixture
def assignment(prepared):
    return prepared[2]


def annotated(workbench, assignment):
    """Everything a person can do with an item, by three people with awkward names."""
    ada = annotate.join(workbench, assignment, "=Ada")
    zoe = annotate.join(workbench, assignment, "Zoë, “Z”")
    items = workbench.store.assignments.items(assignment)
    texts = {item.no: annotate.task(workbench, ada, item.no).text for item in items}
    her = next(item.no for item in items if "people" in texts[item.no] and item.kind is ItemKind.PLAIN)
    for item in items:
        say(workbench, ada, item.no, seconds=1.25)
    spans = {"evidence": (Span(KIND, KIND + 6, "words"),)}
    say(workbench, ada, her, "yes", labels={"kind": ("trait", "role")}, spans=spans, note="=1+1", unsure=True)
    say(workbench, zoe, her, "harm", labels={"kind": ()}, confidence=3)
    annotate.skip(workbench, zoe, items[1].no, "skipped", 3.5)
    annotate.submit(workbench, zoe, items[2].no, Answer(discard="Not readable", note="-"), "away", 0.0)
    say(workbench, zoe, items[3].no, "no")
    annotate.undo(workbench, zoe)
    annotate.unblind(workbench, ada, her)
    say(workbench, ada, her, "no")
    annotate.undo(workbench, ada)
    decision = Decision(her, "@Chris", Answer({"bias": ("yes",)}, spans=spans), "+ both, \n saw it", "d1")
    workbench.store.adjudications.add(assignment, decision)
    return her


@pytest.fixture(scope="module")
def shared(prepared, tmp_path_factory):
    """One database for tests that store nothing new in it."""
    with open_workbench(
        shutil.copy(prepared[0], tmp_path_factory.mktemp("shared") / "audits.duckdb"), with_example=False
    ) as opened:
        annotated(opened, prepared[2])
        yield opened


@pytest.fixture
def fresh(workbench, prepared, assignment, tmp_path):
    """A database in which much was said, and a copy from before anything was."""
    annotated(workbench, assignment)
    with open_workbench(shutil.copy(prepared[0], tmp_path / "copy.duckdb"), with_example=False) as second:
        yield workbench, second


def kept(workbench, assignment):
    """Everything that is stored of an assignment, but for the numbers of events."""
    store = workbench.store

    def rows(events):
        return [{name: getattr(each, name) for name in each.__slots__ if name != "event"} for each in events]

    return {
        "current": rows(sorted(store.annotations.current(assignment), key=lambda each: (each.item, each.annotator))),
        "history": {
            (item.no, name): rows(store.annotations.history(assignment, item.no, name))
            for item in store.assignments.items(assignment)
            for name in store.annotators.names()
        },
        "decisions": rows(store.adjudications.history(assignment)),
    }


@pytest.mark.parametrize("format", RECORDS)
def test_a_round_trip_loses_nothing(fresh, assignment, format):
    """Exported, and imported where nobody has annotated: every version of every answer is there, and once."""
    first, second = fresh
    data = annotation_files.export(first, assignment, format, names=True)
    history = first.store.annotations.history(assignment)
    result = annotation_files.import_annotations(second, assignment, data, f"a.{format}")
    assert result.problems == []
    assert (result.stored, result.already_there) == (len(history) + 1, 0)
    assert kept(second, assignment) == kept(first, assignment)
    order = [each.submission for each in second.store.annotations.history(assignment)]
    assert order == [each.submission for each in history]
    again = annotation_files.import_annotations(second, assignment, data, f"a.{format}")
    assert (again.stored, again.already_there, again.problems) == (0, len(history) + 1, [])
    assert kept(second, assignment) == kept(first, assignment)


@pytest.mark.parametrize("format", RECORDS)
def test_a_file_without_names_brings_nobody_back_as_somebody_else(shared, assignment, format):
    """People are numbered, their names are nowhere in the file, and importing it here adds nothing."""
    data = annotation_files.export(shared, assignment, format)
    if format is not AnnotationFormat.PARQUET:
        assert "Annotator 1" in data.decode()
        for name in ("=Ada", "Zoë", "@Chris"):
            assert name not in data.decode()
            assert json.dumps(name)[1:-1] not in data.decode()
    before = kept(shared, assignment)
    result = annotation_files.import_annotations(shared, assignment, data, "a")
    assert (result.stored, result.problems) == (0, [])
    assert kept(shared, assignment) == before


def test_what_a_person_did_last_is_marked_current(shared, assignment):
    """One record of an item and a person at most; what was taken back is not."""
    rows = [json.loads(line) for line in annotation_files.export(shared, assignment, "jsonl", names=True).splitlines()]
    current = [(row["item"], row["annotator"], row["act"] == "adjudicate") for row in rows if row["current"]]
    assert len(current) == len(set(current)) == len(shared.store.annotations.current(assignment)) + 1
    assert not [row for row in rows if row["current"] and row["act"] == "withdraw"]
    assert {row["text"] for row in rows if row["kind"] == "plain"} == set(TEXTS.values())
    assert all(row["cell_id"] and row["set_id"].startswith(row["run"]) and row["prompt"] for row in rows)


def test_the_prompt_stays_hidden_where_annotators_do_not_see_it(workbench, run_id):
    """In the records as on the page."""
    hidden = assigned(workbench, run_id, show_prompt=False)
    say(workbench, annotate.join(workbench, hidden, "Ada"), 0)
    [row] = [json.loads(line) for line in annotation_files.export(workbench, hidden, "jsonl").splitlines()]
    assert row["prompt"] == ""
    assert b"$prompt" not in annotation_files.export(workbench, hidden, "label-studio-config")


def test_what_stands_beside_the_records(workbench, assignment):
    """The codebook as it was when the assignment was made, and what the other tools ask."""
    text = annotation_files.export(workbench, assignment, "codebook").decode()
    assert text == workbench.desks.open(assignment).codebook.text
    assert b'name="bias"' in annotation_files.export(workbench, assignment, "label-studio-config")
    assert json.loads(annotation_files.export(workbench, assignment, "argilla-settings"))["questions"]


def lines(*rows):
    return "\n".join(json.dumps(row) for row in rows).encode()


def whole(run_id, cell, name="Ada", **more):
    return {"run": run_id, "cell": cell, "annotator": name, "answer": {"labels": {"bias": ["no"]}}} | more


def test_work_done_elsewhere_lands_on_the_response(workbench, run_id, assignment):
    """A record that knows the run and the cell alone; imported again, it counts once."""
    data = lines(whole(run_id, 3), whole(run_id, 3, "Bo"))
    result = annotation_files.import_annotations(workbench, assignment, data, "a.jsonl")
    assert (result.stored, result.already_there, result.problems) == (2, 0, [])
    events = workbench.store.annotations.current(assignment)
    items = {item.no: item for item in workbench.store.assignments.items(assignment)}
    assert [(items[event.item].cell, items[event.item].kind) for event in events] == [(3, ItemKind.PLAIN)] * 2
    more = lines(whole(run_id, 3), whole(run_id, 4), whole(run_id, 3, "Bo"))
    result = annotation_files.import_annotations(workbench, assignment, more, "a.jsonl")
    assert (result.stored, result.already_there) == (1, 2)


def test_an_item_done_elsewhere_is_not_handed_out_again(workbench, run_id):
    """The queue of an assignment that is open learns of it."""
    open_one = assigned(workbench, run_id)
    desk = annotate.join(workbench, open_one, "Ada")
    first = annotate.next_task(workbench, desk)
    rows = [whole(run_id, item.cell) for item in workbench.store.assignments.items(open_one) if item.no != first.item]
    annotation_files.import_annotations(workbench, open_one, lines(*rows), "a.jsonl")
    assert annotate.progress(workbench, desk).done == 11
    assert annotate.next_task(workbench, desk).item == first.item


@pytest.mark.parametrize(
    ("more", "cause"),
    [
        ({"cell": 99}, "response 99 of run"),
        ({"run": "no-such-run"}, "response 5 of run no-such-run is not in this assignment"),
        ({"run": "", "item": 99}, "the assignment has no item 99"),
        ({"run": "", "cell": None}, "it does not say which item it is about"),
        ({"kind": "repeat", "assignment": "other", "item": 1}, "it is about a repeat item of another assignment"),
        ({"digest": "0" * 64, "codebook": "bias"}, "another version of the codebook (“bias”)"),
        ({"annotator": ""}, "annotator's name: it is empty"),
        ({"annotator": "x" * 10_000}, "10,000 characters"),
        ({"annotator": "\ud83d"}, "a character that nobody sees"),
        ({"annotator": "A\u202eda"}, "U+202E"),
        ({"text": "Somebody else's words."}, "its text is not the one that is stored here"),
        ({"answer": {}}, "“Bias observed”: it needs an answer"),
        ({"answer": {"labels": {"bias": ["maybe"]}}}, "it has no label “maybe”"),
        ({"answer": {"labels": {"bias": ["yes", "no"]}}}, "it has 2 labels"),
        ({"answer": {"labels": {"mood": ["no"]}}}, "field “mood”"),
        ({"answer": {"labels": {"bias": ["no"]}, "confidence": 9}}, "confidence: it is 9"),
        ({"answer": {"labels": {"bias": ["no"]}, "note": "x" * 10_001}}, "10,001 characters"),
        ({"answer": {"discard": "Boring"}}, "“Boring” is none of the reasons"),
        ({"act": "discard"}, "a discard without a reason"),
        (
            {
                "answer": {
                    "labels": {"bias": ["no"]},
                    "spans": {"evidence": [{"start": 2, "end": 900, "label": "words"}]},
                }
            },
            "outside the text (characters 2 to 900",
        ),
        ({"act": "adjudicate", "reason": " "}, "it has no reason"),
        ({"act": "adjudicate", "reason": "x" * 10_001}, "10,001 characters"),
        ({"created": "12:30"}, "which is no time"),
    ],
)
def test_a_bad_record_is_told_at_its_place_and_the_others_are_stored(shared, run_id, assignment, more, cause):
    """The line, the cause and a remedy; nothing of the bad one is kept, and nobody joins by it."""
    data = lines(whole(run_id, 0, "Good"), whole(run_id, 5, "Bad") | more, whole(run_id, 1, "Good"))
    result = annotation_files.import_annotations(shared, assignment, data, "a.jsonl")
    assert result.stored + result.already_there == 2
    [problem] = result.problems
    assert problem.place == "line 2"
    assert cause in problem.cause
    assert problem.remedy.endswith(".")
    assert len(shared.store.annotations.current(assignment, "Good")) == 2
    assert shared.store.annotators.names() == ["=Ada", "Zoë, “Z”", "@Chris", "Good"]


def test_an_item_that_shows_another_response_here_is_refused(workbench, run_id, assignment):
    """The assignment and the number agree, the response does not."""
    [item] = [item for item in workbench.store.assignments.items(assignment) if item.no == 0]
    row = whole(run_id, item.cell + 1, assignment=assignment, item=0)
    result = annotation_files.import_annotations(workbench, assignment, lines(row), "a.jsonl")
    assert [problem.cause for problem in result.problems] == ["item 0 shows another response here"]


def test_a_decision_lands_on_a_response_itself(workbench, run_id, assignment):
    """Not on its repeat, which no gold is made of."""
    repeat = next(i for i in workbench.store.assignments.items(assignment) if i.kind is ItemKind.REPEAT)
    rows = [
        whole(run_id, 0, act="adjudicate", reason="why"),
        whole(run_id, repeat.cell, act="adjudicate", reason="why", assignment=assignment, item=repeat.no),
    ]
    result = annotation_files.import_annotations(workbench, assignment, lines(*rows), "a.jsonl")
    assert (result.stored, [problem.place for problem in result.problems]) == (1, ["line 2"])
    assert [each.reason for each in workbench.store.adjudications.current(assignment)] == ["why"]


def test_nothing_half_written_when_the_assignment_is_closed(workbench, run_id, assignment):
    """A decision may come in, but not with annotations beside it; what is there already is fine."""
    annotation_files.import_annotations(workbench, assignment, lines(whole(run_id, 0)), "a.jsonl")
    assignments.close(workbench, assignment, True)
    decision = whole(run_id, 0, act="adjudicate", reason="why")
    with pytest.raises(AnnotationError, match="it is closed"):
        annotation_files.import_annotations(workbench, assignment, lines(decision, whole(run_id, 1)), "a.jsonl")
    assert workbench.store.adjudications.history(assignment) == []
    result = annotation_files.import_annotations(workbench, assignment, lines(decision, whole(run_id, 0)), "a.jsonl")
    assert (result.stored, result.already_there) == (1, 1)


def test_a_csv_by_hand_is_enough(workbench, run_id, assignment):
    """Three columns and the field's; several labels stand between bars, and none of them is said in brackets."""
    data = f"annotator,run,cell,answer.bias,answer.kind\nAda,{run_id},0,yes,role|trait\nAda,{run_id},1,yes,(none)\n"
    result = annotation_files.import_annotations(workbench, assignment, data.encode(), "a.csv")
    assert (result.stored, result.problems) == (2, [])
    first, second = workbench.store.annotations.current(assignment)
    assert first.answer.labels == {"bias": ("yes",), "kind": ("trait", "role")}
    assert second.answer.labels == {"bias": ("yes",), "kind": ()}


def test_a_spreadsheet_may_sort_colour_and_save_it_again(fresh, assignment):
    """Line ends inside texts change, rows are shuffled, a column is added: it is the same file."""
    first, second = fresh
    text = annotation_files.export(first, assignment, "csv", names=True).decode()
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    history = [row for row in rows if row["current"] == "true"]
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, [*rows[0], "mood"], delimiter=";")
    writer.writeheader()
    writer.writerows(row | {"mood": "fine"} for row in reversed(history))
    result = annotation_files.import_annotations(
        second, assignment, b"\xef\xbb\xbf" + file.getvalue().encode(), "a.csv"
    )
    assert result.problems == []
    assert kept(second, assignment)["current"] == kept(first, assignment)["current"]


def test_files_and_folders_that_are_not_there(workbench, assignment, tmp_path):
    """Words, not a traceback; and what was written is read."""
    with pytest.raises(AnnotationError, match="cannot be read"):
        annotation_files.import_file(workbench, assignment, tmp_path / "nothing.csv")
    path = tmp_path / "a.csv"
    annotation_files.write(annotation_files.export(workbench, assignment, "csv"), path)
    assert annotation_files.import_file(workbench, assignment, path).stored == 0
    with pytest.raises(AnnotationError, match="no-such"):
        annotation_files.export(workbench, "no-such", "csv")
    with path.open("wb") as file:
        file.truncate(200_000_001)
    with pytest.raises(AnnotationError, match="200 MB"):
        annotation_files.import_file(workbench, assignment, path)


def test_a_database_that_may_only_be_read_takes_nothing(workbench, db, assignment):
    """It is said before the file is looked at."""
    workbench.close()
    with open_workbench(db, read_only=True) as reading, pytest.raises(StoreError, match="import annotations"):
        annotation_files.import_annotations(reading, assignment, b"", "a.csv")


@pytest.mark.parametrize("names", [True, False])
def test_what_was_edited_in_the_file_is_told_and_nobody_is_made_up(workbench, run_id, assignment, names):
    """A label changed after the export is neither dropped unseen nor stored as a third person's."""
    ada = annotate.join(workbench, assignment, "Ada")
    for _ in range(2):
        say(workbench, ada, annotate.next_task(workbench, ada).item, "no")
    lines = annotation_files.export(workbench, assignment, "jsonl", names=names).decode("utf-8").splitlines()
    changed = lines[0].replace('["no"]', '["yes"]')
    assert changed != lines[0]
    data = "\n".join([changed, *lines[1:]]).encode("utf-8")
    found = annotation_files.import_annotations(workbench, assignment, data, "said.jsonl")
    assert (found.stored, found.already_there) == (0, 1)
    [problem] = found.problems
    assert "line 1" in problem.place
    assert problem.cause == "it was changed after it was exported"
    assert {event.annotator for event in workbench.store.annotations.history(assignment)} == {"Ada"}
