"""The rolling batch: rows that end make room for the next ones at once, in one long sequence of steps.

Each step is one forward pass that decodes a token for every row and reads prompts of new rows
(Yu et al. 2022, "Orca"; Agrawal et al. 2023, "SARATHI").
"""

from collections import deque

import torch
from transformers import PreTrainedModel

from lib.runs.packed import return_freed_memory
from lib.runs.prefill import plan_step
from lib.runs.rows import Desk, Row
from lib.runs.sampling import choose
from lib.runs.slots import Slots, slot_shape
from lib.runs.step import FEWEST, GRAIN


class RollingBatch:
    """Rows in slots, one slot a row, without gaps: the last row moves where one ended."""

    def __init__(self, model: PreTrainedModel, desk: Desk, slot_bytes: int) -> None:
        """`slot_bytes` bounds keys and values together, except that one row always has a slot."""
        self._model, self._desk, self._slot_bytes = model, desk, slot_bytes
        self._slots: Slots | None = None
        self.rows: list[Row] = []

    @torch.inference_mode()
    def advance(self, waiting: deque[Row], limit: int) -> list[Row]:
        """Admit rows from `waiting` while there are fewer than `limit`, do one step, and give the rows that ended."""
        self._admit(waiting, limit)
        logits, ready = self._forward()
        if not ready:
            return []
        tokens = choose(logits, [self.rows[slot].draw() for slot in ready])
        ended = [slot for slot, token in zip(ready, tokens, strict=True) if self._desk.extend(self.rows[slot], token)]
        return [self._release(slot) for slot in reversed(ended)]

    def clear(self) -> list[Row]:
        """Give up every row and all memory."""
        rows, self.rows, self._slots = self.rows, [], None
        return rows

    def _admit(self, waiting: deque[Row], limit: int) -> None:
        while waiting and len(self.rows) < limit and self._has_room(waiting, limit):
            self.rows.append(waiting.popleft())

    def _has_room(self, waiting: deque[Row], limit: int) -> bool:
        """Whether the next row fits, after making other slots as need be.

        Longer rows need longer slots, of which there is room for fewer; when long rows are gone,
        shorter and more slots come back.
        """
        need = max(row.most for row in (*self.rows, waiting[0]))
        possible = self._rows_for(need, limit)
        if len(self.rows) >= possible:
            return False
        if self._slots is None or self._slots.capacity < need or 2 * self._slots.rows <= possible:
            # Room for all that wait saves making slots again, unless a few long rows would cost many short ones.
            longest = max(need, *(row.most for row in waiting))
            affordable = self._rows_for(longest, limit) > max(len(self.rows), possible // 2)
            self._remake(longest if affordable else need, limit)
        assert self._slots is not None
        return len(self.rows) < self._slots.rows

    def _remake(self, capacity: int, limit: int) -> None:
        """Slots for rows of that many tokens; what the batch holds moves there."""
        rows, capacity = self._rows_for(capacity, limit), _rounded(capacity)
        if self._slots is None:
            config = self._model.config.get_text_config()
            self._slots = Slots(config, rows, capacity, self._model.dtype, self._model.device)
        else:
            self._slots.resize(rows, capacity, len(self.rows))
            return_freed_memory()

    def _rows_for(self, capacity: int, limit: int) -> int:
        """How many rows of that many tokens the memory allows."""
        config = self._model.config.get_text_config()
        row = config.num_hidden_layers * torch.Size(slot_shape(config, 1, _rounded(capacity))).numel()
        return max(1, min(limit, self._slot_bytes // (row * self._model.dtype.itemsize)))

    def _forward(self) -> tuple[torch.Tensor, list[int]]:
        """One step: logits, (rows, vocabulary), for the slots whose every token is now held."""
        slots = self._slots
        assert slots is not None
        plan = plan_step(self.rows, slots.copy, self._model.device)
        ends = [row.held + len(nodes) for row, nodes in zip(self.rows, plan.nodes, strict=True)]
        ready = [slot for slot, row in enumerate(self.rows) if ends[slot] == len(row.ids)]
        last = [plan.nodes[slot][-1] for slot in ready]
        slots.step = plan.step
        output = self._model(
            input_ids=plan.step.tokens,
            position_ids=plan.step.positions,
            past_key_values=slots,
            use_cache=True,
            logits_to_keep=torch.tensor(last + [0] * (FEWEST - len(last)), device=self._model.device),
            step=plan.step,
        )
        for row, end in zip(self.rows, ends, strict=True):
            row.held = end
        return output.logits[0, : len(ready)], ready

    def _release(self, slot: int) -> Row:
        """Take a row out and close the gap."""
        row, last = self.rows[slot], self.rows.pop()
        if slot < len(self.rows):
            assert self._slots is not None
            self._slots.copy(len(self.rows), slot, last.held)
            self.rows[slot] = last
        return row


def _rounded(capacity: int) -> int:
    return -(-capacity // GRAIN) * GRAIN
