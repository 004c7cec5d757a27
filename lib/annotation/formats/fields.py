"""Reading records from plain JSON values that anybody may have written: every value is checked for what it is."""

import math
from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from lib.annotation.formats.record import ADJUDICATE, Flaw, Record, Subject
from lib.types import Act, Answer, Span

Row = Mapping[str, Any]

ACTS = (*(act.value for act in Act), ADJUDICATE)
LARGEST = 2**31 - 1
YEARS = range(1990, 2200)
LONGEST_KEY = 1_000
"""Characters of a submission or an id; longer ones are nobody's."""


def record_of(row: Row) -> Record:
    """The record that `flat` made `row` of, or as much as it says; raises Flaw when a value is of another kind."""
    act = text(row, "act") or Act.SUBMIT.value
    if act not in ACTS:
        raise Flaw(f"the act “{act[:40]}” is none of those that exist", f"Write one of {', '.join(ACTS)}.")
    return Record(
        subject=subject_of(row),
        annotator=text(row, "annotator"),
        act=act,
        answer=answer_of(mapping(row, "answer")),
        submission=key(row, "submission"),
        seconds=seconds(row.get("seconds")),
        suggestion=key(row, "suggestion"),
        suggested=flag(row, "suggested"),
        masked=flag(row, "masked"),
        unblinded=flag(row, "unblinded"),
        created=moment(row.get("created")),
        reason=text(row, "reason"),
        current=flag(row, "current"),
    )


def subject_of(row: Row) -> Subject:
    """What a record is about; raises Flaw when a value is of another kind."""
    numbers = {name: whole(row, name) for name in ("item", "of", "cell")}
    texts = {part.name: text(row, part.name) for part in fields(Subject) if part.name not in numbers}
    return Subject(**numbers, **texts)  # type: ignore[arg-type]  # names and kinds are those of the fields


def answer_of(row: Row) -> Answer:
    """An answer; raises Flaw when a value is of another kind. Whether it fits the codebook is not looked at."""
    confidence = whole(row, "confidence")
    return Answer(
        labels={name: tuple(texts(value, name)) for name, value in mapping(row, "labels").items()},
        spans={name: tuple(spans(value, name)) for name, value in mapping(row, "spans").items()},
        texts={name: text({name: value}, name) for name, value in mapping(row, "texts").items()},
        confidence=confidence,
        unsure=flag(row, "unsure"),
        note=text(row, "note"),
        discard=text(row, "discard"),
    )


def text(row: Row, name: str) -> str:
    """A text, "" where there is none."""
    value = row.get(name)
    if value is None or isinstance(value, str):
        return value or ""
    raise Flaw(f"“{name[:40]}” is {kind(value)}, not a text", "Write it in quotes.")


def key(row: Row, name: str) -> str:
    """A short text that tells records apart."""
    value = text(row, name)
    if len(value) > LONGEST_KEY:
        raise Flaw(f"“{name}” has {len(value):,} characters", f"Write at most {LONGEST_KEY}.")
    return value


def texts(value: Any, name: str) -> list[str]:
    """A list of texts; a text alone is a list of one."""
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
        raise Flaw(f"“{name[:40]}” is no list of labels", 'Write the labels\' ids as a list, such as ["yes"].')
    return values


def spans(value: Any, name: str) -> list[Span]:
    """A list of spans, each with start, end and label."""
    if not isinstance(value, list) or not all(isinstance(each, Mapping) for each in value):
        raise Flaw(f"“{name[:40]}” is no list of spans", "Write each as an object with start, end and label.")
    found = []
    for each in value:
        start, end = whole(each, "start"), whole(each, "end")
        if start is None or end is None:
            raise Flaw(f"a span of “{name[:40]}” has no start or no end", "Write both, counted in characters from 0.")
        found.append(Span(start, end, text(each, "label")))
    return found


def mapping(row: Row, name: str) -> Row:
    """An object, empty where there is none."""
    value = row.get(name)
    if value is None:
        return {}
    if not isinstance(value, Mapping) or not all(isinstance(each, str) for each in value):
        raise Flaw(f"“{name[:40]}” is {kind(value)}, not an object", "Write it as {name: value}.")
    return value


def whole(row: Row, name: str) -> int | None:
    """A number from 0 without a fraction; None where there is none."""
    value = row.get(name)
    if value is None:
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LARGEST:
        raise Flaw(f"“{name[:40]}” is {kind(value)}, which is no whole number from 0 on", "Write it in digits alone.")
    return value


def flag(row: Row, name: str) -> bool:
    """True or false; false where there is neither."""
    value = row.get(name)
    if value is None or isinstance(value, bool):
        return bool(value)
    raise Flaw(f"“{name[:40]}” is {kind(value)}, not true or false", "Write true or false, without quotes.")


def seconds(value: Any) -> float:
    """A time that passed; 0 where there is none."""
    if value is None:
        return 0.0
    known = isinstance(value, int | float) and not isinstance(value, bool)
    if not known or not math.isfinite(value) or not 0 <= value <= LARGEST:
        raise Flaw(f"“seconds” is {kind(value)}, which is no time that can pass", "Write a number from 0 on.")
    return float(value)


def moment(value: Any) -> datetime | None:
    """A point in time, in UTC; without a zone it is taken for UTC. None where there is none."""
    if value is None or value == "":
        return None
    try:
        found = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        found = found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, TypeError, OverflowError):
        found = None
    if found is None or found.year not in YEARS:
        raise Flaw(f"“created” is {kind(value)}, which is no time", "Write it like 2026-01-31T14:05:00+00:00.")
    return found


def kind(value: Any) -> str:
    """A value in a few words, for a message."""
    if isinstance(value, str):
        return f"“{value[:40]}”"
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "empty"}[value]
    if isinstance(value, int | float):
        try:
            return str(value)[:40]
        except ValueError:  # Python refuses to write out integers of thousands of digits
            return "a huge number"
    return "a list" if isinstance(value, list | tuple) else "an object"
