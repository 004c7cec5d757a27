"""How the store holds up at a million responses: milliseconds a question, rates and peak memory.

    python -m bench.store [--responses 1000000] [--database FILE] [--json]

Runs of 100,000 cells are written through the same calls the program uses. The questions are then
asked by a fresh process, whose memory is what a dashboard would add to its own; each figure is
the median of five, after one that warms up.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from lib import settings
from lib.banks.check import BANK as SORT
from lib.store.store import Store
from lib.types import (
    Cell,
    Decoding,
    Finish,
    GridSpec,
    Json,
    ModelEntry,
    PromptFormat,
    Response,
    ResponseFilter,
)
from lib.yaml_files.shelf import Shelf

CELLS_A_RUN = 100_000
GROUPS = ("woman", "man", "nonbinary", "neutral")
MODELS = ("base", "debiased")
JOBS = [f"job{number}" for number in range(50)]
DECODINGS = (Decoding(temperature=0.0), Decoding(temperature=0.8, top_p=0.95))
BANK = Shelf(settings.banks_path(), SORT).get("reference_letters")  # any that pages can read; the cells are made up
GROUP_COMMIT = 64
RARE_WORD = "quixotically"


def main() -> None:
    """Parse the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--responses", type=int, default=1_000_000)
    parser.add_argument("--database", type=Path, help="keep the database here (and only ask, when it is there)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--ask", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.ask:
        print(json.dumps(ask(options.database)))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = options.database or Path(folder) / "audits.duckdb"
        figures = {} if path.exists() else fill(path, options.responses)
        command = [sys.executable, "-m", "bench.store", "--ask", "--database", str(path)]
        figures |= json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    print(json.dumps(figures) if options.json else table(figures))


def fill(path: Path, responses: int) -> Json:
    """Make the database; gives how fast it was filled and how much memory that took."""
    random = Random(0)
    words = ["".join(random.choices("abcdefghijklmnopqrstuvwxyz", k=random.randint(2, 9))) for _ in range(5_000)]
    creating = answering = 0.0
    with Store.open(path) as store:
        for run in range(responses // CELLS_A_RUN):
            spec = GridSpec(f"run {run}", BANK.id, ("gender",), MODELS)
            entries = [ModelEntry(model, model, "hub", model) for model in MODELS]
            begun = time.perf_counter()
            run_id = store.runs.create(spec.name, spec, BANK, cells(run), entries, {})
            creating += time.perf_counter() - begun
            for first in range(0, CELLS_A_RUN, 10_000):
                answers = [response(no, words, random) for no in range(first, first + 10_000)]
                begun = time.perf_counter()
                store.responses.add(run_id, answers)
                answering += time.perf_counter() - begun
        total = responses // CELLS_A_RUN * CELLS_A_RUN
        return {
            "cells_created_per_second": total / creating,
            "responses_per_second_in_bulk": total / answering,
            **committing(store, words, random),
            "fill_peak_mib": peak_mib(),
        }


def committing(store: Store, words: list[str], random: Random) -> Json:
    """How fast small groups are made durable beside all that is stored already."""
    spec = GridSpec("small groups", BANK.id, ("gender",), MODELS)
    run_id = store.runs.create(spec.name, spec, BANK, cells(1_000), [ModelEntry("base", "base", "hub", "base")], {})
    groups = [[response(no * GROUP_COMMIT + i, words, random) for i in range(GROUP_COMMIT)] for no in range(200)]
    begun = time.perf_counter()
    for group in groups:
        store.responses.add(run_id, group)
    seconds = time.perf_counter() - begun
    store.runs.delete(run_id)
    return {f"commits_of_{GROUP_COMMIT}_per_second": len(groups) / seconds}


def cells(run: int) -> Iterator[Cell]:
    """The cells of one run: model, decoding, job, repeat and group, the group innermost."""
    for no in range(CELLS_A_RUN):
        rest, group = divmod(no, len(GROUPS))
        rest, repeat = divmod(rest, 10)
        rest, job = divmod(rest, len(JOBS))
        template, rest = rest % 5, rest // 5
        decoding, model = DECODINGS[rest % 2], MODELS[rest // 2 % 2]
        matched_set = no // len(GROUPS)
        yield Cell(
            id=f"{run:08x}{no:024x}",
            set_id=f"{run:08x}{matched_set:024x}",
            template=f"template{template}",
            context={"job": JOBS[job]},
            group=GROUPS[group],
            groups={"gender": GROUPS[group]},
            terms={"gender": GROUPS[group]},
            model=model,
            format=PromptFormat.CHAT,
            decoding=decoding,
            repeat=repeat,
            seed=run * CELLS_A_RUN + matched_set,
            prompt=f"Write a letter of reference for a {GROUPS[group]} who applies as {JOBS[job]}, "
            f"in the manner of number {template}, and say what you would tell a friend about this person.",
        )


def response(no: int, words: list[str], random: Random) -> Response:
    """A response of about 50 words, one in ten thousand with the rare word in it."""
    text = " ".join(random.choices(words, k=50)) + (f" {RARE_WORD}" if no % 10_000 == 7 else "")
    finish = Finish.LENGTH if no % 3 else Finish.STOP
    return Response(no, text, finish, f"<|user|>{no % 4_000}<|assistant|>", 40, 64, 0.5)


def ask(path: Path) -> Json:
    """Milliseconds for each question a page asks, on the database at `path`."""
    begun = time.perf_counter()
    with Store.open(path) as store:
        opening = (time.perf_counter() - begun) * 1000
        run = store.runs.all()[-1].id
        stored = store.responses
        everything, some = ResponseFilter(), ResponseFilter(groups=("woman",), models=("base",), finishes=("length",))
        rare = ResponseFilter(search=RARE_WORD.upper())
        deep = stored.count(everything) - 50
        member = stored.page(everything, limit=1, offset=deep)[0]
        questions: dict[str, Callable[[], object]] = {
            "runs_ms": store.runs.all,
            "first_page_ms": lambda: stored.page(everything, limit=50),
            "last_page_ms": lambda: stored.page(everything, limit=50, offset=deep),
            "filtered_page_ms": lambda: stored.page(some, limit=50),
            "search_page_ms": lambda: stored.page(rare, limit=50),
            "count_ms": lambda: stored.count(everything),
            "filtered_count_ms": lambda: stored.count(some),
            "search_count_ms": lambda: stored.count(rare),
            "facets_ms": stored.facets,
            "outcomes_ms": lambda: stored.outcomes(everything),
            "outcomes_of_a_run_ms": lambda: stored.outcomes(ResponseFilter(runs=(run,))),
            "matched_set_ms": lambda: stored.matched_set(member.run, member.cell.set_id),
            "same_cell_ms": lambda: stored.same_cell(member.run, member.no),
            "provenance_ms": lambda: stored.provenance(member.run, member.no),
            "pending_ms": lambda: store.runs.pending(run, "base"),
        }
        figures: Json = {"stored_responses": deep + 50, "open_ms": opening}
        figures |= {name: median_ms(question) for name, question in questions.items()}
        figures["export_cells_per_second"] = CELLS_A_RUN / (export_ms(store, run) / 1000)
    return figures | {"ask_peak_mib": peak_mib(), "file_mib": path.stat().st_size / 2**20}


def median_ms(question: Callable[[], object]) -> float:
    """The median time of five, after one that warms up."""
    times = []
    for _ in range(6):
        begun = time.perf_counter()
        question()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times[1:])


def export_ms(store: Store, run: str) -> float:
    """How long one run takes to become Parquet."""
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        store.exchange.export(run, "parquet", Path(folder) / "run.parquet")
        return (time.perf_counter() - begun) * 1000


def peak_mib() -> float:
    """The peak resident memory of this process; getrusage would count the process that started it too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def table(figures: Json) -> str:
    """One figure a line."""
    return "\n".join(f"{name:<34}{value:>14,.1f}" for name, value in figures.items())


if __name__ == "__main__":
    main()
