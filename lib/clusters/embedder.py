"""Sentence vectors that depend on the text alone, not on what else is embedded with it."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from lib.clusters.arrays import Floats32
from lib.errors import MapError
from lib.types import Dtype

STEP = 16
"""Texts are padded to a multiple of so many tokens, and go through the model so many at once."""

LONGEST = 512
"""Tokens read where neither the model nor its tokenizer says how many."""

_UNKNOWN = 1_000_000  # tokenizers that do not know say a number with thirty digits
_COUNTED_AT_ONCE = 1_000


def load_sentence_model(folder: Path, dtype: Dtype, device: str = "cpu") -> Any:
    """The sentence-transformers model in `folder`, ready to embed on a device of torch; nothing is downloaded.

    Raises:
        MapError: it does not load, for instance because its weights are not in safetensors files.
    """
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()
    number = {Dtype.FP32: torch.float32, Dtype.BF16: torch.bfloat16}[dtype]
    try:
        model = SentenceTransformer(
            str(folder),
            device=device,
            local_files_only=True,
            trust_remote_code=False,
            model_kwargs={"dtype": number, "use_safetensors": True},
        )
    except Exception as trouble:  # whatever the library raises, the reader gets cause and remedy
        first_line = (str(trouble).strip() or type(trouble).__name__).splitlines()[0]
        raise MapError(
            f"embedding model {folder}",
            f"sentence-transformers cannot load it ({first_line})",
            "Choose the folder of a sentence-transformers model with safetensors weights.",
        ) from trouble
    return model.eval().requires_grad_(False)


def embed(model: Any, texts: Sequence[str]) -> Floats32:
    """Unit vectors, shape (n, width).

    A text is always padded to the same length, the next multiple of `STEP`, so that its vector is the same bit for bit
    in whatever company it comes, provided that the model's linear layers treat rows independently (packed ones do;
    torch's own choose their kernel by the number of rows). This does not hold for models without a Hugging Face
    tokenizer, which embed as their library does it.

    Args:
        texts: whole Unicode; the tokenizer fails on the lone half of a character, which the caller replaces.
    """
    import torch

    if not texts:
        return np.zeros((0, model.get_embedding_dimension() or 1), dtype=np.float32)
    texts = [prompt_of(model) + text for text in texts]
    tokenizer = tokenizer_of(model)
    if tokenizer is None:
        made = model.encode(texts, prompt="", batch_size=STEP, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(made, dtype=np.float32)
    longest = most_tokens(model, tokenizer)
    vectors: list[Any] = [None] * len(texts)
    with torch.inference_mode():
        for rows in batches(tokenizer, texts, longest):
            features = tokenizer(
                [texts[row] for row in rows],
                padding=True,
                pad_to_multiple_of=STEP,
                truncation=True,
                max_length=longest,
                return_tensors="pt",
            ).to(model.device)
            made = model(dict(features))["sentence_embedding"].float().cpu().numpy()
            for row, vector in zip(rows, made, strict=True):
                vectors[row] = vector
    return unit(np.stack(vectors))


def prompt_of(model: Any) -> str:
    """What the model wants before every text, "" for nothing."""
    return (model.prompts or {}).get(model.default_prompt_name) or ""


def tokenizer_of(model: Any) -> Any:
    """The model's Hugging Face tokenizer, able to pad; None where it has another kind or does not read text by it."""
    from sentence_transformers.base.modules import Transformer
    from transformers import PreTrainedTokenizerBase

    tokenizer = model[0].tokenizer if isinstance(model[0], Transformer) else None
    if not isinstance(tokenizer, PreTrainedTokenizerBase):
        return None
    if tokenizer.pad_token is None:  # any token does: the attention mask hides it
        tokenizer.pad_token = tokenizer.eos_token or tokenizer.convert_ids_to_tokens(0)
    return tokenizer


def most_tokens(model: Any, tokenizer: Any) -> int:
    """How many tokens of a text are read, such that padding does not lead past the model's last position."""
    longest = model.max_seq_length or tokenizer.model_max_length
    if longest > _UNKNOWN:
        longest = LONGEST
    positions = getattr(model[0].config, "max_position_embeddings", None)
    if positions and -(-longest // STEP) * STEP > positions:
        longest = positions // STEP * STEP or longest
    return int(longest)


def batches(tokenizer: Any, texts: Sequence[str], longest: int) -> Iterator[list[int]]:
    """Rows of texts that are padded to the same length, at most `STEP` at once, the shortest first."""
    steps: list[int] = []
    for start in range(0, len(texts), _COUNTED_AT_ONCE):
        read = tokenizer(list(texts[start : start + _COUNTED_AT_ONCE]), truncation=True, max_length=longest)
        steps += [-(-len(ids) // STEP) for ids in read["input_ids"]]
    for step in sorted(set(steps)):
        rows = [row for row, its in enumerate(steps) if its == step]
        yield from (rows[start : start + STEP] for start in range(0, len(rows), STEP))


def unit(vectors: Floats32) -> Floats32:
    """Rows scaled to length 1; a row of zeros stays."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.maximum(lengths, np.finfo(np.float32).tiny)).astype(np.float32)
