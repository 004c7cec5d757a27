"""Sequence classifiers small enough to build in a test: random weights, a tokenizer trained on three sentences."""

from pathlib import Path

import torch
from transformers import LlamaConfig, LlamaForSequenceClassification

from tests.models import tiny


def classifier(folder: Path, labels: list[str], *, window: int = 64, problem: str | None = None) -> Path:
    """A classifier folder with these labels; the same weights every time."""
    words = tiny.tokenizer()
    words.pad_token = words.eos_token
    words.model_max_length = window
    torch.manual_seed(3)
    shape = LlamaConfig(
        vocab_size=len(words), hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=4,
        num_key_value_heads=2, max_position_embeddings=window, pad_token_id=words.pad_token_id,
        id2label=dict(enumerate(labels)), label2id={label: no for no, label in enumerate(labels)},
        problem_type=problem,
    )  # fmt: skip
    model = LlamaForSequenceClassification(shape)
    model.score.weight.data *= 20  # so that the classes are told apart
    model.save_pretrained(folder)
    words.save_pretrained(folder)
    return folder
