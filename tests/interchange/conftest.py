"""Other tools in environments of their own, because they cannot be installed beside what we pin."""

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

SECONDS = 300


@pytest.fixture(scope="session")
def tool(pytestconfig):
    """Makes an environment with some pinned packages, kept between runs, and gives its Python."""

    def made(name: str, *packages: str) -> Path:
        folder = pytestconfig.cache.mkdir("interchange") / f"{name}-{'-'.join(packages).replace('==', '-')}"
        python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        if (folder / "whole").exists():
            return python
        shutil.rmtree(folder, ignore_errors=True)
        venv.create(folder, with_pip=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages]
        try:
            subprocess.run(install, check=True, capture_output=True, text=True, timeout=SECONDS)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            shutil.rmtree(folder, ignore_errors=True)
            said = str(error.stderr or error).strip().splitlines()
            pytest.skip(f"{name} could not be installed: {said[-1] if said else error}")
        (folder / "whole").touch()
        return python

    return made


@pytest.fixture(scope="session")
def report():
    """Runs a script of this folder with another Python on a folder of files; what it wrote stays in that folder."""

    def made(python: Path, script: str, folder: Path) -> None:
        run = subprocess.run(
            [str(python), str(Path(__file__).with_name(script)), str(folder)],
            capture_output=True,
            text=True,
            timeout=SECONDS,
            env={key: value for key, value in os.environ.items() if not key.startswith("PYTHON")},
        )
        assert run.returncode == 0, run.stderr[-2_000:]
        sys.stdout.write(run.stdout)

    return made
