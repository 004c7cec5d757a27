import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.codec import dump, parse
from lib.types import Decoding, GridSpec, ModelEntry, ModelFacts
from tests.store.samples import ENTRIES, FACTS, spec


@pytest.mark.parametrize("value", [spec(), ENTRIES[0], FACTS, Decoding(), GridSpec("é 🙂", "b", (), ())])
def test_what_is_dumped_comes_back_equal(value: GridSpec | ModelEntry | ModelFacts | Decoding) -> None:
    """Tuples, enums, mappings and optional fields survive JSON."""
    assert parse(type(value), dump(value)) == value


@given(st.builds(GridSpec))
def test_any_grid_survives(grid: GridSpec) -> None:
    """No grid that can be built is changed by storing it."""
    assert parse(GridSpec, dump(grid)) == grid


def test_fields_of_another_time_are_left_out_and_new_ones_get_their_default() -> None:
    """Reading what an older or newer Evenhand wrote does not fail on a field."""
    assert parse(Decoding, '{"top_k": 5, "mirostat": 2}') == Decoding(top_k=5)
