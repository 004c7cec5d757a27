"""Audits of recorded outputs: what Evenhand did not do, and what the recording says of it."""

from collections.abc import Iterator

from lib.types import NO_LANGUAGE, Decoding, Json, Value
from lib.workflows.reporting.evidence import Evidence

NOT_RECORDED = "not recorded"
UNSTATED = ("", NO_LANGUAGE)
"""What stands for a language that nobody stated ("undetermined")."""
OFF_OR_NOT = "off or not recorded"
NOT_ASKED = (
    "Evenhand did not ask the models: prompts, answers and settings are taken over as the recording has them, and how "
    "the answers came about was not checked."
)
PROMPTS = "The answers were recorded elsewhere and imported: where the prompts went is not known here."
LIMITS = {
    "temperature": "at what temperature the models answered",
    "max_new_tokens": "how many tokens an answer might have",
    "seed": "with which seed",
}
TOLD = {"file": "file", "format_title": "format", "sha256": "SHA-256"}


def imported(evidence: Evidence) -> Json:
    """What is known of the recording that an audit was imported from; empty for one that Evenhand ran, here or not."""
    origin = evidence.origin
    if origin.get("kind") != "bundle":
        return origin
    first: Json = origin.get("origin") or {}
    return first


def language(evidence: Evidence) -> str:
    """The language of the prompts as it is stated; "" where it is not."""
    stated = evidence.bank.language.strip()
    return "" if stated.casefold() in UNSTATED else stated


def recorded(evidence: Evidence) -> str:
    """Where an audit that was not made here came from, as far as that is known."""
    if origin := imported(evidence):
        told = "; ".join(f"{title}: {origin[name]}" for name, title in TOLD.items() if origin.get(name))
        known = f" The recording is {told}." if told else ""
        return (
            "Evenhand did not make these responses: they were recorded elsewhere and imported. Prompts, models, "
            f"settings and times are as the recording states them, and were not checked.{known}"
        )
    return (
        "These responses were not made here: the audit was opened from a bundle, "
        f"{evidence.origin.get('file', 'whose name is not known')}, which another copy of Evenhand wrote."
    )


def unrecorded(evidence: Evidence) -> Iterator[str]:
    """A sentence on each setting that the recording leaves out, for all outputs or for some."""
    origin = imported(evidence)
    missing, outputs = origin.get("unknown") or {}, origin.get("outputs", evidence.run.total)
    for name, what in LIMITS.items():
        without = missing.get(name, outputs if unknown(evidence, name) else 0)
        if without == outputs:
            yield f"The recording does not say {what}."
        elif without:
            yield f"For {without:,} of {outputs:,} outputs the recording does not say {what}."


def unknown(evidence: Evidence, name: str) -> bool:
    """Whether a setting is in no output's recording, where its origin does not count them."""
    if name == "seed":
        return True
    return all(values(evidence, decoding)[name] is None for decoding in evidence.run.grid.decodings)


def values(evidence: Evidence, decoding: Decoding) -> dict[str, float | int | None]:
    """Decoding settings, None for what a recording does not say; what it may have said to be off is None as well."""
    stated: dict[str, float | int | None] = {
        "temperature": decoding.temperature,
        "top_p": decoding.top_p,
        "top_k": decoding.top_k,
        "repetition_penalty": decoding.repetition_penalty,
        "max_new_tokens": decoding.max_new_tokens,
    }
    if not imported(evidence):
        return stated
    without = {"top_p": 1, "top_k": 0, "repetition_penalty": 1, "max_new_tokens": 0}
    kept = {name: None if value == without.get(name) else value for name, value in stated.items()}
    return kept | ({"temperature": None} if decoding.temperature < 0 else {})


def shown(evidence: Evidence, decoding: Decoding) -> tuple[Value, ...]:
    """The same for a table: words where there is no number."""
    words = dict.fromkeys(("top_p", "top_k", "repetition_penalty"), OFF_OR_NOT)
    known = values(evidence, decoding)
    return tuple(words.get(name, NOT_RECORDED) if value is None else value for name, value in known.items())
