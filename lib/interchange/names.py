"""Names of columns, as they are in use, by what they mean."""

import re
from collections.abc import Iterable
from collections.abc import Mapping as Named

NAMES: dict[str, tuple[str, ...]] = {
    "completion": (
        *("completion", "response", "output", "generated_text", "generation", "generated", "model_output"),
        *("model_response", "output_text", "response_text", "completion_text", "answer", "reply", "prediction"),
        *("response_content", "output_content", "response_message_content", "message_content"),
        *("choices_0_message_content", "response_choices_0_message_content", "choices_0_text"),
        *("text", "content", "messages_assistant", "conversation_assistant", "chat_assistant"),
    ),
    "prompt": (
        *("prompt", "prompt_text", "input", "question", "instruction", "query", "user_prompt", "input_text"),
        *("full_prompt", "request", "user", "messages", "request_messages", "conversation", "chat"),
    ),
    "model": ("model", "model_name", "model_id", "llm", "engine", "provider"),
    "set": (
        *("set_id", "matched_set", "pair_id", "case_id", "match_id", "matched_set_id", "pair", "case"),
        *("set", "item_id", "item"),
    ),
    "group": (
        *("group", "demographic", "demographic_group", "identity", "protected_group", "target_group", "gender", "sex"),
        *("race", "ethnicity", "religion", "nationality", "age_group", "disability", "sexual_orientation"),
    ),
    "term": ("term", "identity_term", "name", "person", "person_name", "first_name", "word"),
    "category": ("category", "bias_type", "topic", "domain", "scenario", "subset", "label", "type"),
    "template": ("template", "prompt_template", "template_id", "prompt_id"),
    "seed": ("seed", "random_seed", "rng_seed"),
    "repeat": ("repeat", "repetition", "replicate", "trial", "iteration", "epoch", "attempt"),
    "system": ("system", "system_prompt", "system_message", "system_msg", "messages_system", "request_messages_system"),
    "finish": ("finish", "finish_reason", "stop_reason", "choices_0_finish_reason", "response_choices_0_finish_reason"),
    "error": ("error", "error_message", "exception"),
    "temperature": ("temperature", "temp"),
    "top_p": ("top_p",),
    "top_k": ("top_k",),
    "max_tokens": ("max_tokens", "max_new_tokens", "max_completion_tokens", "max_output_tokens", "max_gen_toks"),
}

CLEAR = NAMES["set"][:8]
"""Names that a column has only to say which outputs belong together."""

# What is said of an output, not another output: "completion_tokens" beside "completion_time" is no wide table.
MEASURED = (
    *("time", "tokens", "token", "id", "length", "len", "ms", "seconds", "count", "score", "label", "type", "date"),
    *("cost", "index", "model", "format", "name", "hash", "url", "reason", "text", "details", "logprobs", "usage"),
)

VAGUE = ("text", "content", "user", "name", "word", "type", "label", "set", "error", "input", "output")
"""Names that say nothing where they are a field inside a value."""


def plain(column: str) -> str:
    """A column's name in one dress: "Generated Text" → "generated_text"."""
    return re.sub(r"[^a-z0-9]+", "_", column.lower()).strip("_")


def named(columns: Named[str, str], meaning: str) -> list[str]:
    """The columns of a meaning, the clearest first; fields inside values ("meta.group") come last.

    Args:
        columns: their plain names.
    """
    names = NAMES[meaning]
    whole = [column for name in names for column, its in columns.items() if its == name]
    inner = {column: plain(column.rpartition(".")[2]) for column in columns if "." in column}
    last = [column for name in names if name not in VAGUE for column, its in inner.items() if its == name]
    return list(dict.fromkeys([*whole, *last]))


def wide_endings(columns: Named[str, str]) -> tuple[tuple[str, ...], dict[str, str]]:
    """The endings of a wide table, and its columns without them; nothing where there is a whole completion column."""
    if set(columns.values()) & set(NAMES["completion"]):
        return (), {}
    for stem in NAMES["completion"]:
        endings = {
            column[len(stem) :]: column
            for column, name in columns.items()
            if name.startswith(f"{stem}_") and name.removeprefix(f"{stem}_") not in MEASURED and "." not in column
        }
        if len(endings) >= 2:
            stems = [column.removesuffix(ending) for column in columns for ending in endings if column.endswith(ending)]
            return tuple(endings), {one: plain(one) for one in stems if one}
    return (), {}


def one_text_is_the_prompt(found: dict[str, str], columns: Named[str, str]) -> dict[str, str]:
    """Where "text" stands beside a clearer name for the completion, it is what was asked."""
    other = next((column for column in unmeant(columns, found.values()) if columns[column] == "text"), "")
    return found | {"prompt": other} if other else found


def unmeant(columns: Iterable[str], found: Iterable[str]) -> list[str]:
    """The columns that mean nothing yet."""
    taken = set(found)
    return [column for column in columns if column not in taken]
