"""How long to wait before asking again."""

import email.utils
import time

import pytest

from lib.models.hosted.pace import LONGEST_PAUSE, Pace, parse_duration, retry_after


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("6m0s", 360.0), ("250ms", 0.25), ("1h2m3.5s", 3723.5), ("12", 12.0), ("", None), ("soon", None), ("3x", None)],
)
def test_durations_as_rate_limits_write_them(text: str, seconds: float | None) -> None:
    """Compound units, milliseconds and bare seconds; anything else is no duration."""
    assert parse_duration(text) == seconds


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "3"}, 3.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after-ms": "1500", "retry-after": "9"}, 1.5),
        ({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0.0),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "-5"}, None),
        ({}, None),
    ],
)
def test_retry_after_as_servers_write_it(headers: dict[str, str], seconds: float | None) -> None:
    """Seconds, milliseconds or a date that may be past; nonsense is ignored."""
    assert retry_after(headers) == seconds


def test_a_date_to_come_is_a_number_of_seconds() -> None:
    """The date form is counted from now."""
    asked = retry_after({"retry-after": email.utils.formatdate(time.time() + 30, usegmt=True)})
    assert asked == pytest.approx(30, abs=2)


def test_pauses_double_with_jitter_up_to_a_limit() -> None:
    """Each try waits about twice as long as the one before, never in step with others."""
    pace = Pace(first_pause=1.0)
    for attempt in range(4):
        pauses = [pace.backoff(attempt) for _ in range(200)]
        assert 0.5 * 2**attempt <= min(pauses) < max(pauses) <= 1.5 * 2**attempt
    assert pace.backoff(30) <= 1.5 * LONGEST_PAUSE
