"""A second bank beside the one of `tests/workflows`: with a neutral group and two wordings."""

from pathlib import Path

import pytest

from tests.workflows.reporting.audits import NEUTRAL_BANK


@pytest.fixture(autouse=True)
def neutral_bank(banks: Path) -> Path:
    path = banks / "three_groups.yaml"
    path.write_text(NEUTRAL_BANK, encoding="utf-8")
    return path
