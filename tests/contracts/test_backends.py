"""What every registered backend promises, whoever adds it."""

import pytest

from lib.models.backend import BACKENDS, Backend
from lib.types import ModelEntry

FIELDS = set(ModelEntry.__dataclass_fields__)


@pytest.mark.parametrize("backend", list(BACKENDS), ids=lambda backend: backend.id)
def test_a_backend_introduces_itself(backend: Backend) -> None:
    """It has a title, a sentence of help, a citation, and fields that a model entry has."""
    assert backend.title
    assert backend.help.endswith(".")
    assert backend.citation
    assert {field.name for field in backend.fields} <= FIELDS
    assert all(field.label and field.help.endswith(".") for field in backend.fields)


@pytest.mark.parametrize("backend", list(BACKENDS), ids=lambda backend: backend.id)
def test_a_backend_has_a_worked_example(backend: Backend) -> None:
    """Its example is an entry of this backend that fills every required field."""
    assert backend.example.backend == backend.id
    assert all(getattr(backend.example, field.name) for field in backend.fields if field.required)


@pytest.mark.parametrize("backend", list(BACKENDS), ids=lambda backend: backend.id)
def test_a_backend_says_in_words_whether_its_example_is_here(backend: Backend) -> None:
    """Asking whether a model is here never raises and always says something."""
    assert backend.availability(backend.example, None).detail
