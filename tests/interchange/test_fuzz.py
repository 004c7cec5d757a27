"""Whatever is in a file, it is read or refused as an InterchangeError; nothing else ever comes out."""

import json
import random
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.errors import InterchangeError
from lib.interchange.formats import FORMATS, read_recording
from lib.interchange.outputs import outputs
from tests.archives.crafted import Told, archive
from tests.interchange.reading import SAMPLES, written
from tests.interchange.test_chainforge import CACHE
from tests.interchange.test_inspect import HEADER
from tests.interchange.test_inspect import SAMPLES as LOGGED

FLOW = {"flow": {"nodes": [{"id": "prompt-1", "data": {"prompt": "p"}}]}, "cache": CACHE | {"__s": ["a", "b"]}}
LOG = HEADER | {"samples": LOGGED}
WHOLE = {
    "a.cforge": json.dumps(FLOW).encode(),
    "a.json": json.dumps(LOG).encode(),
    "b.json": (SAMPLES / "promptfoo.json").read_bytes(),
    "c.jsonl": next(SAMPLES.glob("samples_workdays_*")).read_bytes(),
    "a.eval": archive(
        Told(b"header.json", json.dumps(HEADER).encode()), Told(b"samples/1.json", json.dumps(LOGGED[0]).encode(), 93)
    ),
    "a.csv": b'prompt,output\n"a\nb",c\n\'=1,d\n',
}


def survive(path, format=""):
    """Reads a file as far as it goes; any other error than the one family fails the test."""
    with suppress(InterchangeError):
        for _ in outputs(read_recording(path, format)):
            pass


@pytest.mark.parametrize("name", WHOLE)
def test_files_cut_off_or_changed(tmp_path, name):
    """60 cuts and 60 changes of a byte in a file of each format."""
    draw, whole = random.Random(name), WHOLE[name]
    for _ in range(60):
        survive(written(tmp_path / name, whole[: draw.randrange(len(whole))]))
        changed = bytearray(whole)
        changed[draw.randrange(len(whole))] = draw.randrange(256)
        survive(written(tmp_path / name, bytes(changed)))


@settings(max_examples=40, deadline=None)
@given(
    data=st.binary(max_size=200), begin=st.sampled_from([b"", b"{", b"[", b"PK\x03\x04", b"PAR1", b"a,b\n", b'{"flow"'])
)
@pytest.mark.parametrize("format", sorted(FORMATS.names()))
def test_noise(tmp_path_factory, format, data, begin):
    """Bytes without sense, forced into every format."""
    survive(written(tmp_path_factory.getbasetemp() / "noise.bin", begin + data), format)


ODD = st.sampled_from(
    [None, True, 0, -1, 1e400, float("nan"), 10**40, "", "x", "\ud800", [], {}, [None], [[1]], {"": 0}]
)


@settings(max_examples=120, deadline=None)
@given(data=st.data(), name=st.sampled_from(["a.cforge", "a.json", "b.json", "c.jsonl"]))
def test_values_of_the_wrong_kind(tmp_path_factory, data, name):
    """Any value anywhere in a document may be of another kind than it should be."""
    whole = json.loads(WHOLE[name].split(b"\n")[0] if name == "c.jsonl" else WHOLE[name])
    place, key = {"": whole}, ""
    for _ in range(data.draw(st.integers(1, 7))):
        inside = place[key]
        if not isinstance(inside, (dict, list)) or not inside:
            break
        place = inside
        key = data.draw(st.sampled_from(sorted(inside) if isinstance(inside, dict) else range(len(inside))))
    place[key] = data.draw(ODD)
    survive(written(tmp_path_factory.getbasetemp() / name, json.dumps(whole)))
