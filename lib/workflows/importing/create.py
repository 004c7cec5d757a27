"""Recorded outputs become an audit here: a run that is done, to be read only, on which every analysis works."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from lib.codec import dump, to_json
from lib.errors import InterchangeError
from lib.interchange.outputs import outputs
from lib.interchange.recorded import Mapping
from lib.store.outcomes import storable
from lib.types import Cell, GridSpec, Json, ModelEntry, Progress, Response
from lib.workflows.environment import environment
from lib.workflows.importing.bank import bank_for
from lib.workflows.importing.cells import asked, cell_of, response_of, time_of
from lib.workflows.importing.options import ImportOptions
from lib.workflows.importing.pairing import told_of_sets
from lib.workflows.importing.placing import titled
from lib.workflows.importing.preview import is_here
from lib.workflows.importing.problems import problems
from lib.workflows.importing.study import EVERY, PASSES, Study, begin, digest_of, learn
from lib.workflows.workbench import Workbench

AT_ONCE = 2_000
NOT_OURS = "Evenhand did not generate these responses: they were recorded elsewhere and imported."


def import_file(
    workbench: Workbench,
    path: Path,
    mapping: Mapping | None = None,
    options: ImportOptions | None = None,
    *,
    format: str = "",
    progress: Progress = lambda *_: None,
) -> str:
    """Store a file of outputs as a run and give its id; what was imported in the same way before stays as it is.

    Everything is stored, or nothing. The file is read three times and never held as a whole.

    Args:
        mapping: what its columns mean; guessed where it is not given.
        progress: told how many outputs were read and about how many readings there are, over all three.

    Raises:
        InterchangeError: the file cannot be read, the mapping does not fit it, or every completion is empty.
        StoreError: the database may only be read.
    """
    workbench.refuse_when_read_only("import outputs")
    found = begin(path, mapping, options or ImportOptions(), format)
    if is_here(workbench, found.run_id):
        return found.run_id
    learn(found, progress=progress)
    refuse_empty(found)
    with workbench.store.transaction():
        store(workbench, found, progress)
        workbench.store.reports.set_origin(found.run_id, origin(found))
        if digest_of(path) != found.source.sha256:
            raise InterchangeError(
                f"file {found.source.file}", "it changed while it was imported", "Import it again once it is whole."
            )
    return found.run_id


def refuse_empty(found: Study) -> None:
    """Raise InterchangeError when there is nothing to look at in any output."""
    if found.counts.empty + found.counts.failed == found.counts.outputs:
        cause = f"every completion in the column {found.mapping.completion} is empty"
        raise InterchangeError(f"file {found.source.file}", cause, "Map the column with what the models wrote.")


def store(workbench: Workbench, found: Study, progress: Progress) -> None:
    """Write the run of a study."""
    for id in found.placer.varied:
        found.placer.parts.attribute(id, titled(id), varied=True)
    bank = bank_for(found.placer.parts, found.source)
    spec = GridSpec(
        name=storable(found.source.name),
        bank=bank.id,
        vary=found.placer.varied,
        models=tuple(found.models),
        formats=tuple(found.formats),
        decodings=tuple(found.decodings),
        repeats=found.counts.most_repeats,
    )
    workbench.store.exchange.take_in(
        found.run_id,
        storable(found.source.name),
        spec,
        bank,
        cells(found, progress),
        entries(found),
        environment() | {"generated": NOT_OURS},
        outcomes(found, progress),
        f"Imported from {storable(found.source.file)}.",
    )


def cells(found: Study, progress: Progress) -> Iterator[Cell]:
    """Every output as a cell, in the order of the file."""
    for number, output, placed, setting in found.placed():
        spot = found.book.spot(output, placed, asked(setting))
        yield cell_of(output, placed, spot, setting, with_case=not found.own)
        if number % EVERY == 0:
            progress(found.counts.outputs + number, PASSES * found.counts.outputs)


def outcomes(found: Study, progress: Progress) -> Iterator[list[tuple[Response, datetime | None]]]:
    """What came back, in batches, in the order of the cells."""
    recorded = enumerate(outputs(found.recording, found.mapping))
    done = 2 * found.counts.outputs
    while batch := [(response_of(output, number), time_of(output)) for number, output in islice(recorded, AT_ONCE)]:
        yield batch
        done += len(batch)
        progress(done, PASSES * found.counts.outputs)


def entries(found: Study) -> list[ModelEntry]:
    """A catalogue entry for each model: its name, and whatever settings the file says it had."""
    known = {storable(name).strip(): settings for name, settings in found.recording.models.items()}
    file = storable(found.source.file)
    entry = ModelEntry("", "", "recorded", file, source=f"Imported from {file}")
    return [replace(entry, id=model, title=model, note=_note(known.get(model))) for model in found.models]


def _note(settings: object) -> str:
    told = f" Settings as recorded: {storable(str(to_json(settings)))[:500]}" if settings else ""
    return f"Evenhand did not run this model.{told}"


def origin(found: Study) -> Json:
    """Where the audit came from, as it is kept with it."""
    source, counts = found.source, found.counts
    told = {
        "kind": "import",
        "format": found.recording.format,
        "format_title": found.recording.title,
        "file": source.file,
        "sha256": source.sha256,
        "mapping": {name: value for name, value in to_json(found.mapping).items() if value},
        "categories": list(source.options.categories),
        "neutral": list(source.options.neutral),
        "extras": list(found.extras),
        "outputs": counts.outputs,
        "unknown": {
            "temperature": counts.of_unknown_temperature,
            "max_new_tokens": counts.of_unknown_length,
            "seed": counts.of_unknown_seed,
        },
        "notes": [NOT_OURS, *found.recording.notes, *told_of_sets(found), *problems(found)],
    }
    whole: Json = json.loads(storable(dump(told)))
    return whole
