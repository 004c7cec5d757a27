"""Two models on one map: where the answers to the same prompts went."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lib.errors import StatsError
from lib.types import UNCLUSTERED
from lib.workflows import readings
from lib.workflows.atlas import OpenMap
from lib.workflows.map_findings import NOWHERE
from lib.workflows.map_subjects import MODEL, compared, models_of, subject_of
from lib.workflows.score_frame import UNIT
from lib.workflows.workbench import Workbench


@dataclass(frozen=True, slots=True)
class Moves:
    """Of the prompts that both models answered, repeat by repeat: in which region the answers lie.

    Attributes:
        frame: row_label (region under the first model), column_label (under the second), count; every combination of
            regions that occur, the largest region first.
        pairs: answers compared; stayed: those that lie in the same region under both.
    """

    frame: pd.DataFrame
    pairs: int
    stayed: int
    reading: str


def moves(workbench: Workbench, opened: OpenMap, one: str, other: str, kept: np.ndarray | None = None) -> Moves:
    """Count where answers to the same prompt (with the same group, decoding and repeat) lie under two models.

    Raises:
        StatsError: no prompt was answered by both.
        AuditError: there is one model only.
    """
    frame = compared(workbench, opened, subject_of(workbench, opened, MODEL), kept)
    both = pd.merge(
        first_of(frame, one), first_of(frame, other), on=UNIT, suffixes=("_one", "_other"), validate="one_to_one"
    )
    if both.empty:
        raise StatsError(
            "these two models", "no prompt on this map was answered by both", "Run the same grid with both models."
        )
    titles = {**opened.titles, UNCLUSTERED: NOWHERE}
    there = set(both["region_one"]) | set(both["region_other"])
    order = [no for no in titles if no in there]
    counts = Counter(zip(both["region_one"].tolist(), both["region_other"].tolist(), strict=True))
    rows = [(titles[a], titles[b], counts[a, b]) for a in order for b in order]
    stayed = int((both["region_one"] == both["region_other"]).sum())
    table = pd.DataFrame(rows, columns=["row_label", "column_label", "count"])
    names = models_of(workbench, opened)
    return Moves(table, len(both), stayed, reading(table, len(both), stayed, names[one], names[other]))


def first_of(frame: pd.DataFrame, model: str) -> pd.DataFrame:
    """One answer of a model to each prompt: of several runs of it the first."""
    return frame.loc[frame["group"] == model, [UNIT, "region"]].drop_duplicates(UNIT)


def reading(table: pd.DataFrame, pairs: int, stayed: int, one: str, other: str) -> str:
    """How much moved, and the largest move."""
    same = readings.share(stayed / pairs)
    said = f"Of {pairs:,} pairs of answers to the same prompt, {same} lie in the same region under both models."
    moved = table[table["row_label"] != table["column_label"]].nlargest(1, "count")
    for start, end, count in moved.itertuples(index=False, name=None):
        if count:
            said += f" The largest move: {count:,} from “{start}” under {one} to “{end}” under {other}."
    return said
