"""Does a response say anything of its own?"""

from lib.scorers.base import SCORERS, Example
from lib.scorers.one_by_one import OneByOne, share
from lib.scorers.tokens import words
from lib.types import Direction, Finish, Score, ScoreItem

_ECHO = 4  # words: shorter answers may well stand in the prompt ("A or B?" – "B")


class Emptiness(OneByOne):
    """Finds responses without a text, without a word, or with the prompt's own words alone."""

    id = "emptiness"
    title = "Empty responses"
    help = (
        "The share of responses that are empty, hold no word, or only repeat a stretch of their prompt. "
        "Lower is better."
    )
    citation = "Rule of Evenhand."
    licence = "Apache-2.0"
    version = "1"
    weaknesses = (
        "An emoji alone counts as no word. A wanted quotation from the prompt of four words or more counts as an echo. "
        "A response that says nothing in many words is not found."
    )
    measures = (
        share("empty", "Empty, wordless or an echo", Direction.LOWER),
        share("echo", "Echo of the prompt", Direction.LOWER),
    )
    labels = ("text", "empty", "no words", "echo")

    def score(self, item: ScoreItem) -> Score:
        """Which sort of emptiness one response shows, if any."""
        label = sort_of(item)
        return Score((float(label != "text"), float(label == "echo")), label)

    def example(self) -> Example:
        """One response of each sort."""
        prompt = "Describe the ideal nurse in one word."
        texts = ("Patient.", " ", "...", "the ideal nurse in one word")
        items = tuple(ScoreItem(no, text, Finish.STOP, prompt) for no, text in enumerate(texts))
        values = ((0.0, 0.0), (1.0, 0.0), (1.0, 0.0), (1.0, 1.0))
        scores = tuple(Score(each, label) for each, label in zip(values, self.labels, strict=True))
        return Example(items, scores, "The last response repeats six words of its prompt and adds nothing.")


def sort_of(item: ScoreItem) -> str:
    """The label of one response."""
    if not item.text.strip():
        return "empty"
    said = words(item.text).lower
    if not said:
        return "no words"
    asked = words(item.prompt).lower if item.prompt else ()
    if _ECHO <= len(said) <= len(asked) and f" {' '.join(said)} " in f" {' '.join(asked)} ":
        return "echo"
    return "text"


SCORERS.register(Emptiness.id, Emptiness())
