"""Sentences and the facts behind their numbers: which facts a sentence refers to, and whether any number is without."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from lib.types import Block, Bullets, Fact, Paragraph, Section
from lib.workflows.reporting.evidence import Evidence

NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
ALWAYS = ("names/", "method/", "scorers/", "problems/", "lacking/")
"""What any sentence may name: names that people gave, constants of the method, and texts that stand whole."""


def say(evidence: Evidence, text: str, *prefixes: str, lead: bool = False) -> Paragraph:
    """A paragraph that refers to those facts under some prefixes whose numbers it writes."""
    return Paragraph(text, cited(text, evidence.facts, prefixes), lead)


def cited(text: str, facts: Mapping[str, Fact], prefixes: Iterable[str]) -> tuple[str, ...]:
    """Ids of the facts a text rests on: whole texts first, then facts with their interval, then single numbers."""
    if not numbers(text):
        return ()
    known = [fact for id, fact in facts.items() if id.startswith((*prefixes, *ALWAYS))]
    chosen = {fact.id for fact in known if quoted(fact, text)}
    needed = numbers(without(text, (facts[id] for id in chosen)))
    figures = [fact for fact in known if not isinstance(fact.value, str)]
    missing = set(needed)
    for fits in (stands_whole, stands_alone, stands_beside):
        for fact in figures:
            gives = everything(fact)
            if gives & missing and fits(fact, needed, missing):
                chosen.add(fact.id)
                missing -= gives
    return tuple(fact.id for fact in known if fact.id in chosen)


def everything(fact: Fact) -> set[str]:
    """Every number that a fact gives, in every form."""
    return set().union(*(forms(each) for each in (fact.value, fact.low, fact.high, fact.n)))


def stands_whole(fact: Fact, needed: set[str], missing: set[str]) -> bool:  # noqa: ARG001 - all are asked alike
    """Whether a fact with an interval is written with both its ends."""
    return fact.low is not None and all(forms(each) & needed for each in (fact.value, fact.low, fact.high))


def stands_alone(fact: Fact, needed: set[str], missing: set[str]) -> bool:  # noqa: ARG001
    """Whether a fact's value is written that nothing else gave."""
    return bool(forms(fact.value) & missing)


def stands_beside(fact: Fact, needed: set[str], missing: set[str]) -> bool:  # noqa: ARG001
    """Whether anything of a fact is written, such as its n, that nothing else gave."""
    return True


def quoted(fact: Fact, text: str) -> bool:
    """Whether a fact is a text with a number that stands in another, and not within a longer number."""
    if not isinstance(fact.value, str) or fact.value not in text or not numbers(fact.value):
        return False
    return bool(as_quoted(fact.value).search(text))


@lru_cache(maxsize=10_000)
def as_quoted(value: str) -> re.Pattern[str]:
    """A text where no digit goes on before or behind it."""
    return re.compile(rf"(?<![\d.,]){re.escape(value)}(?![\d])")


def unexplained(paragraph: Paragraph, facts: Mapping[str, Fact]) -> set[str]:
    """The numbers of a paragraph that none of its facts gives, as they are written."""
    its = [facts[id] for id in paragraph.facts]
    left = numbers(without(paragraph.text, (fact for fact in its if quoted(fact, paragraph.text))))
    return left - set().union(*(everything(fact) for fact in its))


def without(text: str, quotes: Iterable[Fact]) -> str:
    """A text without the texts it quotes, the longest taken out first."""
    for value in sorted((str(fact.value) for fact in quotes), key=len, reverse=True):
        text = as_quoted(value).sub(" ", text)
    return text


def numbers(text: str) -> set[str]:
    """The numbers in a text as they are written, without signs: "1,200", "12.5"."""
    return set(NUMBER.findall(text))


@lru_cache(maxsize=100_000)
def forms(value: float | int | str | None) -> frozenset[str]:
    """The ways in which a sentence may write a number: as it is or in per cent, with at most three decimals."""
    if value is None or isinstance(value, str):
        return frozenset()
    if isinstance(value, int):
        return frozenset({f"{abs(value):,}", str(abs(value))})
    sizes = [abs(value), *([100 * abs(value)] if abs(value) <= 1 else [])]
    written = {f"{size:,.{digits}f}" for size in sizes for digits in range(4)}
    return frozenset(written | {f"{abs(value):g}", *(each.replace(",", "") for each in written)})


def paragraphs(blocks: Iterable[Block]) -> list[Paragraph]:
    """Every paragraph among some blocks and below them, in reading order."""
    found: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found.append(block)
        elif isinstance(block, Bullets):
            found += block.items
        elif isinstance(block, Section):
            found += paragraphs(block.blocks)
    return found


def used(sections: Iterable[Section], facts: Mapping[str, Fact]) -> tuple[Fact, ...]:
    """The facts that sections refer to, each once, in the order of the document."""
    ids = dict.fromkeys(id for each in paragraphs(sections) for id in each.facts)
    return tuple(facts[id] for id in ids)
