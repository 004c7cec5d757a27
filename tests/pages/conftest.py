"""Databases for the pages, and pages opened on them without a browser."""

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from lib import settings
from lib.ui import frame
from lib.workflows.workbench import open_workbench
from tests.seeding import seed

Open = Callable[..., AppTest]


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty database and copies of banks and codebooks, which the pages use from here on."""
    path = tmp_path / "audits.duckdb"
    shutil.copytree(settings.ROOT / "prompt_banks", tmp_path / "banks")
    monkeypatch.setenv("EVENHAND_DB", str(path))
    shutil.copytree(settings.ROOT / "codebooks", tmp_path / "codebooks")
    monkeypatch.setenv("EVENHAND_BANKS", str(tmp_path / "banks"))
    monkeypatch.setenv("EVENHAND_CODEBOOKS", str(tmp_path / "codebooks"))
    open_workbench(path, with_example=False).close()
    yield path
    st.cache_resource.clear()  # lets go of the database


@pytest.fixture
def seeded(database: Path) -> str:
    """The database with one finished run in it; gives the run's id."""
    with open_workbench(database) as workbench:
        return seed(workbench)


@pytest.fixture
def locked(seeded: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The seeded database, opened for reading only; gives the run's id."""
    monkeypatch.setattr(frame, "open_workbench", partial(open_workbench, read_only=True))
    return seeded


@pytest.fixture
def open_at() -> Open:
    """Open a page by its file, with the parameters of its address."""

    def opened(page: str, **parameters: str) -> AppTest:
        test = AppTest.from_file(settings.ROOT / "Home.py", default_timeout=60)
        if page != "Home.py":
            test.switch_page(page)
        for name, value in parameters.items():
            test.query_params[name] = value
        return test.run()

    return opened
