"""What a causal language model says next: the distribution after a prompt. Only worker processes come here.

Probabilities are those of the full softmax at temperature 1. That of a word is the probability that the text
goes on with that word and not merely with its letters: "he", not "her" or "hello". A model sees tokens, so for
each spelling the product of its tokens' probabilities is taken, times the probability that the token after it
begins no further letters (Pimentel and Meister 2024, How to Compute the Probability of a Word; Oh and Schuler
2024, Leading Whitespaces of Language Models' Subword Vocabulary Pose a Confound for Calculating Surprisal).
"""

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lib.errors import ModelError
from lib.models.formatting import tokenize
from lib.models.local_model import LocalModel
from lib.types import Decoding, Job, PromptFormat

if TYPE_CHECKING:
    from torch import Tensor
    from transformers import Cache

ROWS_AT_ONCE = 128
"""Words read at once; four tokens each over a vocabulary of 50,000 take 200 MB in double precision."""


@dataclass(frozen=True, slots=True)
class NextTokens:
    """What follows one prompt: the `top` tokens as (text, probability), and the probability of each word asked for."""

    top: tuple[tuple[str, float], ...]
    words: tuple[float, ...]


class NextTokenModel:
    """Asks one loaded model what comes next; everything it gives is exact, nothing is sampled."""

    def __init__(self, local: LocalModel) -> None:
        self._model, self._tokenizer = local.model, local.tokenizer
        self.facts = local.facts
        self._borders: Tensor | None = None

    def ask(
        self, prompts: Sequence[str], words: Sequence[Sequence[str]], *, top: int, format: PromptFormat
    ) -> list[NextTokens]:
        """What follows each prompt.

        Args:
            words: for each word its spellings, without a space in front ("he", "He").
            top: how many of the likeliest tokens to give.

        Raises:
            ModelError: the format does not fit the model, or a prompt is empty and the model has no start token.
        """
        return [self._after(prompt, words, top, format) for prompt in prompts]

    def _after(self, prompt: str, words: Sequence[Sequence[str]], top: int, format: PromptFormat) -> NextTokens:
        sent, ids = tokenize(Job(0, prompt, format, Decoding(), 0), self._tokenizer)
        continuations = [self._continuations(sent, ids, spellings) for spellings in words]
        flat = list(dict.fromkeys(each for own in continuations for each in own))
        first, read = self._read(ids)
        known = dict(zip(flat, self._word_probabilities(first, read, flat), strict=True))
        best = first.exp().topk(min(top, len(first)))
        shown = [(self._text(int(token)), float(p)) for token, p in zip(best.indices, best.values, strict=True)]
        return NextTokens(tuple(shown), tuple(sum(known[each] for each in own) for own in continuations))

    def _continuations(self, sent: str, ids: list[int], spellings: Sequence[str]) -> list[tuple[int, ...]]:
        """The token sequences that spell a word behind a text, each once; with a space unless one is there."""
        spaces = ("", " ") if sent[-1:].isspace() or not sent else (" ",)
        found = (self._behind(sent, ids, space + spelling) for spelling in spellings for space in spaces)
        return list(dict.fromkeys(each for each in found if each))

    def _behind(self, sent: str, ids: list[int], text: str) -> tuple[int, ...]:
        """The tokens of `text` as they come behind `sent`: some tokenizers put a space in front of a text by itself."""
        together = self._tokenizer.encode(sent + text)
        for start in (ids, self._tokenizer.encode(sent, add_special_tokens=False)):
            whole = together if start is ids else self._tokenizer.encode(sent + text, add_special_tokens=False)
            if whole[: len(start)] == start and len(whole) > len(start):
                return tuple(whole[len(start) :])
        return tuple(self._tokenizer.encode(text, add_special_tokens=False))

    def _read(self, ids: list[int]) -> tuple["Tensor", "Cache"]:
        """Log-probabilities after a prompt, shape (vocabulary,), and what the model keeps of having read it."""
        import torch

        with torch.inference_mode():
            read = self._model(input_ids=torch.tensor([ids], device=self._model.device), use_cache=True)
        if not hasattr(read.past_key_values, "batch_repeat_interleave"):
            cause = "it keeps nothing of what it has read, so that whole words cannot be asked for"
            raise ModelError(f"model {self.facts.model}", cause, "Choose a transformer model.")
        return read.logits[0, -1].cpu().double().log_softmax(-1), read.past_key_values

    def _word_probabilities(
        self, first: "Tensor", read: "Cache", continuations: Sequence[tuple[int, ...]]
    ) -> Iterator[float]:
        """For each continuation the product of its tokens' probabilities and of a word's end behind it."""
        for start in range(0, len(continuations), ROWS_AT_ONCE):
            batch = continuations[start : start + ROWS_AT_ONCE]
            for each, logs in zip(batch, self._log_probabilities(read, batch), strict=True):
                told = first[each[0]] + sum(logs[place, token] for place, token in enumerate(each[1:]))
                yield float(told.exp() * logs[len(each) - 1].exp()[self._word_borders()].sum())

    def _log_probabilities(self, read: "Cache", rows: Sequence[tuple[int, ...]]) -> list["Tensor"]:
        """Log-probabilities of each row behind the prompt, shape (its length, vocabulary), padding left out."""
        import torch

        longest = max(map(len, rows))
        pad = self._tokenizer.pad_token_id or 0
        padded = torch.tensor([[*row, *[pad] * (longest - len(row))] for row in rows], device=self._model.device)
        kept = copy.deepcopy(read)  # reading on writes into it
        kept.batch_repeat_interleave(len(rows))
        with torch.inference_mode():
            logits = self._model(input_ids=padded, past_key_values=kept).logits.cpu().double()
        return [logits[place, : len(row)].log_softmax(-1) for place, row in enumerate(rows)]

    def _word_borders(self) -> "Tensor":
        """Which tokens end a word before them: those that begin with no letter or digit; shape (vocabulary,)."""
        import torch

        if self._borders is None:
            size = self._model.get_output_embeddings().weight.shape[0]
            special = set(self._tokenizer.all_special_ids)
            known = len(self._tokenizer)
            border = [token >= known or token in special or not self._goes_on(token) for token in range(size)]
            self._borders = torch.tensor(border)
        return self._borders

    def _goes_on(self, token: int) -> bool:
        return self._text(token)[:1].isalnum()

    def _text(self, token: int) -> str:
        """A token as text; a leading space is kept, which SentencePiece writes as ▁ and its decoder drops."""
        piece = self._tokenizer.convert_ids_to_tokens(token)
        text = str(self._tokenizer.decode([token], clean_up_tokenization_spaces=False))
        return f" {text.lstrip()}" if isinstance(piece, str) and piece.startswith("▁") else text
