import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from lib.bundle.reading import is_bundle, opened
from lib.errors import BundleError
from tests.bundle.mutations import changes, members_of, named_at, rebuilt, with_byte

Found = Callable[[bytes], list[tuple[str, str, str]]]


def test_a_whole_bundle_has_nothing_wrong(whole: bytes, findings: Found) -> None:
    """A bundle as it was written gives no finding, and rebuilding its container gives its very bytes."""
    assert findings(whole) == []
    assert rebuilt(members_of(whole)) == whole


@pytest.mark.parametrize(("many", "seed"), [(100, 1), pytest.param(1_000, 2, marks=pytest.mark.slow)])
def test_no_change_passes_and_each_is_named(whole: bytes, findings: Found, many: int, seed: int) -> None:
    """Of a thousand random changes none passes, and what is found names what was changed."""
    for kind, changed in changes(whole, many, seed):
        found = findings(changed.content)
        assert found, kind
        told = [f"{where}: {said}" for _, where, said in found]
        assert any(name in line for name in changed.named for line in told), (kind, changed.named, told)


def test_a_changed_byte_is_found_exactly(whole: bytes, findings: Found) -> None:
    """Every 97th byte, flipped, is told by its place and by what it is and was, and nothing else is blamed."""
    for at in range(0, len(whole), 97):
        now = whole[at] ^ 0x15
        [(_, where, said)] = findings(with_byte(whole, at, now))
        assert where.split(" (")[0].startswith(named_at(whole, at).split(", line")[0])
        assert f"is {now:#04x}" in said
        assert f"{whole[at]:#04x}" in said


def test_a_history_is_named_by_its_line(whole: bytes, findings: Found) -> None:
    """An annotation that was taken out, changed or moved is named by its line."""
    members = members_of(whole)
    place = next(n for n, (name, _) in enumerate(members) if name == "assignments/0001/history.jsonl")
    name, content = members[place]
    lines = content.splitlines(keepends=True)

    def found_with(*changed: bytes) -> list[tuple[str, str]]:
        return [
            each[1:] for each in findings(rebuilt([*members[:place], (name, b"".join(changed)), *members[place + 1 :]]))
        ]

    assert found_with(*lines[:2], *lines[3:]) == [(f"{name}, line 3", "it was taken out")]
    assert found_with(*lines[:2], lines[0], *lines[2:]) == [(f"{name}, line 3", "it was put in")]
    assert found_with(lines[1], lines[0], *lines[2:]) == [(f"{name}, line 2", "it stands at line 1 now")]
    [(where, said)] = found_with(lines[0].replace(b"Annotator 1", b"Annotator 9"), *lines[1:])
    assert (where, said.startswith("byte "), said.endswith("is 0x39 and was 0x31")) == (f"{name}, line 1", True, True)


def test_another_program_s_zip_is_not_taken_for_ours(whole: bytes, findings: Found, tmp_path: Path) -> None:
    """The same files packed by something else are told from the canonical form, though the chain holds."""
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        for name, content in members_of(whole):
            archive.writestr(name, content)
    found = findings((tmp_path / "other.zip").read_bytes())
    assert {what for what, _, _ in found} == {"container"}
    assert "the header of manifest.json" in [where for _, where, _ in found]


CUT = b"PK\x03\x04" + bytes(40)


def test_a_bundle_is_told_from_other_files(whole: bytes, tmp_path: Path) -> None:
    """A bundle is one even when damaged; a text, an empty file, a folder and another ZIP are none, and say so."""
    path = tmp_path / "file.zip"
    path.write_bytes(whole[: len(whole) // 2])
    assert is_bundle(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("outside.txt", "x")
    files = {
        path.read_bytes(): "not a bundle",
        b"": "not a bundle",
        b"some text": "not a bundle",
        CUT: "its end is missing",
    }
    for content, said in files.items():
        path.write_bytes(content)
        assert not is_bundle(path)
        with pytest.raises(BundleError, match=said), opened(path):
            pass
    with pytest.raises(BundleError, match="cannot be read"), opened(tmp_path):
        pass


def test_a_newer_bundle_says_so(whole: bytes, tmp_path: Path) -> None:
    """A bundle of a later form is not misread as a damaged one."""
    members = members_of(whole)
    manifest = json.loads(members[0][1]) | {"bundle": 2}
    members[0] = ("manifest.json", json.dumps(manifest, sort_keys=True, indent=1).encode() + b"\n")
    (tmp_path / "newer.zip").write_bytes(rebuilt(members))
    with pytest.raises(BundleError, match="a newer Evenhand wrote it"), opened(tmp_path / "newer.zip"):
        pass
