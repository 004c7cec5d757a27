"""How fast responses are scored without a model: seconds for 100,000 responses in two processes.

    python -m bench.scorers [--responses 100000] [--each 5000] [--json]

The responses are real ones, drawn from the recorded examples and shuffled by sentences, so that no two
are alike and no cache helps more than it would in use. `microseconds` is what each scorer takes for
one response, alone in one process. `vs_naive` compares the three scorers with a shipped lexicon with
what a notebook does: one regular expression of all its words for each category, on each text.
"""

import argparse
import json
import re
import time
from concurrent.futures import ProcessPoolExecutor
from random import Random

import pyarrow.parquet as parquet

from lib import settings
from lib.scorers.base import SCORERS, Cost, LanguageModel, Scorer, Unit
from lib.scorers.lexicon_scorer import LexiconScorer
from lib.scorers.one_by_one import OneByOne
from lib.scorers.tokens import sentences
from lib.types import Finish, Json, ScoreItem

PROCESSES = 2
BATCH = 256
WORDS = 60
LEXICAL = ("gendered", "framing", "agency")


def main() -> None:
    """Parse the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--responses", type=int, default=100_000)
    parser.add_argument("--each", type=int, default=5_000, help="responses for the time of each scorer")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    figures = measure(options.responses, options.each)
    print(json.dumps(figures) if options.json else table(figures))


def measure(responses: int, each: int) -> Json:
    """Every figure."""
    items = made_up(responses)
    scorers = alone()
    whole, lexical = in_processes(items, scorers), in_processes(items, list(LEXICAL))
    microseconds = {name: seconds_for([name], items[:each]) / each * 1e6 for name in scorers}
    naive = naive_seconds(items[:each]) / each * 1e6
    return {
        "seconds_100k": whole * 100_000 / responses,
        "lexicons_seconds_100k": lexical * 100_000 / responses,
        "vs_naive": naive / (seconds_for(list(LEXICAL), items[:each]) / each * 1e6),
        "naive_microseconds": naive,
        "microseconds": microseconds,
    }


def made_up(count: int) -> list[ScoreItem]:
    """Responses of about 60 words from sentences of the recorded examples."""
    files = sorted(settings.examples_path().glob("*/responses.parquet"))
    texts = [text for file in files for text in parquet.read_table(file, columns=["text"])["text"].to_pylist() if text]
    pieces = [piece for text in texts for piece in sentences(text)]
    random = Random(0)
    return [ScoreItem(no, one_text(pieces, random), Finish.STOP) for no in range(count)]


def one_text(pieces: list[str], random: Random) -> str:
    """Sentences drawn at random until there are enough words."""
    drawn: list[str] = []
    words = 0
    while words < WORDS:
        drawn.append(random.choice(pieces))
        words += len(drawn[-1].split())
    return " ".join(drawn)


def alone() -> list[str]:
    """The scorers that need no model, no option and no neighbours."""
    return [
        scorer.id
        for scorer in SCORERS
        if scorer.cost is Cost.INSTANT and scorer.unit is Unit.RESPONSE and not any(o.required for o in scorer.options)
        if isinstance(scorer, OneByOne) or scorer.id in ("sentiment", "profanity")
    ]


def in_processes(items: list[ScoreItem], names: list[str]) -> float:
    """Seconds to score all items with all scorers in two processes, after they have loaded what they need."""
    with ProcessPoolExecutor(PROCESSES) as pool:
        shares = [items[start::PROCESSES] for start in range(PROCESSES)]
        return max(pool.map(seconds_for, [names] * PROCESSES, shares))


def seconds_for(names: list[str], items: list[ScoreItem]) -> float:
    """Seconds to score the items batch by batch with one scorer after the other."""
    opened = [SCORERS.get(name).open(no_model) for name in names]
    begun = time.perf_counter()
    for start in range(0, len(items), BATCH):
        batch = items[start : start + BATCH]
        for score in opened:
            score(batch)
    return time.perf_counter() - begun


def naive_seconds(items: list[ScoreItem]) -> float:
    """Seconds for the notebook's way with the same lexicons."""
    patterns = [pattern for name in LEXICAL for pattern in alternations(SCORERS.get(name))]
    begun = time.perf_counter()
    for item in items:
        text = item.text.lower()
        for pattern in patterns:
            len(pattern.findall(text))
        len(text.split())
    return time.perf_counter() - begun


def alternations(scorer: Scorer) -> list[re.Pattern[str]]:
    """One regular expression for each category of a scorer's lexicon."""
    assert isinstance(scorer, LexiconScorer)
    return [
        re.compile(r"\b(?:" + "|".join(re.escape(word).replace(r"\*", r"\w*") for word in words) + r")\b")
        for words in scorer.lexicon.categories.values()
    ]


def no_model(model: str) -> LanguageModel:
    """What a scorer without a model never calls."""
    raise AssertionError(f"no scorer measured here asks for a model, such as {model}")


def table(figures: Json) -> str:
    """One figure a line."""
    lines = [f"{name:<26}{value:>10.1f}" for name, value in figures.items() if name != "microseconds"]
    return "\n".join([*lines, *(f"  {name:<24}{value:>10.1f} µs" for name, value in figures["microseconds"].items())])


if __name__ == "__main__":
    main()
