"""Annotating through sessions of the running app: how long the next item takes, and whether fifty people lose anything.

    python -m bench.annotation large [--responses 1000000] [--annotations 100000] [--items 300] [--database FILE]
    python -m bench.annotation crowd [--annotators 50] [--each 200]

A session is what a browser tab is to the server, over its websocket (bench/session.py). `next_item_p95_ms` is from
sending a label, which is on disk before the next item is sent, until the page with that item is complete. `crowd`
counts in the database what was sent: nothing may be missing or doubled, and no page may show an error. The clients
share the machine with the server, so that `crowd_p95_ms` says more about the machine than about the server.
"""

import argparse
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path
from uuid import uuid4

from bench.app import server
from bench.scoring import answered
from bench.session import Session
from bench.store import fill
from lib import settings
from lib.types import Act, AnnotationEvent, Answer, AssignmentSpec, Json, ResponseFilter, Sampling
from lib.workflows import assignments
from lib.workflows.workbench import open_workbench

CODEBOOK = "coursework"
SAID = {
    "labels": {"bias": ["no"]},
    "spans": {},
    "texts": {},
    "confidence": None,
    "unsure": False,
    "note": "",
    "discard": "",
}
CARD = "evenhand_annotation"
STORED_AT_ONCE = 2_000
EARLIER = 100  # people who annotated before


def main() -> None:
    """Parse the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", choices=("large", "crowd"))
    parser.add_argument("--responses", type=int, default=1_000_000)
    parser.add_argument("--annotations", type=int, default=100_000)
    parser.add_argument("--items", type=int, default=300)
    parser.add_argument("--annotators", type=int, default=50)
    parser.add_argument("--each", type=int, default=200)
    parser.add_argument("--database", type=Path, help="keep the large database here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "audits.duckdb"
        figures = (
            large(options.database or path, options.responses, options.annotations, options.items)
            if options.part == "large"
            else crowd(path, options.annotators, options.each)
        )
    print("\n".join(f"{name:<24}{value:>12,.1f}" for name, value in figures.items()))


def large(path: Path, responses: int, annotations: int, items: int) -> Json:
    """One annotator beside a large database."""
    if not path.exists():
        fill(path, responses)
    with open_workbench(path) as workbench:
        wanted = AssignmentSpec(
            "Large", ResponseFilter(), Sampling.RANDOM, sets=30_000, annotators_each=1, overlap=0.01
        )
        assignment = assignments.create(workbench, wanted, CODEBOOK)
        everything = workbench.store.assignments.items(assignment)
        each = -(-annotations // EARLIER)
        events = [
            AnnotationEvent(item.no, f"Person {person}", Act.SUBMIT, Answer({"bias": ("no",)}), str(uuid4()), 3.0)
            for person in range(EARLIER)
            for item in everything[person * each : (person + 1) * each]
        ]
        for first in range(0, len(events), STORED_AT_ONCE):
            workbench.store.annotations.add(assignment, events[first : first + STORED_AT_ONCE])
    with server(settings.ROOT / "asgi.py", path.parent) as (url, _):
        times, errors = annotate(url, assignment, "Ada", items)
    return {"responses": responses, "annotations": len(events), "errors": len(errors)} | percentiles("next_item", times)


def crowd(path: Path, annotators: int, each: int) -> Json:
    """Many annotators at once."""
    with open_workbench(path, with_example=False) as workbench:
        answered(workbench, annotators * each)
        wanted = AssignmentSpec("Crowd", sampling=Sampling.ALL, annotators_each=1, overlap=0.0, target=each)
        assignment = assignments.create(workbench, wanted, CODEBOOK)
    times: list[float] = []
    errors: list[str] = []

    def work(name: str) -> None:
        try:
            own, told = annotate(url, assignment, name, each)
        except Exception as problem:  # noqa: BLE001 - counted, whatever it was
            own, told = [], [repr(problem)]
        times.extend(own)
        errors.extend(told)

    with server(settings.ROOT / "asgi.py", path.parent) as (url, _):
        begun = time.perf_counter()
        threads = [threading.Thread(target=work, args=(f"Annotator {number}",)) for number in range(annotators)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.perf_counter() - begun
    with open_workbench(path) as workbench:
        history = workbench.store.annotations.history(assignment)
    done = [(event.item, event.annotator) for event in history]
    for error in sorted(set(errors))[:5]:
        print(error, file=sys.stderr)
    return {
        "sent": annotators * each,
        "stored": len(done),
        "stored_twice": len(done) - len(set(done)),
        "errors": len(errors),
        "annotations_per_second": len(done) / seconds,
    } | percentiles("crowd", times)


def annotate(url: str, assignment: str, name: str, items: int) -> tuple[list[float], list[str]]:
    """Sit down, label items one after another, and leave: the seconds each took, and the errors that were shown."""
    session = Session(url, "Annotate", f"assignment={assignment}")
    session.type("Your name", name)
    session.click("Start")
    session.click("Show the responses")
    times = []
    for _ in range(items):
        item = session.data(CARD)["task"]["item"]
        begun = time.perf_counter()
        act = {"act": "submit", "item": item, "answer": SAID, "submission": str(uuid4()), "seconds": 1.0}
        session.send(CARD, "act", act)
        times.append(time.perf_counter() - begun)
        if said := session.data(CARD)["reply"]["error"]:
            session.errors.append(said)
    session.close()
    return times, session.errors


def percentiles(name: str, seconds: list[float]) -> Json:
    """The median and the 95th percentile in milliseconds."""
    return {
        f"{name}_p50_ms": statistics.median(seconds) * 1000,
        f"{name}_p95_ms": statistics.quantiles(seconds, n=20)[-1] * 1000,
    }


if __name__ == "__main__":
    main()
