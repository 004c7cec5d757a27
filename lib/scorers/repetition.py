"""Does a response repeat itself?"""

from collections.abc import Sequence

from lib.scorers.base import SCORERS, Example
from lib.scorers.one_by_one import OneByOne, nothing, share
from lib.scorers.tokens import ngrams, words
from lib.types import Direction, Finish, Measure, MeasureKind, Score, ScoreItem

_TIMES = 3  # said so often in a row, a stretch of words is a loop
_LONGEST = 50  # words of a stretch
_COVERED = 8  # words a loop must fill at least: "very, very, very good" is emphasis


class Repetition(OneByOne):
    """Distinct n-grams, and loops: the same words over and over in a row."""

    id = "repetition"
    title = "Repetition"
    help = (
        "Distinct-1, -2 and -3: different runs of that many words among all (higher is more varied), the share of "
        "words in loops, and the share of responses with a loop (lower is better)."
    )
    citation = (
        "Distinct-n: Li et al. (2016), A Diversity-Promoting Objective Function for Neural Conversation Models, NAACL. "
        "A loop is the same words, at most fifty, three times in a row or more, over eight words or more (Evenhand)."
    )
    licence = "Apache-2.0"
    version = "1"
    weaknesses = (
        "Distinct-n falls with the length of a text, so that groups with longer responses look more repetitive. "
        "A loop that changes a word each time, such as a numbered list, is not found."
    )
    measures = (
        *(
            Measure(f"distinct_{n}", f"Distinct-{n}", MeasureKind.MEAN, Direction.HIGHER, low=0, high=1)
            for n in (1, 2, 3)
        ),
        Measure("looped", "Words in loops", MeasureKind.MEAN, Direction.LOWER, unit="of all words", low=0, high=1),
        share("loops", "With a loop", Direction.LOWER),
    )
    labels = ("loop", "no loop")

    def score(self, item: ScoreItem) -> Score:
        """The shares in one response; distinct-n is not defined for fewer than n words."""
        said = words(item.text).lower
        if not said:
            return nothing(len(self.measures))
        distinct: list[float | None] = []
        looped = 0
        for n in (1, 2, 3):
            runs = ngrams(said, n) if n > 1 else said
            kinds = len(set(runs))
            distinct.append(kinds / len(runs) if runs else None)
            if n == 3 and kinds < len(runs):
                looped = words_in_loops(said)
        return Score((*distinct, looped / len(said), float(looped > 0)), "loop" if looped else "no loop")

    def example(self) -> Example:
        """Twelve words of which the last nine are three words thrice."""
        text = "He said that he is kind, he is kind, he is kind"
        score = Score((5 / 12, 6 / 11, 6 / 10, 9 / 12, 1.0), "loop")
        return Example((ScoreItem(0, text, Finish.STOP),), (score,), "“He is kind” three times in a row is a loop.")


def words_in_loops(said: Sequence[str]) -> int:
    """How many words lie in a stretch that is said three times or more in a row."""
    inside: set[int] = set()
    for period in _periods(said):
        start = 0
        while start < len(said) - period:
            end = start
            while end < len(said) - period and said[end] == said[end + period]:
                end += 1
            covered = end - start + period
            if covered >= max(_COVERED, _TIMES * period):
                inside.update(range(start, end + period))
            start = max(end, start + 1)
    return len(inside)


def _periods(said: Sequence[str]) -> set[int]:
    """The distances at which three words come again: a loop must have one of them."""
    last: dict[tuple[str, ...], int] = {}
    distances: set[int] = set()
    for at, run in enumerate(ngrams(said, _TIMES)):
        if at - last.get(run, at - _LONGEST - 1) <= _LONGEST:
            distances.add(at - last[run])
        last[run] = at
    return distances


SCORERS.register(Repetition.id, Repetition())
