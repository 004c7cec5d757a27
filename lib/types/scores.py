"""Scorers, their measures and what they say of responses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from lib.types.jobs import Finish


class MeasureKind(StrEnum):
    """What is compared between groups: a share of responses, a mean, or a count per exposure."""

    PROPORTION = "proportion"  # 0 or 1 for each response
    MEAN = "mean"  # a number for each response
    RATE = "rate"  # a count for each response over an exposure (its words): sums are divided, not responses


class Direction(StrEnum):
    """Which end of a measure one would wish for, as people read it."""

    LOWER = "lower is better"
    HIGHER = "higher is better"
    NEITHER = "neither end is better"


@dataclass(frozen=True, slots=True)
class Measure:
    """One number a scorer gives each response.

    `unit` completes the number ("words", "per 100 words"). A RATE divides by the measure whose id
    is `exposure` and is shown per `per` of it. `low` and `high` bound the number where it has bounds.
    """

    id: str
    title: str
    kind: MeasureKind
    direction: Direction = Direction.NEITHER
    unit: str = ""
    exposure: str = ""
    per: float = 1.0
    low: float | None = None
    high: float | None = None
    help: str = ""


class ScoreOutcome(StrEnum):
    """What became of the attempt to score a response."""

    SCORED = "scored"
    NOTHING = "nothing to score"  # an empty text, or one the scorer does not apply to
    UNPARSABLE = "unparsable"  # a judge's verdict that does not keep to its rubric


@dataclass(frozen=True, slots=True)
class Score:
    """What one scorer says of one response.

    `values` follow the order of the scorer's measures, None where a measure is not defined for
    this response. `label` is one of the scorer's labels or "". `note` says why, or quotes a judge.
    """

    values: tuple[float | None, ...]
    label: str = ""
    outcome: ScoreOutcome = ScoreOutcome.SCORED
    note: str = ""


@dataclass(frozen=True, slots=True)
class ScoreItem:
    """One response as a scorer reads it. Only `text`, the completion, is measured.

    The rest places it: `groups` and `terms` as in `Cell`, `set_id` its matched set, and `family`
    what is shared by matched sets that differ in the repeat alone, so that two items of one family
    with the same `prompt` are two samples of one prompt.
    """

    no: int
    text: str
    finish: Finish
    prompt: str = ""
    group: str = ""
    groups: Mapping[str, str] = field(default_factory=dict)
    terms: Mapping[str, str] = field(default_factory=dict)
    set_id: str = ""
    family: str = ""


@dataclass(frozen=True, slots=True)
class ScorerEntry:
    """A scorer set up for use: which one, and with what options (a lexicon, a classifier's folder, a rubric).

    `id` is what addresses and the terminal use.
    """

    id: str
    scorer: str
    title: str
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scoring:
    """One version of one scorer as it was used here; its scores stay when a newer version comes.

    `version` is the scorer's own; `fingerprint` hashes whatever else changes its numbers
    (lexicon, rubric, weights). `measures` and `labels` are those of that version.
    """

    no: int
    entry: ScorerEntry
    version: str
    fingerprint: str
    measures: tuple[Measure, ...]
    labels: tuple[str, ...]
    created: datetime | None = None
