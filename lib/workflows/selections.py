"""Selections: responses picked out on a map, kept under a name, counted by group, exported."""

import json
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lib.errors import MapError
from lib.stats.share_difference import share_of_units, sums
from lib.types import Selection, StoredResponse
from lib.workflows.atlas import OpenMap
from lib.workflows.attributes import Attribute
from lib.workflows.map_search import rows_of
from lib.workflows.map_subjects import MODEL, codes, compared, groups_in, subject_of
from lib.workflows.score_frame import UNIT
from lib.workflows.tables import as_csv
from lib.workflows.workbench import Workbench


@dataclass(frozen=True, slots=True)
class GroupShare:
    """How much of a group's responses on a map lie in a selection: `count` of `total`, with a 95 % interval."""

    group: str
    count: int
    total: int
    share: float
    low: float
    high: float


def keep(workbench: Workbench, opened: OpenMap, rows: np.ndarray, name: str) -> str:
    """Keep some rows of a map as a selection, so that other pages and exports can ask for them; gives its id.

    Raises:
        MapError: no row is selected.
        StoreError: the database may only be read.
    """
    workbench.refuse_when_read_only("keep a selection")
    if not len(rows):
        raise MapError("the selection", "it is empty", "Select some responses first.")
    chosen = opened.frame.iloc[np.sort(rows)]
    cells = list(zip(chosen["run"], chosen["no"].tolist(), strict=True))
    return workbench.store.selections.create(name.strip() or "Selection", opened.info.id, cells)


def get(workbench: Workbench, selection_id: str) -> Selection:
    """One selection; raises MapError when there is none of that id."""
    return workbench.store.selections.get(selection_id)


def all(workbench: Workbench) -> list[Selection]:
    """Every selection, the newest first."""
    return workbench.store.selections.all()


def rows(workbench: Workbench, opened: OpenMap, selection_id: str) -> np.ndarray:
    """The rows of a map's frame that are in a selection; raises MapError when there is none of that id."""
    workbench.store.selections.get(selection_id)
    return rows_of(opened, workbench.store.selections.cells(selection_id))


def shares(
    workbench: Workbench, opened: OpenMap, subject_id: str, rows: np.ndarray, kept: np.ndarray | None = None
) -> dict[tuple[str, ...], list[GroupShare]]:
    """For each group of a subject how much of its responses on the map lie among some rows, by audits.

    Audits with the same groups are told together. Groups that are not in the same audits answered other prompts, so
    that their shares must not be held against each other. Models are told together over the prompts all answered.
    """
    subject = subject_of(workbench, opened, subject_id)
    frame = compared(workbench, opened, subject, kept)
    if subject.id == MODEL:
        models = frame.groupby(UNIT)["group"].transform("nunique")
        whole = frame[models == frame["group"].nunique()]
        return {(): group_shares(opened, subject, whole, rows)} if len(whole) else {}
    blocks: dict[frozenset[str], list[str]] = {}
    for run, its in frame.groupby("run", sort=False):
        blocks.setdefault(frozenset(its["group"]), []).append(str(run))
    return {
        tuple(runs): group_shares(opened, subject, frame[frame["run"].isin(runs)], rows) for runs in blocks.values()
    }


def group_shares(opened: OpenMap, subject: Attribute, frame: pd.DataFrame, rows: np.ndarray) -> list[GroupShare]:
    """Each group's share among some compared rows.

    Responses to one matched set are dependent; intervals know that (`lib.stats.share_difference.share_of_units`).
    """
    inside = frame.index.isin(opened.frame.index[rows])
    units = codes(frame[UNIT])
    found = []
    for group in groups_in(frame, subject):
        own = (frame["group"] == group).to_numpy()
        counts, totals = sums(units, (own & inside).astype(float)), sums(units, own.astype(float))
        share = share_of_units(counts, totals)
        count = int((own & inside).sum())
        found.append(GroupShare(subject.titles[group], count, int(own.sum()), share.value, share.low, share.high))
    return found


def responses(workbench: Workbench, opened: OpenMap, rows: np.ndarray) -> list[StoredResponse]:
    """The responses of some rows, in the order given."""
    chosen = opened.frame.iloc[rows]
    return workbench.store.responses.some(list(zip(chosen["run"], chosen["no"].tolist(), strict=True)))


def export(workbench: Workbench, opened: OpenMap, rows: np.ndarray, format: str) -> bytes:
    """Some responses with their place and region as the bytes of a CSV or JSON lines file."""
    table = as_table(workbench, opened, rows)
    if format == "csv":
        return as_csv(table)
    lines = (json.dumps(row, ensure_ascii=False) for row in table.to_dict("records"))
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def as_table(workbench: Workbench, opened: OpenMap, rows: np.ndarray) -> pd.DataFrame:
    """One row a response: where it is from, where it lies, what it says."""
    titles = opened.titles
    chosen = opened.frame.iloc[rows]
    return pd.DataFrame(
        [
            {
                "run": stored.run,
                "no": stored.no,
                "set_id": stored.cell.set_id,
                "group": stored.cell.group,
                "model": stored.cell.model,
                "template": stored.cell.template,
                "region": titles.get(region, ""),
                "x": x,
                "y": y,
                "prompt": stored.cell.prompt,
                "text": stored.response.text if stored.response else "",
            }
            for stored, region, x, y in zip(
                responses(workbench, opened, rows),
                chosen["region"].tolist(),
                chosen["x"].astype(float).tolist(),
                chosen["y"].astype(float).tolist(),
                strict=True,
            )
        ]
    )
