"""What a model says next: for prompts that differ in the group, the probabilities of tokens and of chosen words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from statistics import fmean

import numpy as np
import pandas as pd

from lib.codec import from_json
from lib.errors import AuditError, BankError, ModelError
from lib.grid.layout import layout
from lib.grid.render import render
from lib.runs.control import Control
from lib.runs.tasks import run_tasks
from lib.types import Bank, Dtype, Json, ModelFacts, ModelKind, Progress, PromptFormat
from lib.workflows.execution import WORKER_COMMAND, load_message
from lib.workflows.workbench import Workbench

SLOT = "{group}"
RESAMPLES = 10_000
LEAST_P = 1e-12
"""Ratios of probabilities below this are rounding, not preference."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One prompt: which group it names, and what else it is about (an occupation, a template)."""

    group: str
    prompt: str
    item: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """What follows one prompt: the likeliest tokens, and the probability of each word asked for."""

    asked: Asked
    top: tuple[tuple[str, float], ...]
    words: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Answer:
    """All prompts answered, and what was loaded to answer them."""

    answers: tuple[Answered, ...]
    facts: ModelFacts


def ask(
    workbench: Workbench,
    model_id: str,
    prompts: Sequence[Asked],
    words: Sequence[str],
    *,
    top: int = 20,
    format: PromptFormat = PromptFormat.PLAIN,
    progress: Progress = lambda *_: None,
) -> Answer:
    """Ask a model on this computer what comes next. Exact probabilities, fp32, temperature 1: nothing is sampled.

    Args:
        words: each is summed over its spellings (small, with a capital, all capitals).
        format: PLAIN continues the prompt itself; CHAT asks a chat model through its template.

    Raises:
        AuditError: no prompt, or the same word twice.
        ModelError: the model is not here, does not load, or is an endpoint.
    """
    check(prompts, words)
    entry = workbench.catalogue.get(model_id)
    if entry.backend == "endpoint":
        raise ModelError(
            f"model {entry.title}", "endpoints do not give their whole distribution", "Choose a model on this computer."
        )
    if format is PromptFormat.CHAT and entry.kind is not ModelKind.CHAT:
        raise ModelError(f"model {entry.title}", "it was not tuned to converse", "Choose the format plain.")
    found: dict[int, Json] = {}

    def keep(task: Json, result: Json) -> None:
        found[task["number"]] = result
        progress(len(found), len(prompts))

    spelled = [spellings(word) for word in words]
    run_tasks(
        (
            {"number": number, "prompt": each.prompt, "words": spelled, "top": top, "format": format.value}
            for number, each in enumerate(prompts)
        ),
        opening={"kind": "next_token", **load_message(entry, workbench.catalogue.parent_of(entry), Dtype.FP32)},
        command=WORKER_COMMAND,
        workers=1,
        on_result=keep,
        control=Control(),
    )
    answers = tuple(
        Answered(
            each,
            tuple((text, p) for text, p in found[number]["top"]),
            dict(zip(words, found[number]["words"], strict=True)),
        )
        for number, each in enumerate(prompts)
    )
    return Answer(answers, from_json(ModelFacts, found[0]["facts"]))


def check(prompts: Sequence[Asked], words: Sequence[str]) -> None:
    """Raise AuditError for what cannot be asked."""
    if not prompts or not all(each.prompt.strip() for each in prompts):
        raise AuditError("the question", "a prompt is empty", "Write the beginning of a sentence.")
    lowered = [word.strip().lower() for word in words]
    if not all(lowered):
        raise AuditError("the words", "one of them is empty", "Take it out.")
    if twice := sorted({word for word in lowered if lowered.count(word) > 1}):
        raise AuditError("the words", f"twice there: {', '.join(twice)}", "Name each word once: spellings are summed.")


def spellings(word: str) -> list[str]:
    """The ways to write a word that count as that word."""
    word = word.strip()
    return list(dict.fromkeys([word, word.lower(), word[:1].upper() + word[1:], word.upper()]))


def from_pattern(pattern: str, groups: Sequence[str], item: str = "") -> list[Asked]:
    """A prompt with {group} in it, once for each group; raises AuditError when it has no such place."""
    if SLOT not in pattern:
        raise AuditError("the prompt", f"it has no {SLOT}", f"Put {SLOT} where the group is to stand.")
    named = list(dict.fromkeys(group.strip() for group in groups if group.strip()))
    if not named:
        raise AuditError("the groups", "none is named", "Name at least one, better two.")
    return [Asked(group, pattern.replace(SLOT, group), item) for group in named]


def from_bank(bank: Bank, template_id: str, vary: str) -> list[Asked]:
    """Every prompt of a template: each term of each group of `vary`, in each context.

    Raises:
        BankError: there is no such template, it does not mention the attribute, or it compares a pair.
    """
    template = next((each for each in bank.templates if each.id == template_id), None)
    if template is None or template.pair:
        why = "it compares two groups in one prompt" if template else "the bank has none of that id"
        raise BankError(f"template {template_id}", why, "Choose another template.")
    titles = {group.id: group.title for each in bank.attributes if each.id == vary for group in each.groups}
    if not titles or not any(getattr(part, "name", "") == vary for part in template.parts):
        raise BankError(f"template {template_id}", f"it does not mention {vary}", "Vary another attribute.")
    found = []
    for matched in layout(template, bank, [vary]).matched_sets():
        item = ", ".join(pick.term.text for pick in matched.shared)
        for group, own in matched.members():
            prompt = render(template, {pick.key: pick.term for pick in (*own, *matched.shared)})
            found.append(Asked(titles[group], prompt, item))
    return found


def word_table(answer: Answer) -> pd.DataFrame:
    """group, word, probability (mean over the group's prompts), low, high (smallest and largest of them), n."""
    rows = [(each.asked.group, word, p) for each in answer.answers for word, p in each.words.items()]
    frame = pd.DataFrame(rows, columns=["group", "word", "p"])
    found = frame.groupby(["group", "word"], sort=False)["p"].agg(["mean", "min", "max", "size"]).reset_index()
    return found.set_axis(["group", "word", "probability", "low", "high", "n"], axis=1)


def token_table(answer: Answer, top: int) -> pd.DataFrame:
    """group, token, probability, rank, n: mean over a group's prompts of the tokens that are likeliest on average.

    A token outside the top of one prompt counts 0 there, so the mean is a lower bound when n > 1.
    """
    rows = [(each.asked.group, token, p) for each in answer.answers for token, p in each.top]
    frame = pd.DataFrame(rows, columns=["group", "token", "p"])
    prompts = pd.Series([each.asked.group for each in answer.answers]).value_counts(sort=False)
    summed = frame.groupby(["group", "token"], sort=False)["p"].sum().reset_index()
    summed["n"] = summed["group"].map(prompts)
    summed["probability"] = summed["p"] / summed["n"]
    summed["rank"] = summed.groupby("group")["probability"].rank(ascending=False, method="first").astype(int)
    order = {group: place for place, group in enumerate(prompts.index)}
    shown = summed[summed["rank"] <= top].drop(columns="p")
    return shown.sort_values(["group", "rank"], key=lambda column: column.map(order).fillna(column), kind="stable")


def word_ratios(answer: Answer, a: str, b: str) -> pd.DataFrame:
    """For each item (occupation) how many times likelier word `a` is than word `b`, over its prompts."""
    return ratio_table((each.asked.item or each.asked.group, each.words[a], each.words[b]) for each in answer.answers)


def group_ratios(answer: Answer, a: str, b: str) -> pd.DataFrame:
    """For each word (occupation) how many times likelier it is after group `a` than after group `b`, over the items."""
    means = {key: fmean(values) for key, values in by_group_and_item(answer).items()}
    words = answer.answers[0].words
    items = list(dict.fromkeys(each.asked.item for each in answer.answers))
    return ratio_table(
        (word, means[a, item, word], means[b, item, word])
        for item, word in product(items, words)
        if (a, item, word) in means and (b, item, word) in means
    )


def by_group_and_item(answer: Answer) -> dict[tuple[str, str, str], list[float]]:
    """The probabilities of each word after each group and item, one a prompt."""
    found: dict[tuple[str, str, str], list[float]] = {}
    for each in answer.answers:
        for word, p in each.words.items():
            found.setdefault((each.asked.group, each.asked.item, word), []).append(p)
    return found


def ratio_table(found: Iterable[tuple[str, float, float]]) -> pd.DataFrame:
    """item, log2_ratio, low, high, n, p_a, p_b: means over prompts; the 95 % bootstrap interval needs two."""
    prompts: dict[str, list[tuple[float, float]]] = {}
    for item, p_a, p_b in found:
        prompts.setdefault(item, []).append((max(p_a, LEAST_P), max(p_b, LEAST_P)))
    rows = []
    generator = np.random.default_rng(0)
    for item, pairs in prompts.items():
        both = np.array(pairs)
        logs = np.log2(both[:, 0] / both[:, 1])
        low = high = np.nan
        if len(logs) > 1:
            means = generator.choice(logs, size=(RESAMPLES, len(logs))).mean(axis=1)
            low, high = np.quantile(means, [0.025, 0.975])
        rows.append((item, float(logs.mean()), low, high, len(logs), *both.mean(axis=0)))
    frame = pd.DataFrame(rows, columns=["item", "log2_ratio", "low", "high", "n", "p_a", "p_b"])
    return frame.sort_values("log2_ratio", kind="stable", ignore_index=True)
