"""How much an archive may hold before it is refused."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What an archive may be at most, in bytes unless said otherwise.

    Attributes:
        archive: the file itself.
        members: how many files it may hold.
        member, total: one unpacked file, and all of them together.
        ratio: how many times larger than its packed form an unpacked file of more than `ratio_from` may be.
    """

    archive: int = 1_000_000_000
    members: int = 100_000
    member: int = 1_000_000_000
    total: int = 2_000_000_000
    ratio: int = 200
    ratio_from: int = 4_000_000


def megabytes(size: int) -> str:
    """A size as messages say it."""
    return f"{size / 1_000_000:,.0f} MB" if size >= 10_000_000 else f"{size / 1_000_000:,.1f} MB"
