"""A cell on its way through a model: from job to row to response."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from transformers import PreTrainedModel, PreTrainedTokenizerBase

from lib.errors import ModelError
from lib.runs.sampling import Draw
from lib.types import Finish, Job, Response

Tokenize = Callable[[Job, PreTrainedTokenizerBase], tuple[str, list[int]]]
"""Gives the text a model is sent for a job and its token ids."""


@dataclass(slots=True, eq=False)
class Row:
    """One job being answered.

    `ids` holds prompt and completion, `most` how long it may become, `held` how many of its tokens
    have keys and values in its slot.
    """

    job: Job
    sent: str
    ids: list[int]
    prompt: int
    most: int
    held: int = 0
    begun: float = field(default_factory=time.monotonic)

    @property
    def decoding(self) -> bool:
        """Whether the prompt is behind it."""
        return len(self.ids) > self.prompt

    def draw(self) -> Draw:
        """What the choice of its next token depends on, besides the logits."""
        return Draw(self.job.decoding, self.job.seed, len(self.ids) - self.prompt, self.ids)

    def restart(self) -> None:
        """Forget the completion; the same one will come again."""
        del self.ids[self.prompt :]
        self.held = 0


class Desk:
    """Turns jobs into rows and rows into responses, for one model."""

    def __init__(self, model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase, tokenize: Tokenize) -> None:
        self._tokenizer, self._tokenize = tokenizer, tokenize
        self.reads: int | None = getattr(model.config.get_text_config(), "max_position_embeddings", None)
        self.ends = end_tokens(model, tokenizer)

    def open(self, job: Job) -> Row:
        """The row for a job; raises ModelError when the model cannot read the prompt and answer."""
        sent, ids = self._tokenize(job, self._tokenizer)
        room = job.decoding.max_new_tokens
        if self.reads is not None:
            room = min(room, self.reads - len(ids))
        if room < 1:
            cause = f"the prompt has {len(ids)} tokens, the model reads {self.reads}"
            raise ModelError("the prompt", cause, "Shorten it, or choose a model that reads more.")
        return Row(job, sent, ids, len(ids), len(ids) + room)

    def extend(self, row: Row, token: int) -> bool:
        """Add a chosen token; true when that ends the row."""
        row.ids.append(token)
        return token in self.ends or len(row.ids) >= row.most

    def close(self, row: Row) -> Response:
        """The response of a row that has ended. The end token is neither shown nor counted."""
        stopped = row.ids[-1] in self.ends
        completion = row.ids[row.prompt : -1 if stopped else None]
        return Response(
            no=row.job.no,
            text=self._text(row.ids[: row.prompt], completion),
            finish=Finish.STOP if stopped else Finish.LENGTH,
            prompt_sent=row.sent,
            prompt_tokens=row.prompt,
            new_tokens=len(completion),
            seconds=time.monotonic() - row.begun,
        )

    def fail(self, row: Row, problem: Exception) -> Response:
        """The response of a row that cannot be answered."""
        return Response(
            row.job.no, "", Finish.FAILED, row.sent, row.prompt, 0, time.monotonic() - row.begun, describe(problem)
        )

    def _text(self, prompt: list[int], completion: list[int]) -> str:
        """What the completion adds to the prompt: some tokenizers drop a leading space from a text on its own."""
        before = self._decode(prompt)
        both = self._decode([*prompt, *completion])
        return both[len(before) :] if both.startswith(before) else self._decode(completion)

    def _decode(self, ids: list[int]) -> str:
        text = self._tokenizer.decode(ids, skip_special_tokens=True, clean_up_tokenization_spaces=False)
        assert isinstance(text, str)
        return text


def end_tokens(model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase) -> frozenset[int]:
    """Every token that ends a completion, by the generation config or the tokenizer.

    Nothing else of the generation config is heeded: the grid says how to decode.
    """
    configured: Any = model.generation_config.eos_token_id if model.generation_config else None
    ends = configured if isinstance(configured, list) else [configured]
    return frozenset(end for end in (*ends, tokenizer.eos_token_id) if end is not None)


def describe(problem: Exception) -> str:
    """An exception as the error of a response: its words, and its type where the words may not explain themselves."""
    return str(problem) if isinstance(problem, ModelError) else f"{type(problem).__name__}: {problem}"
