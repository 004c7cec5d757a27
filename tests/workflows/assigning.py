"""Assignments over a small scored run whose texts are known, and people who answer as a function says."""

from uuid import uuid4

from lib.types import Answer, AssignmentSpec, ResponseFilter, Sampling
from lib.workflows import annotate, assignments
from tests.workflows.scored import stored

TEXTS = {"woman": "She is kind 🙂 to all people.", "man": "He leads the team on most days."}


def audited(workbench, model, repeats=2):
    """A run of 3 jobs × `repeats` × two groups."""
    return stored(workbench, model, lambda _, group: TEXTS[group], repeats=repeats)


def assigned(workbench, run_id, **more):
    """An assignment over everything in a run."""
    asked = {"sampling": Sampling.ALL, "overlap": 0.0, "filter": ResponseFilter(runs=(run_id,))} | more
    return assignments.create(workbench, AssignmentSpec("Read them", **asked), "bias")


def say(workbench, desk, item, bias="no", *, submission="", seconds=2.0, **more):
    """Answer one item."""
    labels = {"bias": (bias,)} | more.pop("labels", {})
    answer = Answer(labels, **more)
    annotate.submit(workbench, desk, item, answer, submission or str(uuid4()), seconds)


def work_through(workbench, desk, bias_of, most=1_000):
    """Answer whatever comes until nothing is left; gives the items in the order they came."""
    seen = []
    while len(seen) < most and (task := annotate.next_task(workbench, desk)):
        seen.append(task.item)
        say(workbench, desk, task.item, bias_of(task))
    return seen
