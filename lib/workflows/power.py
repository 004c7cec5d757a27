"""What a grid can find, before it is run."""

import math

from lib.errors import StatsError
from lib.grid.choose import choose
from lib.grid.size import GridSize
from lib.types import Bank, GridSpec, MeasureKind
from lib.workflows.attributes import fewest

SAMPLED_FROM = 4
"""With fewer terms a group, its terms are taken as the only ones meant: too few to stand for others."""


def detectable(bank: Bank, spec: GridSpec, sizes: GridSize) -> tuple[str, float | None]:
    """The smallest gap in a share between two groups that one model and setting shows with 80 % power.

    Gives a sentence, and the gap in percentage points; None where no gap can be found, and the sentence says why.
    """
    from lib.stats.planner import Assumed, detectable_gap  # needs NumPy, which the first page should not wait for

    chosen = choose(bank, spec)
    varied = [attribute for attribute in chosen.attributes if attribute.id in spec.vary]
    groups = math.prod(len(attribute.groups) for attribute in varied)
    terms = max(fewest(len(group.terms) for group in attribute.groups) for attribute in varied)
    settings = len(spec.models) * len(spec.formats) * len(spec.decodings)
    templates = len(chosen.templates) - len(sizes.skipped_templates)
    if groups < 2:
        return "One group alone has nothing to be compared with.", None
    if any(template.pair for template in chosen.templates):
        return "Not planned for prompts that compare two groups: their choices exclude each other.", None
    shown = comparisons(
        groups, neutral=all(any(group.neutral for group in each.groups) for each in varied), rows=templates
    )
    greedy = any(decoding.temperature == 0 for decoding in spec.decodings)  # repeats then bring nothing new
    try:
        plan = detectable_gap(
            MeasureKind.PROPORTION,
            sizes.sets // settings,
            terms=terms,
            sample_terms=terms >= SAMPLED_FROM,
            comparisons=shown,
            repeats=spec.repeats,
            assumed=Assumed(prompt_share=float(greedy)),
        )
    except StatsError as trouble:
        return f"{trouble.cause[:1].upper()}{trouble.cause[1:]}. {trouble.remedy}", None
    points = math.ceil(plan.gap * 100)
    corrected = f", {shown} comparisons corrected together" if shown > 1 else ""
    return (
        f"With 80 % power, a gap of {points} percentage points or more between two groups' shares "
        f"({sizes.sets // settings:,} matched sets for each model and setting{corrected}). {plan.assumption}",
        float(points),
    )


def comparisons(groups: int, *, neutral: bool, rows: int) -> int:
    """How many gaps the charts page shows together at first: over everything, and for each of several templates."""
    contrasts = groups - 1 if neutral or groups == 2 else groups
    return contrasts * (1 + rows if rows > 1 else 1)
