"""One audit as a data set in the layout of the Hugging Face Hub: Parquet files and a card."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lib import __version__
from lib.interchange.huggingface import CARD, DATA, Card, Part, write_card
from lib.store.export import SCHEMA, write_whole
from lib.types import Json
from lib.workflows import annotation_files, assignments
from lib.workflows.export import ExportFormat, export_run
from lib.workflows.exporting.data import made_folder
from lib.workflows.exporting.fields import meaning
from lib.workflows.exporting.scores import wide_scores
from lib.workflows.exporting.tables import arrow_table, write_table
from lib.workflows.workbench import Workbench

if TYPE_CHECKING:
    import pyarrow as pa

ROWS_AT_ONCE = 5_000
NESTED = ("context", "groups", "terms")
"""Columns that hold a value a slot or attribute: structures here, so that no reader has to parse JSON."""


def dataset(workbench: Workbench, run_id: str, folder: Path, *, names: bool = False) -> list[Path]:
    """Write a run as a data set that `datasets.load_dataset(folder, part)` reads; gives the files, the card first.

    Parts: responses; scores, where something was scored; annotations, one for each assignment with responses of this
    run, in flat columns, people under pseudonyms unless `names`.

    Raises:
        ExportError: the folder cannot be written. RunError: there is no such run.
    """
    run = workbench.store.runs.get(run_id)
    made_folder(folder / DATA)
    parts = [_responses(workbench, run_id, folder)]
    if (scores := wide_scores(workbench, run_id)) is not None:
        parts.append(_part(folder, "scores", scores))
    found = assignments.with_run(workbench, run_id)
    for assignment in found:
        name = "annotations" if len(found) == 1 else f"annotations-{assignment.id}"
        parts.append(_part(folder, name, _annotations(workbench, assignment.id, names=names)))
    bank = workbench.store.runs.bank(run_id)
    card = Card(
        title=run.name,
        question=bank.question,
        source=bank.source,
        licence=bank.licence,
        language=bank.language,
        notice=bank.notice,
        made=tuple(_made(workbench, run_id)),
        limits=LIMITS,
        citation=f"{run.name}: an audit made with Evenhand {__version__}, run {run_id}, {run.created:%Y-%m-%d}.",
        parts=tuple(parts),
    )
    write_whole(folder / CARD, lambda partial: partial.write_text(write_card(card), encoding="utf-8", newline="\n"))
    return [folder / CARD, *(folder / part.file for part in parts)]


LIMITS = (
    "The texts were written by language models. They repeat stereotypes and are no statements about people.",
    "A difference between groups is only told within matched sets, with its interval: rows side by side show little.",
    "What models may be used for, and what may be done with what they wrote, is for their own licences to say.",
    "Do not train on it what is to be audited with the same prompts.",
)


def _made(workbench: Workbench, run_id: str) -> Iterator[str]:
    """How a run's data came about, as its store tells."""
    run, origin = workbench.store.runs.get(run_id), workbench.store.reports.origin(run_id)
    entries = workbench.store.runs.entries(run_id)
    yield f"{run.total:,} prompts: {run.done:,} were answered, {run.failed:,} failed."
    if origin.get("kind") == "import":
        yield f"Evenhand did not generate these responses: they were imported from {origin.get('file', 'a file')}."
    yield "Models: " + ", ".join(f"{entry.title} ({entry.licence or 'licence not stated'})" for entry in entries)
    environment: Json = workbench.store.runs.environment(run_id)
    if environment.get("evenhand"):
        stored = "Imported" if origin.get("kind") == "import" else "Recorded"
        yield f"{stored} with Evenhand {environment['evenhand']}, code {environment.get('commit') or 'unknown'}."


def _responses(workbench: Workbench, run_id: str, folder: Path) -> Part:
    """The responses, streamed from a plain export beside them that is removed again."""
    import pyarrow.parquet as pq

    plain, file = folder / DATA / ".responses.parquet", f"{DATA}/responses.parquet"
    try:
        rows = export_run(workbench, run_id, ExportFormat.PARQUET, plain)
        schema = _schema(plain)

        def write(partial: Path) -> None:
            with pq.ParquetWriter(partial, schema, compression="zstd") as writer:
                for batch in _rows(plain, SCHEMA.names):
                    writer.write_table(_nested(batch, schema))

        write_whole(folder / file, write)
    finally:
        plain.unlink(missing_ok=True)
    return Part("responses", file, rows, tuple(_fields(schema)))


def _schema(plain: Path) -> "pa.Schema":
    """The columns of the responses, with a structure of every slot that occurs in place of JSON text."""
    import pyarrow as pa

    slots: dict[str, dict[str, None]] = {name: {} for name in NESTED}
    for batch in _rows(plain, NESTED):
        for name in NESTED:
            for text in set(batch[name]):
                slots[name] |= dict.fromkeys(json.loads(text))
    kinds = {name: pa.struct([(slot, pa.string()) for slot in slots[name]]) for name in NESTED if slots[name]}
    return pa.schema([(field.name, kinds.get(field.name, field.type)) for field in SCHEMA])


def _rows(plain: Path, columns: "list[str] | tuple[str, ...]") -> Iterator[dict[str, list[Any]]]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(plain) as file:
        for batch in file.iter_batches(ROWS_AT_ONCE, columns=list(columns)):
            yield batch.to_pydict()


def _nested(batch: dict[str, list[Any]], schema: "pa.Schema") -> "pa.Table":
    import pyarrow as pa

    nested = {
        name: [json.loads(text) for text in batch[name]]
        for name in NESTED
        if pa.types.is_struct(schema.field(name).type)
    }
    return pa.table([pa.array((batch | nested)[field.name], field.type) for field in schema], schema=schema)


def _annotations(workbench: Workbench, assignment_id: str, *, names: bool) -> "pa.Table":
    """An assignment's annotations in the flat columns of its spreadsheet, as texts; what was not answered is empty."""
    import csv
    import io

    from lib.spreadsheet import undefused

    data = annotation_files.export(workbench, assignment_id, ExportFormat.CSV.value, names=names)
    header, *rows = csv.reader(io.StringIO(data.decode("utf-8"), newline=""))
    return arrow_table(header, ([undefused(value) for value in row] for row in rows))


def _part(folder: Path, name: str, table: "pa.Table") -> Part:
    file = f"{DATA}/{name}.parquet"
    write_table(table, ExportFormat.PARQUET, folder / file)
    return Part(name, file, len(table), tuple(_fields(table.schema)))


def _fields(schema: "pa.Schema") -> Iterator[tuple[str, str, str]]:
    for field in schema:
        yield field.name, str(field.type), meaning(field.name)
