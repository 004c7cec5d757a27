"""The models every catalogue starts with, besides the bundled one; facts from their model cards."""

from lib.types import ModelEntry, ModelKind

HUB = "https://huggingface.co/"


def _hub(
    id: str,
    title: str,
    location: str,
    licence: str,
    parameters: int,
    size_bytes: int,
    *,
    kind: ModelKind = ModelKind.BASE,
    parent: str = "",
    method: str = "",
    note: str = "",
) -> ModelEntry:
    """An entry for a model of the Hub."""
    return ModelEntry(
        id=id,
        title=title,
        backend="hub",
        location=location,
        kind=kind,
        licence=licence,
        source=HUB + location,
        note=note,
        parameters=parameters,
        size_bytes=size_bytes,
        parent=parent,
        method=method,
    )


PUBLISHED = (
    _hub("gpt2", "GPT-2", "openai-community/gpt2", "MIT", 124_439_808, 548_105_171),
    _hub(
        "distilgpt2",
        "DistilGPT2",
        "distilbert/distilgpt2",
        "Apache-2.0",
        81_912_576,
        352_824_413,
        parent="gpt2",
        method="knowledge distillation",
        note="Its model card shows biased continuations as a warning.",
    ),
    _hub("smollm2-135m", "SmolLM2-135M", "HuggingFaceTB/SmolLM2-135M", "Apache-2.0", 134_515_008, 269_060_552),
    _hub(
        "smollm2-135m-instruct",
        "SmolLM2-135M-Instruct",
        "HuggingFaceTB/SmolLM2-135M-Instruct",
        "Apache-2.0",
        134_515_008,
        269_060_552,
        kind=ModelKind.CHAT,
        parent="smollm2-135m",
        method="supervised fine-tuning and DPO",
    ),
    _hub("smollm2-360m", "SmolLM2-360M", "HuggingFaceTB/SmolLM2-360M", "Apache-2.0", 361_821_120, 723_674_912),
    _hub(
        "smollm2-360m-instruct",
        "SmolLM2-360M-Instruct",
        "HuggingFaceTB/SmolLM2-360M-Instruct",
        "Apache-2.0",
        361_821_120,
        723_674_912,
        kind=ModelKind.CHAT,
        parent="smollm2-360m",
        method="supervised fine-tuning and DPO",
    ),
    _hub("qwen2.5-0.5b", "Qwen2.5-0.5B", "Qwen/Qwen2.5-0.5B", "Apache-2.0", 494_032_768, 988_097_824),
    _hub(
        "qwen2.5-0.5b-instruct",
        "Qwen2.5-0.5B-Instruct",
        "Qwen/Qwen2.5-0.5B-Instruct",
        "Apache-2.0",
        494_032_768,
        988_097_824,
        kind=ModelKind.CHAT,
        parent="qwen2.5-0.5b",
        method="supervised fine-tuning and reinforcement learning",
    ),
    _hub(
        "tinyllama-1.1b-chat",
        "TinyLlama-1.1B-Chat v1.0",
        "TinyLlama/TinyLlama-1.1B-Chat-v1.0",
        "Apache-2.0",
        1_100_048_384,
        2_200_119_864,
        kind=ModelKind.CHAT,
    ),
)
