"""What every scorer has in common. One file a scorer; each registers itself here."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Protocol, Self

from lib.errors import ScorerError
from lib.registry import Registry
from lib.types import Measure, Score, ScoreItem, ScorerEntry

ScoreBatch = Callable[[Sequence[ScoreItem]], list[Score]]
"""Scores of a batch, in its order."""


class Cost(StrEnum):
    """What scoring takes, so that a screen knows what it may start unasked."""

    INSTANT = "instant"  # thousands a second, nothing to load
    MODEL = "model"  # a model on this computer
    HOSTED = "hosted"  # every response leaves this computer


class Unit(StrEnum):
    """What a batch must hold together: single responses, or whole families (`ScoreItem.family`)."""

    RESPONSE = "response"
    FAMILY = "family"


class LanguageModel(Protocol):
    """A causal language model as a scorer may use it, in a worker process."""

    def log_likelihoods(self, texts: Sequence[str]) -> list[tuple[float, int]]:
        """For each text the sum of its tokens' natural log-probabilities, and how many tokens were summed."""


OpenModel = Callable[[str], LanguageModel]
"""Loads a model of the catalogue by its id, in a worker process; raises ModelError."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing a scorer must or may be told, as a form shows it.

    `kind` is the widget: "text" (one line), "yaml" (many lines or a file), or "model" (a model of the
    catalogue, given by its id).
    """

    name: str
    label: str
    help: str
    kind: str = "text"
    placeholder: str = ""
    required: bool = True


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example: a batch of items and the scores they get, which the contract tests recompute.

    `says` explains in a sentence why.
    """

    items: tuple[ScoreItem, ...]
    scores: tuple[Score, ...]
    says: str


class Scorer(ABC):
    """An instrument that reads completions and gives numbers or labels, with error.

    Everything but `open` is cheap and never imports torch, so that screens may call it.
    """

    id: ClassVar[str]
    title: ClassVar[str]
    help: ClassVar[str]  # what it returns, and which way its numbers point, in one or two sentences
    citation: str  # a lexicon or rubric that somebody adds brings its own
    licence: str
    version: ClassVar[str]  # raise it with every change that changes a number
    weaknesses: ClassVar[str]  # what it is known to get wrong
    caveat: ClassVar[str] = ""  # a sentence to print beside every figure made with it
    cost: ClassVar[Cost] = Cost.INSTANT
    unit: ClassVar[Unit] = Unit.RESPONSE
    options: ClassVar[tuple[Option, ...]] = ()
    measures: tuple[Measure, ...]
    labels: tuple[str, ...] = ()
    fingerprint: str = ""  # a hash of whatever else changes its numbers: lexicon, rubric, weights

    def configured(self, options: Mapping[str, str]) -> Self:
        """This scorer with its options set and checked for form.

        Raises:
            ScorerError: an option is missing, unknown or malformed.
        """
        if options:
            raise ScorerError(f"scorer {self.title}", f"it has no option {next(iter(options))}", "Leave it out.")
        return self

    def check(self) -> None:  # noqa: B027 - most scorers need nothing, and have nothing to check
        """Raise ScorerError when something it needs is not here, saying what to install, download or set."""

    @abstractmethod
    def example(self) -> Example:
        """A worked example (for a scorer with options: of one set up with its `example_options`)."""

    @abstractmethod
    def open(self, open_model: OpenModel) -> ScoreBatch:
        """Load what it needs and give the function that scores. Called in a worker process only.

        Raises:
            ScorerError, ModelError: its weights do not load.
        """

    def example_options(self) -> Mapping[str, str]:
        """Options under which `example` holds; empty when none are needed."""
        return {}


class Judge(Scorer):
    """A scorer that asks a generative model: the caller has `prompt` answered and hands the answer to `read`."""

    model: str  # id of the catalogue's model that judges, once configured

    @abstractmethod
    def prompt(self, item: ScoreItem) -> str:
        """What the judge is asked about one response."""

    @abstractmethod
    def read(self, answer: str) -> Score:
        """The verdict in the judge's answer, parsed strictly: UNPARSABLE unless it keeps to the rubric."""


SCORERS: Registry[Scorer] = Registry("scorer", "lib.scorers")


def built_in_entries() -> list[ScorerEntry]:
    """One entry for each scorer that needs no options."""
    return [ScorerEntry(each.id, each.id, each.title) for each in SCORERS if not any(o.required for o in each.options)]


def scorer_of(entry: ScorerEntry) -> Scorer:
    """The scorer an entry describes, set up; raises ScorerError when its options do not fit."""
    return SCORERS.get(entry.scorer).configured(entry.options)
