"""What is said about a next-token answer: its figures in a sentence, its tables, what it rests on."""

from typing import TYPE_CHECKING

from lib.charts.next_tokens import visible_token
from lib.charts.probabilities import probability
from lib.ui.words import count, shorten, visible
from lib.workflows import next_token
from lib.workflows.next_token import Answer

if TYPE_CHECKING:
    import pandas as pd

EXACT = "Exact probabilities: nothing is sampled, so there is no sampling error."
COLUMNS = {
    "group": "Group",
    "word": "Word",
    "token": "Token",
    "rank": "Rank",
    "probability": "Mean probability",
    "low": "Lowest",
    "high": "Highest",
    "n": "Prompts",
}
"""What columns of the tables are called."""


def caption(answer: Answer, note: str) -> str:
    """What a figure is made from, and how it is to be read."""
    facts = answer.facts
    prompts = f"{count(len(answer.answers), 'prompt')}, such as “{shorten(answer.answers[0].asked.prompt, 200)}”."
    loaded = [facts.model, facts.dtype, f"weights {facts.weights_digest[:12]}", facts.note]
    return f"{prompts} {note} {EXACT} Model: {', '.join(part for part in loaded if part)}."


def likeliest(table: "pd.DataFrame") -> str:
    """The likeliest token after each group."""
    firsts = table[table["rank"] == 1]
    each = zip(firsts["group"], firsts["token"], firsts["probability"], strict=True)
    said = [f"after {group}: “{visible_token(token).strip('␣') or '␣'}” ({probability(p)})" for group, token, p in each]
    return f"Likeliest next: {'; '.join(said)}."


def strongest(table: "pd.DataFrame") -> str:
    """The word whose probability differs most between two groups; nothing for a single group."""
    wide = table.pivot_table(index="word", columns="group", values="probability", sort=False)
    if wide.shape[1] < 2:
        return ""
    factor = wide.max(axis=1) / wide.min(axis=1).clip(lower=next_token.LEAST_P)
    word = str(factor.idxmax())
    most, least = wide.loc[word].idxmax(), wide.loc[word].idxmin()
    return f"The widest gap: “{word}” is {factor[word]:.1f} times as likely after {most} as after {least}."


def extremes(table: "pd.DataFrame", a: str, b: str) -> str:
    """The two ends of a table of ratios, each with the side it leans to."""
    ends = table.iloc[[-1, 0]] if len(table) > 1 else table
    told = [
        f"“{item}” ×{2 ** abs(ratio):.1f} towards {a if ratio >= 0 else b}"
        for item, ratio in zip(ends["item"], ends["log2_ratio"], strict=True)
    ]
    return f"From one end to the other: {'; '.join(told)}." if told else "No word has a ratio."


def ratios_as_read(table: "pd.DataFrame", a: str, b: str) -> "pd.DataFrame":
    """A table of ratios as people read it: how many times as likely, without a logarithm."""
    shown = table.assign(**{column: 2 ** table[column] for column in ("log2_ratio", "low", "high")})
    names = [
        "For",
        "Times as likely",
        "95 % from",
        "95 % to",
        "Prompts",
        *(f"Probability: {visible(x)}" for x in (a, b)),
    ]
    return shown.set_axis(names, axis=1)
