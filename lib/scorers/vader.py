"""VADER's compound score, exactly as the published package gives it, and several times faster.

For every word with a tone the package lower-cases the whole text again and walks through its list of
negations. Its rules look at three words before that word and two behind it, so here it is given
those alone, and is not asked at all where none of them can change a tone.
"""

from types import SimpleNamespace

_BEFORE, _BEHIND = 3, 2


class Vader:
    """The package's analyser, its lexicon loaded once.

    `_stirring` holds a word of everything that can change the tone of a word nearby: negations, boosters, idioms.
    """

    def __init__(self) -> None:
        from vaderSentiment import vaderSentiment as package  # here: every scorer's module is imported by the registry

        self._analyser = package.SentimentIntensityAnalyzer()
        self._read = package.SentiText
        self._boosters = package.BOOSTER_DICT
        phrases = (*package.SPECIAL_CASES, *package.BOOSTER_DICT)
        one_of_each = {max(phrase.split(), key=len) for phrase in phrases}
        others = {"no", "so", "this", "never", "without", "doubt", "least", "or", "nor"}
        self._stirring = frozenset(others | one_of_each | set(package.NEGATE))

    def compound(self, text: str) -> float:
        """The compound score of a text, from −1 to +1 and rounded to four places as in the package."""
        analyser = self._analyser
        if not text.isascii():
            text = self._with_emoji_told(text)
        text = text.strip()
        read = self._read(text)
        said = read.words_and_emoticons
        lower = [word.lower() for word in said]
        stirring = [word in self._stirring or "n't" in word for word in lower]
        tones: list[float] = [0] * len(said)
        for at, word in enumerate(lower):
            if word not in analyser.lexicon or word in self._boosters:
                continue
            if word == "kind" and lower[at + 1 : at + 2] == ["of"]:
                continue
            first, end = max(0, at - _BEFORE), at + _BEHIND + 1
            if any(stirring[first:end]) or (read.is_cap_diff and said[at].isupper()):
                near = SimpleNamespace(words_and_emoticons=said[first:end], is_cap_diff=read.is_cap_diff)
                tones[at] = analyser.sentiment_valence(0, near, said[at], at - first, [])[0]
            else:
                tones[at] = analyser.lexicon[word]
        if "but" in lower:
            tones = analyser._but_check(said, tones)
        return float(analyser.score_valence(tones, text)["compound"])

    def _with_emoji_told(self, text: str) -> str:
        """The text with each emoji replaced by its description, spaced as the package does."""
        told: list[str] = []
        spaced = True
        for letter in text:
            description = self._analyser.emojis.get(letter)
            if description is None:
                told.append(letter)
                spaced = letter == " "
            else:
                told.append(description if spaced else " " + description)
                spaced = False
        return "".join(told)
