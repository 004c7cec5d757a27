"""What the columns of a file seem to mean, by their names and their first values."""

import re
from collections.abc import Mapping as Named
from collections.abc import Sequence
from typing import Any

from lib.interchange.recorded import MEANINGS, Mapping
from lib.interchange.values import as_text

NAMES: dict[str, tuple[str, ...]] = {
    "completion": (
        *("completion", "response", "output", "generated_text", "generation", "generated", "model_output"),
        *("model_response", "output_text", "response_text", "answer", "reply", "prediction", "text", "content"),
    ),
    "prompt": (
        *("prompt", "prompt_text", "input", "question", "instruction", "query", "user_prompt", "input_text"),
        *("full_prompt", "request", "user"),
    ),
    "model": ("model", "model_name", "model_id", "llm", "engine", "provider"),
    "set": ("set_id", "set", "matched_set", "pair_id", "pair", "case_id", "case", "item_id", "item", "match_id"),
    "group": (
        *("group", "demographic", "demographic_group", "identity", "protected_group", "target_group", "gender", "sex"),
        *("race", "ethnicity", "religion", "nationality", "age_group", "disability", "sexual_orientation"),
    ),
    "term": ("term", "identity_term", "name", "person", "person_name", "first_name", "word"),
    "category": ("category", "bias_type", "topic", "domain", "scenario", "subset", "label", "type"),
    "template": ("template", "prompt_template", "template_id", "prompt_id"),
    "seed": ("seed", "random_seed", "rng_seed"),
    "repeat": ("repeat", "repetition", "replicate", "trial", "iteration", "epoch", "attempt"),
    "system": ("system", "system_prompt", "system_message", "system_msg"),
    "finish": ("finish", "finish_reason", "stop_reason"),
    "error": ("error", "error_message", "exception"),
    "temperature": ("temperature", "temp"),
    "top_p": ("top_p",),
    "top_k": ("top_k",),
    "max_tokens": ("max_tokens", "max_new_tokens", "max_completion_tokens", "max_output_tokens", "max_gen_toks"),
}

OWN_COLUMNS = {"run", "no", "cell", "set_id", "bank", "template", "group", "model", "prompt", "text", "finish"}
OWN = Mapping(
    prompt="prompt",
    completion="text",
    model="model",
    set="set_id",
    group="group",
    template="template",
    seed="seed",
    repeat="repeat",
    system="system",
    finish="finish",
    error="error",
    temperature="temperature",
    top_p="top_p",
    top_k="top_k",
    max_tokens="max_new_tokens",
)
"""The columns of Evenhand's own exports."""

# What is said of an output, not another output: "completion_tokens" beside "completion_time" is no wide table.
MEASURED = (
    *("time", "tokens", "token", "id", "length", "len", "ms", "seconds", "count", "score", "label", "type", "date"),
    *("cost", "index", "model", "format", "name", "hash", "url", "reason", "text", "details", "logprobs", "usage"),
)


def guess(columns: Sequence[str], sample: Sequence[Named[str, Any]]) -> Mapping:
    """The meaning of columns: those of our own exports are known, others are guessed and meant to be looked at."""
    if set(columns) >= OWN_COLUMNS:
        return Mapping(**{name: at for name in MEANINGS if (at := getattr(OWN, name)) in columns})
    found: dict[str, str] = {}
    plain = {column: _plain(column) for column in columns}
    wide, stems = _wide(plain)
    candidates = stems | plain
    for meaning, names in NAMES.items():
        free = {name: column for column, name in candidates.items() if column not in found.values()}
        if match := next((free[name] for name in names if name in free), None):
            found[meaning] = match
    if "completion" in found and "prompt" not in found and found["completion"] not in stems:
        found = _one_text_is_the_prompt(found, plain)
    if "set" in found and not wide and not _names_sets(found, sample):
        del found["set"]
    fields: dict[str, Any] = found | {"wide": wide}
    mapping = Mapping(**fields)
    return mapping if mapping.set or wide or not mapping.group else _told_apart(mapping, columns, sample)


def _names_sets(found: Named[str, str], sample: Sequence[Named[str, Any]]) -> bool:
    """Whether a column's values are there in every row, and shared: by several groups where groups are known."""
    pairs = [(as_text(row.get(found["set"])), as_text(row.get(found.get("group", "")))) for row in sample]
    values = {value for value, _ in pairs}
    shared = len(set(pairs)) > len(values) if "group" in found else len(pairs) > len(values)
    return "" not in values and (shared or len(pairs) < 2)


def _plain(column: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", column.lower()).strip("_")


def _one_text_is_the_prompt(found: dict[str, str], plain: Named[str, str]) -> dict[str, str]:
    """Where "text" stands beside a clearer name for the completion, it is what was asked."""
    other = next((column for column, name in plain.items() if name == "text" and column not in found.values()), "")
    return found | {"prompt": other} if other else found


def _wide(plain: Named[str, str]) -> tuple[tuple[str, ...], dict[str, str]]:
    """The endings of a wide table, and its columns without them; nothing where there is a whole completion column."""
    if set(plain.values()) & set(NAMES["completion"]):
        return (), {}
    for stem in NAMES["completion"]:
        endings = {
            column[len(stem) :]: column
            for column, name in plain.items()
            if name.startswith(f"{stem}_") and name.removeprefix(f"{stem}_") not in MEASURED
        }
        if len(endings) >= 2:
            stems = [column.removesuffix(ending) for column in plain for ending in endings if column.endswith(ending)]
            return tuple(endings), {one: _plain(one) for one in stems if one}
    return (), {}


def _told_apart(mapping: Mapping, columns: Sequence[str], sample: Sequence[Named[str, Any]]) -> Mapping:
    """Of the columns left over, those that a set has in common, and the one that words the group."""
    used = {getattr(mapping, name) for name in MEANINGS}
    same, term = [], mapping.term
    for column in columns:
        if column in used and column != mapping.category:
            continue
        pairs = {(as_text(row.get(column)), as_text(row.get(mapping.group))) for row in sample}
        values, groups = {value for value, _ in pairs}, {group for _, group in pairs}
        if len(values) < 2 and len(sample) > 1:
            continue  # the same everywhere: tells no set from another
        if len(groups) > 1 and len(pairs) == len(values):
            term = term or (column if _is_worded(column, mapping.prompt, sample) else "")
        else:
            same.append(column)
    fields: dict[str, Any] = {name: getattr(mapping, name) for name in MEANINGS} | {"term": term}
    return Mapping(**fields, same=tuple(same), wide=mapping.wide)


def _is_worded(column: str, prompt: str, sample: Sequence[Named[str, Any]]) -> bool:
    """Whether a column's value stands in the prompt of every row."""
    return all(value and value in as_text(row.get(prompt)) for row in sample for value in [as_text(row.get(column))])
