"""Text made fit for the screen: escaped for labels, control characters made visible, spans of time."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping

MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$&\"'^=/])")
# Streamlit and its Markdown reader look for links, e-mail addresses, :emoji:, :icons: and :colour[…]
# again after escapes were resolved. An invisible word joiner keeps them from matching.
AUTOLINK = re.compile(r"[:@]|\bwww(?=\.)", re.IGNORECASE)
JOINER = "\u2060"

# Joiners that scripts and emoji need (U+200C, U+200D) stay as they are.
KEPT_FORMATS = {"\u200c", "\u200d", "\u00ad"}
CONTROL_PICTURES = 0x2400


def plain(text: str, limit: int = 200) -> str:
    """`text` for a label, title or message that Streamlit reads as Markdown: shown letter by letter.

    Line breaks become spaces, unseen characters visible, and anything beyond `limit` an ellipsis.
    """
    line = visible(" ".join(shorten(text, limit).split()))
    return MARKDOWN.sub(r"\\\1", AUTOLINK.sub(lambda match: match[0] + JOINER, line))


def shorten(text: str, limit: int) -> str:
    """`text` cut to `limit` characters, the last of them an ellipsis when something is missing."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def visible(text: str) -> str:
    """`text` with control characters, direction marks and other unseen characters as visible symbols.

    Line breaks, tabs and spaces stay; a model must not be able to reorder or hide what a reader sees.
    """
    return text if text.isascii() and text.isprintable() else "".join(map(visible_character, text))


def visible_character(character: str) -> str:
    """One character, or the symbol that stands for it: ␀ … ␟, ␡, else its number as ⟨U+202E⟩."""
    code = ord(character)
    if character in "\n\t" or character in KEPT_FORMATS:
        return character
    if code < 0x20:
        return chr(CONTROL_PICTURES + code)
    if code == 0x7F:
        return "\u2421"
    if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}:
        return f"⟨U+{code:04X}⟩"
    return character


def group_name(label: str) -> str:
    """A group as a person reads it: "muslim+woman" is "muslim + woman", "woman>man" is "woman, then man"."""
    return label.replace("_", " ").replace("+", " + ").replace(">", ", then ")


def duration(seconds: float) -> str:
    """A span of time as a person says it: "under a minute", "4 min", "2 h 10 min", "3 days"."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return "under a minute"
    if minutes < 60:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    if hours < 48:
        return f"{hours} h {rest} min" if rest else f"{hours} h"
    return f"{round(hours / 24)} days"


def count(number: int, singular: str, plural: str = "") -> str:
    """A number with its noun: "1 cell", "1,200 cells"."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def distinct(titles: Mapping[str, str]) -> dict[str, str]:
    """Titles by id, with the id added where two are the same: Streamlit tells options apart by what they say."""
    seen = Counter(titles.values())
    return {id: f"{title} ({id})" if seen[title] > 1 else title for id, title in titles.items()}
