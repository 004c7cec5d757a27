"""How many workers a machine can carry."""

from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from lib.runs import capacity
from lib.runs.capacity import workers_for
from lib.types import Dtype, ModelEntry

SMALL = ModelEntry("small", "Small", "bundled", "", parameters=134_515_008)


@pytest.fixture(autouse=True)
def machine(monkeypatch):
    """Sixteen cores without a GPU; gives a function that sets the free memory in GiB."""
    for name in ("EVENHAND_WORKERS", "EVENHAND_DEVICE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(capacity, "cores", lambda: 16)
    monkeypatch.setattr(capacity, "has_gpu", lambda: False)

    def free(gib: float) -> None:
        monkeypatch.setattr(psutil, "virtual_memory", lambda: SimpleNamespace(available=gib * 2**30))

    free(64)
    return free


def test_as_many_as_cores_when_memory_allows():
    """With plenty of memory there is one worker a core."""
    assert workers_for(SMALL, Dtype.FP32) == 16


def test_as_many_as_memory_allows(machine):
    """The bundled model takes about 1.5 GiB a worker: four gibibytes carry two, none still try one."""
    machine(4)
    assert workers_for(SMALL, Dtype.FP32) == 2
    machine(0.1)
    assert workers_for(SMALL, Dtype.FP32) == 1


def test_half_the_bytes_carry_more(machine):
    """A model of seven billion parameters fits twice in bf16 where it fits once in fp32."""
    machine(40)
    large = ModelEntry("large", "Large", "hub", "", parameters=7_000_000_000)
    assert (workers_for(large, Dtype.FP32), workers_for(large, Dtype.BF16)) == (1, 2)


def test_the_environment_overrides(monkeypatch):
    """EVENHAND_WORKERS decides, but there is always one."""
    monkeypatch.setenv("EVENHAND_WORKERS", "3")
    assert workers_for(SMALL, Dtype.FP32) == 3
    monkeypatch.setenv("EVENHAND_WORKERS", "0")
    assert workers_for(SMALL, Dtype.FP32) == 1


def test_one_for_an_endpoint_and_one_for_a_gpu(monkeypatch):
    """An endpoint and a GPU are used from one process."""
    assert workers_for(ModelEntry("e", "E", "endpoint", "http://127.0.0.1/v1"), Dtype.FP32) == 1
    monkeypatch.setattr(capacity, "has_gpu", lambda: True)
    assert workers_for(SMALL, Dtype.FP32) == 1
    monkeypatch.setenv("EVENHAND_DEVICE", "cpu")
    assert workers_for(SMALL, Dtype.FP32) == 16


@pytest.mark.parametrize(
    ("flags", "has"),
    [("fpu sse2 avx512f avx512_bf16", True), ("fpu amx_bf16 amx_tile", True), ("fpu sse2 avx512f", False)],
)
def test_bf16_is_used_where_the_processor_computes_in_it(flags, has, monkeypatch):
    """The processor's flags tell; a system that does not tell them is taken to have none."""
    monkeypatch.setenv("EVENHAND_DEVICE", "cpu")
    capacity.brain_float.cache_clear()
    monkeypatch.setattr(Path, "read_text", lambda *_, **__: f"flags : {flags}\n")
    assert capacity.brain_float() is has

    def refuse(*_, **__):
        raise OSError

    capacity.brain_float.cache_clear()
    monkeypatch.setattr(Path, "read_text", refuse)
    assert capacity.brain_float() is False
    capacity.brain_float.cache_clear()
