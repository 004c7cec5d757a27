"""How many worker processes a machine can carry for one model."""

import os
import platform
import sys
from functools import cache
from pathlib import Path

import psutil

from lib import settings
from lib.types import Dtype, ModelEntry

RUNTIME_BYTES = 900 << 20
"""What a worker takes besides the weights: torch and transformers, the key/value slots, activations."""

PACKING = 1.25
"""The engine keeps weights laid out for speed, and those that are also embeddings twice."""

UNKNOWN_BYTES = 2 << 30
"""Weights assumed for a model whose size nobody stated."""


def workers_for(entry: ModelEntry, dtype: Dtype) -> int:
    """As many processes as cores and free memory allow, at least one; `EVENHAND_WORKERS` overrides.

    An endpoint needs one, which keeps several requests going, and so does a model on a GPU.
    """
    if entry.backend == "endpoint" or on_gpu():
        return 1
    if (chosen := settings.worker_count()) is not None:
        return max(1, chosen)
    need = weight_bytes(entry, dtype) * PACKING + RUNTIME_BYTES
    return max(1, min(cores(), int(psutil.virtual_memory().available // need)))


def weight_bytes(entry: ModelEntry, dtype: Dtype) -> int:
    """Bytes the weights take once loaded."""
    if entry.parameters:
        return entry.parameters * (2 if dtype is Dtype.BF16 else 4)
    return entry.size_bytes or UNKNOWN_BYTES


def cores() -> int:
    """Cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def on_gpu() -> bool:
    """Whether local models will run on a GPU, as `settings.choose_device` will find with torch."""
    device = os.environ.get("EVENHAND_DEVICE")
    return device != "cpu" if device else has_gpu()


def has_gpu() -> bool:
    """Whether there is a GPU that torch would use, told without torch."""
    apple = sys.platform == "darwin" and platform.machine() == "arm64"
    return apple or Path("/dev/nvidiactl").exists()


@cache
def brain_float() -> bool:
    """Whether bf16 is multiplied in hardware here, told without torch: on a GPU, and by some processors."""
    if on_gpu():
        return True
    try:
        flags = set(Path("/proc/cpuinfo").read_text(encoding="utf-8").split())
    except OSError:
        return False
    return bool(flags & {"avx512_bf16", "amx_bf16"})
