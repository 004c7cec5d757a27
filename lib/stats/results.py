"""What the statistics give back."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Level:
    """A group's own number with its 95 % interval.

    Attributes:
        responses: how many responses have a score; `coverage` is their share of the group's responses.
        sets: matched sets with at least one of them.
    """

    group: str
    value: float
    low: float
    high: float
    responses: int
    sets: int
    coverage: float


@dataclass(frozen=True, slots=True)
class Gap:
    """How far a group lies from a reference, within matched sets.

    Attributes:
        reference: another group, or "the others" for the mean of all other groups of the set.
        estimate: group minus reference, in the measure's unit; `low` and `high` bound its 95 % interval.
        value, reference_value: the two numbers, over the sets that have both.
        sets: matched sets that have both; `all_sets` is how many there are.
        responses: scored responses behind the gap; `coverage` is their share of both sides' responses.
        p: two-sided p-value of `test`, which names the paired test and what was permuted or counted.
        effect: standardised size; `effect_name` says which ("Cohen's h", "paired d", "rate ratio").
        terms: the fewest terms a group was resampled with; 0 where terms were held fixed.
        equivalence_p: of two one-sided tests against the margin asked for; NaN without a margin.
        odds_ratio, odds_low, odds_high: of matched pairs with its 95 % interval, where each side of a set is one yes or
            no and some sets differ; infinite where they all differ one way; else NaN.
        note: what the reader must know, such as why there is no interval; "" when there is nothing.
    """

    group: str
    reference: str
    estimate: float
    low: float
    high: float
    value: float
    reference_value: float
    sets: int
    all_sets: int
    responses: int
    coverage: float
    p: float
    test: str
    effect: float
    effect_name: str
    terms: int = 0
    equivalence_p: float = float("nan")
    note: str = ""
    odds_ratio: float = float("nan")
    odds_low: float = float("nan")
    odds_high: float = float("nan")
