"""Reports on imported outputs say what the file says, and of everything else that it is not recorded."""

import csv
import re
from dataclasses import replace

import pytest

from lib.types import Audience, ReportKind, Table
from lib.workflows import export, read, scoring
from lib.workflows.export import ExportFormat
from lib.workflows.importing.create import import_file
from lib.workflows.reporting import avid
from lib.workflows.reporting.documents import document
from lib.workflows.reporting.evidence import gather
from lib.workflows.reporting.recording import imported
from tests.workflows.importing.files import HEADER, pairs, write_csv
from tests.workflows.importing.test_formats import inspect
from tests.workflows.reporting.audits import texts
from tests.workflows.reporting.test_facts import assert_explained

pytestmark = pytest.mark.slow

SETTINGS = [*HEADER, "temperature", "max_tokens", "seed"]
WRONG = re.compile(r"(?<![\w.,-])[-−]1(?:\.0+)?(?![\w.,]*\d)|\b0 tokens|derived from|stayed on|ran on this computer")


def spreadsheet(folder):
    """Pairs of which nothing but the texts is known."""
    return write_csv(folder / "answers.csv", pairs(4))


def half(folder):
    """Pairs of which half have all settings, and half none."""
    rows = [[*row, *(("0.7", "64", "5") if number < 4 else ("", "", ""))] for number, row in enumerate(pairs(4))]
    return write_csv(folder / "half.csv", rows, SETTINGS)


@pytest.fixture
def taken(workbench, tmp_path):
    """Gives the evidence of a file that was imported and scored."""

    def take(make):
        run_id = import_file(workbench, make(tmp_path))
        scoring.score(workbench, run_id, ["agency"], lambda _: None)
        return gather(workbench, run_id)

    return take


def everything(evidence, kind, audience):
    """Every text of a document."""
    told = replace(evidence, settings=replace(evidence.settings, audience=audience))
    return document(told, kind), [text for path, text in texts(document(told, kind)) if not path.endswith("chart")]


@pytest.mark.slow
@pytest.mark.parametrize("make", [spreadsheet, half, inspect])
def test_nothing_unknown_is_a_number(taken, make):
    """In all documents for both audiences no setting is −1 or 0, nobody claims seeds, and every number has its fact."""
    evidence = taken(make)
    assert imported(evidence)["kind"] == "import"
    assert_explained(evidence)
    for kind in ReportKind:
        for audience in Audience:
            _, found = everything(evidence, kind, audience)
            assert {text for text in found if WRONG.search(text)} == set()
    assert not WRONG.search(str(avid.record(evidence)["description"]))
    assert evidence.facts["run/seed"].value is None
    assert evidence.energy.low is None


def test_the_method_says_what_the_file_says(taken):
    """Evenhand did not ask; temperature, length and seed are not recorded; the table has words where numbers lack."""
    made, found = everything(taken(spreadsheet), ReportKind.AUDIT, Audience.EXPERTS)
    whole = " ".join(found)
    assert "Evenhand did not ask the models" in whole
    assert "The recording does not say at what temperature the models answered." in whole
    assert "The recording does not say with which seed." in whole
    [method] = [each for each in made.sections if each.id == "method"]
    [sampling] = [each for each in method.blocks if each.id == "method-sampling"]
    [table] = [each for each in sampling.blocks if isinstance(each, Table)]
    off = "off or not recorded"
    assert table.rows == (("not recorded", off, off, off, "not recorded"),)
    [limits] = [each for each in made.sections if each.id == "limitations"]
    told = [each.text for each in limits.blocks[0].items]
    assert any("Evenhand did not ask the models" in text for text in told)
    assert "The recording does not say how many tokens an answer might have." in told


def test_what_half_a_file_says_is_counted(taken):
    """Settings that four of eight outputs have are told as such, and stand in the table."""
    evidence = taken(half)
    assert [evidence.facts[f"decoding/{place}/temperature"].value for place in range(2)] == [0.7, None]
    _, found = everything(evidence, ReportKind.AUDIT, Audience.COMMITTEE)
    assert any("For 4 of 8 outputs the recording does not say with which seed." in text for text in found)


def test_a_file_that_says_everything(workbench, taken, tmp_path):
    """Where every output has its settings, nothing is missing."""
    rows = [[*row, "0.7", "64", "5"] for row in pairs(2)]
    _, found = everything(taken(lambda _: write_csv(tmp_path / "a.csv", rows, SETTINGS)), ReportKind.AUDIT, "experts")
    assert any("The recording states temperature, length and seed of every output." in text for text in found)


def test_provenance_and_exports_leave_it_open(workbench, tmp_path):
    """A response's provenance has no value for what nobody recorded, and an exported table an empty cell."""
    run_id = import_file(workbench, spreadsheet(tmp_path))
    facts = read.provenance(workbench, run_id, 0)
    assert (facts["cell"]["seed"], facts["cell"]["decoding"]["temperature"]) == (None, None)
    assert (facts["response"]["new_tokens"], facts["response"]["seconds"]) == (None, None)
    assert [each["max_new_tokens"] for each in facts["run"]["grid"]["decodings"]] == [None]
    export.export_run(workbench, run_id, ExportFormat.CSV, tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        first = next(csv.DictReader(file))
    unknown = ("temperature", "max_new_tokens", "seed", "prompt_tokens", "new_tokens", "seconds")
    assert [first[name] for name in unknown] == [""] * len(unknown)


def test_an_opened_bundle_of_ours_is_no_import(taken):
    """What another Evenhand made and bundled was not recorded by others: its settings and seeds are known."""
    evidence = replace(taken(spreadsheet), origin={"kind": "bundle", "file": "a.zip", "origin": {}})
    assert imported(evidence) == {}
    _, found = everything(evidence, ReportKind.AUDIT, Audience.EXPERTS)
    assert any("another copy of Evenhand" in text for text in found)
    assert not any("did not ask" in text for text in found)
