"""The cells of a run: written once when it is created, then read as jobs."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import astuple
from functools import cache
from itertools import islice
from typing import Any

import pyarrow as pa

from lib.store.database import Database, batch_of
from lib.types import Cell, Decoding, Job, PromptFormat

BATCH = 2_000

_SCHEMA = pa.schema(
    {
        "run_no": pa.int32(),
        "no": pa.int32(),
        "stratum": pa.int32(),
        "id": pa.string(),
        "set_id": pa.string(),
        "context": pa.string(),
        "groups": pa.string(),
        "terms": pa.string(),
        "repeat": pa.int32(),
        "seed": pa.int64(),
        "prompt": pa.string(),
        "system": pa.string(),
    }
)


def write_cells(database: Database, run_no: int, cells: Iterable[Cell]) -> int:
    """Store the cells of a run, numbered from 0 in the order given; gives how many there were.

    Reads `cells` in batches, so that a lazy expansion of any size needs little memory.
    """
    remaining, total = iter(cells), 0
    strata = _Strata(database, run_no)
    while batch := list(islice(remaining, BATCH)):
        rows = [
            (
                run_no,
                no,
                strata.of(cell),
                cell.id,
                cell.set_id,
                _json(cell.context),
                _json(cell.groups),
                _json(cell.terms),
                cell.repeat,
                cell.seed,
                cell.prompt,
                cell.system,
            )
            for no, cell in enumerate(batch, start=total)
        ]
        database.write_batch("INSERT INTO cells SELECT * FROM batch", batch_of(rows, _SCHEMA))
        total += len(batch)
    strata.write()
    return total


def pending_jobs(database: Database, run_no: int, model: str) -> list[Job]:
    """The cells of `model` with neither a response nor an open failure, in the order of their numbers."""
    rows = database.rows(
        """
        SELECT c.no, c.prompt, c.seed, c.system, s.format,
            s.temperature, s.top_p, s.top_k, s.repetition_penalty, s.max_new_tokens
        FROM cells c JOIN strata s ON s.stratum = c.stratum
        WHERE c.run_no = $run_no AND s.model = $model
            AND NOT EXISTS (SELECT 1 FROM outcomes o WHERE o.run_no = $run_no AND o.no = c.no)
        ORDER BY c.no
        """,
        {"run_no": run_no, "model": model},
    )
    return [
        Job(no, prompt, PromptFormat(format), _decoding(*decoding), seed, system)
        for no, prompt, seed, system, format, *decoding in rows
    ]


def decoding_label(decoding: Decoding) -> str:
    """Decoding settings as people read and filter them: "T 0.8, top-p 0.9, 64 tokens"; what is unknown is left out."""
    if decoding.temperature < 0:
        parts = ["temperature not recorded"]
    else:
        parts = ["greedy" if decoding.temperature == 0 else f"T {decoding.temperature:g}"]
    if decoding.top_p != 1:
        parts.append(f"top-p {decoding.top_p:g}")
    if decoding.top_k:
        parts.append(f"top-k {decoding.top_k}")
    if decoding.repetition_penalty != 1:
        parts.append(f"penalty {decoding.repetition_penalty:g}")
    if decoding.max_new_tokens:
        parts.append(f"{decoding.max_new_tokens} tokens")
    return ", ".join(parts)


class _Strata:
    """Numbers the combinations of what filters can ask for, as they come up in one run."""

    def __init__(self, database: Database, run_no: int) -> None:
        self._database = database
        self._run_no = run_no
        self._numbers: dict[tuple[str, str, str, str, Decoding], int] = {}
        self._cells: Counter[int] = Counter()

    def of(self, cell: Cell) -> int:
        key = (cell.template, cell.group, cell.model, cell.format.value, cell.decoding)
        if key not in self._numbers:
            self._numbers[key] = self._database.value("SELECT nextval('stratum_numbers')")
        self._cells[self._numbers[key]] += 1
        return self._numbers[key]

    def write(self) -> None:
        for (template, group, model, format, decoding), number in self._numbers.items():
            self._database.write(
                "INSERT INTO strata VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    number,
                    self._run_no,
                    template,
                    group,
                    model,
                    format,
                    *astuple(decoding),
                    decoding_label(decoding),
                    self._cells[number],
                ),
            )


@cache
def _decoding(*values: Any) -> Decoding:
    """A run needs few of these: all its jobs share them."""
    return Decoding(*values)


def _json(mapping: object) -> str:
    return json.dumps(mapping, ensure_ascii=False)
