from collections.abc import Callable
from pathlib import Path

import pytest

from lib.bundle.pack import pack
from lib.bundle.reading import opened
from lib.store.store import Store
from tests.store.audit_samples import rich

FACTS = '{"facts": [{"id": "gaps/a/estimate", "value": 0.125}, {"id": "gaps/b/estimate", "value": 2.5}]}\n'


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of one audit with everything, as they are bundled."""
    place = tmp_path_factory.mktemp("audit")
    with Store.open(place / "audits.duckdb") as store:
        store.exchange.dump_audit(rich(store), place / "files")
    (place / "files" / "report" / "facts.json").write_text(FACTS * 40, encoding="utf-8")
    return place / "files"


@pytest.fixture(scope="session")
def whole(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a bundle of them."""
    path = tmp_path_factory.mktemp("bundle") / "whole.evenhand.zip"
    with path.open("wb") as file:
        pack(folder, {"run": "r1", "made_with": {"evenhand": "0.1.0"}}, file)
    return path.read_bytes()


@pytest.fixture
def findings(tmp_path: Path) -> Callable[[bytes], list[tuple[str, str, str]]]:
    """What is found in a bundle of these bytes, as (what, where, said)."""
    path = tmp_path / "tried.evenhand.zip"

    def found(content: bytes) -> list[tuple[str, str, str]]:
        path.write_bytes(content)
        with opened(path) as bundle:
            return [(finding.what, finding.where, finding.said) for finding in bundle.findings]

    return found
