"""From a job's prompt to the exact text and token ids a model reads."""

from typing import TYPE_CHECKING

from jinja2 import TemplateError

from lib.errors import ModelError
from lib.types import Job, Json, PromptFormat

if TYPE_CHECKING:  # screens reach this module through the registry and must not pay for transformers
    from transformers import PreTrainedTokenizerBase


def tokenize(job: Job, tokenizer: "PreTrainedTokenizerBase") -> tuple[str, list[int]]:
    """The text a local model is sent and its token ids.

    The ids start with whatever the tokenizer puts in front by default (a BOS token where the model
    expects one), which the text does not show; a chat template writes its special tokens itself.
    An empty prompt to a tokenizer that puts nothing in front becomes the start token alone.

    Raises:
        ModelError: chat format without a chat template, a template that refuses the messages, or
            an empty prompt for a tokenizer without start token.
    """
    if job.format is PromptFormat.CHAT:
        text = render_chat(job, tokenizer)
        return text, tokenizer.encode(text, add_special_tokens=False)
    text = wrap(job)
    ids = tokenizer.encode(text)
    return (text, ids) if ids else _start_alone(tokenizer)


def wrap(job: Job) -> str:
    """The text for the formats PLAIN and INSTRUCTION; a system prompt stands in front.

    INSTRUCTION is the format of Alpaca without its preamble (Taori et al. 2023, "Stanford
    Alpaca: an instruction-following LLaMA model").
    """
    instruction = job.format is PromptFormat.INSTRUCTION
    prompt = f"### Instruction:\n{job.prompt}\n\n### Response:\n" if instruction else job.prompt
    return f"{job.system}\n\n{prompt}" if job.system else prompt


def messages(job: Job) -> list[Json]:
    """The conversation for the format CHAT: the system prompt, when there is one, and the prompt."""
    system = [{"role": "system", "content": job.system}] if job.system else []
    return [*system, {"role": "user", "content": job.prompt}]


def render_chat(job: Job, tokenizer: "PreTrainedTokenizerBase") -> str:
    """The conversation through the model's own chat template, up to where the answer begins."""
    if not tokenizer.chat_template:
        raise ModelError(
            "format chat", "this model has no chat template", "Choose the format plain or instruction for it."
        )
    try:
        text = tokenizer.apply_chat_template(messages(job), add_generation_prompt=True, tokenize=False)
    except TemplateError as trouble:
        remedy = "Leave the system prompt empty." if job.system else "Choose the format plain or instruction for it."
        raise ModelError("format chat", f"the model's chat template refuses ({trouble})", remedy) from trouble
    return str(text)


def _start_alone(tokenizer: "PreTrainedTokenizerBase") -> tuple[str, list[int]]:
    """The start token as text and ids: the least that a model can be asked to continue."""
    start = tokenizer.bos_token or tokenizer.eos_token
    if not isinstance(start, str):
        raise ModelError("an empty prompt", "the model has no start token", "Write at least one word.")
    return start, tokenizer.encode(start, add_special_tokens=False)
