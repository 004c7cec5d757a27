"""What we export is recognised, and says the same when it is read again."""

import json

import pytest

from lib.interchange.formats import read_recording
from lib.interchange.guess import OWN
from lib.store.store import Store
from tests.interchange.reading import read
from tests.store.samples import answer, cells, create, failure

TEXTS = ["=1+1", "-1", "'=1", "''=1", "'quoted'", "plain", "", "two\nlines", "a,b\r\nc", "\u202eחי"]


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_every_form_gives_the_same_outputs(tmp_path, form):
    """Texts, prompts, models, sets, seeds and how each ended come back; cells that never ran are passed over."""
    with Store.open(tmp_path / "audits.duckdb") as store:
        run_id = create(store)
        store.responses.add(run_id, [*(answer(no, text) for no, text in enumerate(TEXTS)), failure(10)])
        store.exchange.export(run_id, form, tmp_path / f"run.{form}")
    recording = read_recording(tmp_path / f"run.{form}")
    assert recording.suggested == OWN
    assert recording.count == 24
    found = read(tmp_path / f"run.{form}")
    assert [one.completion for one in found] == [*TEXTS, ""]
    assert [one.finish for one in found] == ["stop"] * 6 + ["empty"] + ["stop"] * 3 + ["error"]
    assert found[10].error == "out of memory"
    assert json.loads(found[4].extra["context"]) == {"job": "nurse"}
    assert json.loads(found[1].extra["groups"]) == {"gender": "man"}
    for one, cell in zip(found, cells(), strict=False):
        assert (one.prompt, one.model, one.set, one.group) == (cell.prompt, cell.model, cell.set_id, cell.group)
        assert (one.template, one.system, one.seed, one.repeat) == (cell.template, cell.system, cell.seed, cell.repeat)
        assert (one.temperature, one.top_p) == (cell.decoding.temperature, cell.decoding.top_p)
