"""Matched sets where a file names none: outputs that agree in everything but the group.

Two things show which prompts belong together: columns that a set has in common (the variables of a template, or what
somebody names), or the prompts themselves, once the words for their groups are taken out. Where neither does, an
output is in no set: a wrong pair would give a wrong number.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from lib.interchange.recorded import RecordedOutput

WORD = re.compile(r"\w+")
MOST_MARKS = 3
GAP = "{}"


class Wording:
    """What stands for the groups in the prompts of a whole file; learns from every output before any is asked about.

    Words for a group are its name, the mapped term, and its marks: words that stand in every prompt of the group and
    in none of another, such as “she”, where the group has several prompts and few such words.
    """

    def __init__(self) -> None:
        self._common: dict[str, set[str]] = {}  # by group: the words of all its prompts
        self._owner: dict[str, str | None] = {}  # by word: the one group that has it
        self._prompts: dict[str, set[int]] = {}  # by group: two different prompts
        self._seeds: dict[int, str] = {}
        self._marks: dict[str, frozenset[str]] | None = None
        self._any: set[int] = set()
        self.seeds_are_shared = False

    def learn(self, output: RecordedOutput) -> None:
        """Take one output in."""
        group, text = output.group.strip(), _without(_text(output), output)
        if not group:
            return
        words = set(WORD.findall(text.casefold()))
        self._common[group] = self._common[group] & words if group in self._common else words
        for word in words:
            if self._owner.setdefault(word, group) != group:
                self._owner[word] = None
        for prompts in (self._prompts.setdefault(group, set()), self._any):
            if len(prompts) < 2:
                prompts.add(hash(text))
        if output.seed is not None and self._seeds.setdefault(output.seed, group) != group:
            self.seeds_are_shared = True

    @property
    def marks(self) -> dict[str, frozenset[str]]:
        """The marks of each group that has some."""
        if self._marks is None:
            found = {
                group: frozenset(word for word in words if self._owner[word] == group)
                for group, words in self._common.items()
                if len(self._prompts[group]) > 1
            }
            self._marks = {group: marks for group, marks in found.items() if 0 < len(marks) <= MOST_MARKS}
        return self._marks

    def neutral(self, output: RecordedOutput) -> str:
        """What was asked, without the words for its group; "" where it shows nothing of what it belongs to."""
        raw = _text(output)
        text = _without(raw, output)
        if marks := self.marks.get(output.group.strip()):
            text = WORD.sub(lambda found: GAP if found[0].casefold() in marks else found[0], text)
        # A prompt that every output has, and that names no group, pairs anything with anything.
        shows = output.prompt.strip() and (text != raw or len(self._any) > 1)
        return text if shows else ""


def derive_sets(
    outputs: Iterator[RecordedOutput], alike: Callable[[RecordedOutput], list[str]], wording: Wording | None
) -> Iterator[RecordedOutput]:
    """Outputs with the set they belong to: by what they are `alike` in, or by their wording where that is given.

    Model, template, system prompt and decoding always count. The second output of a prompt in a set, if neither its
    repeat nor its seed tells it apart, is the second repeat and begins a set with other seconds. Nothing that may be
    said of an answer counts, such as its category.
    """
    seen: Counter[str] = Counter()
    for output in outputs:
        text = wording.neutral(output) if wording else ""
        if wording and not text:
            yield output
            continue
        key = _key(output, alike(output), text)
        repeat = output.repeat
        if repeat is None and (wording is None or wording.seeds_are_shared):
            repeat = output.seed
        if repeat is None:
            member = _digest(key, output.group, _text(output))
            repeat = seen[member]
            seen[member] += 1
            output = replace(output, repeat=repeat)
        yield replace(output, set=_digest(key, str(repeat)))


def _key(output: RecordedOutput, alike: list[str], text: str) -> str:
    decoding = [output.temperature, output.top_p, output.top_k, output.max_tokens]
    system = "" if text else output.system  # it is part of the wording
    return json.dumps([output.model, output.template, system, decoding, alike, text])


def _text(output: RecordedOutput) -> str:
    """Everything that was asked."""
    return f"{output.system}\n\n{output.prompt}" if output.system else output.prompt


def _without(text: str, output: RecordedOutput) -> str:
    """A text with gaps for the group's name and its term."""
    for word in (output.term.strip(), output.group.strip()):
        if word:
            text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", GAP, text, flags=re.IGNORECASE)
    return text


def _digest(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts).encode("ascii")).hexdigest()[:16]
