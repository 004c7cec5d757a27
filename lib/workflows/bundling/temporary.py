"""Folders to unpack audits in, gone afterwards; those of a process that was killed go at the next use."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_OURS = re.compile(r"evenhand-bundle-([0-9]+)-.*")


@contextmanager
def temporary() -> Iterator[Path]:
    """A new folder that nobody else reads, for as long as it takes."""
    clear_stale()
    with tempfile.TemporaryDirectory(prefix=f"evenhand-bundle-{os.getpid()}-") as folder:
        yield Path(folder)


def clear_stale() -> None:
    """Remove the folders of processes that are no more; what another user left is theirs."""
    for path in Path(tempfile.gettempdir()).glob("evenhand-bundle-*"):
        found = _OURS.fullmatch(path.name)
        if found and _is_mine(path) and not _alive(int(found[1])):
            shutil.rmtree(path, ignore_errors=True)


def _is_mine(path: Path) -> bool:
    try:
        about = path.lstat()
    except OSError:
        return False
    return path.is_dir() and not path.is_symlink() and (os.name == "nt" or about.st_uid == os.getuid())


def _alive(process: int) -> bool:
    import psutil

    return bool(psutil.pid_exists(process))
