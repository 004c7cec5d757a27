"""Evidence that several tests only read, gathered once a file."""

from pathlib import Path

import pytest

from lib.types import ReportSettings, RunStatus
from lib.workflows.reporting.evidence import Evidence, gather
from lib.workflows.workbench import open_workbench
from tests.workflows.conftest import BANK
from tests.workflows.reporting.audits import audited, lopsided

COMMUNAL_ANY, REFUSED = "agency.any_communal", "refusal.refused"
DATABASE = "audits.duckdb"


def half(folder: Path) -> Evidence:
    """Of an audit in which the woman has a communal word in 15 of 30 sets and the man in none; stored in `folder`."""
    banks = folder / "banks"
    banks.mkdir()
    (banks / "two_groups.yaml").write_text(BANK, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVENHAND_BANKS", str(banks))
        with open_workbench(folder / DATABASE, with_example=False) as workbench:
            run_id = audited(workbench, lopsided(1, 2), scorers=["agency", "gendered", "refusal"])
            workbench.store.runs.set_status(run_id, RunStatus.DONE)
            workbench.store.reports.choose(run_id, ReportSettings(measures=(COMMUNAL_ANY, REFUSED)))
            return gather(workbench, run_id)
