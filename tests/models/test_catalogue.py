"""The catalogue: what it starts with, what is added, and what was made from what."""

import dataclasses
import subprocess
import sys
from pathlib import Path

import pytest

from lib import settings
from lib.errors import AuditError, ModelError
from lib.models.backend import BACKENDS
from lib.models.bundled import BUNDLED_ID
from lib.models.catalogue import BUILT_IN, Catalogue, slug
from lib.types import ModelEntry, ModelKind

EMPTY = Catalogue(list)


def child(model_id: str, parent: str) -> ModelEntry:
    return ModelEntry(id=model_id, title=model_id, backend="folder", location="/", parent=parent)


def test_the_bundled_model_is_here_at_once() -> None:
    """What a newcomer runs first needs nothing, and says that it was quantised."""
    entry = EMPTY.get(BUNDLED_ID)
    assert EMPTY.all()[0] is entry
    assert "dequantised from GGUF Q4_1" in entry.title
    assert BACKENDS.get(entry.backend).availability(entry, EMPTY.parent_of(entry)).here


@pytest.mark.parametrize("entry", BUILT_IN, ids=lambda entry: entry.id)
def test_built_in_entries_are_complete(entry: ModelEntry) -> None:
    """Each has licence, source, size and a number of parameters, and passes its backend's check."""
    assert entry.id == slug(entry.id) or entry.id == BUNDLED_ID
    assert entry.licence
    assert entry.source.startswith("https://")
    assert entry.parameters
    assert entry.size_bytes
    BACKENDS.get(entry.backend).check(entry, EMPTY.parent_of(entry))


def test_ids_are_unique_and_parents_known() -> None:
    """Every built-in entry's parent is in the catalogue."""
    ids = [entry.id for entry in BUILT_IN]
    assert len(set(ids)) == len(ids)
    assert {entry.parent for entry in BUILT_IN} - {""} <= set(ids)


def test_an_unknown_id_gets_the_nearest_ones() -> None:
    """A slip of the finger is answered with what was meant."""
    with pytest.raises(ModelError, match=r"Did you mean .*distilgpt2"):
        EMPTY.get("destilgpt2")


def test_added_models_follow_the_built_in_ones() -> None:
    """They are read anew each time, and cannot take a built-in one's place."""
    added = [child("mine", ""), child("gpt2", "")]
    catalogue = Catalogue(lambda: added)
    assert catalogue.get("mine") is added[0]
    assert catalogue.get("gpt2").backend == "hub"
    added.clear()
    assert [entry.id for entry in catalogue.all()] == [entry.id for entry in BUILT_IN]


def test_the_lineage_goes_back_to_the_first_ancestor() -> None:
    """From a grandchild to the model everything was made from."""
    catalogue = Catalogue(lambda: [child("a", "distilgpt2"), child("b", "a")])
    assert [entry.id for entry in catalogue.lineage(catalogue.get("b"))] == ["b", "a", "distilgpt2", "gpt2"]


def test_a_lineage_in_a_circle_ends() -> None:
    """Imported entries may name each other as parents; nothing hangs."""
    catalogue = Catalogue(lambda: [child("a", "b"), child("b", "a")])
    assert [entry.id for entry in catalogue.lineage(catalogue.get("a"))] == ["a", "b"]


def test_a_parent_that_is_gone_is_none() -> None:
    """An entry outlives its parent."""
    assert Catalogue(list).parent_of(child("a", "gone")) is None


def test_a_new_entry_is_named_checked_and_sorted(made_llama: Path) -> None:
    """Title and kind are worked out where nobody gave them, and a person may say otherwise."""
    made = EMPTY.new_entry(backend="folder", location=f" {made_llama} ")
    assert made.location == str(made_llama)
    assert made.id == slug(made_llama.name)
    assert made.kind is ModelKind.CHAT
    assert EMPTY.new_entry(backend="folder", location=str(made_llama), kind="base", title="My Model!").id == "my-model"
    assert EMPTY.new_entry(backend="folder", location=str(made_llama), kind="base").kind is ModelKind.BASE


@pytest.mark.parametrize(
    ("location", "kind"),
    [
        ("someone/llama-instruct", ModelKind.CHAT),
        ("someone/gemma-2b-it", ModelKind.CHAT),
        ("someone/Chat.v2", ModelKind.CHAT),
        ("someone/italian", ModelKind.BASE),
        ("gpt2-xl", ModelKind.BASE),
    ],
)
def test_a_hub_model_that_is_not_here_is_sorted_by_its_name(location: str, kind: ModelKind) -> None:
    """Whole words count, letters inside others do not."""
    assert EMPTY.new_entry(backend="hub", location=location).kind is kind


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"backend": "hub"}, "the field Model id is empty"),
        ({"backend": "hub", "location": "gpt2"}, "the id gpt2 is in the catalogue already"),
        ({"backend": "hub", "location": "x/y", "colour": "red"}, "colour is no field of a model"),
        ({"backend": "folder", "location": "/nowhere/at/all"}, "there is no folder"),
        ({"backend": "hubb", "location": "x"}, "Did you mean hub"),
        ({"backend": "hub", "location": "x/y", "kind": "talker"}, "talker is neither base nor chat"),
    ],
)
def test_a_wrong_entry_is_refused(fields: dict[str, str], message: str) -> None:
    """Each mistake is named."""
    with pytest.raises(AuditError, match=message):
        EMPTY.new_entry(**fields)


def test_numbers_may_come_as_typed() -> None:
    """A form hands over text; empty fields keep their defaults."""
    typed = {
        "location": "http://localhost:1/v1",
        "served_name": "m",
        "max_concurrency": "3",
        "price_in": "0.15",
        "price_out": "",
    }
    made = EMPTY.new_entry(backend="endpoint", **typed)
    assert (made.max_concurrency, made.price_in, made.price_out) == (3, 0.15, None)
    with pytest.raises(ModelError, match="'many' is no number for max_concurrency"):
        EMPTY.new_entry(backend="endpoint", **typed | {"max_concurrency": "many"})


@pytest.mark.parametrize("backend", list(BACKENDS), ids=lambda backend: backend.id)
def test_a_backend_describes_itself(backend) -> None:
    """Forms, tables and the README read these: fields exist, required ones are in the worked example."""
    known = {field.name for field in dataclasses.fields(ModelEntry)}
    assert {field.name for field in backend.fields} <= known
    assert backend.title
    assert backend.help.endswith(".")
    assert backend.citation
    assert backend.example.backend == backend.id
    assert all(getattr(backend.example, field.name) for field in backend.fields if field.required)


def test_the_catalogue_costs_no_torch() -> None:
    """Listing every model and its availability imports none of the heavy libraries."""
    code = (
        "import sys\nfrom lib.models.backend import BACKENDS\nfrom lib.models.catalogue import Catalogue\n"
        "catalogue = Catalogue(list)\n"
        "for entry in catalogue.all(): BACKENDS.get(entry.backend).availability(entry, catalogue.parent_of(entry))\n"
        "import lib.models.formatting, lib.models.local_model\n"
        "print([name for name in ('torch', 'transformers', 'peft', 'openai', 'gguf') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=settings.ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
