import hashlib
import io
import json
import zipfile
import zlib
from pathlib import Path

import pytest

from lib.bundle.crc import one_byte_changes
from lib.bundle.pack import pack
from tests.bundle.mutations import members_of


def packed(folder: Path) -> bytes:
    file = io.BytesIO()
    pack(folder, {"run": "r1"}, file)
    return file.getvalue()


def test_the_chain_can_be_recomputed_with_nothing_but_sha256(whole: bytes) -> None:
    """Each link is SHA-256 of the one before and its line without the link; the first hashes the manifest."""
    members = dict(members_of(whole))
    manifest = json.loads(members["manifest.json"])
    seal = manifest.pop("seal")

    def plain(value: object) -> bytes:
        return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()

    link = hashlib.sha256(plain(manifest)).hexdigest()
    for line in members["chain.jsonl"].splitlines():
        entry = json.loads(line)
        stated = entry.pop("link")
        link = hashlib.sha256(link.encode() + plain(entry)).hexdigest()
        assert stated == link
        name, _, number = entry["what"].partition("#")
        content = members[name]
        piece = content.splitlines(keepends=True)[int(number) - 1] if number else content
        assert (entry["bytes"], entry["sha256"]) == (len(piece), hashlib.sha256(piece).hexdigest())
    assert link == seal


def test_every_line_of_a_history_is_an_entry(whole: bytes) -> None:
    """Annotations, failures and author's texts stand in the chain line by line; every other file as a whole."""
    members = dict(members_of(whole))
    told = [json.loads(line)["what"] for line in members["chain.jsonl"].splitlines()]
    assert [what for what in told if what.startswith("assignments/0001/history")] == [
        f"assignments/0001/history.jsonl#{n}" for n in range(1, 8)
    ]
    assert "responses.parquet" in told
    assert {what.partition("#")[0] for what in told} == set(members) - {"manifest.json", "chain.jsonl"}


def test_the_container_is_a_plain_zip(whole: bytes, tmp_path: Path) -> None:
    """Any program opens it: nothing compressed, one fixed time, no comments, manifest and chain first."""
    (tmp_path / "b.zip").write_bytes(whole)
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert archive.testzip() is None
        assert archive.namelist()[:2] == ["manifest.json", "chain.jsonl"]
        assert archive.namelist()[2:] == sorted(archive.namelist()[2:])
        assert {(each.compress_type, each.date_time, each.extra, each.comment) for each in archive.infolist()} == {
            (zipfile.ZIP_STORED, (1980, 1, 1, 0, 0, 0), b"", b"")
        }


def test_packing_twice_gives_the_same_bytes(folder: Path) -> None:
    """A bundle depends on nothing but its files."""
    assert packed(folder) == packed(folder)


def test_a_name_that_leaves_the_folder_is_not_packed(tmp_path: Path) -> None:
    """Files are called by small letters and digits; anything else is our own mistake."""
    (tmp_path / "Bad name.json").write_text("{}")
    with pytest.raises(ValueError, match=r"Bad name\.json"):
        packed(tmp_path)


@pytest.mark.parametrize("place", [0, 1, 511, 1022, 1023])
def test_one_changed_byte_is_found_from_a_checksum(place: int) -> None:
    """The CRC-32 of a block before tells which byte was changed and what it was."""
    before = bytes(n * n % 251 for n in range(1024))
    after = bytearray(before)
    after[place] ^= 0x5A
    assert (place, before[place]) in list(one_byte_changes(memoryview(after), zlib.crc32(before)))
    assert list(one_byte_changes(memoryview(before), zlib.crc32(before))) == []
