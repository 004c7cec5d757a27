"""How hard a response is to read."""

import re
from functools import lru_cache

from lib.scorers.base import SCORERS, Example
from lib.scorers.one_by_one import OneByOne, nothing
from lib.scorers.tokens import sentences, words
from lib.types import Finish, Measure, MeasureKind, Score, ScoreItem

_ENOUGH = 10  # words: the formulas were fitted to passages of a hundred
_LONGEST_WORD = 40  # letters: what is longer is no word
_VOWELS = re.compile(r"[aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýÿ]+")
_SILENT = re.compile(  # an e that is written and not said
    r"[^aeiouyl]e$|[aeiouy]les?$|[^aeiouylscxzgh]es$|[^aeiouytd]ed$|[^aeiouy]e(?=(?:ful|ly|ment|ments|ness|less)$)"
    r"|^(?:some|every|care|safe|there|where)(?=[^aeioudrs])"
)
_APART = re.compile(  # vowels that are written together and said apart
    r"(?<![ctsg])ia|(?<![ctsgxln])io(?!u)|(?<![ctsgx])iou|(?<![tg])(?<![^s]c)ie(?=n[ct]|t)|eo(?![pu])"
    r"|(?<![qg])ua|(?<!q)uou|[aeiouy]ing(?=s?$)|(?<!e)[aeo]y(?!ed)[aeiou]|crea(?=t)|idea|area|^rea(?=ct|li[sz])|thea|sm$"
)
_SPECIAL = {"business": 2, "every": 2, "eyes": 1, "persuade": 2, "ratio": 3, "science": 2, "society": 4, "someone": 2}


class Readability(OneByOne):
    """Flesch's reading ease and the Flesch–Kincaid grade."""

    id = "readability"
    title = "Readability"
    help = (
        "Flesch reading ease (higher is easier; plain English is about 60 to 70) and Flesch–Kincaid grade (years of "
        "school in the United States). Neither end is better: compare the groups."
    )
    citation = (
        "Flesch (1948), A New Readability Yardstick, Journal of Applied Psychology 32(3); Kincaid et al. (1975), "
        "Derivation of New Readability Formulas, Naval Technical Training Command, report 8-75."
    )
    licence = "Apache-2.0"
    version = "1"
    weaknesses = (
        "Syllables are counted from spelling, which is wrong for about one word in twenty. Lists and headings without "
        "full stops count line by line. Made for English passages of a hundred words; under ten words it says nothing."
    )
    measures = (
        Measure("reading_ease", "Flesch reading ease", MeasureKind.MEAN, high=121.22),
        Measure("grade", "Flesch–Kincaid grade", MeasureKind.MEAN, unit="school years", low=-3.4),
    )

    def score(self, item: ScoreItem) -> Score:
        """Both formulas for one response, unless it is too short."""
        said = words(item.text).lower
        if len(said) < _ENOUGH:
            return nothing(2, f"it has fewer than {_ENOUGH} words")
        a_sentence = len(said) / len(sentences(item.text))
        a_word = sum(map(syllables, said)) / len(said)
        ease = 206.835 - 1.015 * a_sentence - 84.6 * a_word
        return Score((ease, 0.39 * a_sentence + 11.8 * a_word - 15.59))

    def example(self) -> Example:
        """Two sentences of six words each, with fourteen syllables."""
        text = "The nurse is kind and careful. She will help you every day."
        ease, grade = 206.835 - 1.015 * 6 - 84.6 * 14 / 12, 0.39 * 6 + 11.8 * 14 / 12 - 15.59
        says = "Two sentences, twelve words and fourteen syllables."
        return Example((ScoreItem(0, text, Finish.STOP),), (Score((ease, grade)),), says)


@lru_cache(maxsize=100_000)
def syllables(word: str) -> int:
    """The syllables of a lower-case word by its spelling, at least one.

    Groups of vowels are counted, a silent e is taken off, and vowels that are usually said apart are split.
    """
    if word in _SPECIAL:
        return _SPECIAL[word]
    if len(word) > _LONGEST_WORD:
        word = word[:_LONGEST_WORD]
    return max(1, len(_VOWELS.findall(word)) + len(_APART.findall(word)) - len(_SILENT.findall(word)))


SCORERS.register(Readability.id, Readability())
