"""YAML read as data and nothing else, with the place of every value.

People write prompt banks and grids by hand, so a mistake must be answered with its line; and
they get them from strangers, so nothing in a file may run, grow or recurse. Only plain
mappings, lists and scalars are taken (YAML 1.1 as PyYAML resolves it, so that what PyYAML's
safe dumper writes comes back unchanged); tags, anchors, aliases, merge keys, duplicate keys
and further documents are refused.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

from lib.errors import AuditError

MAX_DEPTH = 20

# The C parser is ten times faster and in nearly every PyYAML wheel, but not promised in all of them.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RESOLVER = yaml.resolver.Resolver()
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


class YamlProblem(AuditError):
    """Text that is not YAML, or YAML that is more than data. `line` and `column` count from 1."""

    def __init__(self, name: str, line: int, column: int, cause: str, remedy: str) -> None:
        super().__init__(f"{name}, line {line}", cause, remedy)
        self.line = line
        self.column = column


@dataclass(frozen=True, slots=True)
class Node:
    """One value and where it stands; `line` and `column` count from 1.

    `value` is a scalar (str, int, float, bool, date or None), a list of nodes, or a dict from
    key to node. `raw` is a scalar as it was written, without quotes. `keys` gives for a mapping the
    node of each key itself, for messages about the key; keys are always text as written.
    """

    value: Any
    line: int
    column: int
    raw: str = ""
    keys: Mapping[str, "Node"] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """What the value is, in words for a message: "text", "a list" …"""
        for sort, words in _KINDS:
            if isinstance(self.value, sort):
                return words
        return "nothing"

    def plain(self) -> Any:
        """The value as plain Python, without places."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value


# bool before int, because True is an int in Python.
_KINDS: list[tuple[type, str]] = [
    (str, "text"),
    (bool, "true or false"),
    (int, "a whole number"),
    (float, "a number"),
    (date, "a date"),
    (list, "a list"),
    (dict, "a mapping"),
]


def load(text: str | bytes, name: str, *, limit_bytes: int = 1_000_000) -> Node:
    """The one document in `text`; an empty text is a node of None.

    Args:
        text: the file's text, or its bytes in UTF-8 (a byte order mark is dropped).
        name: what to call the file in messages.
        limit_bytes: the most bytes to look at; checked before anything is parsed.

    Raises:
        YamlProblem: for whatever is not plain data, with its place.
    """
    return _Reader(_checked_text(text, name, limit_bytes), name).read()


def _checked_text(text: str | bytes, name: str, limit_bytes: int) -> str:
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    if len(data) > limit_bytes:
        cause = f"the file has {len(data):,} bytes, more than the {limit_bytes:,} allowed"
        raise YamlProblem(name, 1, 1, cause, "Split it into smaller files.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line, column = _place(data[: error.start].decode("utf-8"))
        raise YamlProblem(name, line, column, "the file is not UTF-8 text", "Save it as UTF-8.") from error
    text = text.removeprefix("\ufeff")
    if found := _UNPRINTABLE.search(text):
        line, column = _place(text[: found.start()])
        cause = f"there is a control character (U+{ord(found[0]):04X}) in column {column}"
        raise YamlProblem(name, line, column, cause, "Delete it.")
    return text


def _place(before: str) -> tuple[int, int]:
    """Line and column, from 1, of what follows `before`."""
    lines = re.split("\r\n|[\r\n\x85\u2028\u2029]", before)
    return len(lines), len(lines[-1]) + 1


class _Reader:
    """Builds nodes from parser events, which come one by one, so that what is refused is never built."""

    def __init__(self, text: str, name: str) -> None:
        self._name = name
        self._events = self._plain_events(text)
        self._constructor = yaml.constructor.SafeConstructor()  # it remembers its nodes: one for each text

    def read(self) -> Node:
        """The document's node; goes on to the end of the text, so that what comes after is seen."""
        roots = [self._value(event, 0) for event in self._events]
        return roots[0] if roots else Node(None, 1, 1)

    def _plain_events(self, text: str) -> Iterator[Any]:
        """The parser's events for values, as long as none of them asks for more than data."""
        documents = 0
        try:
            for event in yaml.parse(text, Loader=_LOADER):
                if isinstance(event, yaml.DocumentStartEvent):
                    documents += 1
                    if documents > 1:
                        raise self._problem(event, "a second document begins", "Keep one document a file, without ---.")
                elif isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                    raise self._problem(event, "anchors (&) and aliases (*) are refused", "Write it out or quote it.")
                elif tag := getattr(event, "tag", None):
                    raise self._problem(event, f"the tag {tag} is refused", "Leave it out or quote the text.")
                elif isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent | yaml.CollectionEndEvent):
                    yield event
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            told = ", ".join(part for part in (error.context, error.problem) if part)
            remedy = "Look for a missing quote, colon or indent there or just above."
            raise YamlProblem(self._name, line, column, f"this is not YAML ({told})", remedy) from error

    def _value(self, event: Any, depth: int) -> Node:
        """The node that begins with `event`; takes the events up to its end."""
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if depth == MAX_DEPTH:
            raise self._problem(event, f"it is nested more than {MAX_DEPTH} levels deep", "Flatten it.")
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(event, depth)
        return Node([self._value(child, depth + 1) for child in self._children()], *_start(event))

    def _mapping(self, event: Any, depth: int) -> Node:
        values: dict[str, Node] = {}
        keys: dict[str, Node] = {}
        for key_event in self._children():
            if not isinstance(key_event, yaml.ScalarEvent):
                raise self._problem(key_event, "a list or mapping stands as a key", "Use plain text as the key.")
            key = self._scalar(key_event)
            if key.raw in keys:
                cause = f"the key {key.raw[:40]!r} stands here again, after line {keys[key.raw].line}"
                raise self._problem(key_event, cause, "Keep one of the two.")
            keys[key.raw] = key
            values[key.raw] = self._value(next(self._events), depth + 1)
        return Node(values, *_start(event), keys=keys)

    def _children(self) -> Iterator[Any]:
        """The events that begin each child, up to the end of the list or mapping now open."""
        while not isinstance(event := next(self._events), yaml.CollectionEndEvent):
            yield event

    def _scalar(self, event: Any) -> Node:
        if found := _UNPRINTABLE.search(event.value):
            raise self._problem(event, f"the text holds a control character (U+{ord(found[0]):04X})", "Leave it out.")
        tag = _RESOLVER.resolve(yaml.ScalarNode, event.value, event.implicit)
        if tag in ("tag:yaml.org,2002:merge", "tag:yaml.org,2002:value"):
            raise self._problem(event, f"{event.value} is a YAML command", "Write it in quotes if it is meant as text.")
        try:
            value = self._constructor.construct_object(yaml.ScalarNode(tag, event.value))
        except (ValueError, OverflowError) as error:
            cause = f"{event.value[:40]} looks like a number or date but is none"
            raise self._problem(event, cause, "Write it in quotes if it is meant as text.") from error
        return Node(value, *_start(event), raw=event.value)

    def _problem(self, event: Any, cause: str, remedy: str) -> YamlProblem:
        line, column = _start(event)
        return YamlProblem(self._name, line, column, cause, remedy)


def _start(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1
