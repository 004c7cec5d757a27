"""The file to take in: handed over through the browser, or named by its path on the computer Evenhand runs on."""

import tempfile
from pathlib import Path
from typing import Any

import streamlit as st

from lib.errors import InterchangeError

LARGEST = 200  # MB: what is handed over lies in the server's memory
LOOPBACK = ("localhost", "127.0.0.1", "::1")
HERE = "import-path"


def choose_file() -> Path | None:
    """The chosen file, lying on this computer; None before one was chosen.

    Raises:
        InterchangeError: the path names no file.
    """
    upload, path = st.columns([3, 2], gap="large")
    with upload:
        uploaded = st.file_uploader(
            "A file",
            max_upload_size=LARGEST,
            key="import-upload",
            help="A bundle, or recorded outputs as CSV, JSONL, Parquet, ChainForge, lm-evaluation-harness, Inspect or "
            "promptfoo write them.",
        )
    with path:
        given = ask_path() if local() else ""
    if uploaded is not None:
        return kept(uploaded)
    return named(given) if given.strip() else None


def local() -> bool:
    """Whether only people at this computer reach the server: others must not have its files read to them."""
    return st.get_option("server.address") in LOOPBACK and "is_logged_in" not in st.user


def ask_path() -> str:
    """A path as it was typed."""
    given = st.text_input(
        "Or its path on this computer",
        key=HERE,
        persist_state="session",
        placeholder="/home/me/outputs.parquet",
        help="For files too large to hand over through the browser. Nothing is changed in it.",
    )
    return given or ""


def named(text: str) -> Path:
    """The file at a path that was typed."""
    path = Path(text.strip()).expanduser()
    try:
        there = path.is_file()
    except (OSError, ValueError):  # too long, or with a NUL in it
        there = False
    if not there:
        raise InterchangeError(f"file {text.strip()[:200]}", "there is no such file here", "Check its path.")
    return path


def kept(uploaded: Any) -> Path:
    """An uploaded file written where workflows can read it, under the name it had; it vanishes with the session."""
    known: tuple[str, Path] | None = st.session_state.get("import-kept")
    if known is None or known[0] != uploaded.file_id:
        path = Path(folder().name) / uploaded.file_id / name_of(uploaded.name)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(uploaded.getbuffer())
        if known is not None:
            known[1].unlink(missing_ok=True)
        known = st.session_state["import-kept"] = (uploaded.file_id, path)
    return known[1]


def name_for(path: Path) -> str:
    """What the session keys about a file begin with: another file, or the same after a change, starts afresh."""
    return f"import-{hash((str(path), path.stat().st_mtime_ns)):x}"


def folder() -> "tempfile.TemporaryDirectory[str]":
    """The session's own folder, which is deleted when nobody holds it any more."""
    made: tempfile.TemporaryDirectory[str] | None = st.session_state.get("import-folder")
    if made is None:
        made = st.session_state["import-folder"] = tempfile.TemporaryDirectory(prefix="evenhand-")
    return made


def name_of(name: str) -> str:
    """A file's name without anything that could lead elsewhere; its ending tells its format."""
    plain = "".join(letter if letter.isalnum() or letter in "._- " else "_" for letter in name)[-100:]
    return plain.lstrip(". ") or "file"
