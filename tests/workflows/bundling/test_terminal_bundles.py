import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lib.__main__ import app
from lib.workflows.bundling.write import Written
from lib.workflows.workbench import open_workbench
from tests.bundle.mutations import with_byte
from tests.workflows.bundling.audits import audit

pytestmark = pytest.mark.slow


def test_verify_needs_no_database(written: Written) -> None:
    """`verify` of a whole bundle exits with 0 and says what it checked and what it cannot show."""
    done = CliRunner().invoke(app, ["verify", str(written.path), "--expect", written.seal, "--json"])
    assert done.exit_code == 0
    told = json.loads(done.stdout)
    assert (told["whole"], told["findings"], told["seal"]) == (True, [], written.seal)
    assert told["checked"]["responses"] == 60
    assert told["outcome"] == "whole"
    assert told["uncompared"] == []
    assert len(told["cannot"]) == 5  # maps, beside what no verification shows


def test_verify_exits_with_what_it_finds(written: Written, tmp_path: Path) -> None:
    """A changed bundle exits with 1 naming the byte, and what is no bundle with 2."""
    content = written.path.read_bytes()
    path = tmp_path / "changed.zip"
    path.write_bytes(with_byte(content, len(content) - 3, content[-3] ^ 1))
    done = CliRunner().invoke(app, ["verify", str(path)])
    assert done.exit_code == 1
    assert "the end of the directory" in done.stdout
    (tmp_path / "text.zip").write_text("hello")
    done = CliRunner().invoke(app, ["verify", str(tmp_path / "text.zip")])
    assert done.exit_code == 2
    assert "it is not a bundle" in done.output


def test_bundle_writes_a_file_and_says_its_seal(db: Path, tmp_path: Path) -> None:
    """`bundle` gives the seal to publish; an audit that is not there exits with 2."""
    with open_workbench(db, with_example=False) as workbench:
        run_id = audit(workbench)
    done = CliRunner().invoke(app, ["bundle", run_id, "--out", str(tmp_path / "b.zip"), "--db", str(db), "--json"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert (told["run"], told["bytes"]) == (run_id, (tmp_path / "b.zip").stat().st_size)
    assert len(told["seal"]) == 64
    done = CliRunner().invoke(app, ["bundle", "nothing", "--out", str(tmp_path / "c.zip"), "--db", str(db)])
    assert done.exit_code == 2
    assert not (tmp_path / "c.zip").exists()
