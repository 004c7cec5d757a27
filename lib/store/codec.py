"""Shared dataclasses to JSON text and back, by their type hints."""

import json
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")


def dump(value: Any) -> str:
    """A dataclass of lib.types, or plain JSON values, as JSON text."""
    return json.dumps(asdict(value) if is_dataclass(value) else value, ensure_ascii=False)  # type: ignore[arg-type]  # is_dataclass also admits classes


def parse(kind: type[T], text: str) -> T:
    """JSON text as an instance of the dataclass `kind`; fields it does not know are left out."""
    return build(kind, json.loads(text))


def build(kind: Any, value: Any) -> Any:
    """Plain JSON values as `kind`: a dataclass, tuple, mapping, enum, optional, or a plain type."""
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: build(hints[name], item) for name, item in value.items() if name in hints})
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple:
        return tuple(build(arguments[0], item) for item in value)
    if origin is Mapping:
        return {name: build(arguments[1], item) for name, item in value.items()}
    if origin is UnionType:
        return None if value is None else build(arguments[0], value)
    return kind(value) if isinstance(kind, type) and issubclass(kind, StrEnum) else value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
