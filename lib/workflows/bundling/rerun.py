"""Generate some of a bundle's responses again, with the same seeds through the same engine, and compare the texts."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lib.errors import AuditError
from lib.models.backend import BACKENDS
from lib.types import Finish, ModelEntry, ModelFacts, RunStatus, StoredResponse
from lib.workflows import run
from lib.workflows.bundling.verification import Protocol
from lib.workflows.environment import environment
from lib.workflows.workbench import Workbench

HOSTED = "endpoint"
LOCAL = ("folder", "gguf", "adapter")
"""Backends of models that lie in a folder, of which a bundle has the name alone."""
_CONTEXT = 30


@dataclass(frozen=True, slots=True)
class Sample:
    """Which responses to generate again, and with what: see `verify`."""

    many: int
    seed: int
    hosted: bool
    models: Path | None


def check_responses(workbench: Workbench, run_id: str, sample: Sample, protocol: Protocol) -> None:
    """Draw answered cells, have their models answer them again, and compare.

    The models' own randomness is that of each cell's seed and does not depend on which other cells there are.
    """
    store = workbench.store
    answered = [no for no, _ in store.scores.texts(run_id)]
    drawn = sorted(random.Random(sample.seed).sample(answered, min(sample.many, len(answered))))  # noqa: S311 - a sample to look at, the same each time
    recorded = store.responses.some([(run_id, no) for no in drawn])
    found = [_placed(entry, sample.models) for entry in store.runs.entries(run_id)]
    usable = _usable(workbench, found, recorded, hosted=sample.hosted, protocol=protocol)
    wanted = [each for each in recorded if each.cell.model in usable]
    if not wanted:
        return
    protocol.progress(f"generating {len(wanted)} responses again")
    again = store.runs.create(
        f"{run_id} again",
        store.runs.get(run_id).grid,
        store.runs.bank(run_id),
        (each.cell for each in wanted),
        [entry for entry in found if entry.id in usable],
        environment(),
    )
    try:
        workbench.queue.start(only=again)
        run.wait(workbench, again)
        made = store.responses.some([(again, no) for no in range(len(wanted))])
        _compare_models(store.runs.facts(run_id), store.runs.facts(again), protocol)
        _compare_texts(wanted, made, protocol)
    finally:
        if store.runs.get(again).status is not RunStatus.RUNNING:
            store.runs.delete(again)


def _placed(entry: ModelEntry, models: Path | None) -> ModelEntry:
    """A model where it lies here. An adapter that is an id of the Hub has its owner in front."""
    if models is None or entry.backend not in LOCAL or "/" in entry.location:
        return entry
    return replace(entry, location=str(models / entry.location))


def _usable(
    workbench: Workbench,
    entries: Sequence[ModelEntry],
    recorded: Sequence[StoredResponse],
    *,
    hosted: bool,
    protocol: Protocol,
) -> set[str]:
    """The models that can answer again; says of each other why not."""
    found = set()
    asked = {each.cell.model for each in recorded}
    for entry in entries:
        if entry.id not in asked:
            continue
        if reason := _reason_against(workbench, entry, hosted=hosted):
            protocol.not_compared("rerun", f"model {entry.id}", f"its responses were not generated again: {reason}")
        else:
            found.add(entry.id)
    return found


def _reason_against(workbench: Workbench, entry: ModelEntry, *, hosted: bool) -> str:
    if entry.backend == HOSTED and not hosted:
        return f"it is asked over the network, at {entry.location}; --hosted allows it, if you trust that address."
    try:
        there = BACKENDS.get(entry.backend).availability(entry, workbench.catalogue.parent_of(entry))
    except AuditError as problem:
        return str(problem)
    where = "; --models says in which folder it lies" if entry.backend in LOCAL else ""
    return "" if there.here else f"{there.detail}{where}"


def _compare_models(recorded: Sequence[ModelFacts], made: Sequence[ModelFacts], protocol: Protocol) -> None:
    """Weights that are others are a finding; another number format, device or library may explain other texts."""
    before = {facts.model: facts for facts in recorded}
    for now in made:
        was = before.get(now.model)
        if was is None:
            protocol.note(f"What was loaded for {now.model} was not recorded, so that it cannot be compared.")
            continue
        for name in ("weights_digest", "tokenizer_digest", "chat_template_digest"):
            one, other = getattr(was, name), getattr(now, name)
            if one and other and one != other:
                title = name.removesuffix("_digest").replace("_", " ")
                protocol.found("rerun", f"model {now.model}", f"its {title} had SHA-256 {one}, and has {other} here")
        for name in ("revision", "dtype", "device"):
            if getattr(was, name) != getattr(now, name):
                protocol.note(f"{now.model}: {name} was {getattr(was, name) or '(none)'}, here {getattr(now, name)}.")
        for name in sorted({*was.versions, *now.versions}):
            if (one := was.versions.get(name, "(none)")) != (other := now.versions.get(name, "(none)")):
                protocol.note(f"{now.model}: {name} was {one}, here {other}.")


def _compare_texts(recorded: Sequence[StoredResponse], made: Sequence[StoredResponse], protocol: Protocol) -> None:
    for was, now in zip(recorded, made, strict=True):
        place = f"responses.parquet, cell {was.no}"
        if was.response is None or now.response is None or now.response.finish is Finish.FAILED:
            reason = now.response.error if now.response else "it was not answered"
            protocol.not_compared("rerun", place, f"it was not generated again: {reason}")
            continue
        protocol.count("generated again", 1)
        one, other = was.response.text, now.response.text
        if one != other:
            protocol.found("rerun", place, _text_said(one, other))
        elif was.response.finish is not now.response.finish:
            said = f"it ended with {was.response.finish.value!r}, and ends with {now.response.finish.value!r}"
            protocol.found("rerun", place, said)


def _text_said(was: str, now: str) -> str:
    shared = next((n for n, (a, b) in enumerate(zip(was, now, strict=False)) if a != b), min(len(was), len(now)))
    start = max(0, shared - _CONTEXT)
    told, said = was[start : shared + _CONTEXT], now[start : shared + _CONTEXT]
    return f"it differs from character {shared + 1} on: {told!r} was recorded, {said!r} came out"
