"""What a scorer says of a few texts, as a table that a person can read."""

from collections.abc import Sequence

import pandas as pd

from lib.types import Measure, MeasureKind, Score, ScoreOutcome

UNDEFINED = "–"


def score_table(measures: Sequence[Measure], scores: Sequence[Score], names: Sequence[str]) -> pd.DataFrame:
    """A row for each measure, then label and explanation where there are any; a column for each text."""
    columns = {name: readings(measures, score) for name, score in zip(names, scores, strict=True)}
    table = pd.DataFrame({"Measure": [measure.title for measure in measures], **columns})
    told = {
        "Label": [score.label for score in scores],
        "Why": [reason(score) for score in scores],
    }
    rows = [[title, *texts] for title, texts in told.items() if any(texts)]
    return pd.concat([table, pd.DataFrame(rows, columns=table.columns)]) if rows else table


def readings(measures: Sequence[Measure], score: Score) -> list[str]:
    """Each value of one score in words, in the order of the measures."""
    values = {measure.id: value for measure, value in zip(measures, score.values, strict=True)}
    return [reading(measure, values[measure.id], values.get(measure.exposure)) for measure in measures]


def reading(measure: Measure, value: float | None, exposure: float | None = None) -> str:
    """One value: "yes" or "no" of a share, else the number; a count with what it is per exposure."""
    if value is None:
        return UNDEFINED
    if measure.kind is MeasureKind.PROPORTION:
        return "yes" if value == 1 else "no" if value == 0 else number(value)
    if measure.kind is MeasureKind.RATE:
        rate = f" ({number(measure.per * value / exposure)} {measure.unit})" if exposure else ""
        return f"{number(value)}{rate}"
    return f"{number(value)} {measure.unit}".strip()


def reason(score: Score) -> str:
    """Why the score is as it is, as far as the scorer says so."""
    if score.outcome is ScoreOutcome.SCORED:
        return score.note
    return f"{score.outcome.value}: {score.note}" if score.note else score.outcome.value


def number(value: float) -> str:
    """A number without needless digits: two behind the point, three below 1."""
    digits = 2 if abs(value) >= 1 else 3
    return f"{value:z,.{digits}f}".rstrip("0").rstrip(".").replace("-", "−")
