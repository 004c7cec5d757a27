"""The next token of each row, by its own decoding settings and its own randomness.

Temperature, top-k, top-p and repetition penalty mean what they mean in transformers, and apply in
its order: penalty, temperature, top-k, top-p. Tokens that tie at the edge of top-k or top-p are
all kept.

Each cell has its own stream of random numbers, one number a token, that depends on the cell's seed
and the token's place alone. It picks by inverse cumulative distribution in vocabulary order, so
the members of a matched set, which share a seed, differ no more than their distributions do.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch.nn.functional import pad

from lib.types import Decoding

BLOCK = 256
"""Vocabulary entries summed together before the search among sums."""

COLUMNS = 32
"""The largest of every so many logits is looked at first in the search for the k largest."""

NUCLEUS_TRIES = (64, 512)
"""How many of the largest logits are tried before all are sorted for top-p."""


@dataclass(frozen=True, slots=True)
class Draw:
    """What one row brings to the choice of its next token.

    `history` holds the ids of prompt and completion so far, for the repetition penalty.
    """

    decoding: Decoding
    seed: int
    place: int
    history: Sequence[int]


def choose(logits: torch.Tensor, draws: Sequence[Draw]) -> list[int]:
    """The next token id of each row.

    Args:
        logits: (rows, vocabulary), any float format; not changed.
        draws: one a row.
    """
    logits = logits.float()
    logits = penalise(logits, draws)
    greedy = [place for place, draw in enumerate(draws) if draw.decoding.temperature == 0]
    sampled = [place for place, draw in enumerate(draws) if draw.decoding.temperature > 0]
    chosen = torch.empty(len(draws), dtype=torch.long)
    if greedy:
        chosen[greedy] = _rows(logits, greedy).argmax(-1).cpu()
    if sampled:
        chosen[sampled] = _sample(_rows(logits, sampled), [draws[place] for place in sampled]).cpu()
    return chosen.tolist()


def uniform(seed: int, place: int) -> float:
    """A number in [0, 1) for token `place` of the cell with `seed`: the first 53 bits of BLAKE2b of both."""
    digest = hashlib.blake2b(f"{seed}:{place}".encode(), digest_size=8).digest()
    return (int.from_bytes(digest, "big") >> 11) * 2.0**-53


def penalise(logits: torch.Tensor, draws: Sequence[Draw]) -> torch.Tensor:
    """Divide the positive and multiply the negative logits of tokens seen before (Keskar et al. 2019, CTRL)."""
    places = [place for place, draw in enumerate(draws) if draw.decoding.repetition_penalty != 1]
    if not places:
        return logits
    logits = logits.clone()
    for place in places:
        seen = torch.tensor(draws[place].history, device=logits.device).unique()
        penalty = draws[place].decoding.repetition_penalty
        scores = logits[place, seen]
        logits[place, seen] = torch.where(scores < 0, scores * penalty, scores / penalty)
    return logits


def top_k_edge(logits: torch.Tensor, k: torch.Tensor) -> torch.Tensor:
    """The k-th largest of each row, (rows, 1); -inf where `k` is 0. `k` has shape (rows,)."""
    largest = int(k.max())
    if largest == 0:
        return logits.new_full((len(logits), 1), float("-inf"))
    edge = _largest(logits, largest).gather(1, (k - 1).clamp(min=0)[:, None])
    return edge.masked_fill(k[:, None] == 0, float("-inf"))


def top_p_edge(logits: torch.Tensor, p: torch.Tensor, floor: torch.Tensor) -> torch.Tensor:
    """The smallest logit of each row's nucleus (Holtzman et al. 2020), (rows, 1); -inf where `p` is 1.

    The nucleus is the fewest most probable tokens that reach probability `p`, (rows,), of what all
    tokens with logits of at least `floor`, (rows, 1), have together.
    """
    edge = torch.full_like(floor, float("-inf"))
    peak = logits.amax(-1, keepdim=True)
    weights = torch.exp(logits - peak).masked_fill_(logits < floor, 0)
    total = _blocks(weights).sum(-1).double().sum(-1)
    size = logits.shape[-1]
    open_rows = (p < 1).nonzero()[:, 0]
    for count in (*NUCLEUS_TRIES, size):
        largest = _largest(_rows(logits, open_rows), min(count, size))
        mass = torch.exp(largest - peak[open_rows]).double().cumsum(-1) / total[open_rows, None]
        before = (mass < p[open_rows, None]).sum(-1, keepdim=True)  # tokens that with all before them do not reach p
        found = (before < largest.shape[1])[:, 0] | (largest.shape[1] == size)
        edge[open_rows[found]] = largest.gather(1, before.clamp(max=largest.shape[1] - 1))[found]
        open_rows = open_rows[~found]
        if not len(open_rows):
            break
    return edge


def _sample(logits: torch.Tensor, draws: Sequence[Draw]) -> torch.Tensor:
    device = logits.device
    temperature = torch.tensor([draw.decoding.temperature for draw in draws], device=device)
    k = torch.tensor([min(draw.decoding.top_k, logits.shape[-1]) for draw in draws], device=device)
    p = torch.tensor([draw.decoding.top_p for draw in draws], device=device, dtype=torch.float64)
    logits = logits / temperature[:, None] if (temperature != 1).any() else logits
    numbers = torch.tensor([uniform(draw.seed, draw.place) for draw in draws], device=device, dtype=torch.float64)
    if not k.any() and not (p < 1).any():
        return pick(logits, numbers)
    edge = top_k_edge(logits, k)
    if (p < 1).any():
        edge = torch.maximum(edge, top_p_edge(logits, p, edge))
    logits, ids = survivors(logits, edge)
    return ids.gather(1, pick(logits, numbers)[:, None])[:, 0]


def survivors(logits: torch.Tensor, edge: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """The logits that reach their row's edge, and their ids, in vocabulary order; short rows end in -inf."""
    kept = logits >= edge
    row, token = kept.nonzero(as_tuple=True)
    counts = torch.bincount(row, minlength=len(logits))
    place = torch.arange(len(row), device=row.device) - (counts.cumsum(0) - counts)[row]
    table = logits.new_full((len(logits), int(counts.max())), float("-inf"))
    ids = torch.zeros_like(table, dtype=torch.long)
    table[row, place] = logits[row, token]
    ids[row, place] = token
    return table, ids


def pick(logits: torch.Tensor, numbers: torch.Tensor) -> torch.Tensor:
    """The token of each row at which the cumulative distribution first exceeds its number.

    Args:
        logits: (rows, vocabulary); -inf for what cannot be picked.
        numbers: (rows,), float64, in [0, 1).

    Returns:
        Token ids, (rows,).
    """
    weights = torch.exp(logits - logits.amax(-1, keepdim=True))
    blocks = _blocks(weights)
    sums = blocks.sum(-1).double().cumsum(-1)
    target = numbers * sums[:, -1]
    block = _first_above(sums, target)
    before = sums.gather(1, (block - 1).clamp(min=0)[:, None])[:, 0] * (block > 0)
    within = blocks[torch.arange(len(block), device=block.device), block].double().cumsum(-1)
    # The two sums may differ in their last bits: never look for more than the block holds.
    most = torch.nextafter(within[:, -1], torch.zeros_like(within[:, -1]))
    return block * BLOCK + _first_above(within, torch.minimum(target - before, most))


def _blocks(weights: torch.Tensor) -> torch.Tensor:
    """Rows cut into blocks, (rows, blocks, BLOCK), the last one filled with zeros."""
    return pad(weights, (0, -weights.shape[-1] % BLOCK)).unflatten(-1, (-1, BLOCK))


def _first_above(sums: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """Where a rising row first exceeds its target."""
    return torch.searchsorted(sums, target[:, None], right=True)[:, 0].clamp(max=sums.shape[-1] - 1)


def _largest(logits: torch.Tensor, k: int) -> torch.Tensor:
    """The k largest of each row in falling order, (rows, k).

    They lie in the k columns with the largest maxima, so only those are searched.
    """
    columns = -(-logits.shape[-1] // COLUMNS)
    if k >= columns:
        return logits.topk(k).values
    table = pad(logits, (0, columns * COLUMNS - logits.shape[-1]), value=float("-inf")).unflatten(-1, (COLUMNS, -1))
    best = table.amax(1).topk(k).indices
    return table.gather(2, best[:, None].expand(-1, COLUMNS, -1)).flatten(1).topk(k).values


def _rows(logits: torch.Tensor, places: "Sequence[int] | torch.Tensor") -> torch.Tensor:
    """Those rows, without a copy when they are all."""
    return logits if len(places) == len(logits) else logits[places]
