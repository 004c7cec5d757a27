"""Setting up: a step that fails says which and what to do, and a second call has nothing to do."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lib.settings import ROOT


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A folder with what setting up needs, and requirements that any pip can meet without a network."""
    shutil.copy(ROOT / "bootstrap.py", tmp_path)
    (tmp_path / "requirements.txt").write_text("torch==2.13.0\n", encoding="utf-8")
    for name in ("requirements-nodeps.txt", "requirements-dev.txt"):
        (tmp_path / name).write_text("# nothing\n", encoding="utf-8")
    return tmp_path


def set_up(clone: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Call bootstrap.py with a pip that has no index to ask."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "TORCH_"))}
    environment |= {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1"}
    return subprocess.run(
        [sys.executable, "bootstrap.py", *arguments],
        cwd=clone,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.mark.slow
def test_a_step_that_fails_is_named_with_a_remedy_and_tried_again(clone: Path) -> None:
    """Where torch cannot be had, the message says so and what to do; the next call tries again."""
    for _ in range(2):
        done = set_up(clone)
        assert done.returncode == 1
        assert "could not install torch" in done.stderr
        assert "TORCH_INDEX" in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_a_second_call_installs_nothing_and_a_changed_file_does(clone: Path) -> None:
    """What is installed is remembered by the requirements' content, the test tools apart."""
    (clone / "bootstrap.py").write_text(
        (clone / "bootstrap.py").read_text(encoding="utf-8").replace("        install_torch()\n", ""), encoding="utf-8"
    )
    (clone / "requirements.txt").write_text("pip\n", encoding="utf-8")
    first, second, dev = set_up(clone), set_up(clone), set_up(clone, "--dev")
    assert (first.returncode, second.returncode, dev.returncode) == (0, 0, 0), first.stderr
    assert "installing requirements.txt" in first.stdout
    assert second.stdout == ""
    assert dev.stdout.split() == ["Evenhand", "setup:", "installing", "requirements-dev.txt", "…"]
    (clone / "requirements.txt").write_text("pip>1\n", encoding="utf-8")
    assert "installing requirements.txt" in set_up(clone).stdout


def test_an_older_python_is_told_which_is_needed(clone: Path) -> None:
    """A Python before 3.11 is refused in words."""
    script = "import sys; sys.version_info = (3, 10, 1); import bootstrap; sys.argv = ['x']; sys.exit(bootstrap.main())"
    done = subprocess.run([sys.executable, "-c", script], cwd=clone, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "3.11 or newer" in done.stderr
