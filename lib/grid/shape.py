"""Check that a YAML node has the shape a field needs, and say where it has not.

A shape is a function that returns for a right node and raises GridError for a wrong one.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum

from lib.errors import GridError
from lib.registry import suggest
from lib.yaml_files.lines import Node

Shape = Callable[[Node, str], None]
"""Called with the node and what to call its file in messages."""


def text(node: Node, name: str) -> None:
    """Text; what only looks like a number, a date, or yes and no has to be quoted."""
    if not isinstance(node.value, str):
        raise _wrong(node, name, "text", f'Write it in quotes: "{node.raw}".' if node.raw else "Write text here.")


def whole_number(node: Node, name: str) -> None:
    """A whole number."""
    if not isinstance(node.value, int) or isinstance(node.value, bool):
        raise _wrong(node, name, "a whole number", "Write one, such as 1, without quotes.")


def number(node: Node, name: str) -> None:
    """A whole or decimal number."""
    if not isinstance(node.value, int | float) or isinstance(node.value, bool):
        raise _wrong(node, name, "a number", "Write one, such as 0.7, without quotes.")


def one_of(words: type[StrEnum]) -> Shape:
    """One word of an enum."""

    def shape(node: Node, name: str) -> None:
        text(node, name)
        if node.value not in list(words):
            raise GridError(_place(node, name), f"{node.value!r} is not known here", suggest(node.value, list(words)))

    return shape


def list_of(each: Shape) -> Shape:
    """A list whose every entry has the shape `each`."""

    def shape(node: Node, name: str) -> None:
        if not isinstance(node.value, list):
            raise _wrong(node, name, "a list", "Write the entries as [one, another].")
        for entry in node.value:
            each(entry, name)

    return shape


def mapping_of(each: Shape) -> Shape:
    """A mapping with keys of any name and values of the shape `each`."""

    def shape(node: Node, name: str) -> None:
        _need_mapping(node, name)
        for value in node.value.values():
            each(value, name)

    return shape


def record(fields: Mapping[str, Shape], required: tuple[str, ...] = ()) -> Shape:
    """A mapping with these keys only, `required` ones present."""

    def shape(node: Node, name: str) -> None:
        _need_mapping(node, name)
        for key, value in node.value.items():
            if key not in fields:
                raise GridError(_place(node.keys[key], name), f"the key {key!r} is unknown", suggest(key, list(fields)))
            fields[key](value, name)
        for key in required:
            if key not in node.value:
                raise GridError(_place(node, name), f"the key {key!r} is missing", f"Add a line that begins `{key}:`.")

    return shape


def _need_mapping(node: Node, name: str) -> None:
    if not isinstance(node.value, dict):
        raise _wrong(node, name, "a mapping", "Write lines of `key: value`.")


def _place(node: Node, name: str) -> str:
    return f"{name}, line {node.line}"


def _wrong(node: Node, name: str, wanted: str, remedy: str) -> GridError:
    return GridError(_place(node, name), f"there should be {wanted}, but it is {node.kind}", remedy)
