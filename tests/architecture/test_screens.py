"""What contracts cannot see: Home.py, asgi.py and pages/, whose names cannot be imported."""

from pathlib import Path

import pytest

from tests.architecture.source import LIBRARY, ROOT, SCREENS, imports, module_name, within

FOR_SCREENS = ("lib.ui", "lib.workflows", "lib.charts", "lib.types", "lib.errors", "lib.registry", "lib.settings")
KEPT_FROM_SCREENS = ("duckdb", "torch", "transformers", "peft", "sentence_transformers", "openai")
ONE_HOME = {"streamlit": ("lib.ui",), "duckdb": ("lib.store",)}


def test_there_are_screens():
    """The list of screens is not empty by mistake."""
    assert {"Home.py", "asgi.py", "1_Build_grid.py"} <= {path.name for path in SCREENS}


@pytest.mark.parametrize("path", SCREENS, ids=lambda path: path.name)
def test_a_screen_imports_ui_workflows_and_charts_only(path: Path):
    """Of lib a screen takes only ui, workflows, charts and the shared words, and never a library behind them."""
    found = imports(path.read_text(encoding="utf-8"))
    of_lib = {name for name in found if within(name, ("lib",))}
    assert {name for name in of_lib if not within(name, FOR_SCREENS)} == set()
    assert {name for name in found if within(name, KEPT_FROM_SCREENS)} == set()


@pytest.mark.parametrize("package", ONE_HOME)
def test_one_home(package: str):
    """Streamlit is used in lib.ui alone and DuckDB in lib.store alone, lazy imports included."""
    users = {
        module_name(path) for path in LIBRARY if any(within(name, (package,)) for name in imports(path.read_text()))
    }
    assert users
    assert {name for name in users if not within(name, ONE_HOME[package])} == set()


def test_no_screen_is_hidden_elsewhere():
    """Everything at the top level is a screen or set-up: no module that contracts and tests would miss."""
    top = {path.name for path in ROOT.glob("*.py")}
    assert top <= {"Home.py", "asgi.py", "bootstrap.py"}
