"""The server is killed while people annotate: what was acknowledged is kept, and nothing is there twice."""

import random
import signal
import time
from pathlib import Path
from uuid import uuid4

import pytest

from bench.session import Session
from lib.workflows.workbench import open_workbench
from tests.annotating import assign
from tests.seeding import seed

pytestmark = pytest.mark.slow

KILLS = 10
CARD = "evenhand_annotation"


def answer(label: str) -> dict:
    empty = {"spans": {}, "texts": {}, "confidence": None, "unsure": False, "note": "", "discard": ""}
    return {"labels": {"bias": [label]}} | empty


def sit_down(url: str, assignment: str) -> Session:
    session = Session(url, "Annotate", f"assignment={assignment}")
    session.type("Your name", "Ada")
    session.click("Start")
    session.click("Show the responses")
    return session


def submit(session: Session, label: str, submission: str) -> int:
    """Send one label; returns once the next item is there. Gives the item."""
    item: int = session.data(CARD)["task"]["item"]
    session.send(
        CARD, "act", {"act": "submit", "item": item, "answer": answer(label), "submission": submission, "seconds": 1}
    )
    reply = session.data(CARD)["reply"]
    assert (reply["submission"], reply["error"]) == (submission, "")
    return item


@pytest.fixture
def assignment(folder: Path) -> str:
    """Responses enough for every kill."""
    with open_workbench(folder / "audits.duckdb", with_example=False) as workbench:
        run = seed(workbench)
        return assign(workbench, run, [f"Response number {number}." for number in range(40)])


def test_a_killed_server_loses_at_most_what_was_not_acknowledged(serve, folder, assignment):
    """Ten kills, some with a label on its way: every acknowledged label is stored once, and work goes on behind it."""
    dice = random.Random(5)
    acknowledged: dict[int, tuple[str, str]] = {}
    unknown: dict[int, tuple[str, str]] = {}
    for _ in range(KILLS):
        server = serve()
        session = sit_down(server.url, assignment)
        for _ in range(dice.randint(1, 3)):
            said = dice.choice(["no", "unsure"]), str(uuid4())
            acknowledged[submit(session, *said)] = said
        item = session.data(CARD)["task"]["item"]  # on the screen, with a key pressed perhaps: that is lost
        if dice.random() < 0.7:  # or with its label already on its way
            unknown[item] = dice.choice(["no", "unsure"]), str(uuid4())
            label, submission = unknown[item]
            act = {"act": "submit", "item": item, "answer": answer(label), "submission": submission, "seconds": 1}
            session.ask(CARD, "act", act)
            time.sleep(dice.uniform(0, 0.15))
        server.process.send_signal(signal.SIGKILL)
        server.process.wait(30)
        session.close()
    with open_workbench(folder / "audits.duckdb", with_example=False) as workbench:
        history = workbench.store.annotations.history(assignment)
    stored = {event.item: (event.answer.labels["bias"][0], event.submission) for event in history}
    assert len(history) == len(stored)  # nothing twice
    assert acknowledged.items() <= stored.items()
    assert {item: said for item, said in stored.items() if item not in acknowledged}.items() <= unknown.items()


def test_a_label_sent_again_after_a_kill_counts_once(serve, folder, assignment):
    """Whoever does not know whether it arrived sends it once more, with the same submission."""
    server = serve()
    session = sit_down(server.url, assignment)
    item, submission = session.data(CARD)["task"]["item"], str(uuid4())
    submit(session, "no", submission)  # stored; say that the answer to it got lost
    server.process.send_signal(signal.SIGKILL)
    server.process.wait(30)
    session.close()
    later = serve()
    again = sit_down(later.url, assignment)
    assert again.data(CARD)["task"]["item"] != item  # it had arrived
    act = {"act": "submit", "item": item, "answer": answer("no"), "submission": submission, "seconds": 1}
    again.send(CARD, "act", act)
    assert again.errors == []
    again.close()
    later.process.terminate()
    later.process.wait(30)
    with open_workbench(folder / "audits.duckdb", with_example=False) as workbench:
        assert [event.submission for event in workbench.store.annotations.history(assignment)] == [submission]
