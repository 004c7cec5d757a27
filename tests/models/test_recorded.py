"""The backend of models whose outputs were imported."""

import pytest

from lib.errors import ModelError
from lib.models.backend import BACKENDS
from lib.models.catalogue import Catalogue
from lib.models.recorded import Recorded
from lib.types import Dtype, ModelEntry

ENTRY = ModelEntry(id="gpt", title="GPT", backend="recorded", location="answers.csv")


def test_it_is_never_loaded():
    """Opening it says that its outputs were recorded elsewhere, and what to do instead."""
    with pytest.raises(ModelError, match=r"model GPT: its outputs were recorded elsewhere.* add it to the catalogue"):
        BACKENDS.get("recorded").open(ENTRY, parent=None, dtype=Dtype.FP32)


def test_it_is_never_here_and_says_why():
    """Asking whether it is here does not raise; the answer is no, with the reason."""
    state = Recorded().availability(ENTRY, None)
    assert not state.here
    assert "recorded elsewhere" in state.detail


def test_nobody_can_add_it_to_the_catalogue():
    """The form of the Models page leaves out what has no fields, and the catalogue refuses such an entry."""
    assert Recorded.fields == ()
    with pytest.raises(ModelError, match="recorded elsewhere"):
        Catalogue(list).new_entry(backend="recorded", title="GPT", location="answers.csv")
