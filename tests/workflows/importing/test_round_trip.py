"""An audit that was exported and is imported again is the same audit, in every format."""

import pytest

from lib import settings
from lib.types import Decoding, Finish, Response, ResponseFilter
from lib.workflows import comparison, export, run, scoring
from lib.workflows.export import ExportFormat
from lib.workflows.importing.create import import_file
from lib.workflows.importing.options import ImportOptions
from lib.workflows.importing.preview import preview
from tests.workflows.conftest import grid
from tests.workflows.importing.files import pairs, write_csv

PAIRS = """\
bank: who_leads
title: Who leads
question: Who is picked?
source: Written for this test.
licence: Apache-2.0
notice: None needed.
attributes:
  name:
    title: Name
    groups:
      maria: {title: Maria, terms: [Maria], of: {gender: woman}}
      paul: {title: Paul, terms: [Paul], of: {gender: man}}
      anna: {title: Anna, terms: [Anna], of: {gender: woman}}
templates:
  - id: choose
    pair: name
    text: Who should lead, {name#1} or {name#2}?
"""


def again(workbench, run_id, format, folder, **options):
    """The run exported to a file and imported; gives the new run."""
    path = folder / f"audit.{format}"
    export.export_run(workbench, run_id, format, path)
    return import_file(workbench, path, options=ImportOptions(**options))


def responses(workbench, run_id):
    """Everything about each response but what is made anew: ids, times and the bank's name."""
    rows = workbench.store.responses.page(ResponseFilter(runs=(run_id,)), limit=1_000)
    known = ("template", "context", "group", "groups", "terms", "model", "format", "decoding", "repeat", "seed")
    return [
        [getattr(row.cell, name) for name in (*known, "prompt", "system")]
        + [row.response.text, row.response.finish, row.response.error, row.response.prompt_sent, row.created]
        for row in rows
    ]


def partition(workbench, run_id):
    """Which cells stand in one matched set, and which in one family."""
    table = workbench.store.scores.table(run_id).to_pydict()
    return {name: [table[name].index(id) for id in table[name]] for name in ("set_id", "family")}


def gaps(workbench, run_id, attribute, measure, **more):
    """Every gap with its interval, p-value and number of sets; and the groups' own numbers."""
    found = comparison.compare(workbench, comparison.Question(run_id, attribute, measure, resamples=500, **more))
    rows = [
        (row.category, row.gap.estimate, row.gap.low, row.gap.high, row.p_adjusted, row.gap.sets, row.gap.responses)
        for row in found.rows
    ]
    return rows, [(level.value, level.low, level.high, level.responses) for level in found.levels]


def scores(workbench, run_id, scorer):
    """The numbers of every response."""
    known = scoring.current_scoring(workbench, scoring.entry_of(workbench, scorer))
    return workbench.store.scores.table(run_id, known).column("numbers").to_pylist()


@pytest.mark.slow
@pytest.mark.parametrize("format", list(ExportFormat))
def test_an_audit_comes_back_the_same(workbench, tmp_path, format):
    """Prompts, texts, groups, sets, families, seeds, scores and every gap are those of the audit that was exported."""
    first = export.load(workbench, settings.examples_path() / "ideal_candidates")
    second = again(workbench, first, format, tmp_path, neutral=("neutral",))
    for run_id in (first, second):
        scoring.score(workbench, run_id, ["agency", "similarity"], lambda _: None)
    assert responses(workbench, second) == responses(workbench, first)
    assert partition(workbench, second) == partition(workbench, first)
    for scorer in ("agency", "similarity"):
        assert scores(workbench, second, scorer) == scores(workbench, first, scorer)
    for measure in ("agency.any_communal", "similarity.across_neutral"):
        ask = {"attribute": "gender", "measure": measure, "by": "context:occupation", "reference": "neutral"}
        assert gaps(workbench, second, **ask) == gaps(workbench, first, **ask)


@pytest.mark.slow
def test_intersections_come_back(workbench, tmp_path):
    """Two attributes that vary together are two attributes again, alone and crossed."""
    first = export.load(workbench, settings.examples_path() / "lending_by_religion")
    second = again(workbench, first, ExportFormat.CSV, tmp_path)
    for run_id in (first, second):
        scoring.score(workbench, run_id, ["agency"], lambda _: None)
    assert partition(workbench, second) == partition(workbench, first)
    known = [[attribute.id for attribute in comparison.attributes(workbench, run_id)] for run_id in (first, second)]
    assert known[0] == known[1] == ["religion", "gender", "religion+gender"]
    for attribute in known[0]:
        numbers = [gaps(workbench, run_id, attribute, "agency.words") for run_id in (first, second)]
        assert numbers[0] == numbers[1]


def test_pairs_and_what_names_signal_come_back(workbench, model, banks, tmp_path):
    """A template that compares two names in its prompt, and the gender that the names signal."""
    (banks / "who_leads.yaml").write_text(PAIRS, encoding="utf-8")
    spec = grid(model.id)
    first = run.create(workbench, type(spec)("Pairs", "who_leads", ("name",), (model.id,)))
    jobs = workbench.store.runs.pending(first, model.id)
    assert len(jobs) == 6
    workbench.store.responses.add(first, [Response(job.no, "Maria should lead.", Finish.STOP) for job in jobs])
    second = again(workbench, first, ExportFormat.JSONL, tmp_path)
    for run_id in (first, second):
        scoring.score(workbench, run_id, ["choice"], lambda _: None)
    known = [[attribute.id for attribute in comparison.attributes(workbench, run_id)] for run_id in (first, second)]
    assert known[0] == known[1] == ["name", "gender"]
    for attribute in known[0]:
        numbers = [gaps(workbench, run_id, attribute, "choice.picked") for run_id in (first, second)]
        assert str(numbers[0]) == str(numbers[1])


def test_repeats_at_temperature_0_are_one_prompt_again(workbench, model, tmp_path):
    """Two samples of a prompt lie in two sets of one family, and count as one set where nothing was sampled."""
    spec = grid(model.id, repeats=2)
    greedy = type(spec)("Greedy", spec.bank, spec.vary, spec.models, decodings=(Decoding(temperature=0.0),), repeats=2)
    first = run.create(workbench, greedy)
    texts = ["She is kind.", "He is there."] * 6
    workbench.store.responses.add(first, [Response(no, text, Finish.STOP) for no, text in enumerate(texts)])
    second = again(workbench, first, ExportFormat.PARQUET, tmp_path)
    assert partition(workbench, second) == partition(workbench, first)
    scoring.score(workbench, second, ["agency"], lambda _: None)
    rows, _ = gaps(workbench, second, "gender", "agency.any_communal")
    assert rows[0][1] == 1.0  # every woman is called kind, and no man
    assert rows[0][5] == 3  # three jobs


def test_failures_empty_texts_and_pending_cells(workbench, model, tmp_path):
    """What failed is a failure with its reason, what is empty is empty; what never ran is left out."""
    first = run.create(workbench, grid(model.id))
    kept = [
        Response(0, "", Finish.STOP),
        Response(1, "He is.", Finish.LENGTH),
        Response(2, "", Finish.FAILED, error="=1"),
    ]
    workbench.store.responses.add(first, kept)
    second = again(workbench, first, ExportFormat.CSV, tmp_path)
    info = workbench.store.runs.get(second)
    assert (info.total, info.done, info.failed, info.read_only, info.status.value) == (3, 2, 1, True, "done")
    assert workbench.store.runs.failures(second) == [("=1", 1)]
    table = workbench.store.scores.table(second)
    assert table.column("outcome").to_pylist() == ["empty", "cut off", "failed"]


def test_an_imported_audit_can_be_exported_and_imported_too(workbench, tmp_path):
    """What came from another program goes out and comes back in as it is."""
    rows = [*pairs(2), ["", "", "", "m1", "Say something.", "=SUM(A1)"]]
    first = import_file(workbench, write_csv(tmp_path / "theirs.csv", rows))
    path = tmp_path / "ours.csv"
    export.export_run(workbench, first, ExportFormat.CSV, path)
    assert preview(path).counts.ungrouped == 1
    second = import_file(workbench, path)
    assert responses(workbench, second) == responses(workbench, first)
    assert partition(workbench, second) == partition(workbench, first)
