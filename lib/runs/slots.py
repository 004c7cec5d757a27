"""The keys and values of all rows, in place: one slot a row, its tokens from the left."""

from typing import Any

import torch
from transformers import PreTrainedConfig
from transformers.cache_utils import Cache, CacheLayerMixin

from lib.runs.step import Step


class Slots(Cache):
    """A transformers cache that writes each token to its row's slot and never copies to grow.

    `data` has shape (layers, 2, rows, key/value heads, capacity, head size). Before each forward
    pass `step` says which token belongs where; every layer's `update` then returns all slots, and
    `lib.runs.attention` picks from them.
    """

    def __init__(
        self, config: PreTrainedConfig, rows: int, capacity: int, dtype: torch.dtype, device: torch.device
    ) -> None:
        """`capacity` is a multiple of `lib.runs.step.GRAIN`."""
        self.data = torch.zeros(slot_shape(config, rows, capacity), dtype=dtype, device=device)
        self.step: Step | None = None
        super().__init__(layers=[_Layer(self, number) for number in range(len(self.data))])

    @property
    def rows(self) -> int:
        """How many rows there is room for."""
        return self.data.shape[2]

    @property
    def capacity(self) -> int:
        """How many tokens a row can hold."""
        return self.data.shape[4]

    def copy(self, source: int, target: int, length: int) -> None:
        """Give slot `target` the first `length` tokens of slot `source`."""
        self.data[:, :, target, :, :length] = self.data[:, :, source, :, :length]

    def take_over(self, other: "Slots", rows: int) -> None:
        """Copy the first `rows` slots of another cache, as far as there is room."""
        length = min(self.capacity, other.capacity)
        self.data[:, :, :rows, :, :length] = other.data[:, :, :rows, :, :length]


class _Layer(CacheLayerMixin):
    """One layer's view of the slots."""

    def __init__(self, slots: Slots, number: int) -> None:
        super().__init__()
        self._slots, self._number = slots, number
        self.is_initialized = True

    def lazy_initialization(self, key_states: torch.Tensor, value_states: torch.Tensor) -> None:
        """Nothing to do: the slots exist already."""

    def update(
        self, key_states: torch.Tensor, value_states: torch.Tensor, *_: Any, **__: Any
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Write a step's keys and values, each (1, heads, tokens, size); gives every slot's."""
        step = self._slots.step
        assert step is not None
        keys, values = self._slots.data[self._number]
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
    """The shape of `Slots.data` for a model."""
    heads = getattr(config, "num_key_value_heads", None) or config.num_attention_heads
    size = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
    return (config.num_hidden_layers, 2, rows, heads, capacity, size)
