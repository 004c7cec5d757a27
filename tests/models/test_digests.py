"""Digests of files: right, remembered, and never of an older state of the file."""

import hashlib
import os
from pathlib import Path

import pytest

from lib.models.digests import file_digest, files_digest


def test_a_single_file_has_the_digest_that_sha256sum_prints(tmp_path: Path) -> None:
    """One file's digest is its plain SHA-256, so that anyone can compare it."""
    (tmp_path / "a").write_bytes(b"weights")
    assert file_digest(tmp_path / "a") == hashlib.sha256(b"weights").hexdigest() == files_digest([tmp_path / "a"])


def test_several_files_are_hashed_as_sha256sum_lists_them(tmp_path: Path) -> None:
    """Shards are combined in order of name, whatever order they are given in."""
    for name in "ab":
        (tmp_path / name).write_text(name)
    listing = "".join(f"{hashlib.sha256(name.encode()).hexdigest()}  {name}\n" for name in "ab")
    expected = hashlib.sha256(listing.encode()).hexdigest()
    assert files_digest([tmp_path / "b", tmp_path / "a"]) == files_digest([tmp_path / "a", tmp_path / "b"]) == expected


def test_the_second_time_the_file_is_not_read(tmp_path: Path) -> None:
    """A digest is remembered under path, size and time: content changed behind all three goes unseen."""
    path = tmp_path / "a"
    path.write_bytes(b"one")
    state = path.stat()
    first = file_digest(path)
    path.write_bytes(b"two")
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert file_digest(path) == first


def test_a_changed_file_is_hashed_again(tmp_path: Path) -> None:
    """A new time of change means a new digest, even at the same size."""
    path = tmp_path / "a"
    path.write_bytes(b"one")
    first = file_digest(path)
    path.write_bytes(b"two")
    os.utime(path, ns=(1, 1))
    assert file_digest(path) != first


def test_a_cache_that_cannot_be_written_costs_only_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a file where the cache folder should be, digests are still right."""
    (tmp_path / "a").write_bytes(b"one")
    (tmp_path / "blocked").touch()
    monkeypatch.setenv("EVENHAND_CACHE", str(tmp_path / "blocked"))
    assert file_digest(tmp_path / "a") == hashlib.sha256(b"one").hexdigest()
