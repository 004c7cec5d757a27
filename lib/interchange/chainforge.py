"""ChainForge flows: the cached responses of their prompt and chat nodes, with variables and model settings.

A flow's cache has "<node>.json" with the responses of the last run, and "<node>_<n>.json" with everything ever asked
of one model. Newer versions keep each text once, in a list "__s", and write its number; older ones write a plain
list of responses, or call variables "info".
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lib.interchange.files import document, trouble
from lib.interchange.formats import FORMATS, Format
from lib.interchange.gathered import dug, gathered, messages_of, variables
from lib.interchange.recorded import Recording, Row
from lib.interchange.values import as_number, as_text, as_whole, lenient

NODE = re.compile(r"(?:prompt|chat)\w*-", re.IGNORECASE)
PART = re.compile(r"_\d+\.json$")
NEVER_RUN = "Run it in ChainForge, and export it with its responses."


def read_chainforge(path: Path) -> Recording:
    """Every response of every prompt node; each node's answers stand in the column “node”."""
    data = document(path)
    cache, nodes = dug(data, "cache"), dug(data, "flow", "nodes")
    if not isinstance(cache, dict):
        raise trouble(path, "", "it is no ChainForge flow with a cache", NEVER_RUN)
    strings = _list(cache.get("__s"))
    texts = {as_text(dug(node, "id")): dug(node, "data", "prompt") for node in _list(nodes)}
    rows: list[Row] = []
    models: dict[str, dict[str, Any]] = {}
    for key, entry in cache.items():
        node = key.removesuffix(".json")
        if NODE.match(key) and not PART.search(key):
            specs = _specs(entry)
            models |= {name: _settings(spec) for name, spec in specs.items()}
            for response in _responses(cache, entry):
                rows += _rows(response, node, texts.get(node), specs, strings)
    if not rows:
        raise trouble(path, "", "no responses are stored in this flow", NEVER_RUN)
    numbered = [(f"response {number}", values) for number, (_, values) in enumerate(rows, 1)]
    return gathered(path, "chainforge", FORMAT.title, numbered, models, _notes(rows))


def _notes(rows: list[Row]) -> list[str]:
    nodes = list(dict.fromkeys(values["node"] for _, values in rows))
    return [f"It has responses of {len(nodes)} nodes: {', '.join(nodes)[:300]}."] if len(nodes) > 1 else []


def _specs(entry: Any) -> dict[str, Any]:
    """The settings of each model by its name in this node."""
    files = dug(entry, "cache_files")
    specs = files.values() if isinstance(files, dict) else []
    return {
        name: spec for spec in specs if (name := as_text(dug(spec, "name")) or (spec if isinstance(spec, str) else ""))
    }


def _responses(cache: dict[str, Any], entry: Any) -> Iterator[Any]:
    """The responses of the last run; where they were not kept, everything the node ever asked."""
    last = entry if isinstance(entry, list) else dug(entry, "responses_last_run")
    if isinstance(last, list) and last:
        yield from last
        return
    files = dug(entry, "cache_files")
    for name, spec in (files if isinstance(files, dict) else {}).items():
        asked = cache.get(name)
        for answers in (asked if isinstance(asked, dict) else {}).values():
            for one in answers if isinstance(answers, list) else [answers]:
                if isinstance(one, dict):
                    yield {"llm": spec} | one


def _rows(response: Any, node: str, text: Any, specs: dict[str, Any], strings: list[Any]) -> Iterator[Row]:
    if not isinstance(response, dict):
        return
    llm = response.get("llm")
    name = as_text(dug(llm, "name")) if isinstance(llm, dict) else as_text(_whole(llm, strings))
    named = {key: _whole(value, strings) for key, value in _pairs(response.get("vars") or response.get("info"))}
    # A variable called {=temperature} is no part of the prompt: it changes that setting for this prompt.
    changed = {key[1:]: value for key, value in named.items() if key.startswith("=")}
    settings = _settings(llm if isinstance(llm, dict) else specs.get(name)) | changed
    meta = {key: _whole(value, strings) for key, value in _pairs(response.get("metavars"))}
    template = as_text(meta.get("__pt") or text)
    history = messages_of(response.get("chat_history"))
    values = {
        "prompt": as_text(_whole(response.get("prompt"), strings)),
        "model": name,
        "system": (history or ("", ""))[0] or as_text(settings.get("system_msg")),
        "template": template,
        "temperature": lenient(as_number, settings.get("temperature")),
        "top_p": _set(as_number, settings.get("top_p")),
        "top_k": _set(as_whole, settings.get("top_k")),
        "max_tokens": _set(as_whole, settings.get("max_tokens") or settings.get("max_tokens_to_sample")),
        "node": node,
    }
    if history:
        values["history"] = history[1]
    hidden = {key: value for key, value in meta.items() if not re.match(r"__|LLM_\d", key)}
    values |= variables(named, hidden)
    for repeat, answer in enumerate(_list(response.get("responses"))):
        answer = _whole(answer, strings)
        seen = isinstance(answer, dict)
        error = "It is a picture or a document, not text." if seen else ""
        yield "", values | {"completion": "" if seen else answer, "repeat": repeat, "error": error}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _pairs(value: Any) -> list[tuple[str, Any]]:
    return list(value.items()) if isinstance(value, dict) else []


def _settings(spec: Any) -> dict[str, Any]:
    settings = dug(spec, "settings")
    return {"model": dug(spec, "model")} | (settings if isinstance(settings, dict) else {})


def _set(convert: Any, value: Any) -> Any:
    """A setting, None where the provider's own default was used, which is written as -1."""
    number = lenient(convert, value)
    return number if number is not None and number >= 0 else None


def _whole(value: Any, strings: list[Any]) -> Any:
    """A text that is written by its number in the list of texts."""
    number = isinstance(value, int) and not isinstance(value, bool)
    return strings[value] if number and 0 <= value < len(strings) else value


def _sniff(path: Path, start: bytes) -> bool:
    return path.suffix.lower() == ".cforge" or (start.lstrip().startswith(b"{") and b'"flow"' in start[:200])


FORMAT = FORMATS.register(
    "chainforge",
    Format(
        id="chainforge",
        title="ChainForge flow",
        endings=(".cforge",),
        sniff=_sniff,
        read=read_chainforge,
        help="A flow exported with its responses; variables become columns.",
        source="https://github.com/ianarawjo/ChainForge",
        tested="0.3.6",
    ),
)
