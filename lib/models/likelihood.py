"""How likely a causal language model finds given texts. Only worker processes come here."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lib.models.local_model import LocalModel

if TYPE_CHECKING:
    from torch import Tensor

TOKENS_AT_ONCE = 1_024
"""Places in a batch, padding included: the logits of one take 4 bytes × vocabulary."""

ROWS_AT_ONCE = 128


class Likelihood:
    """Gives texts their log-probability under one loaded model.

    The first token of a text is scored when the tokenizer puts a start token in front of it; else it only
    conditions what follows, since nothing stands before it to tell its probability. A text longer than the
    model's window is cut at its end.
    """

    def __init__(self, local: LocalModel) -> None:
        self._model, self._tokenizer = local.model, local.tokenizer
        self.facts = local.facts
        window = getattr(local.model.config, "max_position_embeddings", None)
        self._window = window or local.tokenizer.model_max_length

    def log_likelihoods(self, texts: Sequence[str]) -> list[tuple[float, int]]:
        """For each text the sum of its tokens' natural log-probabilities, and how many tokens were summed.

        Texts are read in batches of like length, padded on the right behind a mask, so that each gets what it
        would get alone, up to rounding. A text of no scorable token gives (0.0, 0).
        """
        rows = [self._tokenizer.encode(text)[: self._window] for text in texts]
        found = [(0.0, 0)] * len(rows)
        batch: list[int] = []
        for place in sorted(range(len(rows)), key=lambda place: len(rows[place])):
            if len(rows[place]) < 2:
                continue
            if batch and len(rows[place]) * (len(batch) + 1) > TOKENS_AT_ONCE:
                self._score(rows, batch, found)
                batch = []
            batch.append(place)
        if batch:
            self._score(rows, batch, found)
        return found

    def _score(self, rows: Sequence[list[int]], places: Sequence[int], found: list[tuple[float, int]]) -> None:
        """Fill in `found` at `places`, whose rows are of ascending length."""
        import torch

        longest = len(rows[places[-1]])
        pad = self._tokenizer.pad_token_id or 0
        device = self._model.device
        ids = torch.tensor([rows[each] + [pad] * (longest - len(rows[each])) for each in places], device=device)
        mask = torch.tensor(
            [[1] * len(rows[each]) + [0] * (longest - len(rows[each])) for each in places], device=device
        )
        scored = mask[:, 1:].bool()
        with torch.inference_mode():
            logits = self._model(input_ids=ids, attention_mask=mask, use_cache=False).logits[:, :-1]
            told = _log_probabilities(logits[scored], ids[:, 1:][scored])
        lengths = [len(rows[place]) - 1 for place in places]
        for place, own in zip(places, told.split(lengths), strict=True):
            found[place] = (float(own.sum()), len(own))


def _log_probabilities(logits: "Tensor", tokens: "Tensor") -> "Tensor":
    """The log-probability of each token under its row of logits; shapes (n, vocabulary) and (n,), result (n,).

    In double precision: over a large vocabulary torch's own float32 log-softmax was seen to be off by 1e-4 a token.
    """
    import torch

    told = []
    for rows, chosen in zip(logits.split(ROWS_AT_ONCE), tokens.split(ROWS_AT_ONCE), strict=True):
        exact = rows.cpu().double()
        told.append(exact.gather(1, chosen.cpu()[:, None])[:, 0] - exact.logsumexp(-1))
    return torch.cat(told)
