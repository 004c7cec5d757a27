"""Values as outputs hold them: text, whole numbers, numbers, and why a completion ended."""

import json
import math
from typing import Any

STOPPED = {"stop", "eos", "end_turn", "stop_sequence", "eos_token", "end", "finished", "complete", "completed"}
CUT_OFF = {"length", "max_tokens", "max_length", "model_length", "max_output_tokens", "max_new_tokens"}
FAILED = {"error", "failed", "failure"}
WIDEST = 2**63


def as_text(value: Any) -> str:
    """A value as text: nothing for None, JSON for lists and objects."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return json.dumps(value, ensure_ascii=False, default=str)


def as_whole(value: Any) -> int | None:
    """A whole number of at most 64 bits, None for nothing; raises ValueError for anything else."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, bool):
        raise ValueError(value)
    if isinstance(value, str):
        value = value.strip()
        value = int(value) if value.removeprefix("-").isdecimal() else float(value)
    number = int(value)
    if number != value or not -WIDEST <= number < WIDEST:
        raise ValueError(value)
    return number


def as_number(value: Any) -> float | None:
    """A finite number, None for nothing; raises ValueError for anything else."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, bool):
        raise ValueError(value)
    number = float(value)
    if not math.isfinite(number):
        raise ValueError(value)
    return number


def lenient(convert: Any, value: Any) -> Any:
    """What `convert` makes of a value, None where it cannot."""
    try:
        return convert(value)
    except (ValueError, TypeError, OverflowError):
        return None


def finish_of(recorded: str, completion: str, error: str) -> str:
    """Why an output ended: "error", "empty", "length", "stop", or "" where nothing says."""
    word = recorded.strip().lower()
    if error or word in FAILED:
        return "error"
    if not completion.strip():
        return "empty"
    if word in CUT_OFF:
        return "length"
    return "stop" if word in STOPPED else ""
