"""What is said of a file before anything of it is stored."""

import pytest

from lib.errors import InterchangeError
from lib.interchange.recorded import Mapping
from lib.workflows.importing.columns import changed, parsed
from lib.workflows.importing.create import import_file
from lib.workflows.importing.options import ImportOptions
from lib.workflows.importing.preview import preview
from tests.workflows.importing.files import HEADER, pairs, write_csv


def told(path, mapping=None, **options):
    """The problems of a file in one text."""
    return " ".join(preview(path, mapping, ImportOptions(**options)).problems)


def test_a_sound_file(workbench, tmp_path):
    """Counts, groups, sets and the first rows as they would be stored; nothing is stored by looking."""
    path = write_csv(tmp_path / "answers.csv", pairs(4))
    found = preview(path, workbench=workbench)
    assert (found.format, found.counts.outputs, found.counts.empty, found.counts.failed) == ("csv", 8, 0, 0)
    assert found.groups == {"woman": 4, "man": 4}
    assert found.models == {"m1": 8}
    assert (found.sets.complete, found.sets.incomplete, found.sets.alone, found.sets.split) == (4, 0, 0, 0)
    first = found.rows[0]
    assert (first.group, first.set, first.held, first.prompt) == (
        "woman",
        "c0",
        "work",
        "Describe the woman of case 0.",
    )
    assert (first.place, first.outcome) == ("line 2", "stopped")
    assert not found.here
    assert workbench.store.runs.all() == []
    assert import_file(workbench, path) == found.run
    assert preview(path, workbench=workbench).here


def test_incomplete_sets_are_counted(tmp_path):
    """Of three groups one set has all, one two, one a single one."""
    rows = [["c1", "a"], ["c1", "b"], ["c1", "c"], ["c2", "a"], ["c2", "b"], ["c3", "a"]]
    path = write_csv(tmp_path / "a.csv", [[*row, "t", "m", f"Ask {row}", "Here."] for row in rows])
    found = preview(path)
    assert (found.sets.complete, found.sets.incomplete, found.sets.alone) == (1, 1, 1)
    assert "1 matched set lacks some groups: compared as far as they go." in told(path)
    assert "1 matched set has one group only: nothing to compare with." in told(path)


def test_outputs_without_group_or_set_are_kept_and_told(workbench, tmp_path):
    """They are counted, imported, and left out of comparisons."""
    rows = [*pairs(2), ["", "", "work", "m1", "Hello?", "Hi."], ["", "woman", "work", "m1", "And?", ""]]
    path = write_csv(tmp_path / "a.csv", rows)
    mapping = Mapping("prompt", "completion", "model", "case", "gender")
    found = preview(path, mapping)
    assert (found.counts.ungrouped, found.counts.unset, found.counts.empty) == (1, 2, 1)
    said = told(path, mapping)
    assert "1 output has no group: kept, and left out of comparisons." in said
    assert "2 outputs belong to no matched set: kept" in said
    assert "1 of 6 completions are empty" in said
    assert workbench.store.runs.get(import_file(workbench, path, mapping)).done == 6


def test_duplicate_members_of_a_set(tmp_path):
    """Where the file says which repeat it is, a second one of the same is told and kept."""
    rows = [[*row, "1"] for row in [*pairs(1), *pairs(1)]]
    found = preview(write_csv(tmp_path / "a.csv", rows, [*HEADER, "repeat"]))
    assert found.counts.again == 2
    assert any("2 outputs stand where another one" in problem for problem in found.problems)
    assert preview(write_csv(tmp_path / "b.csv", [*pairs(1), *pairs(1)])).counts.again == 0


def test_sets_that_differ_in_what_is_held_fixed(tmp_path):
    """A chosen category that differs within a pair takes the pair apart, and that is said."""
    rows = [[*row, f"tone {number % 2}"] for number, row in enumerate(pairs(2))]
    path = write_csv(tmp_path / "a.csv", rows, [*HEADER, "tone"])
    assert preview(path).choices == {"tone": 2}
    assert preview(path).sets.split == 0
    split = preview(path, options=ImportOptions(categories=("tone",)))
    assert (split.sets.split, split.sets.alone) == (2, 4)
    assert "2 recorded sets have members that differ" in told(path, categories=("tone",))


@pytest.mark.parametrize(
    ("rows", "mapping", "said"),
    [
        ([["c1", "woman", "t", "m", "p", "x"]], None, "There is one group only, so nothing can be compared."),
        (pairs(1), Mapping("prompt", "completion"), "No output has a group, so nothing can be compared"),
        (pairs(1), Mapping("prompt", "completion"), "No column names the model"),
        (pairs(1), Mapping("prompt", "completion", group="gender"), "The file does not say at what temperature"),
        (pairs(1, lambda *_: " "), None, "Every completion is empty: see whether completion is the right column."),
    ],
)
def test_what_limits_an_import(tmp_path, rows, mapping, said):
    """Each limit is told in a sentence."""
    assert said in told(write_csv(tmp_path / "a.csv", rows), mapping)


def test_one_group_is_imported_all_the_same(workbench, tmp_path):
    """Its responses can be read and scored."""
    run_id = import_file(workbench, write_csv(tmp_path / "a.csv", [["c1", "woman", "t", "m", "p", "x"]]))
    assert workbench.store.runs.get(run_id).done == 1


def test_a_file_that_nobody_can_guess(tmp_path):
    """Without a column of completions nothing is counted; the columns are there to choose from."""
    found = preview(write_csv(tmp_path / "a.csv", [["1", "2"]], ["first", "second"]))
    assert found.columns == ("first", "second")
    assert found.counts.outputs == 0
    assert found.problems == ("No column is known to hold the completions: say which one does.",)


@pytest.mark.parametrize(
    ("mapping", "options", "said"),
    [
        (Mapping("prompt", "completon"), {}, "there is no column 'completon'. Did you mean completion?"),
        (Mapping("prompt", ""), {}, "no column is known to hold the completions. Say which one it is. There are: case"),
        (None, {"categories": ("topik",)}, "there is no column 'topik'. Did you mean topic?"),
    ],
)
def test_what_does_not_fit_the_file(workbench, tmp_path, mapping, options, said):
    """A wrong column is named with the nearest ones, before and at the import."""
    path = write_csv(tmp_path / "a.csv", pairs())
    for attempt in (lambda: preview(path, mapping, ImportOptions(**options)),
                    lambda: import_file(workbench, path, mapping, ImportOptions(**options))):  # fmt: skip
        with pytest.raises(InterchangeError) as raised:
            attempt()
        assert said in str(raised.value)
    assert workbench.store.runs.all() == []


def test_all_empty_is_refused(workbench, tmp_path):
    """There is nothing to look at in a file of empty completions."""
    with pytest.raises(InterchangeError, match=r"every completion in the column completion is empty\. Map the column"):
        import_file(workbench, write_csv(tmp_path / "a.csv", pairs(2, lambda *_: "")))


def test_a_group_column_that_is_none(tmp_path):
    """A column with hundreds of values names no groups of people; one with a hundred names no models."""
    rows = [[f"c{n}", f"id{n}", "t", "m", "p", "x"] for n in range(201)]
    path = write_csv(tmp_path / "a.csv", rows)
    with pytest.raises(InterchangeError, match="more than 200 different values"):
        preview(path)
    with pytest.raises(InterchangeError, match="names more than 100 models"):
        preview(path, Mapping("prompt", "completion", model="gender"))


def test_meanings_are_corrected_one_by_one():
    """What is said replaces what was guessed; a column means one thing, and several where there may be several."""
    guess = Mapping("prompt", "text", model="model", group="gender", same=("topic",))
    new = changed(guess, parsed(["completion=answer", "group=race", "system=", "wide=_a, _b"]))
    assert new == Mapping("prompt", "answer", model="model", group="race", wide=("_a", "_b"))
    assert changed(guess, {"term": "model"}) == Mapping("prompt", "text", group="gender", term="model", same=("topic",))
    with pytest.raises(InterchangeError, match="Did you mean completion"):
        changed(guess, {"completon": "text"})
    with pytest.raises(InterchangeError, match="it has no ="):
        parsed(["completion"])
