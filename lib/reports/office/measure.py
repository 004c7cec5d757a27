"""How much room text takes on a slide, estimated on the safe side: PowerPoint tells nobody before it draws.

Widths are those of a wide typeface (DejaVu Sans), so that what fits by this estimate fits in Calibri too.
"""

import unicodedata

LINE = 1.25  # of the size of the letters
SMALL, CAPITAL, WIDE = 0.62, 0.78, 1.05
SLIM = frozenset("iljtfrI.,:;'!|()[] ")
SLIM_WIDTH = 0.42


def character_width(character: str) -> float:
    """The width of a character as a part of the size of the letters."""
    if character in SLIM:
        return SLIM_WIDTH
    if unicodedata.east_asian_width(character) in "WF":
        return WIDE
    if character.isupper() or character in "mwMW%@—…":
        return CAPITAL
    if unicodedata.combining(character):
        return 0.0
    return SMALL if ord(character) < 0x2000 else WIDE


def wrapped(text: str, points: float, inches: float) -> list[str]:
    """`text` in the lines it will take at this size and width; joined they are the text again."""
    room = inches * 72 / points
    return [line for part in text.split("\n") for line in _ended(_lines(part, room))][:-1] + _last(text, room)


def _ended(lines: list[str]) -> list[str]:
    return [*lines[:-1], lines[-1] + "\n"]


def _last(text: str, room: float) -> list[str]:
    return [_lines(text.rpartition("\n")[2], room)[-1]]


def _lines(text: str, room: float) -> list[str]:
    """One paragraph without line breaks in it, broken at spaces, and within words that are too long."""
    lines, line, width = [], "", 0.0
    for word in _words(text):
        wide = sum(map(character_width, word))
        if width + wide <= room:
            line, width = line + word, width + wide
            continue
        if line and wide <= room:
            lines.append(line)
            line, width = word, wide
            continue
        for character in word:
            wide = character_width(character)
            if line and width + wide > room:
                lines.append(line)
                line, width = "", 0.0
            line, width = line + character, width + wide
    return [*lines, line]


def _words(text: str) -> list[str]:
    """Words with the space that follows them."""
    words = text.split(" ")
    return [word + " " for word in words[:-1]] + words[-1:]


def inches_high(lines: int, points: float) -> float:
    """The height of so many lines."""
    return lines * points * LINE / 72
