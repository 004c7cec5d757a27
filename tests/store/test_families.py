"""The small families: banks, grids, models, rates and settings."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from lib.errors import GridError, ModelError, StoreError
from lib.store.cells import decoding_label
from lib.store.store import Store
from lib.types import Decoding, Rate
from tests.store.samples import ENTRIES, bank, spec


def test_a_bank_is_kept_word_for_word_once_a_digest(store: Store) -> None:
    """An edited bank is another bank; keeping one again changes nothing."""
    store.banks.keep(bank("d1"))
    store.banks.keep(replace(bank("d1"), title="impostor"))
    store.banks.keep(replace(bank("d2"), title="Edited"))
    kept = store.banks.get("d1")
    assert (kept.title, kept.text, kept.severity) == ("Letters of reference", "id: letters\n", "mild")
    assert store.banks.get("d2").title == "Edited"
    with pytest.raises(StoreError, match="d3"):
        store.banks.get("d3")


def test_grids_are_saved_edited_and_listed_by_last_save(store: Store) -> None:
    """A grid comes back equal; saving under its id replaces it and moves it to the front."""
    first, second = store.grids.save(spec("One")), store.grids.save(spec("Two"))
    assert [grid.id for grid in store.grids.all()] == [second, first]
    assert store.grids.get(first).spec == spec("One")
    assert store.grids.save(spec("One, edited"), first) == first
    [edited, untouched] = store.grids.all()
    assert (edited.id, edited.spec.name, untouched.spec.name) == (first, "One, edited", "Two")
    assert edited.created < edited.updated


def test_a_duplicate_is_a_grid_of_its_own(store: Store) -> None:
    """Deleting the original leaves the copy, whose name says what it is."""
    original = store.grids.save(spec("Letters"))
    copy = store.grids.duplicate(original)
    store.grids.delete(original)
    assert [(grid.id, grid.spec.name) for grid in store.grids.all()] == [(copy, "Letters (copy)")]
    with pytest.raises(GridError, match=original):
        store.grids.get(original)


def test_added_models_are_replaced_and_forgotten_by_id(store: Store) -> None:
    """Saving an entry again replaces it; an unknown id is answered with the nearest."""
    base, chatty = ENTRIES
    for entry in (chatty, base, replace(base, price_in=0.5)):
        store.models.save(entry)
    assert store.models.all() == [replace(base, price_in=0.5), chatty]
    with pytest.raises(ModelError, match="chatty"):
        store.models.delete("chaty")
    store.models.delete("chatty")
    assert store.models.all() == [replace(base, price_in=0.5)]


def test_the_latest_rate_of_a_model_counts(store: Store) -> None:
    """Rates are kept by model and dtype; the one measured last is used, whatever its time zone."""
    noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    later = noon.astimezone(timezone(timedelta(hours=-8))) + timedelta(minutes=1)
    latest, older = Rate("m", "fp32", 2.0, 90.0, later), Rate("m", "fp32", 1.0, 48.0, noon)
    other = Rate("m", "bf16", 3.0, 99.0, noon)
    for rate in (latest, older, other):
        store.rates.record(rate)
    assert store.rates.latest() == {("m", "fp32"): latest, ("m", "bf16"): other}


def test_settings_remember_plain_values(store: Store) -> None:
    """A value comes back equal, the last one set, and an unknown key gives the default."""
    store.settings.set("welcome", {"seen": True, "at": [1, None]})
    assert store.settings.get("welcome") == {"seen": True, "at": [1, None]}
    store.settings.set("welcome", None)
    assert store.settings.get("welcome", "default") is None
    assert store.settings.get("nothing", "default") == "default"


@pytest.mark.parametrize(
    ("decoding", "label"),
    [
        (Decoding(), "T 1, 64 tokens"),
        (Decoding(temperature=0), "greedy, 64 tokens"),
        (Decoding(0.7, 0.95, 50, 1.2, 128), "T 0.7, top-p 0.95, top-k 50, penalty 1.2, 128 tokens"),
    ],
)
def test_decoding_settings_have_a_readable_label(decoding: Decoding, label: str) -> None:
    """Only what differs from off is named."""
    assert decoding_label(decoding) == label
