"""What parent and worker say to each other: JSON lines, and dataclasses to JSON and back.

| to the worker | |
|---|---|
| `load` | everything `open_generator` needs, and `share`: how much of its usual memory to plan with |
| `generate` | `jobs` |
| `close` | finish and leave |

| to the parent | |
|---|---|
| `loaded` | `facts` of the model |
| `refused` | `thing`, `cause`, `remedy`: the model does not load |
| `want` | `count`: how many more jobs there is room for |
| `response` | `response` |
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import IO, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from lib.types import Json

T = TypeVar("T")


def write_message(stream: IO[bytes], message: Json) -> None:
    """Send one message; raises OSError when the other side is gone."""
    stream.write(json.dumps(message).encode("ascii") + b"\n")
    stream.flush()


def read_messages(stream: IO[bytes]) -> Iterator[Json]:
    """Every message until the other side closes; a line cut short by its death is no message."""
    for line in stream:
        if line.endswith(b"\n"):
            yield json.loads(line)


def to_json(value: Any) -> Any:
    """Dataclasses, enums, dates, mappings and sequences as what JSON knows."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: to_json(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [to_json(item) for item in value]
    return value


def from_json(kind: type[T], data: Any) -> T:
    """What `to_json` made of a `kind`, made whole again."""
    return _restore(kind, data)


def _restore(kind: Any, data: Any) -> Any:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):  # only `X | None` occurs
        inner = next(argument for argument in arguments if argument is not NoneType)
        return None if data is None else _restore(inner, data)
    if origin is tuple:
        return tuple(_restore(arguments[0], item) for item in data)
    if origin is list:
        return [_restore(arguments[0], item) for item in data]
    if origin is not None and issubclass(origin, Mapping):
        return {key: _restore(arguments[1], item) for key, item in data.items()}
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: _restore(hints[name], item) for name, item in data.items()})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(data)
    if kind is datetime:
        return datetime.fromisoformat(data)
    return data


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
