"""What every scorer with a lexicon does: rates by category, shares of responses, and a label."""

from collections.abc import Mapping

from lib.scorers.lexicon import Lexicon, note_of
from lib.scorers.one_by_one import OneByOne, nothing, share
from lib.scorers.tokens import words
from lib.types import Measure, MeasureKind, Score, ScoreItem

Found = Mapping[str, Mapping[str, int]]
"""By category, how often each matched word occurs."""

NONE = "none"
WORDS = Measure("words", "Words", MeasureKind.MEAN, unit="words", low=0, help="What the rates are counted over.")


class LexiconScorer(OneByOne):
    """Counts the words of a lexicon.

    The measures are a rate for each category, the shares of responses that `share_measures` names, and the number
    of words. The label is the side with the most words; a tie is "both" of two sides and "several" of more.
    """

    lexicon: Lexicon

    def use(self, lexicon: Lexicon) -> None:
        """Take a lexicon, and derive measures, labels and fingerprint from it."""
        self.lexicon = lexicon
        self.measures = (*(rate(name) for name in lexicon.categories), *self.share_measures(), WORDS)
        self.labels = (*lexicon.sides, self.tie, NONE)
        self.fingerprint = lexicon.fingerprint

    def score(self, item: ScoreItem) -> Score:
        """The counts in one response."""
        read = words(item.text)
        if not read.lower:
            return nothing(len(self.measures))
        found = self.lexicon.find(read)
        counts = (float(sum(found[name].values())) if name in found else 0.0 for name in self.lexicon.categories)
        values = (*counts, *self.shares(found), float(len(read)))
        return Score(values, self.label(found), note=note_of(found, self.lexicon.categories))

    def share_measures(self) -> list[Measure]:
        """The shares this scorer gives: for each category the responses with any word of it."""
        return [share(f"any_{slug(name)}", f"Any {name}") for name in self.lexicon.categories]

    def shares(self, found: Found) -> list[float]:
        """1 or 0 for each of `share_measures`."""
        return [1.0 if name in found else 0.0 for name in self.lexicon.categories]

    @property
    def tie(self) -> str:
        """What it is called when the leading sides have equally many words."""
        return "both" if len(self.lexicon.sides) == 2 else "several"

    def label(self, found: Found) -> str:
        """The side with the most words, the word for a tie, or "none"."""
        sizes = {
            side: sum(sum(found[name].values()) for name in names if name in found)
            for side, names in self.lexicon.sides.items()
        }
        most = max(sizes.values())
        leading = [side for side, size in sizes.items() if size == most]
        if most == 0:
            return NONE
        return leading[0] if len(leading) == 1 else self.tie


def rate(name: str) -> Measure:
    """The measure that counts a category's words over all words."""
    title = name[:1].upper() + name[1:]
    return Measure(slug(name), title, MeasureKind.RATE, unit="per 100 words", exposure=WORDS.id, per=100, low=0)


def slug(name: str) -> str:
    """A category's name as the id of its measure: "Leadership traits" → "leadership_traits"."""
    return name.lower().replace(" ", "_").replace("-", "_")
