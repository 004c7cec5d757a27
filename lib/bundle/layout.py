"""What a bundle is made of: which files, in which order, and how far its pieces may grow."""

import re

VERSION = 1

MANIFEST, CHAIN = "manifest.json", "chain.jsonl"
HISTORIES = ("history.jsonl", "texts.jsonl", "failures.jsonl")
"""Files whose every line stands in the chain by itself, so that a line that goes, comes or changes is named."""

MOST_BYTES = 0xFFFF_FFFE  # what a ZIP of the plain kind can hold
MOST_FILES = 0xFFFE
MOST_MANIFEST = 65_536
MOST_CHAIN = 256 << 20

_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*")


def is_plain_name(name: str) -> bool:
    """Whether a file of a bundle may be called so: small letters and digits in folders, nothing that leaves them."""
    return _NAME.fullmatch(name) is not None and ".." not in name


def by_lines(name: str) -> bool:
    """Whether each line of a file stands in the chain by itself."""
    return name.rpartition("/")[2] in HISTORIES


def in_order(names: list[str]) -> list[str]:
    """The files of a bundle in the order in which they lie in it, behind manifest and chain."""
    return sorted(names)
