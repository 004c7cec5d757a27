"""Prompt grids and their cells."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

EXTRA = "extra:"
"""Begins a key of a cell's context that holds nothing fixed: a column of an imported file. No slot has a colon."""


class PromptFormat(StrEnum):
    """How the rendered prompt is wrapped before a model reads it."""

    AUTO = "auto"  # chat for chat models, plain for base models
    PLAIN = "plain"
    CHAT = "chat"  # the model's own chat template
    INSTRUCTION = "instruction"  # "### Instruction: … ### Response:"


class Dtype(StrEnum):
    """Number format of a local model's weights; fp32 is the default for evidence."""

    FP32 = "fp32"
    BF16 = "bf16"


@dataclass(frozen=True, slots=True)
class Decoding:
    """Decoding settings. `temperature` 0 is greedy; `top_k` 0 and `top_p` 1 are off.

    Of outputs recorded elsewhere a `temperature` below 0 and `max_new_tokens` 0 are not known.
    """

    temperature: float = 1.0
    top_p: float = 1.0
    top_k: int = 0
    repetition_penalty: float = 1.0
    max_new_tokens: int = 64


@dataclass(frozen=True, slots=True)
class GridSpec:
    """A prompt grid: bank × chosen groups × contexts × models × decoding settings × repeats.

    `vary` lists the attributes whose groups differ inside a matched set; every other
    attribute a template mentions is held fixed, like a context. An empty tuple, or a missing
    key, means "all of them" for `groups`, `contexts` and `templates`.
    `terms_per_group` 0 means all terms.
    """

    name: str
    bank: str
    vary: tuple[str, ...]
    models: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    contexts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    templates: tuple[str, ...] = ()
    formats: tuple[PromptFormat, ...] = (PromptFormat.AUTO,)
    decodings: tuple[Decoding, ...] = (Decoding(),)
    repeats: int = 1
    terms_per_group: int = 0
    seed: int = 0
    system: str = ""
    dtype: Dtype = Dtype.FP32


@dataclass(frozen=True, slots=True)
class Cell:
    """One prompt for one model with one decoding setting and one seed.

    `id` hashes everything that determines the text; `set_id` is shared by the members of a
    matched set. `group` names what varied ("woman", "muslim+woman", and "woman>man" where a
    pair is compared inside the prompt, first named first). `groups` maps every attribute, marginal
    memberships included, to the group; `terms` maps each slot to the words put there;
    `context` maps each held slot to its value id, and keeps what else an imported file said under keys that begin with
    `EXTRA`. `seed` is shared by a matched set; below 0 it was not recorded.
    """

    id: str
    set_id: str
    template: str
    context: Mapping[str, str]
    group: str
    groups: Mapping[str, str]
    terms: Mapping[str, str]
    model: str
    format: PromptFormat
    decoding: Decoding
    repeat: int
    seed: int
    prompt: str
    system: str = ""

    @property
    def held(self) -> dict[str, str]:
        """What is held fixed: the context without extras."""
        return {slot: value for slot, value in self.context.items() if not slot.startswith(EXTRA)}
