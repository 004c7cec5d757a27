"""What agreement allows one to claim, in plain words."""

import math
from collections.abc import Sequence

from lib.stats.agreement import Coefficient, Coefficients
from lib.stats.span_agreement import SpanAgreement
from lib.workflows import readings

RELIABLE, TENTATIVE = 0.8, 0.667
"""Krippendorff's (2004) marks for alpha: rely on labels from the first on, tentatively from the second on."""

RARE = 0.1
FEW_ITEMS = 30


def of_choice(overall: Coefficients, labels: Sequence[tuple[str, float, Coefficients]]) -> str:
    """What agreement on a choice allows one to claim.

    Args:
        labels: title, prevalence and agreement of each label.
    """
    parts = [claim(overall), overall.note, *few(overall.items)]
    if overall.items and not math.isnan(overall.alpha.value):
        parts += rare(labels)
    return " ".join(part for part in parts if part)


def claim(found: Coefficients) -> str:
    """What may be concluded from the lower end of alpha's interval; without one, what percent and AC1 say."""
    if not found.items:
        return ""
    on = f"{found.items:,} item{'s' if found.items != 1 else ''} that at least two people answered"
    if math.isnan(found.alpha.value):
        return f"People agree in {percent(found.percent)} of {on}."
    said = f"Krippendorff’s alpha is {number(found.alpha.value)} ({interval(found.alpha)}; {on})."
    return f"{said} {verdict(found.alpha)}"


def verdict(alpha: Coefficient) -> str:
    """What Krippendorff (2004) allows, judged by the lower end: the sample may have been lucky."""
    if math.isnan(alpha.low):
        return "Without an interval nothing can be claimed."
    if alpha.low >= RELIABLE:
        return f"Even its lower end reaches {number(RELIABLE)}: these labels can be relied on."
    if alpha.low >= TENTATIVE:
        return (
            f"Its lower end lies between {number(TENTATIVE)} and {number(RELIABLE)}: conclusions can only be tentative."
        )
    if alpha.high >= RELIABLE:
        return (
            f"Its lower end lies below {number(TENTATIVE)}, its upper end does not: these labels are no basis for "
            "conclusions yet, and more shared items can show whether they are."
        )
    return (
        f"Its lower end lies below {number(TENTATIVE)}: these labels are no basis for conclusions. Read the "
        "disagreements, sharpen the definitions, and annotate again."
    )


def rare(labels: Sequence[tuple[str, float, Coefficients]]) -> list[str]:
    """Which labels are so rare that kappa and alpha fall whatever people do (Feinstein and Cicchetti 1990)."""
    found = [(title, share, each) for title, share, each in labels if 0 < min(share, 1 - share) < RARE]
    if not found:
        return []
    told = "; ".join(
        f"“{title}” {readings.share(share)} of answers, AC1 {number(each.ac1.value)}, agreement {percent(each.percent)}"
        for title, share, each in found
    )
    which = "A label is" if len(found) == 1 else "Labels are"
    return [f"{which} so rare or so common that kappa and alpha fall whatever people do; read AC1 and percent: {told}."]


def few(items: int) -> list[str]:
    """A warning where few items were answered twice."""
    if not 0 < items < FEW_ITEMS:
        return []
    return [f"That is few: {FEW_ITEMS} items with two answers are a start."]


def of_spans(found: SpanAgreement) -> str:
    """What agreement on stretches of text says."""
    if math.isnan(found.f1.value):
        return found.note
    told = f"Of the words that people marked, pairs of them share {readings.share(found.f1.value)}"
    scale = "There is no agreed mark for what is enough; the disagreements tell more."
    parts = [f"{told} (F1, {interval(found.f1)}; {found.marked:,} of {found.items:,} items have a mark). {scale}"]
    return " ".join([*parts, *few(found.items)])


def counted(people: int, answered: int, shared: int, unsure: int, discarded: int, skipped: int) -> str:
    """Which answers agreement is computed from."""
    if not people:
        return "Nobody has annotated here yet."
    who = "1 person has" if people == 1 else f"{people:,} people have"
    have = "has" if shared == 1 else "have"
    said = f"{who} answered {answered:,} items; {shared:,} of them {have} at least two answers."
    if shared == 0:
        said += f" Agreement needs two people on the same items; {FEW_ITEMS} such items are a start."
    out = f"{skipped:,} skipped and {discarded:,} discarded {'is' if skipped + discarded == 1 else 'are'} left out"
    return f"{said} {unsure:,} marked unsure {'counts' if unsure == 1 else 'count'} like the others; {out}."


def number(value: float) -> str:
    """A coefficient, three decimals; “not defined” for NaN."""
    return "not defined" if math.isnan(value) else f"{value:.3f}".replace("-", readings.MINUS)


def interval(found: Coefficient) -> str:
    """An interval of a coefficient."""
    if math.isnan(found.low):
        return "no interval"
    return f"95 % interval {number(found.low)} to {number(found.high)}"


def percent(found: Coefficient) -> str:
    """A share with its interval."""
    value = readings.share(found.value)
    if math.isnan(found.low):
        return value
    return f"{value} ({readings.share(found.low)} to {readings.share(found.high)})"
