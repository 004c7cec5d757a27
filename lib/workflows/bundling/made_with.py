"""What computes a bundle's numbers: when it is the same, they have to be the same to the last digit."""

import hashlib
import platform
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from lib import settings
from lib.types import Json
from lib.workflows.environment import environment, installed

_LIBRARIES = ("numpy", "scipy", "pandas", "duckdb", "pyarrow")
_SOURCES = (".py", ".sql", ".yaml")
_COMMIT = re.compile(r"[0-9a-f]{40}")
_CODE, _TITLES = "code", ("evenhand", "commit")


def made_with() -> Json:
    """Code, libraries and kind of processor; no path, no name of a machine.

    `code` is a digest of the very files that compute: commit and version only say where to find them.
    """
    around = environment()
    return {
        "evenhand": around["evenhand"],
        "commit": around["commit"],
        "code": code_digest(settings.ROOT / "lib"),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "libraries": {name: installed(name) for name in _LIBRARIES},
    }


@cache
def code_digest(folder: Path) -> str:
    """The SHA-256 over names and contents of the sources in a folder, as they were when it was first asked for."""
    files = (path for path in folder.rglob("*") if path.suffix in _SOURCES and path.is_file())
    return digest_of((path.relative_to(folder).as_posix(), path.read_bytes()) for path in files)


def digest_of(files: Iterable[tuple[str, bytes]]) -> str:
    """The SHA-256 over names and contents, in whatever order they come and whatever ends their lines."""
    digest = hashlib.sha256()
    for name, content in sorted(files):
        same_ends = content.replace(b"\r\n", b"\n")
        digest.update(f"{name} {hashlib.sha256(same_ends).hexdigest()}\n".encode())
    return digest.hexdigest()


def differences(one: Json, other: Json) -> list[str]:
    """In which of these two differ, in words ("numpy 2.3.1, here 2.4.0"); the same code is so in every checkout."""
    flat_one, flat_other = _flat(one), _flat(other)
    found = []
    if flat_one.pop(_CODE, None) != flat_other.pop(_CODE, None):
        found.append(f"{_code_said(one)}, here {_code_said(other)}")
    names = [name for name in dict.fromkeys([*flat_one, *flat_other]) if name not in _TITLES]
    return found + [
        f"{name} {flat_one.get(name) or '(none)'}, here {flat_other.get(name) or '(none)'}"
        for name in names
        if flat_one.get(name) != flat_other.get(name)
    ]


def certainty(recorded: Json, here: Json) -> str:
    """Where everything could be compared that cannot be here."""
    if recorded.get(_CODE) == here[_CODE]:
        return "Verify it with the very libraries and the kind of processor that made it."
    commit = str(recorded.get("commit", ""))
    if _COMMIT.fullmatch(commit):
        return (
            f"To be certain, verify it with the code that made it: git checkout {commit}. Look first whether that is "
            "a commit of Evenhand's own repository."
        )
    return "It names no commit that its code could be had from: ask for a bundle that was made with an unchanged one."


def _code_said(about: Json) -> str:
    commit = str(about.get("commit") or "")
    return f"evenhand {about.get('evenhand') or '(none)'}" + (f" at {commit[:12]}" if commit else "") + _changes(commit)


def _changes(commit: str) -> str:
    return " with changes" if commit.endswith("+changes") else ""


def _flat(about: Json) -> dict[str, str]:
    libraries = about.get("libraries", {})
    plain = {name: str(value) for name, value in about.items() if name != "libraries"}
    return plain | {name: str(value) for name, value in (libraries.items() if isinstance(libraries, dict) else ())}
