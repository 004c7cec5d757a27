"""Refuse a prompt grid that cannot be expanded, naming what is wrong and what to do."""

import math
from collections.abc import Iterable

from lib.errors import GridError
from lib.registry import suggest
from lib.types import Bank, Decoding, GridSpec, PromptFormat

MAX_NEW_TOKENS = 4096


def validate(bank: Bank, spec: GridSpec) -> None:
    """Return when every name in `spec` is in `bank` and every number is in its range.

    Raises:
        GridError: for the first thing that is not so.
    """
    if spec.bank != bank.id:
        raise GridError(_grid(spec), f"it is for the bank {spec.bank!r}, not {bank.id!r}", "Open it with its own bank.")
    _check_names(bank, spec)
    _check_models_and_formats(spec)
    if not spec.decodings:
        raise GridError(_grid(spec), "it has no decoding settings", "Add at least one.")
    _refuse_duplicates(spec, "decodings", spec.decodings)
    for decoding in spec.decodings:
        _check_decoding(spec, decoding)
    _check_number(spec, "repeats", spec.repeats, spec.repeats >= 1, "1 or more")
    _check_number(spec, "terms_per_group", spec.terms_per_group, spec.terms_per_group >= 0, "0 (all) or more")
    _check_number(spec, "seed", spec.seed, 0 <= spec.seed < 2**63, "from 0 to 2**63 - 1")


def _grid(spec: GridSpec) -> str:
    return f"prompt grid {spec.name!r}"


def _check_names(bank: Bank, spec: GridSpec) -> None:
    attributes = {attribute.id: [group.id for group in attribute.groups] for attribute in bank.attributes}
    contexts = {context.id: [value.id for value in context.values] for context in bank.contexts}
    if not spec.vary:
        raise GridError(_grid(spec), "it varies nothing", f"Choose from {', '.join(attributes)} for `vary`.")
    _check_each(spec, "attribute", "vary", spec.vary, attributes)
    _check_each(spec, "attribute", "groups", spec.groups, attributes)
    for attribute, groups in spec.groups.items():
        _check_each(spec, f"group of {attribute}", f"groups: {attribute}", groups, attributes[attribute])
    _check_each(spec, "context slot", "contexts", spec.contexts, contexts)
    for context, values in spec.contexts.items():
        _check_each(spec, f"value of {context}", f"contexts: {context}", values, contexts[context])
    _check_each(spec, "template", "templates", spec.templates, [template.id for template in bank.templates])


def _check_each(spec: GridSpec, sort: str, where: str, names: Iterable[str], known: Iterable[str]) -> None:
    """Every name is known, and none stands twice."""
    known = list(known)
    for name in names:
        if name not in known:
            raise GridError(_grid(spec), f"its bank {spec.bank!r} has no {sort} {name!r}", suggest(name, known))
    _refuse_duplicates(spec, where, names)


def _refuse_duplicates(spec: GridSpec, where: str, things: Iterable[object]) -> None:
    seen = set()
    for thing in things:
        if thing in seen:
            raise GridError(_grid(spec), f"{thing!r} stands twice in `{where}`", "Keep one of the two.")
        seen.add(thing)


def _check_models_and_formats(spec: GridSpec) -> None:
    if not spec.models:
        raise GridError(_grid(spec), "no model is chosen", "Choose at least one.")
    _refuse_duplicates(spec, "models", spec.models)
    if not spec.formats:
        raise GridError(_grid(spec), "no prompt format is chosen", "Choose at least one; auto suits most grids.")
    _refuse_duplicates(spec, "formats", spec.formats)
    if PromptFormat.AUTO in spec.formats and len(spec.formats) > 1:
        # AUTO stands for plain or chat by model, and would make the same cell a second time.
        raise GridError(_grid(spec), "the format auto stands beside others", "Choose auto alone, or name each format.")


def _check_decoding(spec: GridSpec, decoding: Decoding) -> None:
    temperature, top_p, penalty = decoding.temperature, decoding.top_p, decoding.repetition_penalty
    _check_number(spec, "temperature", temperature, 0 <= temperature < math.inf, "0 (greedy) or more")
    _check_number(spec, "top_p", top_p, 0 < top_p <= 1, "above 0, and at most 1 (off)")
    _check_number(spec, "top_k", decoding.top_k, decoding.top_k >= 0, "0 (off) or more")
    _check_number(spec, "repetition_penalty", penalty, 0 < penalty < math.inf, "above 0; 1 is off")
    tokens = decoding.max_new_tokens
    _check_number(spec, "max_new_tokens", tokens, 1 <= tokens <= MAX_NEW_TOKENS, f"from 1 to {MAX_NEW_TOKENS}")


def _check_number(spec: GridSpec, name: str, value: float, holds: bool, allowed: str) -> None:
    if not holds:  # NaN fails every comparison, and so ends here too
        raise GridError(_grid(spec), f"{name} is {value}", f"Make it {allowed}.")
