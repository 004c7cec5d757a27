"""The codebooks that come with Evenhand are whole, and what their README says is true."""

import re

import pytest

from lib.annotation.codebook import CODEBOOK, COMMANDS, DISCARD_REASONS, OPTIONAL, REQUIRED, parse_codebook
from lib.annotation.labels import LABEL_OPTIONAL
from lib.settings import ROOT
from lib.types import Codebook, FieldKind
from lib.yaml_files.shelf import Shelf

SHELF = Shelf(ROOT / "codebooks", CODEBOOK)
README = (ROOT / "codebooks" / "README.md").read_text(encoding="utf-8")

codebook_of_each = pytest.mark.parametrize("codebook", SHELF.all(), ids=lambda codebook: codebook.id)


def test_every_file_loads():
    """The three codebooks have no problem."""
    assert SHELF.problems() == []
    assert SHELF.ids() == ["coursework", "gender_occupation", "harms"]


@codebook_of_each
def test_every_label_is_explained(codebook: Codebook):
    """Each label has a definition in a sentence and an example, and each field says what to mind."""
    assert codebook.question.endswith("?")
    assert re.search(r"\(\d{4}\)", codebook.source)
    for field in codebook.fields:
        assert field.help.endswith("."), field.id
        for label in field.labels:
            assert label.definition.endswith("."), f"{field.id}.{label.id}"
            assert label.examples, f"{field.id}.{label.id}"


@codebook_of_each
def test_work_is_short_and_hard_labels_are_marked(codebook: Codebook):
    """The first answer is required, can leave everything else out, and something counts as severe."""
    first, *rest = codebook.fields
    assert first.required
    asked_always = [field for field in rest if not field.when]
    assert len(asked_always) <= 2
    assert any(label.severe for field in codebook.fields for label in field.labels)
    assert any(label.id == "unsure" for label in first.labels)


@codebook_of_each
def test_evidence_and_severity_are_asked(codebook: Codebook):
    """Each codebook has a scale and lets people mark the words it hangs on."""
    kinds = {field.kind for field in codebook.fields}
    assert {FieldKind.SINGLE, FieldKind.MULTIPLE, FieldKind.SCALE, FieldKind.SPANS} <= kinds


def test_the_readme_shows_a_codebook():
    """The example in the README loads, and uses every kind of field and every key there is."""
    example = re.search(r"```yaml\n(.*?)```", README, re.DOTALL)
    assert example is not None
    codebook = parse_codebook(example[1], "README.md")
    assert {field.kind for field in codebook.fields} == set(FieldKind)
    for key in (*REQUIRED, *OPTIONAL, *LABEL_OPTIONAL, "kind", "required", "help", "labels", "when"):
        assert f"{key}:" in example[1], key
        assert f"`{key}`" in README, key


def test_the_readme_tells_commands_and_defaults():
    """The letters that no key may be, and the reasons to discard, are those of the code."""
    for letter in COMMANDS:
        assert f"`{letter}`" in README
    assert ", ".join(DISCARD_REASONS) in README
