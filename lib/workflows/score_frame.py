"""The scores of one run as a table for comparisons: one row a response, with what it is compared by."""

import json
from collections.abc import Callable, Mapping
from operator import itemgetter, methodcaller
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from lib.types import Measure, Scoring
from lib.workflows.workbench import Workbench

if TYPE_CHECKING:
    import pyarrow as pa

KEPT = ["no", "set_id", "family", "template", "group", "model", "format", "decoding", "repeat", "outcome", "label"]
CONTEXT = "context:"
UNIT = "unit"
"""The column of what is compared within: the matched set; at temperature 0 the family, whose repeats are all alike."""

CHOSEN = ("first", "second", "neither")
"""The labels of the choice scorer that say something of the candidates."""


def read_scores(workbench: Workbench, run_id: str, scoring: Scoring) -> pd.DataFrame:
    """Every cell of a run with what one scoring says of it.

    Columns: those of `KEPT`, `UNIT`, `score_outcome`, `note`, "context:<slot>" for each slot, `groups` and `terms`
    (mappings), and one of floats for each measure's id, NaN where there is no number.
    """
    table = workbench.store.scores.table(run_id, scoring.no)
    frame = cells_of(table)
    for column in ("score_outcome", "note"):
        frame[column] = table.column(column).to_pandas()
    numbers = table.column("numbers").to_pylist()
    matrix = np.array([as_floats(row, len(scoring.measures)) for row in numbers]).reshape(-1, len(scoring.measures))
    for place, measure in enumerate(scoring.measures):
        frame[measure.id] = matrix[:, place]
    return frame


def cells_of(table: "pa.Table") -> pd.DataFrame:
    """Cells as the store gives them with their scores; columns `KEPT`, `UNIT`, "context:<slot>", `groups`, `terms`."""
    frame = table.select(KEPT).to_pandas()
    greedy = table.column("temperature").to_pandas() == 0
    frame[UNIT] = frame["set_id"].where(~greedy, frame["family"])
    for column in ("groups", "terms", "context"):
        frame[column] = parsed(table.column(column).to_pandas())
    for slot in sorted({slot for context in unique_mappings(frame["context"]) for slot in context}):
        frame[CONTEXT + slot] = each_once(frame["context"], methodcaller("get", slot))
    return frame.drop(columns="context")


def as_floats(row: list[float | None] | None, width: int) -> list[float]:
    """A response's numbers, NaN where there is none."""
    return [np.nan if number is None else number for number in row] if row else [np.nan] * width


def parsed(texts: pd.Series) -> pd.Series:
    """JSON texts as mappings; each different text is read once, and equal ones share their mapping."""
    known = {text: json.loads(text) for text in texts.unique()}
    return texts.map(known)


def unique_mappings(column: pd.Series) -> list[Mapping[str, str]]:
    """The different mappings of a column that `parsed` made."""
    return list({id(mapping): mapping for mapping in column}.values())


def each_once(column: pd.Series, function: Callable[[Any], Any]) -> pd.Series:
    """`function` of each mapping of a column that `parsed` made, called once for each different one."""
    known = {id(mapping): function(mapping) for mapping in unique_mappings(column)}
    return column.map(lambda mapping: known[id(mapping)])


def with_measure(frame: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    """The frame with the columns `value` and `exposure` (NaN unless the measure is a rate)."""
    exposure = frame[measure.exposure] if measure.exposure else np.nan
    return frame.assign(value=frame[measure.id], exposure=exposure)


def by_group(frame: pd.DataFrame, attribute: str, varied: tuple[str, ...]) -> pd.DataFrame:
    """The rows that have a group of the attribute, with the columns `group` (its id) and `term`.

    `attribute` is one attribute, also one that a name only signals, or several joined by "+".
    """
    names = attribute.split("+")

    def group_of(groups: Mapping[str, str]) -> str | None:
        return "+".join(groups[name] for name in names) if all(name in groups for name in names) else None

    def term_of(terms: Mapping[str, str]) -> str:
        own = [terms[name] for name in names if name in terms]
        return " + ".join(own or [terms[name] for name in varied if name in terms])

    chosen = frame.assign(group=each_once(frame["groups"], group_of), term=each_once(frame["terms"], term_of))
    return chosen[chosen["group"].notna()]


def by_candidate(frame: pd.DataFrame, attribute: str) -> pd.DataFrame:
    """For prompts that compare a pair: a row for each candidate of each response, `value` 1 where it was picked.

    Picked neither counts 0 for both; a refusal or an unclear answer is no score for either. A couple's answer counts
    only where the other order was answered too: being named first cancels out in the two together. Two candidates
    of the same group leave nothing to choose, and are left out.

    Args:
        attribute: the one that is compared, or one that its groups signal, as names do.
    """
    first, second = f"{attribute}#1", f"{attribute}#2"

    def chooses(groups: Mapping[str, str]) -> bool:
        return first in groups and second in groups and groups[first] != groups[second]

    def words_of(side: str) -> Callable[[Mapping[str, str]], str]:
        # What names merely signal has no words of its own: those of the pair's slot stand for it.
        return lambda terms: next(text for slot, text in terms.items() if slot.endswith(side))

    pairs = frame[each_once(frame["groups"], chooses).astype(bool)]
    answered = pairs["label"].isin(CHOSEN)
    both = pairs["group"].where(answered).groupby(couples_of(pairs)).transform("nunique") == 2
    halves = []
    for name, label in ((first, "first"), (second, "second")):
        picked = np.where(pairs["label"] == label, 1.0, 0.0)
        halves.append(
            pairs.assign(
                group=each_once(pairs["groups"], itemgetter(name)),
                term=each_once(pairs["terms"], words_of(name.removeprefix(attribute))),
                value=np.where(answered & both, picked, np.nan),
                exposure=np.nan,
            )
        )
    return pd.concat(halves, ignore_index=True)


def couples_of(pairs: pd.DataFrame) -> pd.Series:
    """For responses to pair prompts what the two orders of a couple share: the set, and what else varies in it."""

    def beside(terms: Mapping[str, str]) -> str:
        return json.dumps(sorted((slot, text) for slot, text in terms.items() if "#" not in slot))

    return pairs[UNIT] + "\x1f" + each_once(pairs["terms"], beside)
