"""Recorded outputs as the cells and responses of a run."""

import math
from dataclasses import astuple
from datetime import datetime
from functools import cache
from typing import Any

from lib.grid.ids import SEED_BITS, Setting, digest
from lib.interchange.recorded import RecordedOutput
from lib.store.outcomes import storable
from lib.types import Cell, Decoding, Finish, PromptFormat, Response
from lib.workflows.importing.book import Spot
from lib.workflows.importing.extras import as_context
from lib.workflows.importing.labels import tidy
from lib.workflows.importing.placing import Placed

CASE = "case"
"""The slot in which a cell keeps what tells its prompt from others; no bank lists its values."""

NO_MODEL = "model not stated"
UNKNOWN_SEED = -1
UNKNOWN = Decoding(temperature=-1.0, max_new_tokens=0)
LARGEST = 2**31 - 1
FINISHES = {"length": Finish.LENGTH, "error": Finish.FAILED}


def setting_of(output: RecordedOutput) -> Setting:
    """What an output was asked with, as far as it is recorded."""
    return Setting(tidy(output.model) or NO_MODEL, format_of(output), decoding_of(output))


def format_of(output: RecordedOutput) -> PromptFormat:
    """How the prompt was wrapped, where an export of ours says so; PLAIN otherwise: it is as it was sent."""
    stated = output.extra.get("format")
    known = (PromptFormat.PLAIN, PromptFormat.CHAT, PromptFormat.INSTRUCTION)
    return next((each for each in known if each.value == stated), PromptFormat.PLAIN)


def decoding_of(output: RecordedOutput) -> Decoding:
    """The decoding settings that are recorded; what is not is marked as unknown, or off."""
    return Decoding(
        temperature=UNKNOWN.temperature if unknown_temperature(output) else float(output.temperature or 0),
        top_p=1.0 if output.top_p is None else float(output.top_p),
        top_k=_whole(output.top_k),
        repetition_penalty=_number(output.extra.get("repetition_penalty"), 1.0),
        max_new_tokens=_whole(output.max_tokens),
    )


def unknown_temperature(output: RecordedOutput) -> bool:
    """Whether the file does not say at what temperature the model answered."""
    return output.temperature is None or output.temperature < 0


def unknown_seed(output: RecordedOutput) -> bool:
    """Whether the file names no seed; many programs write -1 for a random one."""
    return output.seed is None or output.seed == UNKNOWN_SEED


@cache
def asked(setting: Setting) -> tuple[object, ...]:
    """What a setting is told by, as plain JSON."""
    return setting.model, setting.format.value, *astuple(setting.decoding)


def cell_of(output: RecordedOutput, placed: Placed, spot: Spot, setting: Setting, *, with_case: bool) -> Cell:
    """The cell of an output; `with_case` where what is held fixed does not tell its prompt from others."""
    seed = UNKNOWN_SEED if unknown_seed(output) else int(output.seed or 0) % 2**SEED_BITS
    prompt, system = storable(output.prompt), storable(output.system)
    return Cell(
        id=digest(["recorded cell", asked(setting), system, prompt, seed, spot.repeat]),
        set_id=digest(["recorded set", spot.set_id]),
        template=placed.template,
        context={**placed.held, **({CASE: spot.case} if with_case else {}), **as_context(placed.extra)},
        group=placed.label,
        groups=placed.groups,
        terms=placed.terms,
        model=setting.model,
        format=setting.format,
        decoding=setting.decoding,
        repeat=spot.repeat,
        seed=seed,
        prompt=prompt,
        system=system,
    )


def response_of(output: RecordedOutput, no: int) -> Response:
    """What came back for cell `no`; what the file does not say of its end counts as ended by the model itself."""
    finish = FINISHES.get(output.finish, Finish.STOP)
    failed = finish is Finish.FAILED
    return Response(
        no,
        "" if failed else output.completion,
        finish,
        prompt_sent=output.extra.get("prompt_sent", ""),
        prompt_tokens=_whole(output.extra.get("prompt_tokens")),
        new_tokens=_whole(output.extra.get("new_tokens")),
        seconds=max(0.0, _number(output.extra.get("seconds"), 0.0)),
        error=(output.error or "the file says that it failed") if failed else "",
    )


def time_of(output: RecordedOutput) -> datetime | None:
    """When an output was made, where the file says it with its time zone."""
    try:
        time = datetime.fromisoformat(output.extra.get("created", "").strip('"'))  # a table's own times come in quotes
    except ValueError:
        return None
    return time if time.tzinfo else None


def _number(value: Any, otherwise: float) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        return otherwise
    return number if math.isfinite(number) else otherwise


def _whole(value: Any) -> int:
    return min(LARGEST, max(0, int(_number(value, 0.0))))
