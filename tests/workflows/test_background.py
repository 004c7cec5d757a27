"""Work in the background: one request after the other, whatever one of them raises, and none of them twice."""

import threading
from dataclasses import dataclass

import pytest

from lib.errors import RunError
from lib.workflows.background import BackgroundQueue, Request


@dataclass
class Piece(Request):
    """One piece of work for the tests."""

    trouble: Exception | None = None


class Bench(BackgroundQueue[Piece]):
    """Notes what it does, and does nothing before the gate is open."""

    word = "Sawing"

    def __init__(self) -> None:
        super().__init__()
        self.gate = threading.Event()
        self.begun = threading.Event()
        self.done: list[tuple[str, bool]] = []

    def ask(self, about: str, trouble: Exception | None = None) -> bool:
        """Whether the request was put in line."""
        with self._wake:
            if new := not self._asked(about):
                self._put(Piece(about, trouble=trouble))
        return new

    def do(self, request: Piece) -> None:
        self.begun.set()
        assert self.gate.wait(30)
        self.done.append((request.about, request.control.stopping))
        if request.trouble:
            raise request.trouble


@pytest.fixture
def bench():
    made = Bench()
    yield made
    made.gate.set()
    made.close()


def through(bench: Bench) -> list[tuple[str, bool]]:
    """What was done, once nothing waits any more."""
    bench.gate.set()
    bench.wait()
    return bench.done


def test_requests_are_done_in_order_and_once(bench):
    """What waits or goes on is not put in line a second time."""
    assert [bench.ask(about) for about in ("a", "b", "a", "b", "c")] == [True, True, False, False, True]
    assert through(bench) == [("a", False), ("b", False), ("c", False)]


def test_what_has_ended_can_be_asked_for_again(bench):
    """Also at the very moment when it ends, before the queue has turned to what is next."""
    bench.ask("a")
    assert bench.begun.wait(30)
    live = bench.latest("a")
    live.ended = True
    assert bench.ask("a")
    assert through(bench) == [("a", False), ("a", False)]
    assert bench.ask("a")
    assert len(through(bench)) == 3


def test_a_problem_is_kept_and_the_rest_goes_on(bench):
    """An AuditError says its own words, anything else which it was; the next request is done all the same."""
    bench.ask("a", RunError("run x", "it broke", "Mend it."))
    bench.ask("b", KeyError("oops"))
    bench.ask("c")
    assert len(through(bench)) == 3
    assert bench.latest("a").problems == {"": "run x: it broke. Mend it."}
    assert bench.latest("b").problems == {"": "Sawing broke off (KeyError: 'oops'). What is stored stays."}
    assert (bench.latest("c").problems, bench.latest("c").ended, bench.latest("nothing")) == ({}, True, None)


def test_one_request_is_stopped_or_all(bench):
    """Only what is about something is told to stop, or everything that goes on and waits."""
    for about in ("a", "b", "c"):
        bench.ask(about)
    bench.stop("b")
    assert through(bench) == [("a", False), ("b", True), ("c", False)]
    bench.gate.clear()
    for about in ("d", "e"):
        bench.ask(about)
    bench.stop()
    assert through(bench)[3:] == [("d", True), ("e", True)]


def test_progress_is_counted(bench):
    """What is expected adds up, as does what is done."""
    bench.ask("a")
    request = bench.latest("a")
    request.expect(3)
    request.expect(4)
    request.advance(5)
    assert (request.total, request.done, request.ended) == (7, 5, False)
    through(bench)
    assert (request.activity, request.ended) == ("", True)
