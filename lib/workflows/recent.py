"""How fast something goes on just now."""

import time
from collections import deque

WINDOW_SECONDS = 30.0


class RecentRate:
    """Counts what arrives, and how much of it a second over the last half minute."""

    def __init__(self) -> None:
        self._arrivals: deque[tuple[float, int]] = deque(maxlen=10_000)

    def add(self, count: int) -> None:
        """Note that `count` things arrived now."""
        self._arrivals.append((time.monotonic(), count))

    def per_second(self) -> float | None:
        """The rate; None until there is something to go by."""
        now = time.monotonic()
        recent = [(at, count) for at, count in list(self._arrivals) if now - at <= WINDOW_SECONDS]
        if len(recent) < 2:
            return None
        # The first arrival only marks the start of the stretch that the others were made in.
        return sum(count for _, count in recent[1:]) / max(now - recent[0][0], 1e-6)
