"""For audits that compare a pair in one prompt: did the group decide, or the order in which the two were named?"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from lib.errors import StatsError
from lib.types import ScorerEntry
from lib.workflows import scoring
from lib.workflows.question import current
from lib.workflows.readings import counted, share
from lib.workflows.score_frame import couples_of, each_once, read_scores
from lib.workflows.workbench import Workbench

if TYPE_CHECKING:
    from lib.stats.shares import Share

PICKED = {"first": 0, "second": 1}
NO_ANSWER = ("pending", "failed")
"""Outcomes of cells that nobody has answered."""


@dataclass(frozen=True, slots=True)
class OrderEffects:
    """outcome, count, share, low and high of what decided each couple, with what it says.

    `first` is how often answers that picked somebody picked the first named, on average over its `n` couples.
    `unanswered` couples are in none of this: one of their orders has no answer.
    """

    frame: pd.DataFrame
    reading: str
    first: "Share"
    unanswered: int = 0


def order_effects(workbench: Workbench, run_id: str) -> OrderEffects | None:
    """What decided the choices of a run; None where they were not scored.

    Raises:
        StatsError: no couple was answered in both orders, or nobody was picked.
    """
    from lib.stats.positions import position_effects

    entry = ScorerEntry("choice", "choice", "Choice")
    if scoring.current_scoring(workbench, entry) is None:
        return None
    frame = read_scores(workbench, run_id, current(workbench, entry))
    frame = frame.assign(pair=each_once(frame["groups"], pair_of))
    frame = frame[frame["pair"].notna()]
    # Repeats at temperature 0 are all alike.
    frame = frame.assign(couple=couples_of(frame)).drop_duplicates(["couple", "group"])
    silent = set(frame.loc[frame["outcome"].isin(NO_ANSWER), "couple"])
    frame = frame[~frame["couple"].isin(silent)]
    if silent and frame.empty:
        raise StatsError("order effects", "no couple has an answer in both orders", "Run what has no answer yet.")
    firsts, seconds = zip(*frame["pair"], strict=True) if len(frame) else ((), ())
    names = tuple(dict.fromkeys([*firsts, *seconds]))
    found = position_effects(
        pd.factorize(frame["couple"])[0].astype(np.int64),
        np.asarray(frame.groupby("couple").cumcount(), np.int64),
        np.array([names.index(group) for group in firsts], np.int64),
        np.array([names.index(group) for group in seconds], np.int64),
        np.array([PICKED.get(label, -1) for label in frame["label"]], np.int64),
        names,
    )
    rows = [
        ("by the group", found.by_group),
        ("by the order", found.by_order),
        ("not decided", found.undecided),
    ]
    table = pd.DataFrame(
        [(name, round(each.value * each.n), each.value, each.low, each.high) for name, each in rows],
        columns=["outcome", "count", "share", "low", "high"],
    )
    decided = (
        f"Of {counted(found.couples, 'couple')} asked in both orders, {share(found.by_group.value)} were decided by "
        f"the group (the same one picked both times), {share(found.by_order.value)} by the order (the same position "
        f"both times) and {share(found.undecided.value)} not at all."
    )
    first = (
        f"Where somebody was picked, the first named was in {share(found.first.value)} of answers, on average over "
        f"{counted(found.first.n, 'couple')} (95 % interval {share(found.first.low)} to {share(found.first.high)}; "
        "50 % means that position does nothing)."
    )
    left_out = f" Not counted: {counted(len(silent), 'couple')} of which an order has no answer." if silent else ""
    return OrderEffects(table, f"{decided} {first}{left_out}", found.first, len(silent))


def pair_of(groups: dict[str, str]) -> tuple[str, str] | None:
    """The groups named first and second in a prompt; None where none are compared."""
    name = next((key.removesuffix("#1") for key in groups if key.endswith("#1")), None)
    return (groups[f"{name}#1"], groups[f"{name}#2"]) if name else None
