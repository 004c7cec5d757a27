"""The import contracts of `.importlinter`: they hold, and each of them would notice."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(LINT_IMPORTS), "--no-cache", "--no-logo"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_contracts_hold():
    """No module of lib imports what DESIGN.md keeps from it."""
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def copy_of_lib(folder: Path) -> Path:
    shutil.copytree(ROOT / "lib", folder / "lib", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / ".importlinter", folder)
    return folder


def test_a_faithful_copy_passes(tmp_path: Path):
    """The copies below break contracts by their one added line, and not by being copies."""
    assert lint(copy_of_lib(tmp_path)).returncode == 0


VIOLATIONS = {
    "sideways": ("lib/banks/article.py", "from lib.grid import article", "lib.banks.article -> lib.grid.article"),
    "upwards": ("lib/store/verbs.py", "from lib.workflows import build", "lib.store.verbs -> lib.workflows.build"),
    "shared words know no room": ("lib/types.py", "import lib.store.store", "lib.types -> lib.store.store"),
    "ui past the workflows": ("lib/ui/short.py", "import lib.store.store", "lib.ui.short -> lib.store.store"),
    "terminal past the workflows": (
        "lib/terminal/runs.py",
        "import lib.grid.size",
        "lib.terminal.runs -> lib.grid.size",
    ),
    "terminal with charts": ("lib/terminal/runs.py", "import lib.charts", "lib.terminal.runs -> lib.charts"),
    "streamlit elsewhere": ("lib/workflows/show.py", "import streamlit", "lib.workflows.show -> streamlit"),
    "streamlit in a function": (
        "lib/models/show.py",
        "def f():\n    import streamlit\n",
        "lib.models.show -> streamlit",
    ),
    "duckdb elsewhere": ("lib/runs/sql.py", "import duckdb", "lib.runs.sql -> duckdb"),
    "a room nobody placed": ("lib/attic/__init__.py", "", "attic"),
}


@pytest.mark.parametrize(("file", "statement", "told"), VIOLATIONS.values(), ids=VIOLATIONS)
def test_a_violation_is_noticed(tmp_path: Path, file: str, statement: str, told: str):
    """One wrong import breaks a contract, and the report names it."""
    path = copy_of_lib(tmp_path) / file
    path.parent.mkdir(exist_ok=True)
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(f"{before}\n{statement}\n", encoding="utf-8")
    done = lint(tmp_path)
    assert done.returncode == 1
    assert told in " ".join(done.stdout.split())
