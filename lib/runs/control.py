"""How an execution is told, from any thread, to pause or to stop; and how it ended."""

import threading
from enum import StrEnum


class Outcome(StrEnum):
    """How an execution ended: every job answered, or held, or cut short."""

    DONE = "done"
    PAUSED = "paused"
    STOPPED = "stopped"


class Control:
    """Two switches that can only be turned on."""

    def __init__(self) -> None:
        self._pause = threading.Event()
        self._stop = threading.Event()

    def pause(self) -> None:
        """Start nothing more; what is in flight is finished and kept."""
        self._pause.set()

    def stop(self) -> None:
        """End now; what is in flight is dropped."""
        self._stop.set()

    @property
    def pausing(self) -> bool:
        """Whether `pause` was called."""
        return self._pause.is_set()

    @property
    def stopping(self) -> bool:
        """Whether `stop` was called."""
        return self._stop.is_set()
