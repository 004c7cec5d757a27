"""Whether the prompts of a matched set are alike: where they have little in common, they hardly belong together."""

import re
import zlib
from collections.abc import Set as Words

from lib.interchange.recorded import RecordedOutput

WORD = re.compile(r"\w+")
BITS = 512
LEAST = 3
"""Words that a prompt must have, without those for its group, to be judged."""

REMEMBERED = 1_000
"""Sets whose first prompt is kept, to be shown as an example."""


class Likeness:
    """Compares each prompt of a set with the first one of another group in it; learns from every output once.

    What is kept of a prompt is a number with a place for each of its words, so that memory grows little.
    """

    def __init__(self) -> None:
        self._first: dict[str, tuple[str, int]] = {}  # by set: its first group, and the words of its prompt
        self._prompts: dict[str, str] = {}
        self._unlike: set[str] = set()
        self.example: tuple[str, str] | None = None

    def learn(self, set_id: str, label: str, output: RecordedOutput) -> None:
        """Take in one output of a set."""
        words = words_of(output)
        if len(words) < LEAST:
            return
        mine = places(words)
        group, theirs = self._first.setdefault(set_id, (label, mine))
        if len(self._prompts) < REMEMBERED:
            self._prompts.setdefault(set_id, output.prompt)
        if group != label and 2 * (mine & theirs).bit_count() < max(mine.bit_count(), theirs.bit_count()):
            self._unlike.add(set_id)
            if set_id in self._prompts:
                self.example = self.example or (self._prompts[set_id], output.prompt)

    @property
    def unlike(self) -> int:
        """How many sets have prompts that share fewer than half of their words."""
        return len(self._unlike)


def words_of(output: RecordedOutput) -> set[str]:
    """The words of a prompt, without those for its group."""
    return found(output.prompt) - found(output.group) - found(output.term)


def found(text: str) -> set[str]:
    """The words of a text, however they are capitalised."""
    return set(WORD.findall(text.casefold()))


def places(words: Words[str]) -> int:
    """A number with a bit set for each word; the same one in every process."""
    made = 0
    for word in words:
        made |= 1 << zlib.crc32(word.encode("utf-8", "surrogatepass")) % BITS
    return made
