"""The Streamlit process and the terminal never pay for torch: only worker processes import it."""

import subprocess
import sys

import pytest

from tests.architecture.source import LIBRARY, ROOT, imports, module_name, within

HEAVY = ("torch", "transformers", "peft", "sentence_transformers", "openai")

# What worker processes alone import: the engine, and the client for endpoints.
WORKER_ONLY = (
    "lib.models.hosted",
    "lib.runs.attention",
    "lib.runs.engine",
    "lib.runs.packed",
    "lib.runs.plain",
    "lib.runs.prefill",
    "lib.runs.rolling",
    "lib.runs.rows",
    "lib.runs.sampling",
    "lib.runs.slots",
    "lib.runs.step",
    "lib.runs.support",
)
LIGHT = [name for name in map(module_name, LIBRARY) if not within(name, WORKER_ONLY)]


def test_only_worker_modules_import_heavy_libraries():
    """At module level torch and its like stand in the listed modules and nowhere else."""
    heavy = {
        module_name(path)
        for path in LIBRARY
        if any(within(name, HEAVY) for name in imports(path.read_text(encoding="utf-8"), at_import=True))
    }
    assert {name for name in heavy if not within(name, WORKER_ONLY)} == set()
    assert {package for package in WORKER_ONLY if not any(within(name, (package,)) for name in heavy)} == set()


@pytest.mark.parametrize("start", ["lib.workflows", "lib.ui", "lib.models", "lib"])
def test_importing_loads_nothing_heavy(start: str):
    """Importing all that is not a worker's leaves torch and its like unloaded."""
    modules = [name for name in LIGHT if within(name, (start,))]
    assert modules
    code = (
        "import importlib, sys\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr
