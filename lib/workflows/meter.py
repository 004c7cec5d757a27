"""How fast a model answers, for the time estimates of later grids."""

import time
from datetime import UTC, datetime

from lib.types import Dtype, Finish, Rate, Response

FEWEST_FOR_A_RATE = 8


class Meter:
    """Counts responses and tokens of one model from its first work on, so that loading does not count."""

    def __init__(self, model: str, dtype: Dtype) -> None:
        self._model = model
        self._dtype = dtype
        self._started: float | None = None
        self._cells = self._tokens = 0

    def count(self, responses: list[Response]) -> None:
        """Add responses that came back; failures do not tell how fast a model is."""
        answered = [response for response in responses if response.finish is not Finish.FAILED]
        if self._started is None and answered:
            # The first responses took their own time before they arrived here.
            self._started = time.monotonic() - max(response.seconds for response in answered)
        self._cells += len(answered)
        self._tokens += sum(response.new_tokens for response in answered)

    def rate(self) -> Rate | None:
        """The rate so far; None while too few cells were answered to tell."""
        if self._started is None or self._cells < FEWEST_FOR_A_RATE:
            return None
        seconds = max(time.monotonic() - self._started, 1e-6)
        return Rate(self._model, self._dtype.value, self._cells / seconds, self._tokens / seconds, datetime.now(UTC))
