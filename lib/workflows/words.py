"""The words that mark a group in a run's responses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lib.errors import StatsError
from lib.scorers.tokens import words
from lib.workflows.question import PICKED, Question, subject
from lib.workflows.score_frame import UNIT
from lib.workflows.selection import frame_for, groups_of
from lib.workflows.workbench import Workbench

MARKED = 0.05

PRIOR_SHARE = 0.1
"""The prior's weight as a share of the words read: in a small audit one of 500 words would outweigh what was said."""


@dataclass(frozen=True, slots=True)
class Distinctive:
    """group, word, log_odds, z, p_adjusted, count, other_count, sets and clear, with what they say."""

    frame: pd.DataFrame
    reading: str


def distinctive(workbench: Workbench, question: Question) -> Distinctive:
    """The words of each group that the other groups' responses to the same prompts have less often.

    The words of the terms that were put in the prompts are left out.

    Raises:
        StatsError: both groups stand in one prompt, or there are too few words.
    """
    attribute, choice = subject(workbench, question)
    if choice.measure == PICKED or attribute.pair:
        raise StatsError(
            "distinctive words", "both groups stand in one prompt here", "Choose an audit whose prompts name one group."
        )
    frame = frame_for(workbench, question, choice)
    groups = groups_of(frame, question, attribute)
    said = dict(workbench.store.scores.texts(question.run))
    frame = frame[frame["group"].isin(groups) & frame["no"].isin(said.keys())]
    return typical(frame, [said[no] for no in frame["no"]], {group: attribute.titles[group] for group in groups})


def typical(frame: pd.DataFrame, texts: Sequence[str], titles: Mapping[str, str]) -> Distinctive:
    """The words that each group's texts have more often than those of the others, set by set.

    Args:
        frame: columns `UNIT`, group (an id of `titles`) and term, one row for each of the `texts`.

    Raises:
        StatsError: one group only, no set that has all of them, or too few words.
    """
    from lib.stats.distinctive import PRIOR_WORDS, distinctive_words

    places = {group: place for place, group in enumerate(titles)}
    read = [frozenset(words(text).lower) for text in texts]
    found = distinctive_words(
        pd.factorize(frame[UNIT])[0].astype(np.int64),
        np.asarray(frame["group"].map(places), np.int64),
        read,
        list(titles.values()),
        exclude={word for term in frame["term"].unique() for word in words(term).lower},
        prior=min(PRIOR_WORDS, max(1.0, PRIOR_SHARE * sum(map(len, read)))),
    )
    columns = ["group", "word", "log_odds", "z", "p_adjusted", "count", "other_count", "sets"]
    table = pd.DataFrame([[getattr(each, name) for name in columns] for each in found], columns=columns)
    table["clear"] = table["p_adjusted"] < MARKED
    return Distinctive(table, reading(table, len(titles)))


def reading(table: pd.DataFrame, groups: int) -> str:
    """The clearest words of each group, or that there is none."""
    clear = table[table["clear"]]
    sets = int(table["sets"].iloc[0]) if len(table) else 0
    where = f"{groups} groups in {sets:,} complete matched sets, corrected (Benjamini–Hochberg) over every word"
    if clear.empty:
        return f"No word is clearly typical of a group ({where})."
    marks = [f"{group}: {', '.join(part['word'].head(5))}" for group, part in clear.groupby("group", sort=False)]
    return f"Typical words: {'; '.join(marks)} ({where})."
