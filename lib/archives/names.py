"""Which names a member may have."""

import re
import unicodedata

from lib.archives.flaw import UNTRUSTED, Flaw

MAX_BYTES = 255
DRIVE = re.compile(r"[A-Za-z]:")


def decoded(raw: bytes, utf8: bool) -> str:
    """A member's name as text; raises Flaw when it is no UTF-8 although it says so, or too long."""
    if len(raw) > MAX_BYTES:
        raise Flaw(
            f"a name in it has {len(raw):,} bytes", f"Names may have {MAX_BYTES}; {UNTRUSTED}", raw.decode("cp437")
        )
    try:
        return raw.decode("utf-8" if utf8 else "cp437")
    except UnicodeDecodeError:
        raise Flaw("a name in it is not UTF-8", UNTRUSTED, raw.decode("cp437")) from None


def check_name(name: str) -> None:
    """Raises Flaw when a name could mean a place outside, or two different places."""
    if cause := _wrong(name):
        raise Flaw(cause, UNTRUSTED, name)


def _wrong(name: str) -> str:
    if not name.strip():
        return "its name is empty"
    if not name.isprintable():
        return "its name has control characters or others that cannot be seen"
    if "\\" in name:
        return "its name has a backslash"
    if name.startswith("/") or DRIVE.match(name):
        return "its name begins at the root of a disk"
    parts = name.removesuffix("/").split("/")
    if ".." in parts:
        return "its name leads out of the archive"
    return "its name has an empty part" if {"", "."} & set(parts) else ""


def folded(name: str) -> str:
    """A name as file systems that ignore case and Unicode forms compare it."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name.removesuffix("/")).casefold())
