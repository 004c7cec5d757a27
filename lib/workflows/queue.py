"""The run queue: one run at a time, in the auditor's order, in a thread that outlives every session."""

import threading
from dataclasses import dataclass, field

from lib.errors import RunError
from lib.models.catalogue import Catalogue
from lib.runs.execute import Control
from lib.store.store import Store
from lib.types import Response, RunInfo, RunStatus
from lib.workflows.execution import execute_run
from lib.workflows.recent import RecentRate


@dataclass
class Live:
    """What is known of the run being executed beyond what the store holds."""

    run_id: str
    control: Control = field(default_factory=Control)
    activity: str = "starting"
    recent: RecentRate = field(default_factory=RecentRate)

    def arrived(self, responses: list[Response]) -> None:
        """Note that responses came back, for the rate."""
        if not (self.control.pausing or self.control.stopping):
            self.activity = "generating"
        self.recent.add(len(responses))


class RunQueue:
    """Executes queued runs in order of position. All methods may be called from any thread."""

    def __init__(self, store: Store, catalogue: Catalogue) -> None:
        self._store = store
        self._catalogue = catalogue
        self._wake = threading.Condition()
        self._live: Live | None = None
        self._thread: threading.Thread | None = None
        self._closing = False
        self._only = ""

    def submit(self, run_id: str) -> None:
        """Put a run (back) in the queue, where it continues from what is stored.

        Raises:
            RunError: when it is running already, or may only be read.
        """
        info = self._store.runs.get(run_id)
        if info.read_only:
            raise RunError(f"run {info.name}", "it was imported and may only be read", "Run its grid again instead.")
        with self._wake:
            if info.status is RunStatus.RUNNING:
                raise RunError(f"run {info.name}", "it is running already", "Wait for it, or pause it first.")
            self._store.runs.set_status(run_id, RunStatus.QUEUED)
            self._wake.notify_all()

    def start(self, *, only: str = "") -> None:
        """Begin executing what is queued, if nothing does so yet; `only` that run, where one is named."""
        with self._wake:
            self._only = only
            if self._thread is None and not self._closing:
                self._thread = threading.Thread(target=self._work, name="evenhand-queue", daemon=True)
                self._thread.start()
            self._wake.notify_all()

    def pause(self, run_id: str) -> None:
        """Finish what is in flight, then hold the run; a waiting one is held at once."""
        with self._wake:
            if self._live and self._live.run_id == run_id:
                self._live.activity = "pausing: finishing what is in flight"
                self._live.control.pause()
            else:
                self._hold(run_id, RunStatus.PAUSED)

    def stop(self, run_id: str) -> None:
        """End the run now; what is stored stays, what is in flight is dropped."""
        with self._wake:
            if self._live and self._live.run_id == run_id:
                self._live.activity = "stopping"
                self._live.control.stop()
            else:
                self._hold(run_id, RunStatus.STOPPED)

    def live(self) -> Live | None:
        """The run being executed, if any."""
        return self._live

    def close(self) -> None:
        """Stop the run in progress, leave it *interrupted*, and end the thread."""
        with self._wake:
            self._closing = True
            thread, live = self._thread, self._live
            if live:
                live.control.stop()
            self._wake.notify_all()
        if thread:
            thread.join(timeout=30)

    def _hold(self, run_id: str, status: RunStatus) -> None:
        info = self._store.runs.get(run_id)
        if info.status is RunStatus.DONE:
            raise RunError(f"run {info.name}", "it is done already", "Nothing needs to be done.")
        self._store.runs.set_status(run_id, status)

    def _next(self) -> RunInfo | None:
        queued = (run for run in self._store.runs.all() if run.status is RunStatus.QUEUED)
        return next((run for run in queued if self._only in ("", run.id)), None)

    def _work(self) -> None:
        try:
            while (run := self._await_next()) is not None:
                status, note = self._execute(run)
                self._store.runs.set_status(run.run_id, status, note)
        finally:
            with self._wake:
                self._thread = None

    def _await_next(self) -> Live | None:
        """The next queued run, now live; None once the queue is closing."""
        with self._wake:
            while not self._closing:
                if run := self._next():
                    self._live = Live(run.id)
                    return self._live
                self._wake.wait()
        return None

    def _execute(self, live: Live) -> tuple[RunStatus, str]:
        try:
            status = execute_run(self._store, self._catalogue, live.run_id, live)
        except Exception as problem:  # noqa: BLE001 - the queue must outlive whatever one run does
            return RunStatus.INTERRUPTED, str(problem)
        finally:
            with self._wake:
                self._live = None
        if self._closing and status is RunStatus.STOPPED:
            return RunStatus.INTERRUPTED, "Evenhand was closed while it ran."
        return status, ""
