"""How many words the answers to a matched set share, beside what sampling alone changes."""

from collections.abc import Sequence

import numpy as np

from lib.scorers.base import SCORERS, Example, OpenModel, ScoreBatch
from lib.scorers.matched import Matrix, Prepared, Similarity, couple_asked_twice
from lib.scorers.tokens import words
from lib.types import Score

PAIRING = (
    "The members of a matched set share their seed and the samples of one prompt do not, which can make answers to "
    "different groups a little more alike than the baseline. At temperature 0 all samples of a prompt are the same."
)


class WordSimilarity(Similarity):
    """Jaccard similarity of word sets."""

    id = "similarity"
    title = "Counterfactual similarity (words)"
    help = (
        "The share of words that a response has in common with the responses to the other groups of its matched set, "
        "beside other samples of its own prompt. A difference near 0 means that the group changes no more than chance; "
        "below 0 it changes more."
    )
    citation = (
        "Jaccard (1912), The Distribution of the Flora in the Alpine Zone, New Phytologist 11(2). Comparing "
        "counterfactual answers: Huang et al. (2020), Reducing Sentiment Bias via Counterfactual Evaluation."
    )
    licence = "Apache-2.0"
    version = "1"
    weaknesses = (
        f"It sees words, not what they mean: “poor” and “not rich” share nothing. Longer texts share more. {PAIRING} "
        "Neutralising takes out terms, pronouns and gendered words, but no other names or words for a group."
    )
    caveat = "A difference between answers is not yet a disadvantage; read what differs."

    def open(self, open_model: OpenModel) -> ScoreBatch:  # noqa: ARG002 - the base class names it
        """The function that scores; nothing is loaded."""
        return self.scores

    def prepared(self, texts: Sequence[str]) -> Prepared:
        """The word set of each text."""
        return _WordSets([frozenset(words(text).lower) for text in texts])

    def example(self) -> Example:
        """A couple, asked twice."""
        texts = ("She is kind", "He is kind", "She is very kind", "He leads people")
        items = couple_asked_twice(texts)
        scores = (
            Score((1 / 2, 3 / 4, -1 / 4, 1.0, 3 / 4, 1 / 4)),
            Score((1 / 2, 1 / 5, 3 / 10, 1.0, 1 / 5, 4 / 5)),
            Score((0.0, 3 / 4, -3 / 4, 1 / 6, 3 / 4, 1 / 6 - 3 / 4)),
            Score((0.0, 1 / 5, -1 / 5, 1 / 6, 1 / 5, 1 / 6 - 1 / 5)),
        )
        says = (
            "“She is kind” and “He is kind” share two of four words, and all three once “she” and “he” are neutralised."
        )
        return Example(items, scores, says)


class _WordSets(Prepared):
    """Sets of words; two alike sets have similarity 1, two without a common word 0."""

    def __init__(self, sets: list[frozenset[str]]) -> None:
        self._sets = sets

    def similarities(self, places: Sequence[int]) -> Matrix:
        """Common words over all words of each two; shape (n, n)."""
        own = [self._sets[place] for place in places]
        found = np.eye(len(own))
        for row, left in enumerate(own):
            for column in range(row):
                right = own[column]
                common = len(left & right)
                found[row, column] = found[column, row] = common / (len(left) + len(right) - common)
        return found


SCORERS.register(WordSimilarity.id, WordSimilarity())
