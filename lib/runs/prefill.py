"""Which tokens the next forward pass computes: each distinct one once.

Rows that begin alike share the keys and values of what they have in common. What a row in the
batch holds already is copied; what an earlier row computes in this very step is computed once and
written to both slots. So repeats of a prompt, a common system prompt and a template's beginning
cost one prefill while one of their rows is in the batch.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import torch

from lib.runs.rows import Row
from lib.runs.step import Step, Stretch, build_step

STEP_TOKENS = 512
"""Prompt tokens computed in one step at most, so that a step's activations stay small."""


@dataclass(slots=True)
class Plan:
    """A step, and for each row the places of its tokens in the step's flat list, from `Row.held` on."""

    step: Step
    nodes: list[list[int]]


def plan_step(rows: Sequence[Row], copy: Callable[[int, int, int], None], device: torch.device) -> Plan:
    """Plan the next step of `rows`, where the place in the sequence is the slot.

    Args:
        rows: each has at least one token that is not held.
        copy: `copy(source, target, length)` copies the beginning of a slot, at once.
        device: where the model is.
    """
    sketch = _Sketch()
    for slot, row in enumerate(rows):
        shared = [] if row.held else _share(slot, rows, sketch, copy)
        sketch.add(slot, row, shared)
    return Plan(build_step(sketch.tokens, sketch.stretches, sketch.writes, device), sketch.nodes)


def _share(slot: int, rows: Sequence[Row], sketch: "_Sketch", copy: Callable[[int, int, int], None]) -> list[int]:
    """Start a new row with what earlier rows have in common with it.

    Copies what one of them holds, and gives the nodes of what it computes in this step.
    """
    row = rows[slot]
    best, source = 0, -1
    for place, other in enumerate(rows[:slot]):
        # The logits after the last token are not kept: someone has to compute that token in this step.
        usable = _usable(row.ids, other, sketch.nodes[place])
        if usable > best:
            best, source = usable, place
    if not best:
        return []
    row.held = min(best, rows[source].held)
    if row.held:
        copy(source, slot, row.held)
    return sketch.nodes[source][: best - row.held]


def _usable(ids: Sequence[int], other: Row, nodes: Sequence[int]) -> int:
    """How many of the first `ids` another row's prompt takes care of, at the end of this step.

    Its completion counts for nothing: decoding a token may round differently from reading it.
    """
    common = common_length(ids, other.ids[: min(other.prompt, other.held + len(nodes))])
    return common if common > other.held else min(common, len(ids) - 1)


def common_length(one: Sequence[int], other: Sequence[int]) -> int:
    """How many tokens two sequences have in common at their beginning."""
    for place, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return place
    return min(len(one), len(other))


@dataclass(slots=True)
class _Sketch:
    """A step in the making."""

    tokens: list[int] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)
    writes: list[tuple[int, int, int]] = field(default_factory=list)
    nodes: list[list[int]] = field(default_factory=list)
    budget: int = STEP_TOKENS

    def add(self, slot: int, row: Row, shared: list[int]) -> None:
        """Let a row compute what it neither holds nor shares, as far as the budget goes."""
        start = row.held + len(shared)
        own = row.ids[start:] if row.decoding else row.ids[start : start + self.budget]
        if own:
            self.stretches.append(Stretch(slot, start, len(own), len(self.tokens), row.decoding))
            self.budget -= 0 if row.decoding else len(own)
        nodes = [*shared, *range(len(self.tokens), len(self.tokens) + len(own))]
        self.tokens += own
        self.nodes.append(nodes)
        self.writes += [(slot, row.held + offset, node) for offset, node in enumerate(nodes)]
