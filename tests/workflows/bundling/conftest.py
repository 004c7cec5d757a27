from collections.abc import Iterator

import pytest

from lib.workflows.bundling.write import Written, bundle
from lib.workflows.workbench import Workbench, open_workbench
from tests.workflows import conftest
from tests.workflows.bundling.audits import audit


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """A database of somebody else's, with one audit to bundle."""
    place = tmp_path_factory.mktemp("theirs")
    (place / "banks").mkdir()
    (place / "banks" / "two_groups.yaml").write_text(conftest.BANK, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVENHAND_BANKS", str(place / "banks"))
        with open_workbench(place / "audits.duckdb", with_example=False) as workbench:
            audit(workbench)
            yield workbench


@pytest.fixture(scope="module")
def written(theirs: Workbench, tmp_path_factory: pytest.TempPathFactory) -> Written:
    """Its audit as a bundle."""
    [run] = theirs.store.runs.all()
    return bundle(theirs, run.id, tmp_path_factory.mktemp("written") / "audit.evenhand.zip")
