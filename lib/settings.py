"""Paths, defaults and the choice of device: everything an environment may change, in one place."""

import os
import re
import tomllib
from pathlib import Path

from platformdirs import user_cache_path

from lib.errors import AuditError

ROOT = Path(__file__).resolve().parent.parent


def database_path() -> Path:
    """Where audits are kept: `EVENHAND_DB`, else audits.duckdb at the top of the project."""
    return Path(os.environ.get("EVENHAND_DB") or ROOT / "audits.duckdb").expanduser().resolve()


def cache_path() -> Path:
    """Where converted models are kept: `EVENHAND_CACHE`, else the user's cache folder."""
    return Path(os.environ.get("EVENHAND_CACHE") or user_cache_path("evenhand")).expanduser().resolve()


def banks_path() -> Path:
    """The folder of prompt banks: `EVENHAND_BANKS`, else prompt_banks/."""
    return Path(os.environ.get("EVENHAND_BANKS") or ROOT / "prompt_banks").expanduser().resolve()


def codebooks_path() -> Path:
    """The folder of codebooks: `EVENHAND_CODEBOOKS`, else codebooks/."""
    return Path(os.environ.get("EVENHAND_CODEBOOKS") or ROOT / "codebooks").expanduser().resolve()


def examples_path() -> Path:
    """The folder of recorded example audits."""
    return ROOT / "examples"


def worker_count() -> int | None:
    """How many worker processes to use when `EVENHAND_WORKERS` says so, else None: decide by cores and memory."""
    return int(os.environ["EVENHAND_WORKERS"]) if os.environ.get("EVENHAND_WORKERS") else None


def secret(name: str) -> str | None:
    """A key by name, from the environment or .streamlit/secrets.toml; never stored anywhere else."""
    if os.environ.get(name):
        return os.environ[name]
    path = ROOT / ".streamlit" / "secrets.toml"
    if not path.exists():
        return None
    try:
        value = tomllib.loads(path.read_text(encoding="utf-8")).get(name)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        place = re.search(r"line \d+", str(problem))  # the parser's own words could quote a key
        cause = f"it is not valid TOML{f' ({place.group()})' if place else ''}"
        raise AuditError(".streamlit/secrets.toml", cause, 'Write each key as NAME = "value".') from None
    return value if isinstance(value, str) else None


def choose_device() -> tuple[str, str]:
    """The torch device for local models and the reason for it; `EVENHAND_DEVICE` overrides."""
    import torch  # only worker processes call this

    if os.environ.get("EVENHAND_DEVICE"):
        return os.environ["EVENHAND_DEVICE"], "set by EVENHAND_DEVICE"
    if torch.cuda.is_available():
        return "cuda", f"a CUDA GPU is there ({torch.cuda.get_device_name()})"
    if torch.backends.mps.is_available():
        return "mps", "an Apple GPU is there"
    return "cpu", "no GPU was found"
