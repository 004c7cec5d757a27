"""The keys and values of all rows, in place: one slot a row, its tokens from the left."""

from typing import Any

import torch
from transformers import PreTrainedConfig
from transformers.cache_utils import Cache, CacheLayerMixin

from lib.runs.step import Step


class Slots(Cache):
    """A transformers cache that writes each token to its row's slot and never copies to grow by one.

    Each layer has a tensor of shape (2, rows, key/value heads, capacity, head size). Before each
    forward pass `step` says which token belongs where; every layer's `update` then returns all
    slots, and `lib.runs.attention` picks from them.
    """

    def __init__(
        self, config: PreTrainedConfig, rows: int, capacity: int, dtype: torch.dtype, device: torch.device
    ) -> None:
        """`capacity` is a multiple of `lib.runs.step.GRAIN`."""
        self.step: Step | None = None
        self.rows, self.capacity = rows, capacity
        shape = slot_shape(config, rows, capacity)
        zeros = (torch.zeros(shape, dtype=dtype, device=device) for _ in range(config.num_hidden_layers))
        self._own = [_Layer(self, data) for data in zeros]
        super().__init__(layers=[*self._own])

    def copy(self, source: int, target: int, length: int) -> None:
        """Give slot `target` the first `length` tokens of slot `source`."""
        for layer in self._own:
            layer.data[:, target, :, :length] = layer.data[:, source, :, :length]

    def resize(self, rows: int, capacity: int, kept: int) -> None:
        """Make room for other numbers of rows and tokens; the first `kept` rows keep what still fits.

        One layer after the other, so that old and new slots are never all there at once.
        """
        length = min(self.capacity, capacity)
        for layer in self._own:
            old = layer.data
            layer.data = old.new_zeros(2, rows, old.shape[2], capacity, old.shape[4])
            layer.data[:, :kept, :, :length] = old[:, :kept, :, :length]
        self.rows, self.capacity = rows, capacity


class _Layer(CacheLayerMixin):
    """One layer's keys and values of all rows."""

    def __init__(self, slots: Slots, data: torch.Tensor) -> None:
        super().__init__()
        self._slots, self.data = slots, data
        self.is_initialized = True

    def lazy_initialization(self, key_states: torch.Tensor, value_states: torch.Tensor) -> None:
        """Nothing to do: the slots exist already."""

    def update(
        self, key_states: torch.Tensor, value_states: torch.Tensor, *_: Any, **__: Any
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Write a step's keys and values, each (1, heads, tokens, size); gives every slot's."""
        step = self._slots.step
        assert step is not None
        keys, values = self.data
        keys[step.slots, :, step.places] = key_states[0].transpose(0, 1)[step.nodes]
        values[step.slots, :, step.places] = value_states[0].transpose(0, 1)[step.nodes]
        return keys, values

    def get_mask_sizes(self, query_length: int) -> tuple[int, int]:
        """Not used: the step carries its own masks."""
        return query_length, 0

    def get_seq_length(self) -> int:
        """No one length holds for all rows."""
        return 0

    def get_max_length(self) -> int:
        """Tokens a row can hold."""
        return self._slots.capacity


def slot_shape(config: PreTrainedConfig, rows: int, capacity: int) -> tuple[int, ...]:
    """The shape of one layer's keys and values."""
    heads = getattr(config, "num_key_value_heads", None) or config.num_attention_heads
    size = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
    return (2, rows, heads, capacity, size)
