"""One forward pass over the rolling batch, as index tensors: which tokens, where they go, what they see."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch

FEWEST = 4
"""Tokens in the smallest step. Below, matrix kernels for vectors would take over, and round differently."""

GRAIN = 16
"""Key lengths are rounded up to this, so that a row's sums do not depend on its neighbours' lengths."""

SHORTEST_STRETCH = 16
"""Queries of a stretch of prompt are padded to this or its doubles, for the same reason."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive tokens of one row that a step computes: positions `start` to `start + length` of slot `slot`.

    `node` is the place of the first in the step's flat list of tokens.
    """

    slot: int
    start: int
    length: int
    node: int
    decoding: bool


@dataclass(frozen=True, slots=True)
class Bucket:
    """Stretches of about the same length, whose attention is computed together.

    Attributes:
        slots: the stretches' slots, (stretches,); a slice where they are the first ones in order.
        queries: flat place of each query, (stretches, longest); padding repeats the first.
        bias: 0 where a query sees a key and -inf elsewhere, (stretches, 1, 1, longest, keys), float32.
        real: places of the queries that are no padding in `queries` flattened.
    """

    slots: torch.Tensor | slice
    queries: torch.Tensor
    bias: torch.Tensor
    real: torch.Tensor


@dataclass(frozen=True, slots=True)
class Step:
    """One forward pass over `tokens`, a flat list with one entry for each distinct token.

    Attributes:
        tokens: ids, (1, tokens).
        positions: each token's position in its row, (1, tokens).
        slots, places, nodes: token `nodes[i]` is written to place `places[i]` of slot `slots[i]`; a
            token that several rows share is computed once and written several times.
        buckets: the attention to compute.
    """

    tokens: torch.Tensor
    positions: torch.Tensor
    slots: torch.Tensor
    places: torch.Tensor
    nodes: torch.Tensor
    buckets: tuple[Bucket, ...]


def build_step(
    tokens: Sequence[int], stretches: Sequence[Stretch], writes: Sequence[tuple[int, int, int]], device: torch.device
) -> Step:
    """The step that computes `tokens`, cut into `stretches`, and writes (slot, place, node) each."""
    padding = max(0, FEWEST - len(tokens))
    positions = [stretch.start + offset for stretch in stretches for offset in range(stretch.length)]
    slots, places, nodes = torch.tensor(writes, device=device).T
    return Step(
        torch.tensor([[*tokens, *[0] * padding]], device=device),
        torch.tensor([[*positions, *[0] * padding]], device=device),
        slots,
        places,
        nodes,
        tuple(_bucket(alike, device) for alike in _by_length(stretches)),
    )


def _by_length(stretches: Sequence[Stretch]) -> list[list[Stretch]]:
    """Stretches that may be computed together; a token being decoded is never mixed with prompts."""
    groups: dict[int, list[Stretch]] = {}
    for stretch in stretches:
        groups.setdefault(_padded(stretch), []).append(stretch)
    return list(groups.values())


def _padded(stretch: Stretch) -> int:
    """The number of queries that a stretch is padded to."""
    if stretch.decoding:
        return 1
    length = SHORTEST_STRETCH
    while length < stretch.length:
        length *= 2
    return length


def _bucket(stretches: Sequence[Stretch], device: torch.device) -> Bucket:
    longest = _padded(stretches[0])
    offsets = torch.arange(longest, device=device)
    start, length, node, slot = torch.tensor(
        [(stretch.start, stretch.length, stretch.node, stretch.slot) for stretch in stretches], device=device
    ).T
    real = offsets < length[:, None]
    offsets = offsets * real
    keys = max(stretch.start + stretch.length for stretch in stretches)
    seen = torch.arange(-(-keys // GRAIN) * GRAIN, device=device) <= (start[:, None] + offsets)[:, :, None]
    bias = torch.zeros(seen.shape, device=device).masked_fill_(~seen, float("-inf"))
    in_order = [stretch.slot for stretch in stretches] == list(range(len(stretches)))
    return Bucket(
        slice(0, len(stretches)) if in_order else slot,
        node[:, None] + offsets,
        bias[:, None, None],
        real.flatten().nonzero()[:, 0],
    )
