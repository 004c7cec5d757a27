"""What scorers share that need nothing loaded and read each response by itself."""

from abc import abstractmethod
from collections.abc import Sequence

from lib.scorers.base import OpenModel, ScoreBatch, Scorer
from lib.types import Direction, Measure, MeasureKind, Score, ScoreItem, ScoreOutcome


class OneByOne(Scorer):
    """A scorer whose batch is a loop."""

    @abstractmethod
    def score(self, item: ScoreItem) -> Score:
        """The score of one response."""

    def open(self, open_model: OpenModel) -> ScoreBatch:  # noqa: ARG002 - the base class names it
        """The function that scores; nothing is loaded."""

        def score(items: Sequence[ScoreItem]) -> list[Score]:
            return [self.score(item) for item in items]

        return score


def share(identifier: str, title: str, direction: Direction = Direction.NEITHER, note: str = "") -> Measure:
    """The measure that is 1 for a response of some sort and 0 for any other."""
    return Measure(identifier, title, MeasureKind.PROPORTION, direction, low=0, high=1, help=note)


def nothing(measures: int, why: str = "there are no words in it") -> Score:
    """The score of a text that there is nothing to say of."""
    return Score((None,) * measures, outcome=ScoreOutcome.NOTHING, note=why)
