"""What a run took: energy, estimated from the time in which models were at work.

The engine answers many cells at once, so the times of responses overlap, and their sum says nothing. What is known is
when each began and ended: together that is the time in which at least one worker process was at work. A worker keeps
one core busy (`lib.runs`), and there are at most as many as the machine has cores.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from lib.types import Json, ModelEntry, ModelFacts
from lib.workflows.reporting.evidence import Energy

WATTS_LOW, WATTS_HIGH = 5.0, 20.0
SOURCE = (
    "The range goes from 5 watts, a core of a server processor with many cores and no overhead, to 20 watts: the "
    "12 watts a core and the overhead of a data centre of 1.67 that the Green Algorithms calculator takes where "
    "nothing is known (Lannelongue, Grealey & Inouye 2021)."
)
NOT_INCLUDED = (
    "Not included: loading models, scoring, mapping, making the hardware, training the model, and requests that were "
    "stored as no response."
)
HOSTED = "endpoint"
RECORDED = "recorded"
"""The backend of a model whose outputs were imported: on what it ran is not known."""

ELSEWHERE = (HOSTED, RECORDED)
SECONDS_AN_HOUR = 3_600.0

Spans = Sequence[tuple[str, float, datetime]]


def energy(spans: Spans, entries: Sequence[ModelEntry], loaded: Sequence[ModelFacts], environment: Json) -> Energy:
    """The energy of a run.

    Args:
        spans: (model, seconds, when it was stored) of everything that came back.
        environment: of the machine; `cores` bounds how many worked at once.
    """
    local = {entry.id for entry in entries if entry.backend not in ELSEWHERE} - {
        facts.model for facts in loaded if facts.device not in ("", "cpu")
    }
    measured = [
        (end.timestamp() - seconds, end.timestamp()) for model, seconds, end in spans if model in local and seconds
    ]
    seconds = at_work(measured)
    cores = int(environment.get("cores") or 1)
    known = bool(measured)
    return Energy(
        seconds=seconds,
        responses=len(measured),
        unmeasured=len(spans) - len(measured),
        watts_low=WATTS_LOW,
        watts_high=WATTS_HIGH,
        low=seconds * WATTS_LOW / SECONDS_AN_HOUR if known else None,
        high=seconds * cores * WATTS_HIGH / SECONDS_AN_HOUR if known else None,
        cores=cores,
    )


def at_work(spans: Iterable[tuple[float, float]]) -> float:
    """How long at least one of some spans of time lasted, in seconds."""
    total, until = 0.0, float("-inf")
    for begin, end in sorted(spans):
        total += max(0.0, end - max(begin, until))
        until = max(until, end)
    return total
