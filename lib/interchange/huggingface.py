"""A data set in the layout of the Hugging Face Hub: Parquet files under data/, and a card that says what they are.

The card is README.md: YAML between two lines of dashes, then Markdown. What a user or a model wrote goes into either
only so that it can neither end it nor be read as markup.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import yaml

from lib.types import NO_LANGUAGE

CARD = "README.md"
DATA = "data"

LICENCES = (
    *("apache-2.0", "mit", "cc0-1.0", "cc-by-4.0", "cc-by-sa-4.0", "cc-by-nc-4.0", "cc-by-nc-sa-4.0", "cc-by-nd-4.0"),
    *("cc-by-3.0", "cc-by-sa-3.0", "cc-by-2.0", "openrail", "odc-by", "odbl", "pddl", "bsd-3-clause", "gpl-3.0"),
)
"""Licences that the Hub knows by these names, as far as banks come under them; any other is "other" with its name."""

SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))

# Punctuation that means something anywhere in a line, or at its start, or that makes words a link.
_MARKUP = re.compile(r"([\\`*_\[\]|~$@])|^([-+#>=:!])|(?<=^www)(\.)|(?<=\Wwww)(\.)|(:)(?=//)")
_ITEM = re.compile(r"^(\d{1,9})([.)])")


@dataclass(frozen=True, slots=True)
class Part:
    """One part ("config") of a data set: its name, its file below the folder, its rows, and its columns explained."""

    name: str
    file: str
    rows: int
    fields: tuple[tuple[str, str, str], ...]
    """(column, type, what it holds)"""


@dataclass(frozen=True, slots=True)
class Card:
    """What the card of a data set says; all texts are plain, whoever wrote them.

    Attributes:
        licence: that of the prompts, as their bank states it.
        made: how the data came about, a sentence or two each.
        limits: what they do not show.
        citation: how to refer to them.
    """

    title: str
    question: str
    source: str
    licence: str
    language: str
    notice: str
    made: tuple[str, ...]
    limits: tuple[str, ...]
    citation: str
    parts: tuple[Part, ...]
    tags: tuple[str, ...] = ("bias", "fairness", "counterfactual", "evenhand")


def write_card(card: Card) -> str:
    """The text of README.md."""
    return f"---\n{_front(card)}---\n\n{_body(card)}"


def licence_id(licence: str) -> str:
    """The Hub's name for a licence, "other" for one it has no name for."""
    plain = re.sub(r"\s+", "-", licence.strip().lower())
    return plain if plain in LICENCES else "other"


def inert(text: str) -> str:
    """A text as one line of Markdown that shows it as it is: no markup, no HTML, nothing unseen that turns lines."""
    seen = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in text)
    words = " ".join(seen.split())
    escaped = _MARKUP.sub(lambda found: f"\\{found[0]}", words.replace("&", "&amp;").replace("<", "&lt;"))
    return _ITEM.sub(r"\1\\\2", escaped)


def _front(card: Card) -> str:
    """The card's machine-readable half."""
    licence = licence_id(card.licence)
    named = {"license_name": card.licence.strip()[:200] or "not stated"} if licence == "other" else {}
    front = {
        "pretty_name": _one_line(card.title),
        "license": licence,
        **{key: _one_line(value) for key, value in named.items()},
        **({} if card.language == NO_LANGUAGE else {"language": [card.language]}),
        "tags": list(card.tags),
        "size_categories": [_size(max((part.rows for part in card.parts), default=0))],
        "configs": [
            {"config_name": part.name, "data_files": [{"split": "train", "path": part.file}]}
            | ({"default": True} if number == 0 else {})
            for number, part in enumerate(card.parts)
        ],
    }
    return yaml.safe_dump(front, sort_keys=False, allow_unicode=True, width=10_000)


def _body(card: Card) -> str:
    """The card's half for people."""
    blocks = [
        f"# {inert(card.title)}",
        inert(card.question),
        "## Content notice",
        inert(card.notice),
        "## How it was made",
        _bullets([f"Prompts: {card.source}", f"Licence of the prompts: {card.licence}", *card.made]),
        *(block for part in card.parts for block in _part(part)),
        "## Limits",
        _bullets(card.limits),
        "## Citation",
        inert(card.citation),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _part(part: Part) -> list[str]:
    rows = [f"| {inert(name)} | {inert(kind)} | {inert(meaning)} |" for name, kind, meaning in part.fields]
    table = "\n".join(["| Column | Type | What it holds |", "| --- | --- | --- |", *rows])
    return [f"## {inert(part.name)}: {part.rows:,} rows", table]


def _bullets(items: Sequence[str]) -> str:
    return "\n".join(f"- {inert(item)}" for item in items)


def _one_line(text: str) -> str:
    """A text that YAML writes on one line, so that none of it can look like the end of the front matter."""
    return " ".join("".join(" " if unicodedata.category(letter)[0] == "C" else letter for letter in text).split())


def _size(rows: int) -> str:
    return next((name for below, name in SIZES if rows < below), "1M<n<10M")
