"""How fast an endpoint may be asked: when to try again, and when all requests have to wait."""

import asyncio
import email.utils
import random
import re
import time
from collections.abc import Mapping

FIRST_PAUSE = 1.0  # seconds; doubled at each further try
LONGEST_PAUSE = 60.0
LONGEST_HOLD = 300.0  # an endpoint that asks for more is not coming back soon: better to fail and say so
DURATION = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h|d)")
UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}


class Pace:
    """One endpoint's pace, shared by all requests under way.

    A rate limit counts requests together, so one that is told to wait holds back the others.
    """

    def __init__(self, first_pause: float = FIRST_PAUSE) -> None:
        """`first_pause` in seconds is the mean pause before the second try."""
        self._first_pause = first_pause
        self._open_at = 0.0

    async def ready(self) -> None:
        """Return when the next request may be sent."""
        while (wait := self._open_at - time.monotonic()) > 0:
            await asyncio.sleep(wait + random.uniform(0, 0.1))  # noqa: S311 - spreads requests, guards nothing

    def hold(self, seconds: float) -> None:
        """Let nobody send for that many seconds."""
        self._open_at = max(self._open_at, time.monotonic() + seconds)

    def note(self, headers: Mapping[str, str]) -> None:
        """Hold when an answer's headers say that the allowance is used up (OpenAI's `x-ratelimit-*`)."""
        for what in ("requests", "tokens"):
            if headers.get(f"x-ratelimit-remaining-{what}") == "0":
                self.hold(min(parse_duration(headers.get(f"x-ratelimit-reset-{what}", "")) or 0.0, LONGEST_HOLD))

    def backoff(self, attempt: int) -> float:
        """Seconds to wait after try number `attempt` (from 0): doubling, with up to a half of jitter either way."""
        return min(self._first_pause * 2**attempt, LONGEST_PAUSE) * random.uniform(0.5, 1.5)  # noqa: S311 - as above


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that `Retry-After` asks for, as a number or a date (RFC 9110, 10.2.3); None when it does not."""
    if (milliseconds := parse_number(headers.get("retry-after-ms", ""))) is not None:
        return milliseconds / 1000
    value = headers.get("retry-after", "")
    if (seconds := parse_number(value)) is not None:
        return seconds
    parsed = email.utils.parsedate_tz(value)
    return max(0.0, email.utils.mktime_tz(parsed) - time.time()) if parsed else None


def parse_number(text: str) -> float | None:
    """A finite number that is not negative, else None."""
    return float(text) if re.fullmatch(r"\s*\d+(\.\d+)?\s*", text) else None


def parse_duration(text: str) -> float | None:
    """Seconds in "6m0s", "250ms" or "12"; None when it is no duration."""
    parts = DURATION.findall(text)
    if parts and "".join(number + unit for number, unit in parts) == text.strip():
        return sum(float(number) * UNITS[unit] for number, unit in parts)
    return parse_number(text)
