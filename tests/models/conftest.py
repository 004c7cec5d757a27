"""A cache folder of each test's own, and tiny models built once."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from lib.types import ModelEntry
from tests.models import tiny


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache folder for this test alone."""
    monkeypatch.setenv("EVENHAND_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture(scope="session")
def made_llama(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.llama(tmp_path_factory.mktemp("llama"), template=tiny.TEMPLATE)


@pytest.fixture
def llama(made_llama: Path, tmp_path: Path) -> Path:
    """A Llama-type folder that the test may damage."""
    return Path(shutil.copytree(made_llama, tmp_path / "llama"))


@pytest.fixture
def entry() -> Callable[..., ModelEntry]:
    """Make an entry called "Tiny" for a backend and a location."""

    def make(backend: str, location: object, **fields: object) -> ModelEntry:
        return ModelEntry(**{"id": "tiny", "title": "Tiny", "backend": backend, "location": str(location)} | fields)

    return make
