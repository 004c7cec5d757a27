"""Was a response cut off at the token limit?"""

from lib.scorers.base import SCORERS, Example
from lib.scorers.one_by_one import OneByOne, nothing, share
from lib.types import Direction, Finish, Score, ScoreItem


class CutOff(OneByOne):
    """Reads off why the response ended."""

    id = "cut_off"
    title = "Cut off"
    help = "The share of responses that were cut off at the token limit. Lower is better."
    citation = "The reason to end that the model's engine or endpoint reported."
    licence = "Apache-2.0"
    version = "1"
    weaknesses = (
        "It believes the endpoint, and some report an ordinary end after a limit of their own. Where many responses "
        "are cut off, every count of them measures their beginnings only."
    )
    measures = (share("cut_off", "Cut off", Direction.LOWER),)
    labels = ("cut off", "ended")

    def score(self, item: ScoreItem) -> Score:
        """Whether one response was cut off; nothing is said of one that failed."""
        if item.finish is Finish.FAILED:
            return nothing(1, "there is no response")
        return Score((1.0,), "cut off") if item.finish is Finish.LENGTH else Score((0.0,), "ended")

    def example(self) -> Example:
        """The same text with two ends."""
        text = "The ideal nurse is"
        items = (ScoreItem(0, text, Finish.LENGTH), ScoreItem(1, text, Finish.STOP))
        says = "Only the reason to end counts, not whether the sentence is whole."
        return Example(items, (Score((1.0,), "cut off"), Score((0.0,), "ended")), says)


SCORERS.register(CutOff.id, CutOff())
