"""Work in the background: one request after the other, in a thread that outlives every session."""

import threading
from collections import deque
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from lib.errors import AuditError
from lib.runs.control import Control
from lib.workflows.recent import RecentRate


@dataclass
class Request:
    """One piece of work and how far it is; `about` is the id of what it is for."""

    about: str
    control: Control = field(default_factory=Control)
    activity: str = "waiting"
    total: int = 0
    done: int = 0
    ended: bool = False
    problems: dict[str, str] = field(default_factory=dict)
    recent: RecentRate = field(default_factory=RecentRate)

    def expect(self, count: int) -> None:
        """That many more pieces are to come."""
        self.total += count

    def advance(self, count: int) -> None:
        """That many pieces are done."""
        self.done += count
        self.recent.add(count)


R = TypeVar("R", bound=Request)


class BackgroundQueue(Generic[R]):
    """Does what is asked for, in order. All methods may be called from any thread."""

    word = "The work"
    """What goes on here, as the beginning of a sentence."""

    def __init__(self) -> None:
        self._wake = threading.Condition()
        self._waiting: deque[R] = deque()
        self._live: R | None = None
        self._latest: dict[str, R] = {}
        self._thread: threading.Thread | None = None

    def do(self, request: R) -> None:
        """Do one request; whatever it raises is kept as its problem."""
        raise NotImplementedError

    def latest(self, about: str) -> R | None:
        """The last request about something: the one going on for it, where there is one."""
        live = self._live
        return live if live and live.about == about else self._latest.get(about)

    def stop(self, about: str = "") -> None:
        """End what goes on and what waits, or only what is `about` something; what is stored stays."""
        with self._wake:
            for request in (self._live, *self._waiting):
                if request and about in ("", request.about):
                    request.control.stop()

    def wait(self) -> None:
        """Block until nothing goes on and nothing waits."""
        thread = self._thread
        if thread:
            thread.join()

    def close(self) -> None:
        """Stop, and wait until it has."""
        self.stop()
        thread = self._thread
        if thread:
            thread.join(timeout=30)

    def _asked(self, about: str) -> list[R]:
        """What goes on or waits about something; call it with the lock held."""
        known = [request for request in (self._live, *self._waiting) if request and request.about == about]
        return [request for request in known if not request.ended]

    def _put(self, request: R) -> None:
        """Have a request done after those that wait; call it with the lock held."""
        self._waiting.append(request)
        self._latest[request.about] = request
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name=type(self).__name__, daemon=True)
            self._thread.start()

    def _work(self) -> None:
        while (request := self._next()) is not None:
            try:
                self.do(request)
            except AuditError as problem:
                request.problems[""] = str(problem)
            except Exception as problem:  # noqa: BLE001 - the queue must outlive whatever one request does
                what = f"{type(problem).__name__}: {problem}"
                request.problems[""] = f"{self.word} broke off ({what}). What is stored stays."
            finally:
                request.activity, request.ended = "", True

    def _next(self) -> R | None:
        with self._wake:
            self._live = self._waiting.popleft() if self._waiting else None
            if self._live is None:
                self._thread = None
            return self._live
