"""What the points of a map can be coloured by, and what each point then says."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from lib.errors import AuditError
from lib.registry import suggest
from lib.types import Assignment, FieldKind, MeasureKind
from lib.workflows import assignments, gold, question
from lib.workflows.atlas import OpenMap
from lib.workflows.attributes import bank_of
from lib.workflows.map_subjects import MODEL, compared, groups_in, subjects
from lib.workflows.question import PICKED, MeasureChoice
from lib.workflows.score_frame import CONTEXT, read_scores, with_measure
from lib.workflows.workbench import Workbench

REGION = "region"
MOST_CATEGORIES = 12
"""Categories with colours of their own; the rest are "other"."""

OTHER = "other"


Kind = Literal["regions", "groups", "numbers"]


@dataclass(frozen=True, slots=True)
class Colour:
    """Something points can be coloured by. `sort` heads it in a list of choices: Region, Group, Model, Score, …"""

    id: str
    title: str
    sort: str


@dataclass(frozen=True, slots=True)
class Coloured:
    """What each point says: `values` has one entry a row of the map, a text, or a number for kind "numbers".

    `kind` is "regions", "groups" or "numbers"; `order` the categories, as they are listed.
    """

    title: str
    kind: Kind
    values: pd.Series
    order: tuple[str, ...] = ()


def choices(workbench: Workbench, opened: OpenMap) -> list[Colour]:
    """Everything a map can be coloured by; what takes only one value is left out."""
    found = [Colour(REGION, "Region", "Region")]
    found += [
        Colour(subject.id, subject.title, "Model" if subject.id == MODEL else "Group")
        for subject in subjects(workbench, opened)
    ]
    plain = {"run": "Audit", "template": "Template", "decoding": "Decoding", "outcome": "Outcome"}
    plain |= {name: name.removeprefix(CONTEXT).capitalize() for name in map(str, opened.frame) if is_context(name)}
    found += [
        Colour(f"of:{name}", title, "Prompt") for name, title in plain.items() if opened.frame[name].nunique() > 1
    ]
    found += [Colour(id, title, "Human labels") for id, title in label_choices(workbench, opened)]
    scores: dict[str, Colour] = {}
    for run in opened.runs:
        for choice in question.choices(workbench, run):
            if choice.measure != PICKED:
                title = f"{choice.scorer_title}: {choice.measure.title}"
                scores[choice.id] = Colour(f"score:{choice.id}", title, "Score")
    return found + list(scores.values())


def coloured(workbench: Workbench, opened: OpenMap, id: str, among: Sequence[Colour] | None = None) -> Coloured:
    """The colours of one choice.

    Args:
        among: the choices, where they were asked for already: every scorer of every audit has to say what it has.

    Raises:
        AuditError: there is none of that id; the nearest are named.
    """
    known = {choice.id: choice for choice in (choices(workbench, opened) if among is None else among)}
    if id not in known:
        raise AuditError(f"colour {id}", "this map has none of that id", suggest(id, known))
    title = known[id].title
    if id == REGION:
        titles = opened.titles
        return Coloured(title, "regions", opened.frame["region"].map(titles), tuple(titles.values()))
    sort, _, rest = id.partition(":")
    if sort == "score":
        return of_scores(workbench, opened, rest, title)
    if sort == "label":
        return of_labels(workbench, opened, rest, title)
    if sort == "of":
        return of_column(workbench, opened, rest, title)
    subject = next(each for each in subjects(workbench, opened) if each.id == id)
    frame = compared(workbench, opened, subject)
    values = frame["group"].map(subject.titles).reindex(opened.frame.index)
    return categories(title, values, [subject.titles[group] for group in groups_in(frame, subject)])


def categories(title: str, values: pd.Series, order: list[str]) -> Coloured:
    """Texts as categories in an order; beyond the most frequent ones they are one."""
    if len(order) > MOST_CATEGORIES:
        frequent = set(values.value_counts().index[: MOST_CATEGORIES - 1])
        values = values.where(values.isin(frequent) | values.isna(), OTHER)
        order = [*(name for name in order if name in frequent), OTHER]
    return Coloured(title, "groups", values, tuple(order))


def of_column(workbench: Workbench, opened: OpenMap, column: str, title: str) -> Coloured:
    """A column of the map's frame, its values by what people call them."""
    values = opened.frame[column]
    titles: Mapping[str, str] = {}
    if column == "run":
        names = {info.id: info.name for info in workbench.store.runs.all() if info.id in opened.runs}
        seen = Counter(names.values())
        titles = {id: f"{name} ({id})" if seen[name] > 1 else name for id, name in names.items()}
    elif column == "template":
        templates = (each for run in opened.runs for each in bank_of(workbench, run).templates)
        titles = {template.id: template.title or template.id for template in templates}
    elif is_context(column):
        slots = (slot for run in opened.runs for slot in bank_of(workbench, run).contexts)
        titles = {value.id: value.text for slot in slots if CONTEXT + slot.id == column for value in slot.values}
    named = values.map(lambda value: titles.get(value, value), na_action="ignore")
    return categories(title, named, list(dict.fromkeys(named.dropna())))


def is_context(column: str) -> bool:
    """Whether a column of the frame is a context slot."""
    return column.startswith(CONTEXT)


def of_scores(workbench: Workbench, opened: OpenMap, id: str, title: str) -> Coloured:
    """A measure of a scorer, in each audit where it was scored; yes or no as categories."""
    numbers = pd.Series(np.nan, index=opened.frame.index)
    measure = None
    for run in opened.runs:
        choice = next((each for each in question.choices(workbench, run) if each.id == id), None)
        if choice is not None:
            own = (opened.frame["run"] == run).to_numpy()
            numbers[own] = scores_of(workbench, run, choice).reindex(opened.frame.loc[own, "no"]).to_numpy()
            measure = choice.measure
    if measure is not None and measure.kind is MeasureKind.PROPORTION:
        said = numbers.map({1.0: "yes", 0.0: "no"})
        return Coloured(title, "groups", said, ("yes", "no"))
    return Coloured(title, "numbers", numbers)


def scores_of(workbench: Workbench, run: str, choice: MeasureChoice) -> pd.Series:
    """One number for each cell of a run, by the cell's number; rates per their exposure."""
    frame = with_measure(read_scores(workbench, run, question.current(workbench, choice.entry)), choice.measure)
    value = frame["value"]
    if choice.measure.exposure:
        value = choice.measure.per * value / frame["exposure"].where(frame["exposure"] > 0)
    return pd.Series(value.to_numpy(np.float64), index=frame["no"])


def label_choices(workbench: Workbench, opened: OpenMap) -> Iterator[tuple[str, str]]:
    """(id, title) of every question with labels that people answered about responses of this map's audits."""
    seen: dict[str, Assignment] = {}
    for run in opened.runs:
        seen |= {each.id: each for each in assignments.with_run(workbench, run)}
    for assignment in seen.values():
        for field in workbench.desks.open(assignment.id).codebook.fields:
            if field.kind in (FieldKind.SINGLE, FieldKind.SCALE, FieldKind.MULTIPLE):
                yield f"label:{assignment.id}:{field.id}", f"{assignment.spec.name}: {field.title}"


def of_labels(workbench: Workbench, opened: OpenMap, rest: str, title: str) -> Coloured:
    """What people said of each response (adjudicated, else the majority); nothing where nobody did."""
    assignment, _, field = rest.rpartition(":")
    table = gold.read(workbench, assignment)
    labels = next(each for each in table.codebook.fields if each.id == field).labels
    titles = {label.id: label.title for label in labels}
    values = pd.Series([None] * len(opened.frame), index=opened.frame.index, dtype=object)
    for item in table.items:
        place, said = opened.row(item.run, item.cell), item.gold.fields.get(field)
        if place is not None and said is not None:
            told = "unresolved" if said.value is None else " + ".join(titles[label] for label in said.value) or "none"
            values.iloc[place] = told
    there = set(values.dropna())
    order = [name for name in titles.values() if name in there]
    return categories(title, values, [*order, *sorted(there - set(order))])
