"""The verb `report`: what it writes and prints, and the exit codes that scripts rely on."""

import hashlib
import json
import subprocess
import sys

import pytest

from lib.settings import ROOT
from tests.workflows import scored


@pytest.mark.slow
def test_the_terminal_writes_reports_of_a_scored_audit(workbench, model, tmp_path):
    """Every kind in Markdown, one in all formats; the JSON has sizes, digests and what is missing."""
    run_id = scored.stored(workbench, model, lambda number, group: scored.WOMAN if group == "woman" else scored.MAN)
    database = workbench.path
    workbench.close()

    def verb(*arguments):
        command = [
            sys.executable,
            "-m",
            "lib",
            "report",
            run_id,
            "--db",
            database,
            "--out",
            tmp_path / "out",
            *arguments,
        ]
        done = subprocess.run(
            list(map(str, command)), cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    formats = ["html", "pdf", "docx", "pptx", "md"]
    told = json.loads(verb("--json", *(part for each in formats for part in ("--format", each))))
    assert (told["run"], told["kind"]) == (run_id, "audit")
    assert [made["path"].rpartition("/")[2] for made in told["files"]] == [f"{run_id}-audit.{each}" for each in formats]
    for made in told["files"]:
        data = (tmp_path / "out" / made["path"].rpartition("/")[2]).read_bytes()
        assert (made["bytes"], made["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    assert told["missing"]
    for kind in ("plan", "deck", "card"):
        assert f"{run_id}-{kind}.md" in verb("--kind", kind, "--format", "md").replace("\n", "")
    verb("--kind", "avid")
    assert json.loads((tmp_path / "out" / f"{run_id}-avid.json").read_text())["data_type"] == "AVID"


def test_a_wrong_format_in_the_terminal_is_told(workbench, tmp_path):
    """The exit code is that of wrong usage, the message names the format; nothing is written."""
    database = workbench.path
    workbench.close()
    command = [
        sys.executable,
        "-m",
        "lib",
        "report",
        "x",
        "--format",
        "odt",
        "--db",
        str(database),
        "--out",
        str(tmp_path),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 2
    assert "report format 'odt'" in done.stderr.replace("\n", " ")
