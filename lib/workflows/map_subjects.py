"""What the responses of a map are compared by: the groups of an attribute, or the models that wrote them."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from lib.errors import AuditError
from lib.registry import suggest
from lib.workflows.atlas import OpenMap
from lib.workflows.attributes import Attribute, attributes, fewest
from lib.workflows.score_frame import UNIT, by_group
from lib.workflows.workbench import Workbench

MODEL = "@model"
"""Stands where an attribute's id would: no bank can call one so."""


def subjects(workbench: Workbench, opened: OpenMap) -> list[Attribute]:
    """What varies inside matched sets of any of a map's audits, then the models where there are several.

    Attributes that are compared inside one prompt are left out: such a response is about both groups. What two banks
    call alike but mean otherwise, as their titles tell, is two subjects: "gender", and "gender@bank".
    """
    found = [subject for subject, _ in with_runs(workbench, opened)]
    models = models_of(workbench, opened)
    if len(models) > 1:
        found.append(Attribute(MODEL, "Model", tuple(models.items()), (), 1))
    return found


def with_runs(workbench: Workbench, opened: OpenMap) -> list[tuple[Attribute, list[str]]]:
    """Every attribute that varies, with the audits in which it does."""
    found: dict[str, tuple[Attribute, list[str]]] = {}
    for run in opened.runs:
        for attribute in attributes(workbench, run):
            if attribute.pair:
                continue
            known = found.get(attribute.id)
            bank = workbench.store.runs.get(run).grid.bank
            id = attribute.id if known is None or known[0].title == attribute.title else f"{attribute.id}@{bank}"
            before, runs = found.get(id, (None, []))
            found[id] = joined(before, replace(attribute, id=id)), [*runs, run]
    return list(found.values())


def subject_of(workbench: Workbench, opened: OpenMap, id: str) -> Attribute:
    """One of them; raises AuditError with the nearest ids when there is none of that id."""
    known = {subject.id: subject for subject in subjects(workbench, opened)}
    if id not in known:
        raise AuditError(f"comparison by {id}", "the audits of this map do not vary it", suggest(id, known))
    return known[id]


def models_of(workbench: Workbench, opened: OpenMap) -> dict[str, str]:
    """The models whose responses are on a map, as title by id."""
    there = set(opened.frame["model"].unique())
    titles = {entry.id: entry.title for run in opened.runs for entry in workbench.store.runs.entries(run)}
    return {id: title for id, title in titles.items() if id in there}


def compared(workbench: Workbench, opened: OpenMap, subject: Attribute, kept: np.ndarray | None = None) -> pd.DataFrame:
    """The rows of a map that have a group of the subject, with the columns `group` and `term`, and their `UNIT`.

    Within a unit only the subject differs: the matched set, or for models the prompt with its decoding and repeat (at
    temperature 0 all repeats are one text).

    Args:
        kept: which rows count, shape (n,); all where it is not given.
    """
    frame = opened.frame if kept is None else opened.frame[kept]
    if subject.id == MODEL:
        repeat = frame["repeat"].where(frame["temperature"] > 0, 0)
        unit = frame.groupby(["prompt", "decoding", repeat], sort=False).ngroup()
        return frame.assign(group=frame["model"], term=frame["model"], **{UNIT: unit})
    runs = next(runs for known, runs in with_runs(workbench, opened) if known.id == subject.id)
    varied = dict.fromkeys(name for run in runs for name in workbench.store.runs.get(run).grid.vary)
    return by_group(frame[frame["run"].isin(runs)], subject.id.partition("@")[0], tuple(varied))


def groups_in(frame: pd.DataFrame, subject: Attribute) -> list[str]:
    """The groups of a subject that have rows, in the bank's order."""
    there = set(frame["group"])
    return [id for id in subject.titles if id in there]


def joined(one: Attribute | None, other: Attribute) -> Attribute:
    """The same attribute of two audits, with the groups of both."""
    if one is None:
        return other
    groups = tuple((dict(one.groups) | dict(other.groups)).items())
    neutral = tuple(dict.fromkeys((*one.neutral, *other.neutral)))
    return Attribute(one.id, one.title, groups, neutral, fewest((one.terms, other.terms)))


def codes(values: Sequence[object] | pd.Series) -> np.ndarray:
    """A code from 0 for each different value, in the order in which they come."""
    return pd.factorize(pd.Series(values))[0].astype(np.int64)
