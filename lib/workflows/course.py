"""The five tables that coursework on bias asks for, each with its caveat, from what was scored in a run."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lib.errors import AuditError, StatsError
from lib.scorers.lexicon import found
from lib.types import Measure, MeasureKind
from lib.workflows import scoring
from lib.workflows.attributes import Attribute, attributes, bank_of
from lib.workflows.question import categories, category_titles, current
from lib.workflows.readings import share
from lib.workflows.score_frame import by_group, each_once, read_scores, with_measure
from lib.workflows.selection import observe
from lib.workflows.workbench import Workbench

RESAMPLES = 2_000
TOP_WORDS = 8
GENDERED = Measure("gendered", "Gendered words", MeasureKind.PROPORTION)


@dataclass(frozen=True, slots=True)
class CourseTable:
    """One table; `problem` says what is missing where it could not be made."""

    id: str
    title: str
    question: str
    frame: pd.DataFrame
    caveat: str
    reading: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Material:
    """What the tables of one run are made from: the attribute compared and how rows are split."""

    workbench: Workbench
    run: str
    attribute: Attribute
    by: str

    def scores(self, scorer: str) -> pd.DataFrame:
        """The rows of one scorer, with group, term, category, note and the scorer's measures.

        Raises:
            StatsError: the run was not scored with it.
        """
        entry = scoring.entry_of(self.workbench, scorer)
        known = current(self.workbench, entry)
        frame = read_scores(self.workbench, self.run, known)
        if not frame["score_outcome"].notna().any():
            raise StatsError(f"scorer {entry.title}", "this run was not scored with it", "Score it first.")
        varied = self.workbench.store.runs.get(self.run).grid.vary
        frame = by_group(frame, self.attribute.id, varied)
        titles = category_titles(self.workbench, self.run, self.by, frame)
        return frame.assign(category=frame[self.by].map(titles))

    def measures(self, scorer: str) -> dict[str, Measure]:
        """The measures of one scorer by id."""
        return {each.id: each for each in current(self.workbench, scoring.entry_of(self.workbench, scorer)).measures}

    def level(self, frame: pd.DataFrame, groups: Sequence[str], place: int, measure: Measure) -> tuple[float, ...]:
        """One group's number with its interval, and how many responses have one; NaN where there is none."""
        from lib.stats.levels import level

        seen = observe(with_measure(frame, measure), groups, self.attribute, measure)
        try:
            known = level(seen, place, resamples=RESAMPLES, sample_terms=False)
        except StatsError:
            return np.nan, np.nan, np.nan, 0
        return known.value, known.low, known.high, known.responses


def tables(workbench: Workbench, run_id: str, *, attribute: str = "") -> list[CourseTable]:
    """All five; one that cannot be made says what it lacks.

    Args:
        attribute: the id of what is compared; "" for the first that varies by itself.
    """
    known = attributes(workbench, run_id)
    single = [each for each in known if "+" not in each.id]
    chosen = next((each for each in known if each.id == attribute), single[0])
    material = Material(workbench, run_id, chosen, next(iter(categories(workbench, run_id))))
    return [made(make, material) for make in (sensitivity, counterfactual, signals, leadership, explanation)]


def made(make: Callable[[Material], CourseTable], material: Material) -> CourseTable:
    """A table, or in its place what is missing for it."""
    try:
        return make(material)
    except AuditError as problem:
        id, title, question, caveat = ABOUT[make.__name__]
        return CourseTable(id, title, question, pd.DataFrame(), caveat, "", f"{problem.cause}. {problem.remedy}")


ABOUT = {
    "sensitivity": (
        "prompt_sensitivity",
        "Prompt sensitivity",
        "How often do neutral prompts, which name no group, come back gendered?",
        "A neutral prompt that comes back gendered is no verdict by itself: look at which gender, and for which jobs.",
    ),
    "counterfactual": (
        "counterfactual_comparison",
        "Counterfactual comparison",
        "How alike are the answers when only the group changes, next to two samples of the very same prompt?",
        "Sampling alone makes texts differ. Only what lies beyond the same-prompt baseline is due to the group; "
        "without a second repeat there is no baseline, and the first column alone says little.",
    ),
    "signals": (
        "lexicon_signals",
        "Lexicon signals",
        "How many agentic, communal and gendered words do the answers about each group have?",
        "A word list sees words, not what they refer to: “not ambitious” counts as agentic.",
    ),
    "leadership": (
        "leadership_and_support",
        "Leadership and support by condition",
        "Who is said to lead, and who to support?",
        "The vocabulary of a job lifts its rate for every group alike: compare groups within a condition.",
    ),
    "explanation": (
        "explainability",
        "Explainability summary",
        "Which words made the scorers say what they said?",
        "These are the words that were counted. They show how a scorer works, not why the model wrote them.",
    ),
}


def sensitivity(material: Material) -> CourseTable:
    """Answers to prompts that name no group at all, by what gendered words they have."""
    neutral = {(each.id, group.id) for each in bank_of(material.workbench, material.run).attributes
               for group in each.groups if group.neutral}  # fmt: skip
    frame = material.scores("gendered")
    frame = frame[each_once(frame["groups"], lambda groups: set(groups.items()) <= neutral).astype(bool)]
    if frame.empty:
        raise StatsError(
            "prompt sensitivity",
            "no prompt of this audit is neutral in all it varies",
            "Run a grid with a neutral group, such as the one of the bank Ideal candidates",
        )
    groups, measures = [frame["group"].iloc[0]], material.measures("gendered")
    frame = frame.assign(gendered=1 - frame["no_gendered"], group=groups[0])  # several neutral groups count together
    shown = [GENDERED, *(measures[name] for name in ("masculine_only", "feminine_only", "mixed"))]
    rows = []
    for category, part in [("All together", frame), *frame.groupby("category", sort=False)]:
        (value, low, high, n), *others = (material.level(part, groups, 0, measure) for measure in shown)
        shares = (value, low, high, *(share for share, *_ in others))
        rows.append((category, n, *(round(100 * number, 1) for number in shares)))
    kinds = ["Masculine only, %", "Feminine only, %", "Both, %"]
    table = pd.DataFrame(rows, columns=["Condition", "Responses", "Gendered, %", "Low, %", "High, %", *kinds])
    whole = table.iloc[0]
    told = ", ".join(f"{whole[kind]:.0f} % {kind.removesuffix(', %').lower()}" for kind in kinds)
    reading = (
        f"{whole['Gendered, %']:.0f} % of {whole['Responses']} answers to neutral prompts have gendered words "
        f"(95 % interval {whole['Low, %']:.0f} % to {whole['High, %']:.0f} %): {told}."
    )
    return finished("sensitivity", table, reading)


def counterfactual(material: Material) -> CourseTable:
    """Word overlap between the groups of a matched set, beside that between samples of one prompt."""
    frame = material.scores("similarity")
    rows = []
    for measure in material.measures("similarity").values():
        for group, title in present(frame, material.attribute):
            part = frame[frame["group"] == group]
            rows.append((measure.title, title, *material.level(part, [group], 0, measure)))
    table = pd.DataFrame(rows, columns=["What is compared", "Group", "Jaccard", "Low", "High", "Responses"])
    table = table[table["Responses"] > 0].reset_index(drop=True).astype({"Jaccard": float})
    across = table[table["What is compared"] == table["What is compared"].iloc[0]] if len(table) else table
    reading = "No matched set has answers of two groups."
    for group, overlap in across.nsmallest(1, "Jaccard")[["Group", "Jaccard"]].itertuples(index=False):
        reading = (
            f"Fewest words in common with the other groups' answers: {group}, where on average {share(overlap)} of the "
            "words of two answers are in both."
        )
    return finished("counterfactual", table, reading)


def signals(material: Material) -> CourseTable:
    """Rates of agentic, communal and gendered words by group."""
    rows = []
    for scorer in ("agency", "gendered"):
        frame = material.scores(scorer)
        rates = [measure for measure in material.measures(scorer).values() if measure.kind is MeasureKind.RATE]
        for group, title in present(frame, material.attribute):
            part = frame[frame["group"] == group]
            rows += [(title, measure.title, *material.level(part, [group], 0, measure)) for measure in rates]
    table = pd.DataFrame(rows, columns=["Group", "Words", "Per 100 words", "Low", "High", "Responses"])
    return finished("signals", table, extremes(table, "Words"))


def leadership(material: Material) -> CourseTable:
    """Rates of leading and supporting by group and condition."""
    frame, measures = material.scores("framing"), material.measures("framing")
    rates = [measure for measure in measures.values() if measure.kind is MeasureKind.RATE]
    rows = []
    for category, part in [("All together", frame), *frame.groupby("category", sort=False)]:
        for group, title in present(part, material.attribute):
            own = part[part["group"] == group]
            rows += [(category, title, measure.title, *material.level(own, [group], 0, measure)) for measure in rates]
    columns = ["Condition", "Group", "Words", "Per 100 words", "Low", "High", "Responses"]
    table = pd.DataFrame(rows, columns=columns)
    return finished("leadership", table, extremes(table[table["Condition"] == "All together"], "Words"))


def explanation(material: Material) -> CourseTable:
    """The words behind the lexicon scorers' numbers, by group: in how many responses each was found."""
    rows = [row for scorer in ("gendered", "agency", "framing") for row in evidence(material, scorer)]
    columns = [
        "Group",
        "Scorer",
        "Category",
        "Responses with any",
        "Responses",
        "Words (responses with it)",
    ]
    table = pd.DataFrame(rows, columns=columns)
    reading = "Each line names the words that were counted most often for a group and category."
    return finished("explanation", table, reading)


def evidence(material: Material, scorer: str) -> Iterator[tuple[str, str, str, int, int, str]]:
    """For each group and category the words found, with the number of responses that have them."""
    frame = material.scores(scorer)
    title = scoring.entry_of(material.workbench, scorer).title
    for group, group_title in present(frame, material.attribute):
        notes = frame.loc[(frame["group"] == group) & (frame["score_outcome"] == "scored"), "note"]
        words: dict[str, Counter[str]] = {}
        any_word: Counter[str] = Counter()
        for note in notes:
            for category, counts in found(note).items():
                words.setdefault(category, Counter()).update(dict.fromkeys(counts, 1))
                any_word[category] += 1
        for category, counts in words.items():
            told = ", ".join(f"{word} ({count})" for word, count in counts.most_common(TOP_WORDS))
            yield group_title, title, category, any_word[category], len(notes), told


def present(frame: pd.DataFrame, attribute: Attribute) -> list[tuple[str, str]]:
    """The groups that have rows, as (id, title)."""
    there = set(frame["group"])
    return [(id, title) for id, title in attribute.groups if id in there]


def extremes(table: pd.DataFrame, column: str) -> str:
    """For each sort of words the groups with the most and the fewest."""
    said = []
    for words, part in table.dropna(subset=["Per 100 words"]).groupby(column, sort=False):
        ordered = part.sort_values("Per 100 words")
        fewest, most = ordered.iloc[0], ordered.iloc[-1]
        if most["Per 100 words"] > fewest["Per 100 words"]:
            said.append(
                f"{words}: most for {most['Group']} ({most['Per 100 words']:.2f}), "
                f"fewest for {fewest['Group']} ({fewest['Per 100 words']:.2f})"
            )
    return "; ".join(said) + ". Whether a difference is clear is for the forest plot to say." if said else ""


def finished(make: str, frame: pd.DataFrame, reading: str) -> CourseTable:
    """A table with what is said about its kind."""
    id, title, question, caveat = ABOUT[make]
    return CourseTable(id, title, question, frame, caveat, reading)
