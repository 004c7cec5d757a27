"""Archives made to harm are refused with the reason; nothing is written and memory stays small."""

import os
import random
import struct
import tracemalloc

import pytest

from lib.archives import Limits, open_archive
from lib.errors import InterchangeError
from tests.archives.crafted import Told, archive

WIDE = 0xFFFF_FFFF


def unpack(path, limits):
    """Reads every member in parts, as a careful reader does."""
    with open_archive(path, limits=limits) as opened:
        for name in opened.sizes:
            with opened.open(name) as file:
                while file.read(65_536):
                    pass


@pytest.fixture
def refused(tmp_path, monkeypatch):
    """Opens and reads an archive that must be refused; gives the message, having looked that nothing was written."""
    monkeypatch.chdir(tmp_path)

    def tried(data: bytes, **limits: int) -> str:
        path = tmp_path / "given.zip"
        path.write_bytes(data)
        tracemalloc.start()
        with pytest.raises(InterchangeError) as raised:
            unpack(path, Limits(**limits))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 3_000_000
        assert os.listdir(tmp_path) == ["given.zip"]
        assert raised.value.remedy.endswith(".")
        return str(raised.value)

    return tried


@pytest.mark.parametrize(
    ("name", "cause"),
    [
        (b"/etc/passwd", "member /etc/passwd: its name begins at the root of a disk"),
        (b"C:/x", "member C:/x: its name begins at the root of a disk"),
        (b"c:x", "its name begins at the root of a disk"),
        (b"../x", "member ../x: its name leads out of the archive"),
        (b"a/../../x", "its name leads out of the archive"),
        (b"a\\..\\x", "its name has a backslash"),
        (b"", "its name is empty"),
        (b"  ", "its name is empty"),
        (b"a//b", "its name has an empty part"),
        (b"./a", "its name has an empty part"),
        (b"a\0.txt", "member a\\u0000.txt: its name has control characters"),
        (b"a\nb", "its name has control characters"),
        ("a\u202egnp.exe".encode(), "member a\\u202egnp.exe: its name has control characters"),
        (b"a" * 256, "a name in it has 256 bytes"),
        (b"\xff\xfe", "a name in it is not UTF-8"),
    ],
)
def test_names_that_are_not_plain(refused, name, cause):
    """Every name that could mean another place, or hide what it means, is refused."""
    assert cause in refused(archive(Told(name, flags=0x800)))


@pytest.mark.parametrize(
    ("first", "second"), [("a", "a"), ("a", "A"), ("straße", "STRASSE"), ("caf\u00e9", "cafe\u0301"), ("d/a", "D/a")]
)
def test_names_that_mean_the_same(refused, first, second):
    """Two names of one file, on this or on another disk, are refused."""
    said = refused(archive(Told(first.encode(), flags=0x800), Told(second.encode(), flags=0x800)))
    assert f"member {second}: its name is there twice" in said


@pytest.mark.parametrize("mode", [0o120777, 0o020644, 0o060644, 0o010644, 0o140644, 0o040755])
def test_what_is_no_file(refused, mode):
    """Links, devices, pipes, sockets, and folders that do not say so are refused."""
    assert "member a.txt: it is a link, a device or something else" in refused(archive(Told(mode=mode)))


@pytest.mark.parametrize(
    ("told", "cause"),
    [
        (Told(flags=1), "it is encrypted"),
        (Told(flags=0x41), "it is encrypted"),
        (Told(method=12), "it is packed in a way not known here (method 12)"),
        (Told(method=99), "it is packed in a way not known here (method 99)"),
        (Told(header_name=b"b.txt"), "its header and the directory contradict each other"),
        (Told(lies={"header": 5}), "its header is not where the directory says"),
        (Told(lies={"header": 10**9}), "it reaches beyond the end of what is packed"),
        (Told(lies={"packed": 10**6}), "it reaches beyond the end of what is packed"),
        (Told(lies={"packed": 3}), "its content is damaged"),
        (Told(lies={"size": 3}), "more comes out of it than it says"),
        (Told(lies={"size": 50}), "its content is damaged: the checksum differs"),
        (Told(lies={"crc": 1}), "its content is damaged: the checksum differs"),
        (Told(method=0, lies={"size": 3}), "its two sizes contradict each other"),
        (Told(method=93, lies={"packed": 9}), "its content is damaged: it cannot be unpacked"),
        (Told(lies={"disk": 1}), "its directory is damaged"),
        (Told(lies={"size": WIDE}), "its directory is damaged"),
        (Told(lies={"size": WIDE, "extra": struct.pack("<2HQ", 1, 8, 2**63)}), "it unpacks to 9,223,372,036,855 MB"),
        (Told(lies={"header": WIDE, "extra": struct.pack("<2HQ", 1, 8, 2**64 - 1)}), "it reaches beyond the end"),
        (Told(lies={"packed": WIDE, "extra": struct.pack("<2HQ", 1, 8, 2**64 - 1)}), "it reaches beyond the end"),
    ],
)
def test_members_that_lie(refused, told, cause):
    """What is said of a member is held against what is there, in both forms of the directory."""
    assert cause in refused(archive(told))


@pytest.mark.parametrize(
    ("lies", "cause"),
    [
        ({"members": 5, "here": 5}, "it says it has 5 members, and has 1"),
        ({"members": 2}, "it is one part of an archive of several"),
        ({"disk": 1}, "it is one part of an archive of several"),
        ({"begin": 10**6}, "its end contradicts itself"),
        ({"length": WIDE}, "its end contradicts itself"),
        ({"length": 0, "begin": 93}, "it says it has 1 members, and has 0"),
    ],
)
def test_ends_that_lie(refused, lies, cause):
    """The end of an archive must say exactly where its directory is and how much is in it."""
    assert cause in refused(archive(Told(), **lies))


def test_a_bomb(refused):
    """50 MB of zeros in 50 KB are not unpacked."""
    said = refused(archive(Told(content=bytes(50_000_000))))
    assert "member a.txt: it unpacks to more than 200 times its size, as a bomb does" in said


def test_a_bomb_that_hides_its_size(refused):
    """It says it is small, and is stopped at the first byte more."""
    assert "more comes out of it than it says" in refused(archive(Told(content=bytes(9_000_000), lies={"size": 9_000})))


def test_a_bomb_of_members_that_share_bytes(refused):
    """Entries that point at one member's bytes are refused, as are ones that begin inside another."""
    first = Told(b"a", bytes(1_000_000))
    assert "member b: it shares its bytes with another" in refused(
        archive(first, Told(b"b", bytes(1_000_000), lies={"header": 0}))
    )
    inner = archive(Told(b"inner", b"x"))
    outer = Told(b"outer", inner, method=0)
    nested = archive(outer, Told(b"inner", b"x", lies={"header": 30 + len(b"outer")}))
    assert "member inner: it shares its bytes with another" in refused(nested)


def test_limits(refused):
    """Each limit is kept by itself, and named."""
    three = archive(*(Told(name, b"x" * 2_000_000, 0) for name in (b"a", b"b", b"c")))
    assert "it has more than 2 members" in refused(three, members=2)
    assert "member a: it unpacks to 2.0 MB. Files in it may have 1.9 MB." in refused(three, member=1_900_000)
    assert "it unpacks to more than 5.0 MB" in refused(three, total=5_000_000)
    assert "it has 6.0 MB. An archive may have 1.0 MB." in refused(three, archive=1_000_000)


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", "it is not a ZIP archive"),
        (b"\x1f\x8b\x08 gzip", "it is not a ZIP archive"),
        (b"#!/bin/sh\n" + archive(Told()), "it is not a ZIP archive"),
        (archive(Told()) + b"more", "something stands behind its end, or its end is cut off"),
        (archive(Told(), comment=b"abc")[:-1], "something stands behind its end, or its end is cut off"),
        (archive(Told())[:-22], "its end is missing"),
        (archive(Told())[:-1], "its end is missing"),
    ],
)
def test_what_is_no_whole_archive(refused, data, cause):
    """Other files, and archives that were cut off or added to, are told apart."""
    assert cause in refused(data)


def test_noise_and_every_cut_are_refused_in_words(refused):
    """Whatever is cut off, an archive never opens or fails in any other way."""
    whole = archive(Told(b"a", b"words" * 50), Told(b"b", b"w" * 300, 0), Told(b"c", b"z" * 400, 93))
    for length in range(len(whole)):
        refused(whole[:length])


def test_changed_bytes_are_refused_in_words_or_change_nothing(tmp_path):
    """2,000 archives with one byte changed: each is read as before, or refused as an AuditError."""
    draw, path = random.Random(6), tmp_path / "given.zip"
    contents = {"a": b"words" * 50, "b": b"w" * 300, "c": b"z" * 400}
    whole = archive(Told(b"a", contents["a"]), Told(b"b", contents["b"], 0), Told(b"c", contents["c"], 93))
    refusals = 0
    for _ in range(2_000):
        changed = bytearray(whole)
        changed[draw.randrange(len(whole))] ^= draw.randrange(1, 256)
        path.write_bytes(changed)
        try:
            with open_archive(path) as opened:
                assert [opened.read(name) for name in opened.sizes] == list(contents.values())
        except InterchangeError:
            refusals += 1
    assert refusals > 1_000
