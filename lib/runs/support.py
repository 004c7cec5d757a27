"""Whether a model can run in a rolling batch: told from its config, then tried."""

import inspect
import logging

import torch
from transformers import PreTrainedConfig, PreTrainedModel

from lib.runs import attention
from lib.runs.prefill import plan_step
from lib.runs.rows import Row
from lib.runs.slots import Slots
from lib.runs.step import GRAIN
from lib.types import Decoding, Job, PromptFormat

PLAIN_ROTATIONS = {"default", "linear", "llama3", "yarn"}
"""Rotary embeddings that depend on a token's position alone, not on how long the batch is."""

FOREIGN = ("alibi", "attn_logit_softcapping", "sliding_window", "is_encoder_decoder")
"""Settings that make attention something else than `lib.runs.attention` computes."""

TRIED_TOKENS = 2 * GRAIN

TOLERANCE = {torch.float32: 1e-3, torch.bfloat16: 0.1}
"""Largest difference between the logits of both ways, relative to the largest logit."""

log = logging.getLogger(__name__)


def can_roll(model: PreTrainedModel) -> bool:
    """Whether a rolling batch computes what the model does; if so, the model is set up for it.

    The trial: two short prompts that begin alike, once through the model's own attention, once
    as a step of a rolling batch.
    """
    if not looks_plain(model):
        return False
    usual = model.config._attn_implementation
    prompts = _trial_prompts(model.config.get_text_config().vocab_size)
    try:
        expected = torch.stack([_last_logits(model, prompt) for prompt in prompts])
        model.set_attn_implementation(attention.NAME)
        difference = (_rolled_logits(model, prompts) - expected).abs().max() / expected.abs().max()
    except Exception:  # any failure has the same remedy: the model's own way of generating
        log.info("no rolling batch with %s", type(model).__name__, exc_info=True)
        difference = torch.tensor(torch.inf)
    if difference <= TOLERANCE.get(model.dtype, 0.0):
        return True
    model.set_attn_implementation(usual)
    return False


def looks_plain(model: PreTrainedModel) -> bool:
    """Whether config and signature speak for full attention, positions by number, and keys and values in a cache."""
    config = model.config.get_text_config()
    accepts = inspect.signature(model.forward).parameters
    if not {"position_ids", "past_key_values", "logits_to_keep"} <= set(accepts) or model._is_stateful:
        return False
    return (
        not any(_setting(config, name) for name in FOREIGN)
        and _layers_attend_fully(config)
        and _rotates_plainly(config)
    )


def _setting(config: PreTrainedConfig, name: str) -> bool:
    """Whether a setting is there and in force: some configs carry a window that they do not use."""
    return bool(getattr(config, name, None)) and getattr(config, f"use_{name}", True)


def _layers_attend_fully(config: PreTrainedConfig) -> bool:
    return set(getattr(config, "layer_types", None) or ["full_attention"]) == {"full_attention"}


def _rotates_plainly(config: PreTrainedConfig) -> bool:
    rotation = getattr(config, "rope_parameters", None) or {}
    return rotation.get("rope_type", "default") in PLAIN_ROTATIONS


def _trial_prompts(vocabulary: int) -> list[list[int]]:
    ids = [7 * number % vocabulary for number in range(TRIED_TOKENS)]
    return [ids, [*ids[:12], *reversed(ids[12:20])]]


@torch.inference_mode()
def _last_logits(model: PreTrainedModel, prompt: list[int]) -> torch.Tensor:
    return model(input_ids=torch.tensor([prompt], device=model.device)).logits[0, -1].float()


@torch.inference_mode()
def _rolled_logits(model: PreTrainedModel, prompts: list[list[int]]) -> torch.Tensor:
    job = Job(0, "", PromptFormat.PLAIN, Decoding(), 0)
    rows = [Row(job, "", prompt, len(prompt), len(prompt) + 1) for prompt in prompts]
    slots = Slots(model.config.get_text_config(), len(rows), TRIED_TOKENS, model.dtype, model.device)
    plan = plan_step(rows, slots.copy, model.device)
    slots.step = plan.step
    output = model(
        input_ids=plan.step.tokens,
        position_ids=plan.step.positions,
        past_key_values=slots,
        use_cache=True,
        logits_to_keep=torch.tensor([nodes[-1] for nodes in plan.nodes], device=model.device),
        step=plan.step,
    )
    return output.logits[0].float()
