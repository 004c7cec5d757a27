"""Honest archives are read as they are; whoever opens one chooses the family of its errors."""

import tracemalloc
import zipfile

import pytest

from lib.archives import Limits, open_archive
from lib.errors import BundleError, InterchangeError
from tests.archives.crafted import Told, archive


@pytest.fixture
def written(tmp_path):
    """Writes an archive and gives its path."""

    def made(data: bytes):
        path = tmp_path / "given.zip"
        path.write_bytes(data)
        return path

    return made


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_what_the_standard_library_packs_comes_back(tmp_path, method):
    """Names beyond ASCII, empty and large files, a comment and what was added later come back byte for byte."""
    files = {"a.txt": b"words " * 50_000, "deep/er/ünï.json": b"{}", "empty": b"", "z": bytes(range(256)) * 300}
    with zipfile.ZipFile(tmp_path / "a.zip", "w", method) as file:
        file.comment = b"a comment"
        for name, content in files.items():
            file.writestr(name, content)
    with zipfile.ZipFile(tmp_path / "a.zip", "a", method) as file:
        file.writestr("later", b"more")
    with open_archive(tmp_path / "a.zip") as opened:
        assert opened.sizes == {name: len(content) for name, content in files.items()} | {"later": 4}
        assert {name: opened.read(name) for name in files} == files
        assert "a.txt" in opened
        assert "b.txt" not in opened


def test_an_archive_written_without_seeking_comes_back(tmp_path):
    """Sizes that stand behind a member, as in an archive that was written to a pipe, do no harm."""

    class Pipe:
        def __init__(self, file):
            self.write, self.flush = file.write, file.flush

    with (tmp_path / "a.zip").open("wb") as raw, zipfile.ZipFile(Pipe(raw), "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a", b"one" * 1_000)
        file.writestr("b", b"two")
    with open_archive(tmp_path / "a.zip") as opened:
        assert (opened.read("a"), opened.read("b")) == (b"one" * 1_000, b"two")


def test_an_archive_in_the_large_form_comes_back(tmp_path):
    """More than 65,535 members need the ZIP64 end, and sizes that are said to be large its extra fields."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as file:
        for number in range(65_536):
            file.writestr(str(number), b"")
        with file.open("large", "w", force_zip64=True) as member:
            member.write(b"not so large")
    with open_archive(tmp_path / "a.zip") as opened:
        assert len(opened.sizes) == 65_537
        assert opened.read("large") == b"not so large"


def test_zstd_comes_back(written):
    """A member packed with zstd, which Python's own zipfile does not know, is read."""
    with open_archive(written(archive(Told(content=b"words " * 99_999, method=93)))) as opened:
        assert opened.read("a.txt") == b"words " * 99_999


def test_members_are_files_that_can_be_read_side_by_side(written):
    """Two open members do not disturb each other, and lines come as from any file."""
    one, two = Told(b"1", b"a\nb\n" * 99_999), Told(b"2", b"c\n" * 99_999, method=0)
    with open_archive(written(archive(one, two))) as opened:
        pairs = zip(opened.open("1"), opened.open("2"), strict=False)
        assert [next(pairs) for _ in range(3)] == [(b"a\n", b"c\n"), (b"b\n", b"c\n"), (b"a\n", b"c\n")]


def test_reading_a_large_member_in_parts_takes_little_memory(written):
    """40 MB go through 1 MB of memory."""
    limits = Limits(ratio=2_000)
    with open_archive(written(archive(Told(content=bytes(40_000_000)))), limits=limits) as opened:
        tracemalloc.start()
        with opened.open("a.txt") as file:
            count = sum(len(part) for part in iter(lambda: file.read(100_000), b""))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert count == 40_000_000
    assert peak < 1_000_000


def test_folders_are_passed_over_where_they_are_expected(written):
    """An entry for a folder is refused unless the caller says otherwise; then it is not listed."""
    data = archive(Told(b"d/", b"", 0, mode=0o040755), Told(b"d/a", b"x"))
    with pytest.raises(InterchangeError, match="member d/: it is a folder where only files belong"):
        open_archive(written(data)).__enter__()
    with open_archive(written(data), directories=True) as opened:
        assert list(opened.sizes) == ["d/a"]


def test_the_caller_chooses_the_error(written):
    """A bundle that is no archive is a BundleError."""
    with pytest.raises(BundleError, match=r"archive given\.zip: it is not a ZIP archive"):
        open_archive(written(b"hello"), error=BundleError).__enter__()


def test_what_is_not_there_is_said(written, tmp_path):
    """A missing file, a folder and a missing member are each named."""
    with pytest.raises(InterchangeError, match=r"archive none\.zip: there is no such file"):
        open_archive(tmp_path / "none.zip").__enter__()
    with pytest.raises(InterchangeError, match="there is no such file"):
        open_archive(tmp_path).__enter__()
    with open_archive(written(archive(Told()))) as opened, pytest.raises(InterchangeError, match=r"b\.txt is not in"):
        opened.read("b.txt")
