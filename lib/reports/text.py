"""Text made fit for any file: nothing in it is unseen, reorders what stands around it, or breaks XML or UTF-8."""

import re
import unicodedata
from typing import Any

KEPT = {"\n", "\t", "\u200c", "\u200d", "\u00ad"}  # joiners that scripts and emoji need, and the soft hyphen
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
CONTROL_PICTURES = 0x2400
BREAK = "\u200b"
RUN = re.compile(r"[^\s\u200b\u2e80-\U0010ffff]{25,}")  # beyond U+2E80 most scripts break anywhere by themselves
PIECE = 6


def fit(text: str) -> str:
    """`text` with every unseen character as a visible symbol; line breaks, tabs and spaces stay.

    U+0000 becomes ␀, a direction mark ⟨U+202E⟩, a lone surrogate ⟨U+D800⟩. The result is valid in UTF-8 and XML.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_seen, text.replace("\r\n", "\n")))


def _seen(character: str) -> str:
    code = ord(character)
    if character in KEPT:
        return character
    if code < 0x20:
        return chr(CONTROL_PICTURES + code)
    if code == 0x7F:
        return "\u2421"
    if unicodedata.category(character) in UNSEEN or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
        return f"⟨U+{code:04X}⟩"
    return character


def fit_throughout(value: Any) -> Any:
    """A value as JSON has it, with all its texts made fit."""
    if isinstance(value, str):
        return fit(value)
    if isinstance(value, dict):
        return {fit(key): fit_throughout(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [fit_throughout(inner) for inner in value]
    return value


def breakable(text: str) -> str:
    """`text` with places where very long words may be broken, for layout that breaks lines at spaces alone."""
    return RUN.sub(lambda run: BREAK.join(_pieces(run[0])), text)


def _pieces(run: str) -> list[str]:
    return [run[at : at + PIECE] for at in range(0, len(run), PIECE)]


def from_right(text: str) -> bool:
    """Whether the first letter that has a direction is read from right to left."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in {"R", "AL", "L"}:
            return direction != "L"
    return False
