"""The responses that have both a gold label and a score, as the arrays that a scorer's quality is computed from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from lib.annotation.labels import CHOICES
from lib.errors import AuditError, StatsError
from lib.registry import suggest
from lib.stats.instrument import Readings
from lib.stats.observations import Floats
from lib.types import CodebookField, FieldKind, Scoring
from lib.workflows import question
from lib.workflows.gold import GoldTable
from lib.workflows.instrument_trial import Offer, Trial, offers
from lib.workflows.question import MeasureChoice, pick
from lib.workflows.score_frame import UNIT, by_group, read_scores
from lib.workflows.workbench import Workbench

NO_YES = ("No", "Yes")


@dataclass(frozen=True, slots=True)
class Rows:
    """Responses with gold and score, in one order in all arrays.

    Attributes:
        scorer, field: titles. labels: titles of what can be so, by the numbers in `readings`.
        groups: the group of each response; "" without an attribute. numbers: the scorer's, NaN for labels.
    """

    scorer: str
    field: str
    labels: tuple[str, ...]
    readings: Readings
    groups: Sequence[str]
    numbers: Floats
    is_number: bool
    probability: bool
    unscored: int
    unmeant: int
    weighted: bool

    def only(self, group: str) -> "Rows":
        """The responses of one group."""
        mine = np.array([each == group for each in self.groups])
        all_of = self.readings
        part = Readings(all_of.units[mine], all_of.truth[mine], all_of.said[mine], all_of.weights[mine])
        return replace(self, readings=part, groups=[group] * len(part), numbers=self.numbers[mine])


def read(workbench: Workbench, trial: Trial, table: GoldTable) -> Rows:
    """The responses of a trial; see `instruments.measure` for what is raised."""
    field = field_of(table, trial.field)
    offer = pick("scorer", trial.scorer, {each.id: each for each in offers(workbench, trial.assignment)})
    truth = truths(table, field, offer, trial)
    frames = [scored(workbench, run, offer, trial) for run in sorted({item.run for item in table.items})]
    columns = ["run", "no", UNIT, "group", "said", "number"]
    scores = pd.concat([frame for frame in frames if frame is not None] or [pd.DataFrame(columns=columns)])
    joined = truth.merge(scores, on=["run", "no"], how="left", validate="one_to_one")
    has_score = joined[joined["said"].notna() & (joined["said"] != "")]
    unscored = len(joined) - len(has_score)
    has_score = has_score[has_score["group"].notna()]
    codes = said_codes(has_score, field, offer, trial)
    usable = has_score[codes >= 0]
    if usable.empty:
        cause = (
            "no response has both a gold label and a score" if has_score.empty else "none of its labels has a meaning"
        )
        raise StatsError(f"{offer.title} against gold", cause, "Annotate or score more, or say what its labels mean.")
    weights = 1 / usable["probability"].fillna(1).to_numpy(np.float64)
    return Rows(
        scorer=offer.title,
        field=field.title,
        labels=NO_YES if offer.measure else tuple(label.title for label in field.labels),
        readings=Readings(
            pd.factorize(usable["run"] + "/" + usable[UNIT])[0].astype(np.int64),
            usable["truth"].to_numpy(np.int64),
            codes[codes >= 0].astype(np.int64),
            weights,
        ),
        groups=usable["group"].fillna("").tolist(),
        numbers=usable["number"].to_numpy(np.float64),
        is_number=offer.measure is not None,
        probability=trial.probability and offer.may_be_probability,
        unscored=unscored,
        unmeant=len(has_score) - len(usable),
        weighted=bool(np.ptp(weights) > 1e-9),
    )


def field_of(table: GoldTable, id: str) -> CodebookField:
    """A choice of the codebook; raises AuditError with the nearest ids when there is none."""
    known = {field.id: field for field in table.codebook.fields if field.kind in CHOICES}
    if id not in known:
        raise AuditError(f"field {id}", "the codebook has no choice of that id", suggest(id, known))
    return known[id]


def truths(table: GoldTable, field: CodebookField, offer: Offer, trial: Trial) -> pd.DataFrame:
    """The gold of each response where it is resolved: run, no, probability and truth, the number of the label."""
    if offer.measure is None and field.kind is FieldKind.MULTIPLE:
        cause = f"“{field.title}” takes several labels at once, and the scorer gives one"
        raise StatsError(f"{offer.title} against gold", cause, "Choose one of the scorer's numbers.")
    if offer.measure is not None and not trial.yes:
        raise StatsError(f"{offer.title} against gold", "no label counts as yes", f"Choose labels of “{field.title}”.")
    places = {label.id: place for place, label in enumerate(field.labels)}
    rows = []
    for item in table.items:
        found = item.gold.fields.get(field.id)
        if found is None or found.value is None:
            continue
        if offer.measure is not None:
            rows.append((item.run, item.cell, item.probability, int(any(each in trial.yes for each in found.value))))
        elif found.value:  # who was not asked chose no label
            rows.append((item.run, item.cell, item.probability, places[found.value[0]]))
    frame = pd.DataFrame(rows, columns=["run", "no", "probability", "truth"])
    return frame.astype({"run": str, "no": np.int64, "probability": np.float64, "truth": np.int64})


def scored(workbench: Workbench, run: str, offer: Offer, trial: Trial) -> pd.DataFrame | None:
    """What a scorer says of one run: run, no, unit, group, said and number; None where it has not scored it."""
    found = [each for each in question.choices(workbench, run) if stands_for(each, offer)]
    if not found:
        return None
    frame = read_scores(workbench, run, current(workbench, found[0]))
    if trial.attribute:
        varied = workbench.store.runs.get(run).grid.vary
        frame = frame.assign(group=by_group(frame, trial.attribute, varied)["group"])  # none for prompts without it
    if offer.measure:
        number = frame[offer.measure.id]
        yes = number >= trial.threshold if trial.above else number <= trial.threshold
        said = pd.Series(np.where(yes, "yes", "no"), frame.index).where(number.notna(), "")
    else:
        number, said = pd.Series(np.nan, frame.index), frame["label"].fillna("")
    return frame.assign(run=run, said=said, number=number)[["run", "no", UNIT, "group", "said", "number"]]


def stands_for(choice: MeasureChoice, offer: Offer) -> bool:
    """Whether a measure belongs to what is offered."""
    return choice.id == offer.id if offer.measure else choice.entry.id == offer.id


def current(workbench: Workbench, choice: MeasureChoice) -> Scoring:
    """The scoring that a measure is read from."""
    return question.current(workbench, choice.entry)


def said_codes(frame: pd.DataFrame, field: CodebookField, offer: Offer, trial: Trial) -> np.ndarray:
    """What the scorer says as the number of a label; -1 where its label has no meaning here."""
    if offer.measure:
        return (frame["said"] == "yes").to_numpy(np.int64)
    places: Mapping[str, int] = {label.id: place for place, label in enumerate(field.labels)}
    codes = {label: places.get(meaning, -1) for label, meaning in trial.meaning.items()}
    return frame["said"].map(codes).fillna(-1).to_numpy(np.int64)
