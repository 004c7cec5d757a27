"""An audit to bundle, of real parts: cells of a real grid, scores that scorers gave, a codebook that parses."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from lib.annotation.codebook import parse_codebook
from lib.bundle.pack import pack
from lib.bundle.reading import opened
from lib.scorers.base import built_in_entries, scorer_of
from lib.store.audit_files import write_json
from lib.store.formats import write_parquet
from lib.types import AssignmentSpec, Decision, ReportSettings, RunStatus, ScorerEntry
from lib.workflows.bundling.numbers import DOCUMENT, FACTS, numbers
from lib.workflows.bundling.unpacked import loaded
from lib.workflows.scoring import no_model
from lib.workflows.workbench import Workbench
from tests.workflows import annotated, mapped

SCORERS = ("length", "agency", "gendered")
NAMES = ("Zoë Quintero", "Bartholomew", "Renate Müller")
CODEBOOK = parse_codebook(annotated.TEXT, "bias.yaml")


def audit(workbench: Workbench) -> str:
    """60 responses: scored by three scorers, annotated by two, adjudicated, mapped, reported on; the run's id."""
    run_id = mapped.answered(workbench, text_of=_says)
    workbench.store.runs.set_status(run_id, RunStatus.DONE)
    scored(workbench, run_id)
    annotate(workbench, run_id)
    mapped.planted(workbench, [run_id], lambda spot: spot.no % 2)
    workbench.store.reports.choose(run_id, ReportSettings(attribute="gender"))
    workbench.store.reports.write(run_id, "audit/conclusion", "Not before it is mended.", NAMES[2])
    return run_id


def scored(workbench: Workbench, run_id: str, entries: Sequence[ScorerEntry] | None = None) -> None:
    """Keep what some scorers, by default three that count words, say of every response."""
    items = workbench.store.scores.items(run_id, [no for no, _ in workbench.store.scores.texts(run_id)])
    for entry in entries or [each for each in built_in_entries() if each.id in SCORERS]:
        scorer = scorer_of(entry)
        kept = workbench.store.scores.scoring(entry, scorer.version, scorer.fingerprint, scorer.measures, scorer.labels)
        scores = scorer.open(no_model)(items)
        workbench.store.scores.add(run_id, kept.no, [(item.no, each) for item, each in zip(items, scores, strict=True)])


def annotate(workbench: Workbench, run_id: str) -> None:
    """Two people label the first dozen responses, and differ on one, which is decided."""
    items = annotated.plain_items(workbench, run_id, range(12))
    made = workbench.store.assignments.create(AssignmentSpec("First reading"), CODEBOOK, items)
    zoe, bart, _ = NAMES
    said = [annotated.event(n, zoe, annotated.says("yn"[n % 2], note=f"seen {n}")) for n in range(12)]
    said += [annotated.event(n, bart, annotated.says("y" if n == 1 else "yn"[n % 2])) for n in range(12)]
    workbench.store.annotations.add(made, said)
    workbench.store.adjudications.add(made, Decision(1, zoe, annotated.says("y"), "read again", "d1"))


def _says(spot: mapped.Spot) -> str:
    trait = "is caring and helps others" if spot.group == "woman" and spot.place % 3 else "leads with confidence"
    return f"She {trait} every day, number {spot.place}." if spot.no % 4 else f"He {trait}."


def resealed(path: Path, place: Path, edit: Callable[[Path], object], **about: Any) -> Path:
    """A bundle with its files edited and a chain that fits them again, as a forger would make it.

    `about` is what its manifest says in place of what it said.
    """
    folder = place / "edited"
    shutil.rmtree(folder, ignore_errors=True)
    with opened(path) as bundle:
        bundle.unpack(folder)
        kept = {
            key: value for key, value in bundle.manifest.items() if key not in ("seal", "files", "entries", "bundle")
        }
    edit(folder)
    forged = place / "forged.evenhand.zip"
    with forged.open("wb") as file:
        pack(folder, kept | about, file)
    return forged


def replaced(path: Path, old: str, new: str) -> None:
    """Replace the first of something in a file that has it."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def with_value(path: Path, row: int, column: str, change: Callable[[Any], Any]) -> None:
    """Change one value of a table, and the digest that the run keeps of it where it is the responses."""
    table = pq.read_table(path)
    rows = table.to_pylist()
    rows[row][column] = change(rows[row][column])
    write_parquet(path, table.schema, iter([pa.Table.from_pylist(rows, schema=table.schema)]))
    if path.name == "responses.parquet":
        run = json.loads((path.parent / "run.json").read_text(encoding="utf-8"))
        run["responses_sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
        text = json.dumps(run, ensure_ascii=False, indent=2) + "\n"
        (path.parent / "run.json").write_text(text, encoding="utf-8")


def renumbered(folder: Path) -> None:
    """Compute the report's numbers of an unpacked bundle anew from its data, as a forger with our code would."""
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "audit"
        shutil.copytree(folder, copy)
        with loaded(copy, Path(place) / "audit.duckdb") as (workbench, run_id):
            facts, document = numbers(workbench, run_id)
    write_json(folder / FACTS, facts)
    write_json(folder / DOCUMENT, document)


def in_json(path: Path, change: Callable[[Any], object]) -> None:
    """Change a JSON file in place, in the form that it is written in."""
    told = json.loads(path.read_text(encoding="utf-8"))
    change(told)
    indent = 2 if path.name == "run.json" else 1
    path.write_text(json.dumps(told, ensure_ascii=False, indent=indent) + "\n", encoding="utf-8")


def without_rows(path: Path, wanted: Callable[[dict[str, Any]], bool]) -> None:
    """Keep the rows of a table that are wanted."""
    table = pq.read_table(path)
    rows = [row for row in table.to_pylist() if wanted(row)]
    write_parquet(path, table.schema, iter([pa.Table.from_pylist(rows, schema=table.schema)]))


def scores_of(folder: Path, scorer: str) -> Path:
    """The table with the scores of a scorer."""
    for path in sorted((folder / "scores").glob("*.json")):
        if json.loads(path.read_text(encoding="utf-8"))["entry"]["id"] == scorer:
            return path.with_suffix(".parquet")
    raise AssertionError(f"there are no scores of {scorer}")
