"""A prompt grid as YAML that people keep and share, and as JSON that the store keeps."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

import yaml

from lib.errors import GridError
from lib.grid import shape
from lib.types import Decoding, Dtype, GridSpec, Json, PromptFormat
from lib.yaml_files.lines import YamlProblem, load

_HEADER = """\
# A prompt grid of Evenhand: which prompts of a bank to ask which models, and how.
# Run it from the project's folder with:  python -m lib run grid.yaml
# For groups, contexts and templates an empty list, or none, means "all of them".
"""

_DECODING = shape.record(
    {
        "temperature": shape.number,
        "top_p": shape.number,
        "top_k": shape.whole_number,
        "repetition_penalty": shape.number,
        "max_new_tokens": shape.whole_number,
    }
)
_SPEC = shape.record(
    {
        "name": shape.text,
        "bank": shape.text,
        "vary": shape.list_of(shape.text),
        "models": shape.list_of(shape.text),
        "groups": shape.mapping_of(shape.list_of(shape.text)),
        "contexts": shape.mapping_of(shape.list_of(shape.text)),
        "templates": shape.list_of(shape.text),
        "formats": shape.list_of(shape.one_of(PromptFormat)),
        "decodings": shape.list_of(_DECODING),
        "repeats": shape.whole_number,
        "terms_per_group": shape.whole_number,
        "seed": shape.whole_number,
        "system": shape.text,
        "dtype": shape.one_of(Dtype),
    },
    required=("name", "bank", "vary", "models"),
)


def spec_to_yaml(spec: GridSpec) -> str:
    """The grid as YAML with a comment that says what it is; `spec_from_yaml` gives back an equal grid."""
    return _HEADER + yaml.safe_dump(spec_to_json(spec), sort_keys=False, allow_unicode=True, width=110)


def spec_from_yaml(text: str | bytes, name: str) -> GridSpec:
    """The grid in a YAML text (bytes: UTF-8); left-out keys take their defaults. `name` is the file in messages.

    Raises:
        GridError: it is not plain YAML, or a key or value is not right; with file and line.
    """
    try:
        node = load(text, name)
    except YamlProblem as problem:
        raise GridError(problem.thing, problem.cause, problem.remedy) from problem
    _SPEC(node, name)
    return spec_from_json(node.plain())


def spec_to_json(spec: GridSpec) -> Json:
    """The grid as plain dicts, lists, strings and numbers."""
    fields: Json = _plain(asdict(spec))
    return fields


def spec_from_json(data: Mapping[str, Any]) -> GridSpec:
    """The grid that `spec_to_json` gave; keys with defaults may be missing."""
    return GridSpec(**{key: _FROM_PLAIN[key](value) if key in _FROM_PLAIN else value for key, value in data.items()})


def _plain(value: Any) -> Any:
    """`value` without tuples and enums, which JSON and YAML do not have."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, str) else value


def _tuples(lists: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(names) for key, names in lists.items()}


_FROM_PLAIN: Mapping[str, Callable[[Any], Any]] = {
    "vary": tuple,
    "models": tuple,
    "templates": tuple,
    "groups": _tuples,
    "contexts": _tuples,
    "formats": lambda words: tuple(PromptFormat(word) for word in words),
    "decodings": lambda settings: tuple(Decoding(**setting) for setting in settings),
    "dtype": Dtype,
}
