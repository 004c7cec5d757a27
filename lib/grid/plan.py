"""What a run of a prompt grid will take: time from measured rates, cost from the prices set for endpoints."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lib.grid.size import GridSize
from lib.types import GridSpec, ModelEntry, Rate

CHARACTERS_PER_TOKEN = 4
"""A usual figure for English text; only costs are guessed from it, before a tokenizer is at hand."""


@dataclass(frozen=True, slots=True)
class ModelEstimate:
    """One model's part. `seconds` is None without a rate, `cost` (US dollars) None without prices."""

    model: str
    cells: int
    seconds: float | None
    cost: float | None


@dataclass(frozen=True, slots=True)
class Estimate:
    """The whole run: `seconds` is None when a model has no rate, `cost` when none has prices.

    Both take every response to its token limit, so they are upper bounds; `basis` says in
    sentences where they come from and what is missing.
    """

    seconds: float | None
    cost: float | None
    basis: str
    per_model: tuple[ModelEstimate, ...]


def estimate(
    size: GridSize, spec: GridSpec, rates: Mapping[tuple[str, str], Rate], entries: Mapping[str, ModelEntry]
) -> Estimate:
    """The most time and money that a grid can take, model after model.

    Args:
        rates: the last measured rate by (model id, dtype).
        entries: the catalogue entry of each model of the grid.
    """
    own_rates = {model: rate for model in spec.models if (rate := rates.get((model, spec.dtype.value)))}
    parts = tuple(_for_model(size, spec, entries[model], own_rates.get(model)) for model in spec.models)
    seconds = [part.seconds for part in parts if part.seconds is not None]
    costs = [part.cost for part in parts if part.cost is not None]
    return Estimate(
        seconds=sum(seconds) if len(seconds) == len(parts) else None,
        cost=sum(costs) if costs else None,
        basis=" ".join(_basis(parts, own_rates, entries)),
        per_model=parts,
    )


def _for_model(size: GridSize, spec: GridSpec, entry: ModelEntry, rate: Rate | None) -> ModelEstimate:
    cells = size.cells // len(spec.models)
    new_tokens = sum(decoding.max_new_tokens for decoding in spec.decodings) * cells / len(spec.decodings)
    cost = None
    if entry.price_in is not None and entry.price_out is not None:
        read_tokens = cells * (size.prompt_characters + len(spec.system)) / CHARACTERS_PER_TOKEN
        cost = (read_tokens * entry.price_in + new_tokens * entry.price_out) / 1_000_000
    return ModelEstimate(entry.id, cells, _seconds(cells, new_tokens, rate), cost)


def _seconds(cells: int, new_tokens: float, rate: Rate | None) -> float | None:
    if rate and rate.tokens_per_second > 0:
        return new_tokens / rate.tokens_per_second
    if rate and rate.cells_per_second > 0:  # an endpoint that does not count tokens
        return cells / rate.cells_per_second
    return None


def _basis(
    parts: Sequence[ModelEstimate], rates: Mapping[str, Rate], entries: Mapping[str, ModelEntry]
) -> Iterator[str]:
    unmeasured = [entries[part.model].title for part in parts if part.seconds is None]
    if unmeasured:
        yield f"No time can be given: {_listed(unmeasured)} has not been timed here yet. Measure to learn the rate."
    else:
        oldest = min(rate.measured for rate in rates.values())
        yield f"At most this long, from rates measured here since {oldest:%d %B %Y}, with responses of full length."
    if any(part.cost is not None for part in parts):
        yield f"At most this cost, with responses of full length and {CHARACTERS_PER_TOKEN} characters a token."
    unpriced = [entries[part.model] for part in parts if part.cost is None]
    if missing := [entry.title for entry in unpriced if entry.backend == "endpoint"]:
        yield f"No prices are set for {_listed(missing)}: its cost is not in here."


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)
