"""Where a stretch of text begins and ends, for tools that do not count as Python does.

Python counts code points, JavaScript 16-bit units: an emoji is one of the former and two of the latter. Label Studio
counted units at first and counts code points since 2021 (issues 1008 and 1347, pull request 1559 of its repository),
but its results also quote the words, which tells which of the two it was. Argilla's page counts units, its Python
library code points, and a result does not say which it came from (its issue 5729).
"""

from lib.annotation.formats.record import Flaw

_LAST_OF_ONE_UNIT = 0xFFFF


def units(text: str) -> int:
    """How many 16-bit units a text has."""
    return len(text) + sum(ord(letter) > _LAST_OF_ONE_UNIT for letter in text)


def from_units(text: str, place: int) -> int | None:
    """The code point that begins at a 16-bit unit; None inside of one, or outside the text."""
    count = 0
    for number, letter in enumerate(text):
        if count >= place:
            return number if count == place else None
        count += units(letter)
    return len(text) if count == place else None


def found_place(text: str, start: int, end: int, quoted: str | None) -> tuple[int, int]:
    """The stretch in code points that Label Studio means; raises Flaw when the words it quotes are not there.

    Label Studio writes a line end in a quotation as a backslash and an n.
    """
    if quoted is None:
        return start, end
    by_units = from_units(text, start), from_units(text, end)
    for first, last in ((start, end), by_units):
        if first is not None and last is not None and _plain(text[first:last]) == _plain(quoted):
            return first, last
    raise Flaw(
        f"the words “{quoted[:40]}” do not stand at {start} to {end} of this response",
        "Mark them again in the response as it is stored here.",
    )


def refuse_ambiguous(text: str, end: int) -> None:
    """Raise Flaw when a stretch ends after an emoji, so that nobody can tell how Argilla counted."""
    if units(text[:end]) != len(text[:end]):
        raise Flaw(
            "a marked stretch ends after an emoji, which Argilla's page and its library count differently",
            "Mark it here by hand.",
        )


def _plain(text: str) -> str:
    return " ".join(text.replace("\\n", " ").split())
