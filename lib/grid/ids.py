"""Stable ids and seeds: hashes over canonical JSON, the same on every machine and in every version.

Golden values in tests/grid/test_ids.py hold them: a changed id would cut stored audits off from
new ones.
"""

import hashlib
import json
from typing import Any, NamedTuple

from lib.types import Decoding, GridSpec, PromptFormat, Template

SEED_BITS = 63  # the most that a signed 64-bit column holds


class Setting(NamedTuple):
    """What a prompt is asked with: a model, the wrapper around the prompt (never AUTO) and how to decode."""

    model: str
    format: PromptFormat
    decoding: Decoding


def digest(value: Any) -> str:
    """32 hex digits of BLAKE2b over `value` as JSON with sorted keys and no spaces."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def seed_of(spec: GridSpec, template: Template, held: Any, decoding: Decoding, repeat: int) -> int:
    """The seed shared by a matched set: 0 ≤ seed < 2**63.

    Group, varied terms, model and format stay out of it, so that whatever is compared draws the
    same random numbers. Bank and template go in by id: mending a notice or a comma does not
    reshuffle an audit.

    Args:
        held: what is held fixed in the set, as JSON (`layout.MatchedSet.held`).
    """
    key = ["seed", spec.seed, spec.bank, template.id, held, _key(decoding), repeat]
    return int(digest(key), 16) >> (128 - SEED_BITS)


def set_id(spec: GridSpec, template: Template, held: Any, setting: Setting, repeat: int, seed: int) -> str:
    """The id of a matched set, over all that its members share: the template's text too, not only its id."""
    wording = [spec.bank, template.id, template.text, held]
    asked = [setting.model, setting.format, _key(setting.decoding), spec.system, spec.dtype]
    return digest(["set", *wording, *asked, repeat, seed])


def cell_id(spec: GridSpec, setting: Setting, prompt: str, seed: int) -> str:
    """The id of a cell, over all that determines its text.

    Two cells of a matched set whose groups lead to the very same prompt share it, and rightly so:
    within a run a cell is told apart by its number.
    """
    asked = [setting.model, setting.format, _key(setting.decoding), spec.system, spec.dtype]
    return digest(["cell", *asked, prompt, seed])


def _key(decoding: Decoding) -> list[float]:
    """What identifies decoding settings; adding 0.0 makes 1 the same as 1.0, and -0.0 the same as 0."""
    return [
        decoding.temperature + 0.0,
        decoding.top_p + 0.0,
        decoding.top_k,
        decoding.repetition_penalty + 0.0,
        decoding.max_new_tokens,
    ]
