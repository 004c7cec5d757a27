"""Scored runs whose responses are known, so that their gaps can be derived by hand."""

from lib.types import Finish, Response
from lib.workflows import run, scoring
from lib.workflows.comparison import Question
from tests.workflows.conftest import grid

REPEATS = 10
SCORERS = ["agency", "framing", "gendered", "refusal", "similarity"]
WOMAN, MAN = "She is kind to all people.", "He works there on most days."  # 6 words each; "kind" is communal


def stored(workbench, model, text_of, *, repeats=REPEATS):
    """A scored run of 3 jobs × `repeats` × two groups whose texts are `text_of(set number, group)`; None: no answer."""
    run_id = run.create(workbench, grid(model.id, repeats=repeats))
    jobs = workbench.store.runs.pending(run_id, model.id)
    texts = [(job.no, text_of(job.no // 2, "woman" if "woman" in job.prompt else "man")) for job in jobs]
    responses = [Response(no, text, Finish.STOP) for no, text in texts if text is not None]
    if responses:
        workbench.store.responses.add(run_id, responses)
    scoring.score(workbench, run_id, SCORERS, lambda _: None)
    return run_id


def ask(run_id, measure, **more):
    return Question(run_id, "gender", measure, by="context:occupation", resamples=2_000, **more)
