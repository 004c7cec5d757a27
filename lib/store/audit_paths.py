"""No path of anybody's computer leaves with an audit: of each only its last part does.

What becomes of a text depends on the text alone, and doing it again changes nothing, so that an audit that was carried
in gives the same bytes when it is carried out again.
"""

import re
from typing import Any

from lib.types import Json

LOCAL = frozenset({"folder", "gguf"})
"""Backends whose location is always a path. That of an adapter may be one, and may be an id of the Hub."""

HOME = "~"
"""Stands for somebody's home folder, whose last part is their name."""

_END = r"\s/\\'\"`<>|,;:()\[\]{}"
_WHOLE = re.compile(r"(?:file://)?(?:[~/.]|[A-Za-z]:[\\/]|\\\\)")
_QUOTED = re.compile(r"""(['"`])((?:file://)?(?:~[\w.-]*)?/[^'"`\n]*|[A-Za-z]:[\\/][^'"`\n]*|\\\\[^'"`\n]+)\1""")
_BARE = re.compile(
    rf"""
      (?:file://)?/(?:home|Users)/[^{_END}]+(?:/[^{_END}]+)*/?  # somebody's files, wherever they are spoken of
    | (?<![\w/.~\\-])(?:file://)?(?:~[\w.-]*(?:/[^{_END}]+)+|/[^{_END}]+(?:/[^{_END}]+)+)/?
    | (?<!\w)[A-Za-z]:[\\/]+(?:[^{_END}]+[\\/]+)*[^{_END}]+
    | \\\\[^{_END}]+(?:\\+[^{_END}]+)+
    """,
    re.VERBOSE,
)
_HOME = re.compile(r"(?:file://)?(?:[A-Za-z]:)?[\\/]+(?:home|Users)[\\/]+[^\\/]+[\\/]*|~[^\\/]*")


def without_paths(text: str) -> str:
    """A text with the last part alone of each path that begins at the root of a disk or in a home folder."""
    while (shorter := _BARE.sub(_last_of, _QUOTED.sub(_quoted, text))) != text:
        text = shorter
    return text


def named(location: str, *, local: bool = False) -> str:
    """Where a model lies as may be known elsewhere: of a path its last part; an address or an id of the Hub as it is.

    Args:
        local: whether it is a path, whatever it looks like.
    """
    return _last(location) if local or _WHOLE.match(location) or "\\" in location else location


def anywhere(value: Any) -> Any:
    """A JSON value with `without_paths` of each of its texts."""
    if isinstance(value, str):
        return without_paths(value)
    if isinstance(value, list):
        return [anywhere(each) for each in value]
    if isinstance(value, dict):
        return {name: anywhere(each) for name, each in value.items()}
    return value


def scorer_out(told: Json) -> Json:
    """A scoring as it leaves: a classifier's folder is a path, and its fingerprint may be that path."""
    entry = told["entry"]
    options = {name: named(text) if name == "location" else text for name, text in entry["options"].items()}
    return told | {"entry": entry | {"options": options}, "fingerprint": without_paths(told["fingerprint"])}


def model_out(told: Json) -> Json:
    """A model of a run as it leaves: its entry, and what was really loaded."""
    entry = told["entry"]
    texts = {name: without_paths(entry[name]) for name in ("source", "note")}
    location = {"location": named(entry["location"], local=entry["backend"] in LOCAL)}
    return {"entry": entry | texts | location, "facts": anywhere(told["facts"]) if told["facts"] else None}


def _quoted(found: re.Match[str]) -> str:
    return found[1] + _last(found[2]) + found[1]


def _last_of(found: re.Match[str]) -> str:
    return _last(found[0])


def _last(path: str) -> str:
    """The last part of a path; a path of nothing but its root stays."""
    if _HOME.fullmatch(path):
        return HOME
    parts = [part for part in re.split(r"[\\/]+", path) if part]
    return parts[-1] if parts else path
