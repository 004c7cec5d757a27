"""Generation for models that cannot roll: `model.generate` on rows whose prompts are equally long.

Equal lengths need no padding, which recurrent states, sliding windows and position biases treat
in their several ways. The choice of tokens is the same as in a rolling batch.
"""

from collections import deque
from collections.abc import Sequence

import torch
from transformers import GenerationConfig, LogitsProcessor, LogitsProcessorList, PreTrainedModel

from lib.runs.rows import Desk, Row
from lib.runs.sampling import Draw, choose


class PlainBatch:
    """Rows that start and end together."""

    def __init__(self, model: PreTrainedModel, desk: Desk) -> None:
        self._model, self._desk = model, desk
        self.rows: list[Row] = []
        end = sorted(desk.ends)
        # A config of our own: whatever the model's own config says about decoding must not add to the grid's settings.
        model.generation_config = GenerationConfig(eos_token_id=end or None, pad_token_id=end[0] if end else 0)

    @torch.inference_mode()
    def advance(self, waiting: deque[Row], limit: int) -> list[Row]:
        """Answer the first of `waiting`, and up to `limit` whose prompts are as long."""
        length = waiting[0].prompt
        self.rows = [row for row in waiting if row.prompt == length][:limit]
        for row in self.rows:
            waiting.remove(row)
        prompts = torch.tensor([row.ids for row in self.rows], device=self._model.device)
        output = self._model.generate(  # type: ignore[operator]  # torch's types hide methods behind Module's attributes
            prompts,
            attention_mask=torch.ones_like(prompts),
            max_new_tokens=max(row.most for row in self.rows) - length,
            logits_processor=LogitsProcessorList([_Choice(self.rows)]),
        )
        for row, ids in zip(self.rows, output.tolist(), strict=True):
            _complete(row, ids[length:], self._desk)
        return self.clear()

    def clear(self) -> list[Row]:
        """Give up the rows."""
        rows, self.rows = self.rows, []
        return rows


class _Choice(LogitsProcessor):
    """Leaves greedy decoding one token to choose from: the one that `lib.runs.sampling` chose."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows

    def __call__(self, input_ids: torch.Tensor, scores: torch.Tensor) -> torch.Tensor:
        place = input_ids.shape[1] - self._rows[0].prompt
        histories = input_ids.tolist()
        draws = [
            Draw(row.job.decoding, row.job.seed, place, ids) for row, ids in zip(self._rows, histories, strict=True)
        ]
        chosen = torch.tensor(choose(scores, draws), device=scores.device)
        forced = torch.full_like(scores, float("-inf"))
        return forced.scatter_(1, chosen[:, None], 0.0)


def _complete(row: Row, tokens: Sequence[int], desk: Desk) -> None:
    """Add tokens up to the row's own end: others in its batch may have gone on."""
    for token in tokens:
        if desk.extend(row, token):
            return
