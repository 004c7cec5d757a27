"""How long a response is."""

from lib.scorers.base import SCORERS, Example
from lib.scorers.one_by_one import OneByOne
from lib.scorers.tokens import sentences, words
from lib.types import Finish, Measure, MeasureKind, Score, ScoreItem


class Length(OneByOne):
    """Counts words, characters and sentences."""

    id = "length"
    title = "Length"
    help = "The number of words, characters and sentences. Neither end is better: compare the groups."
    citation = "Counts by the rules for words and sentences in lib/scorers/tokens.py."
    licence = "Apache-2.0"
    version = "1"
    weaknesses = (
        "Where responses are cut off at the token limit, their length is the limit's. Hyphens separate words. Scripts "
        "without spaces between words are counted too low. Each line of a list is a sentence."
    )
    measures = (
        Measure("words", "Words", MeasureKind.MEAN, unit="words", low=0),
        Measure("characters", "Characters", MeasureKind.MEAN, unit="characters", low=0),
        Measure("sentences", "Sentences", MeasureKind.MEAN, unit="sentences", low=0),
    )

    def score(self, item: ScoreItem) -> Score:
        """The three counts; blank space at the ends is left out."""
        text = item.text.strip()
        return Score((float(len(words(item.text))), float(len(text)), float(len(sentences(text)))))

    def example(self) -> Example:
        """Two sentences with a title and a hyphen."""
        text = "Dr. Hall is well-read. She's kind!"
        says = "“Well-read” is two words, and the stop behind “Dr” ends no sentence."
        return Example((ScoreItem(0, text, Finish.STOP),), (Score((7.0, 34.0, 2.0)),), says)


SCORERS.register(Length.id, Length())
