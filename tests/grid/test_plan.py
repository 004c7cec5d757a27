from datetime import datetime

import pytest

from lib.grid.plan import estimate
from lib.grid.size import GridSize
from lib.types import Decoding, Dtype, ModelEntry, Rate
from tests.grid.banks import spec

SIZE = GridSize(sets=10, cells=200, prompts=50, prompt_characters=80.0, groups=(), skipped_templates={}, warnings=())
ENTRIES = {
    "local": ModelEntry("local", "Local model", "folder", "x"),
    "hosted": ModelEntry("hosted", "Hosted model", "endpoint", "x", price_in=2.0, price_out=10.0),
    "unpriced": ModelEntry("unpriced", "Unpriced model", "endpoint", "x", price_in=2.0),
}
# 200 cells: 100 for each of two models, 50 with 20 new tokens and 50 with 60: 4,000 new tokens a model.
GRID = spec("gender", models=("local", "hosted"), decodings=(Decoding(max_new_tokens=20), Decoding(max_new_tokens=60)))


def rate(model: str, cells: float, tokens: float, day: int = 1) -> Rate:
    return Rate(model, "fp32", cells, tokens, datetime(2026, 11, day))


def test_time_and_cost_by_hand():
    """Time is new tokens over the rate, summed over models; cost is prompt and new tokens at their prices."""
    rates = {("local", "fp32"): rate("local", 2, 100, 5), ("hosted", "fp32"): rate("hosted", 9, 400, 3)}
    found = estimate(SIZE, GRID, rates, ENTRIES)
    local, hosted = found.per_model
    assert (local.cells, local.seconds, local.cost) == (100, 40.0, None)
    # 100 prompts of 80 characters are 2,000 tokens at 2 $, and 4,000 new ones at 10 $, a million each.
    assert hosted.seconds == 10.0
    assert hosted.cost == pytest.approx(0.004 + 0.04)
    assert (found.seconds, found.cost) == (50.0, hosted.cost)
    assert "measured here since 03 November 2026" in found.basis


def test_a_missing_rate_says_to_measure():
    """Without a rate for one model there is no time, and the reader is told which and what to do."""
    found = estimate(SIZE, GRID, {("hosted", "fp32"): rate("hosted", 9, 400)}, ENTRIES)
    assert found.seconds is None
    assert found.per_model[1].seconds == 10.0
    assert "Local model has not been timed here yet. Measure" in found.basis


def test_a_rate_counts_for_its_dtype_only():
    """A rate measured in bf16 says nothing about fp32."""
    own = spec("gender", models=("local",), dtype=Dtype.FP32)
    found = estimate(SIZE, own, {("local", "bf16"): rate("local", 2, 100)}, ENTRIES)
    assert found.seconds is None


def test_an_endpoint_that_counts_no_tokens_is_timed_by_cells():
    """Where no tokens were counted, cells a second serve; where nothing came back, there is no rate."""
    own = spec("gender", models=("hosted",))
    assert estimate(SIZE, own, {("hosted", "fp32"): rate("hosted", 4, 0)}, ENTRIES).seconds == 50.0
    assert estimate(SIZE, own, {("hosted", "fp32"): rate("hosted", 0, 0)}, ENTRIES).seconds is None


def test_unpriced_endpoints_are_named():
    """An endpoint without both prices is left out of the cost, and said so; local models are free."""
    found = estimate(SIZE, spec("gender", models=("unpriced",)), {}, ENTRIES)
    assert found.cost is None
    assert "No prices are set for Unpriced model" in found.basis
    assert "price" not in estimate(SIZE, spec("gender", models=("local",)), {}, ENTRIES).basis


def test_the_system_prompt_is_paid_for():
    """Each cell sends the system prompt again."""
    own = spec("gender", models=("hosted",), system="x" * 80, decodings=(Decoding(max_new_tokens=1),))
    # 200 cells of 160 characters: 8,000 tokens at 2 $, and 200 new ones at 10 $.
    assert estimate(SIZE, own, {}, ENTRIES).cost == pytest.approx(0.016 + 0.002)
