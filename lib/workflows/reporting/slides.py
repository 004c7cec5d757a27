"""A slide: what stands on it, and the exact numbers in the notes of whoever speaks."""

from collections.abc import Sequence
from dataclasses import dataclass

from lib.types import Block, Bullets, Fact, Notice, NoticeKind, Paragraph, Section
from lib.workflows.reporting.evidence import Evidence
from lib.workflows.reporting.fact_words import say

MOST_WORDS = 18
EXAMPLE_WORDS = 12
"""Words of a prompt that stands as an example within a sentence."""


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide. `facts` are the ids of those that its notes name, beside those of its sentences."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    notes: str = ""
    facts: tuple[str, ...] = ()

    def section(self, evidence: Evidence) -> Section:
        """The slide as a section, its notes with the numbers behind it."""
        numbers = "\n".join(exact(evidence.facts[id]) for id in self.facts)
        behind = f"Numbers (fact: value, 95 % interval, n):\n{numbers}" if numbers else ""
        return Section(self.id, self.title, self.blocks, "\n\n".join(filter(None, (self.notes, behind))))


def exact(fact: Fact) -> str:
    """A fact as a speaker can look it up."""
    known = "unknown" if fact.value is None else str(fact.value)
    value = f"{fact.value:.6g}" if isinstance(fact.value, float) else known
    ends = f", {fact.low:.6g} to {fact.high:.6g}" if fact.low is not None and fact.high is not None else ""
    rests = f", n = {fact.n:,} {fact.unit}".rstrip() if fact.n is not None else ""
    return f"{fact.id}: {value}{ends}{rests}"


def points(evidence: Evidence, texts: Sequence[str], *prefixes: str) -> Bullets:
    """Short points, each with the facts its numbers come from."""
    return Bullets(tuple(say(evidence, text, *prefixes) for text in texts if text))


def sentence(evidence: Evidence, text: str, *prefixes: str) -> Paragraph:
    """The one sentence beside a chart."""
    return say(evidence, text, *prefixes, lead=True)


def lacks(title: str, text: str) -> Notice:
    """What stands where a chart would be: what is missing, and what to do."""
    return Notice(NoticeKind.LACKING, title, text)


def short(text: str, words: int = MOST_WORDS) -> str:
    """The beginning of a text, on one line."""
    every = text.split()
    return " ".join(every) if len(every) <= words else f"{' '.join(every[:words])} …"
