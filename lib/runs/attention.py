"""Attention over the slots of a rolling batch, computed so that a row's result is its own.

transformers calls `attend` in every layer in the place of its own attention. Scaled dot-product
attention as in Vaswani et al. 2017, grouped queries as in Ainslie et al. 2023, without expanding
keys and values to one head per query head.

torch's fused kernel would be as fast, but rounds differently when the longest row of a batch
changes. Here sums over keys run in blocks that begin at fixed positions, and every size that a
kernel's choice may depend on is padded to one of few.
"""

from typing import Any

import torch
from torch import nn
from transformers import AttentionInterface

from lib.runs.step import GRAIN, Bucket, Step

NAME = "evenhand_rolling"

KEY_BLOCK = 128
"""Keys summed at once. Matrix kernels split longer sums at places that depend on the length."""


def attend(
    module: nn.Module,
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    attention_mask: torch.Tensor | None,
    *,
    step: Step,
    scaling: float | None = None,
    **_: Any,
) -> tuple[torch.Tensor, None]:
    """Attention of one layer over one step.

    Args:
        module: the layer, unused.
        query: (1, heads, tokens, size).
        key: the layer's slots, (rows, key/value heads, capacity, size).
        value: likewise.
        attention_mask: unused, the step knows what each token sees.
        step: what this forward pass computes.
        scaling: factor on the scores; 1/√size by default.

    Returns:
        (1, tokens, heads, size), and no attention weights.
    """
    del module, attention_mask
    heads, tokens, size = query.shape[1:]
    scaled = (query[0] * (size**-0.5 if scaling is None else scaling)).transpose(0, 1)
    output = query.new_zeros(tokens, heads, size)
    for bucket in step.buckets:
        attended = _attend_bucket(scaled[bucket.queries], key, value, bucket)
        output[bucket.queries.flatten()[bucket.real]] = attended[bucket.real]
    return output[None], None


def _attend_bucket(query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, bucket: Bucket) -> torch.Tensor:
    """Attention of `query`, (stretches, queries, heads, size), over the bucket's slots: (stretches × queries, …)."""
    stretches, queries, heads, size = query.shape
    groups, length = key.shape[1], bucket.bias.shape[-1]
    shared = heads // groups  # query heads that read the same keys
    query = query.view(stretches, queries, groups, shared, size).permute(0, 2, 3, 1, 4)
    query = query.reshape(stretches * groups, shared * queries, size)
    key = key[bucket.slots, :, :length].reshape(stretches * groups, length, size)
    value = value[bucket.slots, :, :length].reshape(stretches * groups, length, size)

    scores = torch.bmm(query, key.transpose(1, 2)).float().view(stretches, groups, shared, queries, length)
    scores += bucket.bias
    scores -= scores.amax(-1, keepdim=True)
    weights = scores.exp_()
    total = _total(weights)
    mixed = _mix(weights.to(value.dtype).view(stretches * groups, shared * queries, length), value)
    mixed = mixed.view(stretches, groups, shared, queries, size) / total
    return mixed.permute(0, 3, 1, 2, 4).reshape(stretches * queries, heads, size).to(value.dtype)


def _total(weights: torch.Tensor) -> torch.Tensor:
    """The sum over keys, kept as a dimension: blocks of fixed size first, then those one after the other."""
    return weights.unflatten(-1, (-1, GRAIN)).sum(-1).cumsum(-1)[..., -1:]


def _mix(weights: torch.Tensor, value: torch.Tensor) -> torch.Tensor:
    """weights @ value in float32, block after block of keys."""
    blocks = range(0, value.shape[1], KEY_BLOCK)
    parts = [weights[..., at : at + KEY_BLOCK].bmm(value[:, at : at + KEY_BLOCK]).float() for at in blocks]
    return sum(parts[1:], start=parts[0])


AttentionInterface.register(NAME, attend)
