"""A finished run to look at, written through the same calls a real one uses."""

import random
from dataclasses import replace

from lib.types import Finish, Job, Response, RunStatus
from lib.workflows import example, run
from lib.workflows.workbench import Workbench

WORDS = ["a", "caring", "strong", "nurse", "leads", "people", "with", "experience", "and", "kindness"]


def seed(
    workbench: Workbench,
    name: str = "Seeded run",
    *,
    extra: str = "",
    left: int = 0,
) -> str:
    """Store a run of the example grid whose responses end in every way there is; gives its id.

    `extra` is put behind every text; the last `left` cells stay pending.
    """
    spec = replace(example.spec(), name=name, terms_per_group=1)
    run_id = run.create(workbench, spec, name)
    rng = random.Random(7)
    jobs = workbench.store.runs.pending(run_id, spec.models[0])
    workbench.store.responses.add(run_id, [answer(job, rng, extra) for job in jobs[: len(jobs) - left]])
    workbench.store.runs.set_status(run_id, RunStatus.DONE)
    return run_id


def answer(job: Job, rng: random.Random, extra: str) -> Response:
    """A response to one job: mostly text, sometimes cut off, empty or failed."""
    finish = rng.choices([Finish.STOP, Finish.LENGTH, Finish.FAILED], [6, 3, 1])[0]
    if finish is Finish.FAILED:
        return Response(job.no, "", finish, error=f"out of memory{extra}")
    text = "" if rng.random() < 0.05 else " ".join(rng.choices(WORDS, k=20)) + extra
    return Response(job.no, text, finish, prompt_sent=job.prompt, prompt_tokens=12, new_tokens=20, seconds=0.4)
