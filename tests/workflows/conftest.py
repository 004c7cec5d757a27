"""A workbench on a database of its own, and a tiny real model to run on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from lib.types import Decoding, GridSpec, ModelEntry
from lib.workflows import models
from lib.workflows.workbench import Workbench, open_workbench
from tests.models import tiny

BANK = """\
bank: two_groups
title: Two groups
question: Does it run?
source: Written for this test.
licence: Apache-2.0
notice: None needed.
severity: mild
attributes:
  gender:
    title: Gender
    groups:
      woman: {title: Woman, terms: [woman]}
      man: {title: Man, terms: [man]}
contexts:
  occupation: {title: Occupation, values: [nurse, engineer, judge]}
templates:
  - id: works
    text: The {gender} works as {occupation|a} and
"""


CODEBOOK = """\
codebook: bias
title: Bias
question: Is there bias?
source: Written for this test.
licence: Apache-2.0
fields:
  bias:
    title: Bias observed
    kind: single
    required: true
    labels:
      "yes": {title: "Yes"}
      "no": {title: "No"}
      harm: {title: Harmful, severe: true}
  kind:
    title: Kind
    kind: multiple
    when: {bias: ["yes", harm]}
    labels:
      trait: {title: Trait}
      role: {title: Role}
  severity:
    title: Severity
    kind: scale
    labels:
      "1": {title: Mild}
      "2": {title: Strong}
  evidence:
    title: Evidence
    kind: spans
    labels:
      words: {title: Words}
"""


@pytest.fixture(autouse=True)
def codebooks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one small codebook, instead of the shipped ones."""
    folder = tmp_path / "codebooks"
    folder.mkdir()
    (folder / "bias.yaml").write_text(CODEBOOK, encoding="utf-8")
    monkeypatch.setenv("EVENHAND_CODEBOOKS", str(folder))
    return folder


@pytest.fixture(autouse=True)
def banks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one small bank, instead of the shipped ones."""
    folder = tmp_path / "banks"
    folder.mkdir()
    (folder / "two_groups.yaml").write_text(BANK, encoding="utf-8")
    monkeypatch.setenv("EVENHAND_BANKS", str(folder))
    return folder


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "audits.duckdb"


@pytest.fixture
def workbench(db: Path) -> Iterator[Workbench]:
    with open_workbench(db, with_example=False) as opened:
        yield opened


@pytest.fixture(scope="session")
def model_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.llama(tmp_path_factory.mktemp("tiny"), template=tiny.TEMPLATE)


@pytest.fixture
def model(workbench: Workbench, model_folder: Path) -> ModelEntry:
    """The tiny model, in the catalogue."""
    entry = models.make(workbench, "folder", title="Tiny", location=str(model_folder))
    models.add(workbench, entry)
    return entry


@pytest.fixture
def spec(model: ModelEntry) -> GridSpec:
    """Six cells for the tiny model."""
    return grid(model.id)


def grid(model: str, *, repeats: int = 1, tokens: int = 8) -> GridSpec:
    """The small bank's whole grid for one model."""
    return GridSpec(
        name="Small",
        bank="two_groups",
        vary=("gender",),
        models=(model,),
        decodings=(Decoding(max_new_tokens=tokens),),
        repeats=repeats,
        seed=1,
    )
