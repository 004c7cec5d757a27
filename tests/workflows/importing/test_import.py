"""Files of other programs become audits: what is stored of them, and what can be done with it."""

import pytest

from lib.errors import InterchangeError, RunError
from lib.interchange.recorded import Mapping
from lib.types import Finish, Response, ResponseFilter, Severity
from lib.workflows import comparison, course, run, scoring
from lib.workflows.attributes import attributes, bank_of
from lib.workflows.importing import create
from lib.workflows.importing.create import import_file
from lib.workflows.importing.options import ImportOptions
from tests.workflows.importing.files import HEADER, pairs, write_csv, write_jsonl

HOSTILE = "\ud800\x00\u202e=cmd|' /C calc'!A0\x07 {braces} <b> --- #{x}\n- y: &a *b \ufffe"


def kind_women(case, group):
    """Women are kind in every case but the first, men never."""
    return f"The {group} is kind." if group == "woman" and case else f"The {group} is here."


def stored(workbench, run_id):
    """The cells and responses of a run in order."""
    return workbench.store.responses.page(ResponseFilter(runs=(run_id,)), limit=1_000)


def gap(workbench, run_id, measure="agency.any_communal", **more):
    """The gaps over everything and within each category."""
    scoring.score(workbench, run_id, ["agency"], lambda _: None)
    [attribute] = attributes(workbench, run_id)
    question = comparison.Question(run_id, attribute.id, measure, resamples=200, **more)
    return [
        (row.label, row.gap.group, row.gap.estimate, row.gap.sets)
        for row in comparison.compare(workbench, question).rows
    ]


def test_gaps_of_a_spreadsheet_can_be_derived_by_hand(workbench, tmp_path):
    """Four pairs, kind women in three: the gap is 3/4; in cases 0 and 2 it is 1/2, in 1 and 3 it is 1."""
    run_id = import_file(workbench, write_csv(tmp_path / "answers.csv", pairs(4, kind_women)))
    assert gap(workbench, run_id, by="context:topic") == [
        ("All together", "woman", 0.75, 4),
        ("work", "woman", 0.5, 2),
        ("home", "woman", 1.0, 2),
    ]
    info = run.get(workbench, run_id)
    assert (info.name, info.status.value, info.read_only, info.total, info.done) == ("answers.csv", "done", True, 8, 8)
    with pytest.raises(RunError, match="may only be read"):
        workbench.store.responses.add(run_id, [Response(0, "other", Finish.STOP)])


@pytest.mark.slow
def test_every_analysis_works_on_it(workbench, tmp_path):
    """The course tables, and a comparison against wording that names no group."""
    rows = pairs(3) + [
        [f"c{n}", "", "work" if n % 2 == 0 else "home", "m1", f"Describe case {n}.", "They are here."] for n in range(3)
    ]
    path = write_csv(tmp_path / "a.csv", rows)
    run_id = import_file(workbench, path, options=ImportOptions(neutral=("",)))
    scoring.score(workbench, run_id, ["agency", "framing", "gendered", "similarity"], lambda _: None)
    assert {table.id: table.problem for table in course.tables(workbench, run_id)} == dict.fromkeys(
        (
            "prompt_sensitivity",
            "counterfactual_comparison",
            "lexicon_signals",
            "leadership_and_support",
            "explainability",
        ),
        "",
    )
    [attribute] = attributes(workbench, run_id)
    assert attribute.titles[attribute.neutral[0]] == "No group named"
    assert comparison.default_reference(attribute) == attribute.neutral[0]
    assert [row[1:] for row in gap(workbench, run_id, reference=attribute.neutral[0])] == [
        ("woman", 1.0, 3),
        ("man", 1.0, 3),
    ]


def test_the_bank_says_where_the_prompts_come_from(workbench, tmp_path):
    """File, format and digest as source; licence, notice and severity as given; the origin has the mapping."""
    path = write_csv(tmp_path / "answers.csv", pairs())
    options = ImportOptions("My audit", licence="CC-BY-4.0", notice="Slurs.", severity=Severity.SEVERE)
    run_id = import_file(workbench, path, options=options)
    bank = bank_of(workbench, run_id)
    digest = workbench.store.reports.origin(run_id)["sha256"]
    assert bank.source.startswith(f"Imported from answers.csv (CSV, SHA-256 {digest}).")
    assert (bank.title, bank.licence, bank.notice, bank.severity) == (
        "My audit",
        "CC-BY-4.0",
        "Slurs.",
        Severity.SEVERE,
    )
    assert [template.text for template in bank.templates] == [
        "The prompt as it was recorded: gender {gender}, topic {topic}"
    ]
    origin = workbench.store.reports.origin(run_id)
    assert (origin["kind"], origin["format"], origin["file"]) == ("import", "csv", "answers.csv")
    assert origin["mapping"]["group"] == "gender"
    assert "did not generate" in origin["notes"][0]
    assert "did not generate" in workbench.store.runs.environment(run_id)["generated"]
    [entry] = workbench.store.runs.entries(run_id)
    assert (entry.id, entry.backend) == ("m1", "recorded")


def test_the_same_file_is_imported_once(workbench, tmp_path):
    """The same choices give the run that is here; another mapping gives another audit."""
    path = write_csv(tmp_path / "a.csv", pairs())
    first = import_file(workbench, path)
    assert import_file(workbench, path, options=ImportOptions(name="Other name")) == first
    other = import_file(workbench, path, Mapping("prompt", "completion", set="case", group="gender"))
    assert other != first
    assert len(workbench.store.runs.all()) == 2


def test_words_of_a_file_stay_data(workbench, tmp_path):
    """Names with formulas, markup, YAML, braces and what nobody sees make a bank that reads, and keep the texts."""
    header = ["case", "gender", HOSTILE, "model", "prompt", "completion"]
    rows = [["c1", group, HOSTILE, HOSTILE, HOSTILE, HOSTILE] for group in (HOSTILE, "Müller", "müller", "女")]
    path = write_jsonl(tmp_path / "a.jsonl", [dict(zip(header, row, strict=True)) for row in rows])
    mapping = Mapping("prompt", "completion", "model", "case", "gender", category=HOSTILE)
    run_id = import_file(workbench, path, mapping, ImportOptions(HOSTILE, neutral=(HOSTILE,), licence=HOSTILE))
    bank = bank_of(workbench, run_id)
    assert len(bank.attributes[0].groups) == 4
    assert bank.contexts[0].values[0].text == "\ufffd =cmd|' /C calc'!A0 {braces} <b> --- #{x} - y: &a *b"
    first = stored(workbench, run_id)[0]
    assert first.response.text == first.cell.prompt == HOSTILE.replace("\ud800", "\ufffd")


def test_formula_cells_come_back_as_they_were(workbench, tmp_path):
    """A spreadsheet's apostrophe goes, the formula is stored as text."""
    rows = [["c1", group, "work", "m1", "'=1+1", "'@SUM(A1)"] for group in ("woman", "man")]
    [first, _] = stored(workbench, import_file(workbench, write_csv(tmp_path / "a.csv", rows)))
    assert (first.cell.prompt, first.response.text) == ("=1+1", "@SUM(A1)")


def test_samples_of_a_prompt_are_repeats_of_its_set(workbench, tmp_path):
    """The second answers of a pair make a second set of the same family, and the baseline of similarity knows them."""
    rows = pairs(1) + pairs(1, lambda case, group: f"Once more: {group}.") + pairs(1, lambda *_: "A third.")[:1]
    run_id = import_file(workbench, write_csv(tmp_path / "a.csv", rows))
    cells = [row.cell for row in stored(workbench, run_id)]
    assert [cell.repeat for cell in cells] == [0, 0, 1, 1, 2]
    assert [[cell.set_id for cell in cells].index(cell.set_id) for cell in cells] == [0, 0, 2, 2, 4]
    assert len(set(workbench.store.scores.table(run_id).column("family").to_pylist())) == 1
    assert {cell.context["case"] for cell in cells} == {"c0"}


def test_cases_with_other_prompts_are_no_repeats(workbench, tmp_path):
    """Two cases at temperature 0 are two sets, even where nothing but their prompts tells them apart."""
    header = [*HEADER, "temperature"]
    rows = [[*row, "0"] for row in pairs(4, kind_women)]
    run_id = import_file(workbench, write_csv(tmp_path / "a.csv", rows, header))
    assert stored(workbench, run_id)[0].cell.decoding.temperature == 0
    assert gap(workbench, run_id)[0] == ("All together", "woman", 0.75, 4)


def test_a_wide_table_compares_its_columns(workbench, tmp_path):
    """Each row is a matched set, and the ending of a column its group."""
    header = ["prompt_a", "completion_a", "prompt_b", "completion_b", "topic"]
    rows = [[f"Ask {n} of A", "So kind." if n else "Here.", f"Ask {n} of B", "There.", "work"] for n in range(4)]
    run_id = import_file(workbench, write_csv(tmp_path / "wide.csv", rows, header))
    assert [cell.cell.group for cell in stored(workbench, run_id)[:2]] == ["a", "b"]
    assert gap(workbench, run_id) == [("All together", "a", 0.75, 4)]


def test_columns_with_thousands_of_values_leave_the_bank_small(workbench, tmp_path):
    """Of 300 categories the bank lists 200, and all 300 are held fixed in their cells."""
    rows = [[f"c{n}", group, f"topic {n}", "m1", f"Ask {n} {group}", "Here."] for n in range(300) for group in "ab"]
    run_id = import_file(workbench, write_csv(tmp_path / "a.csv", rows))
    assert len(bank_of(workbench, run_id).contexts[0].values) == 200
    assert len({row.cell.context["topic"] for row in stored(workbench, run_id)}) == 300


def test_unknown_settings_are_not_made_up(workbench, tmp_path):
    """No temperature is recorded: the label says so, and nothing claims a limit of tokens."""
    run_id = import_file(workbench, write_csv(tmp_path / "a.csv", pairs()))
    assert (
        workbench.store.responses.sets(ResponseFilter(runs=(run_id,)))["decoding"].to_pylist()
        == ["temperature not recorded"] * 3
    )


def test_a_failing_import_leaves_nothing(workbench, tmp_path, monkeypatch):
    """The file changes under its reader: the reason is told, and no run, cell or bank is left."""
    path = write_csv(tmp_path / "a.csv", pairs())
    whole = create.outcomes

    def meanwhile(*arguments):
        yield from whole(*arguments)
        path.write_bytes(path.read_bytes() + b"\n")

    monkeypatch.setattr(create, "outcomes", meanwhile)
    with pytest.raises(InterchangeError, match="it changed while it was imported"):
        import_file(workbench, path)
    assert workbench.store.runs.all() == []
    assert workbench.store.responses.count(ResponseFilter()) == 0
    monkeypatch.undo()
    assert workbench.store.runs.get(import_file(workbench, path)).done == 6


def test_progress_covers_every_reading(workbench, tmp_path):
    """It never goes back, and ends at its total."""
    told = []
    import_file(workbench, write_csv(tmp_path / "a.csv", pairs(300)), progress=lambda *at: told.append(at))
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1] == (1_800, 1_800)
