"""What is wrong with an archive, before it is known which family of errors its reader raises."""

DAMAGED = "Get the file again; it was cut off or changed on the way."
UNTRUSTED = "Do not open it with anything else either, unless you know who made it and why."


class Flaw(Exception):
    """A cause and a remedy, and the member it is about ("" for the archive)."""

    def __init__(self, cause: str, remedy: str, member: str = "") -> None:
        super().__init__(cause, remedy, member)
        self.cause = cause
        self.remedy = remedy
        self.member = member


def shown(name: str) -> str:
    """A name for a message: unseen characters as escapes, and not longer than a line."""
    seen = "".join(one if one.isprintable() else f"\\u{ord(one):04x}" for one in name[:80])
    return seen + "…" if len(name) > 80 else seen
