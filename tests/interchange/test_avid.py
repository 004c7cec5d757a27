"""avidtools, the database's own library, reads our record and keeps all of it."""

import json

import pytest

from lib.workflows.reporting import avid
from tests.workflows.reporting import once

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tool, report, tmp_path_factory):
    """Our record of a small audit, and what its data model makes of it."""
    folder = tmp_path_factory.mktemp("avid")
    record = avid.record(once.half(folder))
    (folder / "record.json").write_text(json.dumps(record, allow_nan=False), encoding="utf-8")
    report(tool("avid", "avidtools==0.1.2", "pydantic==1.10.27"), "avid_script.py", folder)
    return folder


def read(folder, name):
    return json.loads((folder / name).read_text(encoding="utf-8"))


def test_its_data_model_takes_the_record_whole(folder):
    """Everything we write comes back, but for a reference's type, which its model takes and never writes."""
    ours, its = read(folder, "record.json"), read(folder, "record-again.json")
    assert all(each.pop("type") == "source" for each in ours["references"])
    assert {key: its[key] for key in ours} == ours
    assert {key for key, value in its.items() if value is not None} == ours.keys()


def test_its_data_model_does_check(folder):
    """A record with a class, a part of the taxonomy or a date that it does not know is refused."""
    assert set(read(folder, "report.json")["refuses"].values()) == {True}
