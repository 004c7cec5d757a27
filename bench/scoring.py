"""Scoring a large run the whole way: read from the store, scored in worker processes, stored again.

    python -m bench.scoring [--responses 100000]

`lexicons_seconds` is what the scorers with a shipped word list take together, `instant_seconds` all that need no
model; `gap_seconds` is one comparison with its forest plot's rows, 10,000 resamples each.
"""

import argparse
import tempfile
import time
from pathlib import Path

from bench.scorers import LEXICAL, made_up
from lib.models.bundled import BUNDLED_ID
from lib.types import Decoding, Finish, GridSpec, Response
from lib.workflows import comparison, run, scoring
from lib.workflows.workbench import Workbench, open_workbench

PROMPTS = 400  # of the bank: five templates, ten jobs, eight terms
STORED_AT_ONCE = 5_000


def main() -> None:
    """Parse the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--responses", type=int, default=100_000)
    responses = parser.parse_args().responses
    with (
        tempfile.TemporaryDirectory() as folder,
        open_workbench(Path(folder) / "audits.duckdb", with_example=False) as workbench,
    ):
        run_id = answered(workbench, responses)
        for name, scorers in (("lexicons_seconds", list(LEXICAL)), ("instant_seconds", scoring.instant(workbench))):
            begun = time.perf_counter()
            last = scoring.score(workbench, run_id, scorers, lambda _: None)
            print(f"{name} {time.perf_counter() - begun:.1f} ({last.done:,} scores; problems: {dict(last.problems)})")
        question = comparison.Question(run_id, "gender", "agency.agentic", by="context:occupation")
        begun = time.perf_counter()
        comparison.compare(workbench, question)
        print(f"gap_seconds {time.perf_counter() - begun:.1f}")


def answered(workbench: Workbench, responses: int) -> str:
    """A run of about as many cells, each with a response made up of real sentences."""
    spec = GridSpec(
        "Large",
        "ideal_candidates",
        ("gender",),
        (BUNDLED_ID,),
        decodings=(Decoding(max_new_tokens=64),),
        repeats=max(1, responses // PROMPTS),
    )
    run_id = run.create(workbench, spec)
    total = run.get(workbench, run_id).total
    texts = made_up(total)
    for start in range(0, total, STORED_AT_ONCE):
        batch = texts[start : start + STORED_AT_ONCE]
        workbench.store.responses.add(run_id, [Response(item.no, item.text, Finish.STOP) for item in batch])
    return run_id


if __name__ == "__main__":
    main()
