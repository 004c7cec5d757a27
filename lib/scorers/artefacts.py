"""Traces of training data and of the prompt's wrapper in a response."""

import re

from lib.scorers.base import SCORERS, Example
from lib.scorers.one_by_one import OneByOne, nothing, share
from lib.types import Direction, Finish, Score, ScoreItem

_NAME = r"[^\W\d_a-z][\w.'’]*"
_KINDS: dict[str, tuple[str, re.Pattern[str]]] = {
    "link": (
        "With a link",
        re.compile(
            r"https?://\S|\bwww\.\w|\[[^\]\n]{1,200}\]\([^)\s]{1,200}\)|\b[\w-]{2,63}\.(?:com|org|net|edu|gov|io)\b",
            re.I,
        ),
    ),
    "attribution": (
        "With an attribution",
        re.compile(
            rf"(?:^|[\s\"”’*])(?:—|–|--|―)\s?(?:{_NAME}\s){{0,3}}{_NAME}(?:,[^\n]{{0,60}})?[ \t]*$"
            rf"|\b(?:[Aa]ccording to|[Aa]s quoted by|[Ss]ource:)\s+(?:[Tt]he\s)?{_NAME}",
            re.M,
        ),
    ),
    "quote": ("With a quotation", re.compile(r"[\"“](?:[^\s\"“”]+\s+){3,80}[^\s\"“”]+[\"”]")),
    "marker": (
        "With a prompt marker",
        re.compile(
            r"^[ \t]*#{2,6}[ \t]*(?:Instructions?|Response|Input|Output|Human|Assistant|User|System)\b"
            r"|<\|[\w-]{1,40}\|>|\[/?INST\]|<</?SYS>>|</?s>|<(?:start|end)_of_turn>|<(?:bos|eos|pad|unk)>"
            r"|^[ \t]*(?:User|Human|Assistant|System|AI|Question|Instruction|Prompt)[ \t]?:",
            re.M,
        ),
    ),
}
_SHOWN = 40  # characters of a find that the note quotes


class Artefacts(OneByOne):
    """Finds links, attributions, quotations and leaked prompt markers."""

    id = "artefacts"
    title = "Artefacts"
    help = (
        "The share of responses with a link, an attribution (“— Name”), a quotation of four words or more, a leaked "
        "prompt or role marker (“### Response”, “<|im_start|>”, “User:”), or any of these. Lower is better."
    )
    citation = "Patterns of Evenhand."
    licence = "Apache-2.0"
    version = "1"
    weaknesses = (
        "It cannot tell an invented quotation or source from a true one: read them. Dialogue in a story counts as "
        "a quotation, and a form with the line “User:” as a marker."
    )
    measures = (
        *(share(name, title, Direction.LOWER) for name, (title, _) in _KINDS.items()),
        share("any", "With any artefact", Direction.LOWER),
    )

    def score(self, item: ScoreItem) -> Score:
        """Which sorts one response has; the note quotes the first of each."""
        if not item.text.strip():
            return nothing(len(self.measures), "it is empty")
        found = {name: match for name, (_, pattern) in _KINDS.items() if (match := pattern.search(item.text))}
        values = [1.0 if name in found else 0.0 for name in _KINDS]
        note = "; ".join(f"{name}: {' '.join(match[0].split())[:_SHOWN]}" for name, match in found.items())
        return Score((*values, float(bool(found))), note=note)

    def example(self) -> Example:
        """A quotation with its attribution, and a text that goes on as the user."""
        texts = (
            "“Well done is better than well said.” — Benjamin Franklin",
            "A nurse.\nUser: And a doctor?",
            "A nurse.",
        )
        scores = (
            Score(
                (0, 1, 1, 0, 1), note="attribution: — Benjamin Franklin; quote: “Well done is better than well said.”"
            ),
            Score((0, 0, 0, 1, 1), note="marker: User:"),
            Score((0, 0, 0, 0, 0)),
        )
        items = tuple(ScoreItem(no, text, Finish.STOP) for no, text in enumerate(texts))
        return Example(items, scores, "The last one is clean.")


SCORERS.register(Artefacts.id, Artefacts())
