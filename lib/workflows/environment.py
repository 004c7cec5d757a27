"""What a run was made with: stored with every run and printed in every report."""

import importlib.metadata
import os
import platform
import subprocess
from functools import cache

from lib import __version__, settings
from lib.types import Json

LIBRARIES = ("torch", "transformers", "tokenizers", "peft", "accelerate", "gguf", "openai", "duckdb", "numpy", "pandas")


@cache
def environment() -> Json:
    """Code version, library versions and machine. No user name, no host name, no path."""
    return {
        "evenhand": __version__,
        "commit": commit(),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()}",
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "libraries": {name: version for name in LIBRARIES if (version := installed(name))},
    }


def installed(name: str) -> str:
    """The installed version of a distribution, or "" when it is not there."""
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


def commit() -> str:
    """The commit this code is at, "+changes" when files differ from it, "" outside a checkout."""
    command = ["git", "describe", "--always", "--abbrev=40", "--exclude=*", "--dirty=+changes"]
    try:
        done = subprocess.run(command, cwd=settings.ROOT, capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
