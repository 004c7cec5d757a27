"""Tiny real models and a tokenizer, built in code: what the engine's tests run on."""

from collections.abc import Iterable, Sequence
from copy import deepcopy

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import (
    BloomConfig,
    GPT2Config,
    LlamaConfig,
    MambaConfig,
    MistralConfig,
    PreTrainedModel,
    PreTrainedTokenizerFast,
    Qwen2Config,
)
from transformers.models.auto import AutoModelForCausalLM

from lib.runs.engine import ROWS, Engine
from lib.types import Decoding, Job, ModelFacts, PromptFormat, Response, TakeJobs

READS = 700
VOCABULARY = 260
SIZES = {"vocab_size": VOCABULARY, "initializer_range": 0.3, "bos_token_id": None, "eos_token_id": 256}
ROTARY = {
    **SIZES,
    "hidden_size": 96,
    "intermediate_size": 128,
    "num_hidden_layers": 2,
    "num_attention_heads": 6,
    "num_key_value_heads": 3,
    "head_dim": 64,  # as in real models: torch has other kernels for much smaller heads
    "max_position_embeddings": READS,
}
CONFIGS = {
    "llama": LlamaConfig(**ROTARY),
    "gpt2": GPT2Config(**SIZES, n_embd=384, n_layer=2, n_head=6, n_positions=READS),
    "qwen2": Qwen2Config(**ROTARY),
    "sliding": MistralConfig(**ROTARY, sliding_window=8),
    "alibi": BloomConfig(**SIZES, hidden_size=64, n_layer=2, n_head=4),
    "recurrent": MambaConfig(**SIZES, hidden_size=64, num_hidden_layers=2, state_size=8),
    "stretching": LlamaConfig(**ROTARY, rope_parameters={"rope_type": "dynamic", "factor": 2.0, "rope_theta": 1e4}),
}
ROLLING = ("llama", "gpt2", "qwen2")
NOT_ROLLING = ("sliding", "alibi", "recurrent", "stretching")
FACTS = ModelFacts("tiny", "test")


def tiny_model(kind: str, dtype: torch.dtype = torch.float32) -> PreTrainedModel:
    """A random model of an architecture, the same one each time."""
    torch.manual_seed(11)
    return AutoModelForCausalLM.from_config(deepcopy(CONFIGS[kind]), dtype=dtype).eval().requires_grad_(False)


def byte_tokenizer() -> PreTrainedTokenizerFast:
    """One token a byte, so that lengths are those of the text."""
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokenizer = Tokenizer(models.BPE({symbol: number for number, symbol in enumerate(alphabet)}, []))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens(["<end>"])
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token="<end>")


def tokenize(job: Job, tokenizer: PreTrainedTokenizerFast) -> tuple[str, list[int]]:
    """The prompt as it is."""
    return job.prompt, tokenizer.encode(job.prompt)


def tiny_engine(kind: str = "llama", *, rows: int = ROWS) -> Engine:
    return engine_on(tiny_model(kind), rows=rows)


def engine_on(model: PreTrainedModel, *, rows: int = ROWS) -> Engine:
    return Engine(model, byte_tokenizer(), FACTS, tokenize, rows=rows)


def jobs_for(prompts: Iterable[str], decoding: Decoding) -> list[Job]:
    return [Job(no, prompt, PromptFormat.PLAIN, decoding, seed=no) for no, prompt in enumerate(prompts)]


def taking(jobs: Sequence[Job]) -> TakeJobs:
    """Hands out those jobs and no more."""
    left = list(jobs)

    def take(n: int, *, wait: bool) -> list[Job]:
        taken, left[:] = left[:n], left[n:]
        return taken

    return take


def answer(engine: Engine, jobs: Sequence[Job]) -> dict[int, Response]:
    """All responses by number; each job has exactly one."""
    responses = list(engine.generate(taking(jobs)))
    by_number = {response.no: response for response in responses}
    assert len(by_number) == len(responses) == len(jobs)
    return by_number
