"""The outputs of a recording, once somebody has said what its columns mean."""

from collections.abc import Callable, Iterator
from collections.abc import Mapping as Named
from typing import Any

from lib.errors import InterchangeError
from lib.interchange.guess import OWN_COLUMNS
from lib.interchange.recorded import MEANINGS, Mapping, RecordedOutput, Recording
from lib.interchange.sets import Wording, derive_sets
from lib.interchange.values import as_number, as_text, as_whole, finish_of
from lib.registry import suggest

WHOLE = ("seed", "repeat", "top_k", "max_tokens")
NUMBERS = ("temperature", "top_p")


def outputs(recording: Recording, mapping: Mapping | None = None) -> Iterator[RecordedOutput]:
    """Every output of a recording, in its order; `mapping` is what it suggests itself unless somebody says otherwise.

    Cells of our own exports that have no response yet are passed over; elsewhere no completion is an empty one.

    Raises:
        InterchangeError: a column is not there, or a value is no number where one belongs; it names file and line.
    """
    mapping = mapping or recording.suggested
    check(recording, mapping)
    made = _outputs(recording, mapping)
    if not derives(mapping):
        return made
    return derive_sets(made, _alike(mapping), None if mapping.same else wording(recording, mapping))


def derives(mapping: Mapping) -> bool:
    """Whether matched sets are put together here, because no column names them."""
    return bool(mapping.group and not mapping.set and not mapping.wide)


def wording(recording: Recording, mapping: Mapping) -> Wording:
    """What stands for the groups in all its prompts; the file is read once for it, then it is known."""
    if mapping not in recording.learnt:
        learnt = Wording()
        for output in _outputs(recording, mapping):
            learnt.learn(output)
        recording.learnt[mapping] = learnt
    known: Wording = recording.learnt[mapping]
    return known


def _alike(mapping: Mapping) -> Callable[[RecordedOutput], list[str]]:
    """Gives what the columns in `same` hold, whatever else they mean."""
    meant = {getattr(mapping, meaning): meaning for meaning in MEANINGS}

    def values(output: RecordedOutput) -> list[str]:
        return [
            as_text(getattr(output, meant[column])) if column in meant else output.extra.get(column, "")
            for column in mapping.same
        ]

    return values


def check(recording: Recording, mapping: Mapping) -> None:
    """Raises InterchangeError when a mapping names a column that is not there, or leaves the completion out."""
    thing = f"file {recording.file}"
    if not mapping.completion:
        remedy = "Say which one it is. There are: " + ", ".join(recording.columns[:30]) + "."
        raise InterchangeError(thing, "no column is known to hold the completions", remedy)
    known = set(recording.columns)
    for name in (*(getattr(mapping, meaning) for meaning in MEANINGS), *mapping.same):
        widened = any(name + ending in known for ending in mapping.wide)
        if name and name not in known and not widened:
            if fields := [column for column in recording.columns if column.startswith(f"{name}.")]:
                cause = f"the column {name[:80]!r} holds objects"
                raise InterchangeError(thing, cause, f"Map one of their fields: {', '.join(fields[:30])}.")
            raise InterchangeError(thing, f"there is no column {name[:80]!r}", suggest(name, list(recording.columns)))


def _outputs(recording: Recording, mapping: Mapping) -> Iterator[RecordedOutput]:
    ours = set(recording.columns) >= OWN_COLUMNS
    for place, values in recording.rows():
        if ours and not (values.get("finish") or values.get("text") or values.get("error")):
            continue
        thing = f"file {recording.file}, {place}"
        if mapping.wide:
            yield from _of_wide(thing, place, values, mapping)
        else:
            yield _output(thing, place, values, mapping)


def _of_wide(thing: str, place: str, values: Named[str, Any], mapping: Mapping) -> Iterator[RecordedOutput]:
    """One output an ending; the row is their set, and the ending their group, where no column says better."""
    endings = sorted(mapping.wide, key=len, reverse=True)
    for ending in mapping.wide:
        mine: dict[str, Any] = {}
        for column, value in values.items():
            its = next((one for one in endings if column.endswith(one) and len(one) < len(column)), "")
            if not its or its == ending:
                mine[column.removesuffix(its)] = value
        yield _output(thing, place, mine, mapping, group=ending.strip("_-. "), set=place)


def _output(
    thing: str, place: str, values: Named[str, Any], mapping: Mapping, group: str = "", set: str = ""
) -> RecordedOutput:
    def said(meaning: str, convert: Callable[[Any], Any]) -> Any:
        column = getattr(mapping, meaning)
        try:
            return convert(values.get(column)) if column else convert(None)
        except (ValueError, TypeError, OverflowError):
            cause = f"{column[:80]} is {as_text(values.get(column))[:60]!r}, which is no {_sort(meaning)}"
            raise InterchangeError(thing, cause, "Correct it, or map another column.") from None

    given: dict[str, Any] = {
        meaning: said(meaning, as_whole if meaning in WHOLE else as_number if meaning in NUMBERS else as_text)
        for meaning in MEANINGS
    }
    recorded = given["finish"]
    given["finish"] = finish_of(recorded, given["completion"], given["error"])
    used = {getattr(mapping, meaning) for meaning in MEANINGS} - {""}
    extra = {column: as_text(value) for column, value in values.items() if column not in used}
    if recorded and not given["finish"]:
        extra[mapping.finish] = recorded
    given["group"] = given["group"] or group
    given["set"] = given["set"].strip() or set
    return RecordedOutput(**given, extra=extra, place=place)


def _sort(meaning: str) -> str:
    return "whole number" if meaning in WHOLE else "number"
