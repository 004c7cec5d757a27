"""Set up `.venv` with what Evenhand needs: `python bootstrap.py`, and `--dev` for the test tools too.

Uses nothing but the standard library, so that any Python 3.11 or newer can run it. A second call
with unchanged requirements returns at once. `TORCH_INDEX=URL` takes torch from another package
index, such as the CPU-only one that pytorch.org's "Get started" page names.
"""

from __future__ import annotations  # lets an older Python get as far as being told that it is too old

import argparse
import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
BIN = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")


class SetupFailed(Exception):
    """A step did not work; the message says which, and what to do."""


def main() -> int:
    """Make the environment, install what is missing, say what went wrong if anything did."""
    parser = argparse.ArgumentParser(description="Set up .venv for Evenhand.")
    parser.add_argument("--dev", action="store_true", help="install the test and lint tools too")
    dev = parser.parse_args().dev
    try:
        check_python()
        make_environment()
        install_torch()
        install("requirements.txt")
        install("requirements-nodeps.txt", "--no-deps")
        if dev:
            install("requirements-dev.txt")
    except SetupFailed as problem:
        print(f"\nSetup stopped: {problem}", file=sys.stderr)  # noqa: T201 - this is a terminal program
        return 1
    return 0


def check_python() -> None:
    """Refuse a Python that is too old before pip does so in words nobody understands."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is what tells an older Python so
        raise SetupFailed(
            f"this is Python {sys.version.split()[0]}, and Evenhand needs 3.11 or newer. "
            "Install one and call it by name, for example: make run PYTHON=python3.12"
        )


def make_environment() -> None:
    """Create `.venv` unless it is there and its Python still works."""
    if (
        PYTHON.exists()
        and subprocess.run([PYTHON, "-c", "import pip"], capture_output=True, check=False).returncode == 0
    ):
        return
    say("making .venv")
    try:
        venv.create(ENVIRONMENT, with_pip=True, clear=True)
    except (OSError, subprocess.CalledProcessError) as problem:
        raise SetupFailed(
            f"the virtual environment could not be made ({problem}). On Debian and Ubuntu install the package "
            "python3-venv; check too that this folder can be written to and the disk is not full"
        ) from problem


def install_torch() -> None:
    """Install torch first: with it there, nothing below pulls in another build."""
    pin = next(line for line in lines("requirements.txt") if line.startswith("torch=="))
    index = os.environ.get("TORCH_INDEX")
    run_pip("torch", pin, *(["--index-url", index] if index else []))


def install(file: str, *options: str) -> None:
    """Install one requirements file."""
    run_pip(file, *options, "-r", file)


def run_pip(what: str, *arguments: str) -> None:
    """Run pip once for these arguments and these requirements; remember that it worked."""
    marker = ENVIRONMENT / f".done-{what}"
    wanted = fingerprint(*arguments)
    if marker.exists() and marker.read_text() == wanted:
        return
    say(f"installing {what}")
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments]
    if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
        raise SetupFailed(
            f"pip could not install {what}; its own words are above. "
            "No network or a proxy: set HTTPS_PROXY or PIP_INDEX_URL and call again. "
            "Disk full: about 3 GB are needed. "
            "torch too large or not found: on Linux without a GPU set TORCH_INDEX to the CPU index that "
            "pytorch.org's 'Get started' page shows. What was installed so far is kept"
        )
    marker.write_text(wanted)


def fingerprint(*arguments: str) -> str:
    """Changes when the arguments or a named requirements file change."""
    files = [(ROOT / argument).read_bytes() for argument in arguments if argument.endswith(".txt")]
    return hashlib.sha256(b"\0".join([" ".join(arguments).encode(), *files])).hexdigest()


def lines(file: str) -> list[str]:
    """The lines of a requirements file."""
    return (ROOT / file).read_text(encoding="utf-8").splitlines()


def say(text: str) -> None:
    """One line of progress."""
    print(f"Evenhand setup: {text} …", flush=True)  # noqa: T201 - this is a terminal program


if __name__ == "__main__":
    sys.exit(main())
