"""Dataclasses of `lib.types` to JSON and back, by their type hints: for messages to workers and for the store.

Written here rather than left to a validation library because model output must pass unchanged:
those refuse lone surrogates, which an endpoint's JSON may well contain.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


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
    """What `to_json` made of a `kind`, made whole again; fields that `kind` does not know are left out."""
    return _restore(kind, data)


def dump(value: Any) -> str:
    """A dataclass or plain JSON values as JSON text."""
    return json.dumps(to_json(value), ensure_ascii=False)


def parse(kind: type[T], text: str) -> T:
    """JSON text as an instance of `kind`."""
    return from_json(kind, json.loads(text))


def _restore(kind: Any, data: Any) -> Any:
    return _restorer(kind)(data)


@cache
def _restorer(kind: Any) -> Callable[[Any], Any]:
    """What makes a value of this kind whole again; found out once a kind, for there may be 100,000 values of it."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):  # only `X | None` occurs
        inner = _restorer(next(argument for argument in arguments if argument is not NoneType))
        return lambda data: None if data is None else inner(data)
    if origin in (tuple, list):
        inner, sequence = _restorer(arguments[0]), origin
        return lambda data: sequence(map(inner, data))
    if origin is not None and issubclass(origin, Mapping):
        inner = _restorer(arguments[1])
        return lambda data: {key: inner(item) for key, item in data.items()}
    if isinstance(kind, type) and is_dataclass(kind):
        hints = {name: _restorer(hint) for name, hint in get_type_hints(kind).items()}
        return lambda data: kind(**{name: hints[name](item) for name, item in data.items() if name in hints})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    return datetime.fromisoformat if kind is datetime else lambda data: data
