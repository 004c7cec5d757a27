"""Times: UTC everywhere, naive inside the database (DuckDB needs pytz to hand out aware ones)."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present moment as it is stored."""
    return stored(datetime.now(UTC))


def stored(time: datetime) -> datetime:
    """An aware time as it is stored: naive, in UTC."""
    return time.astimezone(UTC).replace(tzinfo=None)


def aware(time: datetime) -> datetime:
    """A stored time as the rest of Evenhand uses it."""
    return time.replace(tzinfo=UTC)


def aware_or_none(time: datetime | None) -> datetime | None:
    """Like `aware`, for a time that may not have come yet."""
    return None if time is None else aware(time)
