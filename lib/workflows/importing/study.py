"""A file of recorded outputs, read through once: what is in it, and all it takes to store it."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lib.codec import to_json
from lib.errors import InterchangeError
from lib.grid.ids import Setting, digest
from lib.interchange.formats import read_recording
from lib.interchange.outputs import outputs
from lib.interchange.recorded import Mapping, RecordedOutput, Recording
from lib.registry import suggest
from lib.store.naming import slug
from lib.types import Decoding, Progress, PromptFormat
from lib.workflows.importing.apart import Apart
from lib.workflows.importing.bank import bank_id
from lib.workflows.importing.book import Book
from lib.workflows.importing.cells import asked, setting_of, unknown_seed, unknown_temperature
from lib.workflows.importing.extras import is_cut
from lib.workflows.importing.labels import tidy
from lib.workflows.importing.likeness import Likeness
from lib.workflows.importing.options import ImportOptions, Source
from lib.workflows.importing.own import OwnPlacer, is_own
from lib.workflows.importing.placing import UNGROUPED, ColumnPlacer, Placed, Placer

MOST_MODELS = 100
FEW = 50
"""A column with more different values is none to split comparisons by."""

PASSES = 3
EVERY = 500


@dataclass(slots=True)
class Counts:
    """How many outputs there are of each sort."""

    outputs: int = 0
    empty: int = 0
    failed: int = 0
    ungrouped: int = 0
    unset: int = 0
    again: int = 0  # their place in the set was taken
    unfinished: int = 0  # the file does not say why they ended
    of_unknown_temperature: int = 0
    of_unknown_length: int = 0  # how many tokens were allowed
    of_unknown_seed: int = 0
    most_repeats: int = 0


@dataclass(slots=True)
class Study:
    """Everything learnt of a file.

    `few` are the different values of columns without a meaning that have few; `extras` are the columns whose values
    are kept beside what is held fixed, and whether any had to be cut. `apart` is None for our own exports, whose
    sets are what they were.
    """

    path: Path
    recording: Recording
    mapping: Mapping
    source: Source
    run_id: str
    placer: Placer
    own: bool
    book: Book = field(default_factory=Book)
    likeness: Likeness = field(default_factory=Likeness)
    apart: Apart | None = None
    counts: Counts = field(default_factory=Counts)
    models: Counter[str] = field(default_factory=Counter)
    groups: Counter[str] = field(default_factory=Counter)
    decodings: dict[Decoding, None] = field(default_factory=dict)
    formats: dict[PromptFormat, None] = field(default_factory=dict)
    few: dict[str, set[str]] = field(default_factory=dict)
    extras: dict[str, bool] = field(default_factory=dict)
    sample: list[tuple[RecordedOutput, Placed]] = field(default_factory=list)

    def placed(self) -> Iterator[tuple[int, RecordedOutput, Placed, Setting]]:
        """Every output with its number and its place, from the first on."""
        for number, output in enumerate(outputs(self.recording, self.mapping)):
            yield number, output, self.placer.place(output), setting_of(output)

    @property
    def steps(self) -> int:
        """About how many outputs are read in all, over every pass."""
        return PASSES * self.recording.count * max(1, len(self.mapping.wide))


def begin(path: Path, mapping: Mapping | None, options: ImportOptions, format: str = "") -> Study:
    """A study of a file before its first output.

    Args:
        mapping: what its columns mean; guessed where it is not given.
        format: the id of one; found out where it is "".

    Raises:
        InterchangeError: the file cannot be read, or a category is none of its columns.
    """
    recording = read_recording(path, format, guess=mapping is None)
    chosen = mapping or recording.suggested
    for name in options.categories:
        if name not in recording.columns:
            known = list(recording.columns)
            raise InterchangeError(f"file {recording.file}", f"there is no column {name[:80]!r}", suggest(name, known))
    sha256 = digest_of(path)
    source = Source(
        recording.file, recording.title, sha256, bank_id(recording.file), options.name or recording.file, options
    )
    first = next(outputs(recording, chosen), None) if chosen.completion else None
    own = first is not None and not options.categories and is_own(first)
    placer: Placer = OwnPlacer() if own else ColumnPlacer(chosen, options.neutral, options.categories)
    apart = None if own else Apart(recording.columns, chosen, options.categories)
    return Study(path, recording, chosen, source, run_id_of(source, chosen), placer, own, apart=apart)


def learn(study: Study, *, sample: int = 0, progress: Progress = lambda *_: None) -> None:
    """Read the file of a study through; keeps the first `sample` outputs.

    Raises:
        InterchangeError: what is wrong in the file, or the mapping does not fit it.
    """
    for number, output, placed, setting in study.placed():
        count(study, output, placed, setting, number)
        if len(study.sample) < sample:
            study.sample.append((output, placed))
        if number % EVERY == 0:
            progress(number, study.steps)
    study.book.again()


def count(study: Study, output: RecordedOutput, placed: Placed, setting: Setting, number: int) -> None:
    """Count one output in; raises InterchangeError when there are too many models."""
    spot = study.book.learn(output, placed, asked(setting), number)
    if output.set and placed.label != UNGROUPED and study.apart:
        study.likeness.learn(spot.set_id, placed.label, output)
        study.apart.learn(spot.set_id, output)
    counts = study.counts
    counts.outputs += 1
    counts.failed += output.finish == "error"
    counts.empty += output.finish != "error" and not output.completion.strip()
    counts.ungrouped += placed.label == UNGROUPED
    counts.unset += not output.set
    counts.again += spot.again
    counts.unfinished += not output.finish
    counts.of_unknown_temperature += unknown_temperature(output)
    counts.of_unknown_length += not setting.decoding.max_new_tokens
    counts.of_unknown_seed += unknown_seed(output)
    counts.most_repeats = max(counts.most_repeats, spot.repeat + 1)
    study.models[setting.model] += 1
    study.groups[placed.label] += 1
    study.decodings.setdefault(setting.decoding)
    study.formats.setdefault(setting.format)
    for name, value in placed.extra.items():
        study.extras[name] = study.extras.get(name, False) or is_cut(value)
    for name, value in output.extra.items():
        known = study.few.setdefault(name, set())
        if len(known) <= FEW:
            known.add(tidy(value))
    if len(study.models) > MOST_MODELS:
        cause = f"the column {study.mapping.model} names more than {MOST_MODELS} models"
        raise InterchangeError(f"file {study.source.file}", cause, "Map the column with the model's name, or none.")


def run_id_of(source: Source, mapping: Mapping) -> str:
    """The id of the run that an import makes: the same file with the same choices always makes the same."""
    options = {name: value for name, value in to_json(source.options).items() if name != "name"}
    mark = digest([source.sha256, source.format, to_json(mapping), options])[:10]
    return "-".join(part for part in ("import", slug(source.file.rsplit(".", 1)[0]), mark) if part)


def digest_of(path: Path) -> str:
    """The SHA-256 of a file in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
