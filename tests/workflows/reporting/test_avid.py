"""The record for the AI Vulnerability Database: what it says, and what it leaves to its author."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from lib.types import ModelEntry
from lib.workflows.reporting import avid
from tests.workflows.reporting import once
from tests.workflows.reporting.once import COMMUNAL_ANY


@pytest.fixture(scope="module")
def half(tmp_path_factory):
    """Evidence of an audit in which the woman has a communal word in 15 of 30 sets and the man in none."""
    return once.half(tmp_path_factory.mktemp("half"))


def test_each_gap_is_a_metric_with_what_it_rests_on(half):
    """15 of 30 sets differ: half, by McNemar's test, clear, over 30 matched sets and 60 responses."""
    found = avid.record(half)
    first, second = found["metrics"]
    assert first["detection_method"]["type"] == "Significance Test"
    assert "McNemar" in first["detection_method"]["name"]
    results = first["results"]
    assert (results["measure"], results["gap"], results["clear"]) == (COMMUNAL_ANY, 0.5, True)
    assert (results["matched_sets"], results["responses"]) == (30, 60)
    assert results["low"] < 0.5 < results["high"]
    assert (second["results"]["gap"], second["results"]["clear"]) == (0.0, False)
    assert found["affects"]["artifacts"] == [{"type": "Model", "name": half.models[0].title}]


def test_it_is_plain_json_without_an_id_of_its_own(half):
    """Strict JSON with no NaN; neither a report's nor a vulnerability's id is made up."""
    text = json.dumps(avid.record(half), allow_nan=False)
    assert "report_id" not in text
    assert "vuln_id" not in text


def test_what_only_the_author_knows_comes_from_the_fields(half):
    """Names are separated by semicolons; without them the lists are empty."""
    assert (avid.record(half)["affects"]["developer"], avid.record(half)["credit"]) == ([], [])
    texts = {
        "avid/developer": "One Lab; Other Lab ",
        "avid/deployer": "Us",
        "avid/credit": "Ada",
        "avid/reported": "2026-11-30",
    }
    found = avid.record(replace(half, texts=texts))
    assert found["affects"]["developer"] == ["One Lab", "Other Lab"]
    assert found["affects"]["deployer"] == ["Us"]
    assert found["credit"] == [{"lang": "eng", "value": "Ada"}]
    assert found["reported_date"] == "2026-11-30"
    assert {field.id for field in avid.fields(half)} == set(texts)


@pytest.mark.parametrize("written", ["", "soon", "30.11.2026"])
def test_without_a_date_of_the_author_it_is_the_day_the_audit_ended(half, written):
    """What is no date is as good as none; an audit that has not ended has no date at all."""
    ended = replace(
        half, run=replace(half.run, finished=datetime(2026, 11, 27, 23, tzinfo=UTC)), texts={"avid/reported": written}
    )
    assert avid.record(ended)["reported_date"] == "2026-11-27"
    running = replace(ended, run=replace(ended.run, finished=None))
    assert "reported_date" not in avid.record(running)


def test_references_are_addresses_that_are_known(half):
    """A model of the hub by its page, a source by the address in it; a text without an address is none."""
    entry = ModelEntry("a", "A model", "hub", "org/model", source="Card at https://example.org/card (read in May).")
    found = avid.record(replace(half, models=[entry]))["references"]
    assert found == [
        {"type": "source", "label": "A model", "url": "https://huggingface.co/org/model"},
        {"type": "source", "label": "A model", "url": "https://example.org/card"},
    ]
