"""Whole rows: cells with what is known of them, one column a field, for pages and exports alike.

A query first picks keys, reading two integers a row; the long texts are read only for the rows
that are shown.
"""

import json
from collections.abc import Sequence
from typing import Any

from lib.store.clock import aware
from lib.store.codec import build
from lib.store.database import Database
from lib.types import Cell, Decoding, Finish, PromptFormat, Response, StoredResponse

Key = tuple[int, int]  # number of the run, number of the cell within it

# Of runs (r), strata (s), cells (c) and outcomes (o), joined.
COLUMNS = """
    r.id AS run, c.no, c.id AS cell, c.set_id, r.bank, s.template, c.context, s.group_id AS group, c.groups, c.terms,
    s.model, s.format, s.temperature, s.top_p, s.top_k, s.repetition_penalty, s.max_new_tokens,
    c.repeat, c.seed, c.system, c.prompt, o.finish, o.text, o.error, o.prompt_sent, o.prompt_tokens, o.new_tokens,
    o.seconds, o.created
"""

_PICKED = f"""
WITH picked AS (SELECT unnest($run_nos) AS run_no, unnest($nos) AS no, unnest($places) AS place)
SELECT {COLUMNS}
FROM picked
JOIN cells c ON c.run_no = picked.run_no AND c.no = picked.no
JOIN strata s ON s.stratum = c.stratum
JOIN runs r ON r.run_no = c.run_no
LEFT JOIN outcomes o ON o.run_no = picked.run_no AND o.no = picked.no
ORDER BY picked.place
"""  # noqa: S608 - our own columns


def fetch(database: Database, keys: Sequence[Key]) -> list[StoredResponse]:
    """The cells with these keys, in the order given, each with its response where there is one."""
    parameters = {
        "run_nos": [run_no for run_no, _ in keys],
        "nos": [no for _, no in keys],
        "places": list(range(len(keys))),
    }
    return [
        StoredResponse(
            row["run"],
            row["no"],
            cell_of(row),
            row["bank"],
            response_of(row) if row["finish"] else None,
            aware(row["created"]) if row["finish"] else None,
        )
        for row in database.dicts(_PICKED, parameters)
    ]


def cell_of(row: dict[str, Any]) -> Cell:
    """The cell in a row of `COLUMNS`."""
    return Cell(
        id=row["cell"],
        set_id=row["set_id"],
        template=row["template"],
        context=json.loads(row["context"]),
        group=row["group"],
        groups=json.loads(row["groups"]),
        terms=json.loads(row["terms"]),
        model=row["model"],
        format=PromptFormat(row["format"]),
        decoding=build(Decoding, row),
        repeat=row["repeat"],
        seed=row["seed"],
        prompt=row["prompt"],
        system=row["system"],
    )


def response_of(row: dict[str, Any]) -> Response:
    """The response in a row of `COLUMNS` whose cell was tried."""
    return Response(
        no=row["no"],
        text=row["text"],
        finish=Finish(row["finish"]),
        prompt_sent=row["prompt_sent"],
        prompt_tokens=row["prompt_tokens"],
        new_tokens=row["new_tokens"],
        seconds=row["seconds"],
        error=row["error"],
    )
