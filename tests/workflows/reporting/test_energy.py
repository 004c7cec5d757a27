"""Energy: overlapping work counts once, and what cannot be told is not."""

from datetime import UTC, datetime

import pytest

from lib.types import ModelEntry, ModelFacts
from lib.workflows.reporting.energy import energy
from lib.workflows.reporting.evidence import gather
from tests.workflows.reporting.audits import audited, lopsided

LOCAL, HOSTED = ModelEntry("here", "Here", "bundled", "x"), ModelEntry("there", "There", "endpoint", "y")


def at(second):
    return datetime.fromtimestamp(second, UTC)


def test_overlapping_work_counts_once():
    """From 0 to 10, 5 to 15 and 20 to 21 are 16 seconds; 5 W on one core to 20 W on each of 4."""
    spans = [("here", 10.0, at(10)), ("here", 10.0, at(15)), ("here", 1.0, at(21))]
    found = energy(spans, [LOCAL], [], {"cores": 4})
    assert (found.seconds, found.responses, found.unmeasured) == (16.0, 3, 0)
    assert found.low == pytest.approx(16 * 5 / 3600)
    assert found.high == pytest.approx(16 * 4 * 20 / 3600)


def test_hosted_models_and_other_devices_cannot_be_told():
    """A request's time says nothing of the machine behind it, nor a core's power of a graphics card."""
    spans = [("there", 10.0, at(10)), ("card", 3.0, at(15)), ("here", 0.0, at(21))]
    entries = [LOCAL, HOSTED, ModelEntry("card", "Card", "hub", "z")]
    found = energy(spans, entries, [ModelFacts("card", "hub", device="cuda")], {})
    assert (found.responses, found.unmeasured, found.low, found.high) == (0, 3, None, None)


def test_a_batch_stored_at_once_is_the_time_of_its_longest(workbench):
    """Sixty responses of 7.2 seconds that ended together took 7.2 seconds: 0.01 watt-hours at the least."""
    found = gather(workbench, audited(workbench, lopsided(1), scorers=[], seconds=7.2))
    assert found.energy.seconds == pytest.approx(7.2, abs=1e-5)
    assert found.facts["energy/low"].value == pytest.approx(0.01, abs=1e-6)
    assert found.facts["energy/seconds"].n == 60
