"""promptfoo's JSON output: one result a prompt, provider, test and repetition."""

import json
from pathlib import Path
from typing import Any

from lib.interchange.files import document, trouble
from lib.interchange.formats import FORMATS, Format
from lib.interchange.gathered import dug, gathered, messages_of, variables
from lib.interchange.recorded import Recording, Row
from lib.interchange.values import as_number, as_text, as_whole, lenient


def read_promptfoo(path: Path) -> Recording:
    """The results of an evaluation; variables and metadata of the tests become columns."""
    data = document(path)
    holder = dug(data, "results")
    results = holder if isinstance(holder, list) else dug(holder, "results")
    if not isinstance(results, list):
        raise trouble(path, "", "it holds no results of promptfoo", "Write it with promptfoo eval --output out.json.")
    configs = _providers(dug(data, "config", "providers"))
    results = sorted((one for one in results if isinstance(one, dict)), key=_order)
    rows: list[Row] = [(f"result {number}", _values(one, configs)) for number, one in enumerate(results, 1)]
    return gathered(path, "promptfoo", FORMAT.title, rows, configs, _notes(data))


def _notes(data: Any) -> list[str]:
    version = dug(data, "metadata", "promptfooVersion")
    created = dug(data, "results", "timestamp") or dug(data, "metadata", "evaluationCreatedAt")
    description = as_text(dug(data, "config", "description"))
    return [
        f"promptfoo {version}." if version else "",
        f"Evaluated {created}." if created else "",
        f"Description: {description[:300]}" if description else "",
    ]


def _order(result: dict[str, Any]) -> tuple[int, int]:
    """Results come as they finished; their tests and prompts are numbered."""
    first, second = (lenient(as_whole, result.get(name)) for name in ("testIdx", "promptIdx"))
    return (first or 0, second or 0)


def _providers(listed: Any) -> dict[str, dict[str, Any]]:
    """The settings of each provider, by its label or id."""
    configs = {}
    for one in listed if isinstance(listed, list) else []:
        if isinstance(one, dict) and (name := as_text(one.get("label") or one.get("id"))):
            configs[name] = {"id": one.get("id")} | (one["config"] if isinstance(one.get("config"), dict) else {})
        elif isinstance(one, str):
            configs[one] = {"id": one}
    return configs


def _values(result: dict[str, Any], configs: dict[str, dict[str, Any]]) -> dict[str, Any]:
    provider = result.get("provider")
    name = as_text(dug(provider, "label") or dug(provider, "id")) if isinstance(provider, dict) else as_text(provider)
    raw = as_text(dug(result, "prompt", "raw"))
    system, prompt = _chat(raw) or ("", raw)
    settings = configs.get(name, {})
    output = dug(result, "response", "output")
    error = as_text(dug(result, "response", "error")) or ("" if output is not None else as_text(result.get("error")))
    metadata = dug(result, "testCase", "metadata")
    return {
        "prompt": prompt,
        "completion": "" if error else output,
        "model": name,
        "system": system,
        "template": as_text(dug(result, "prompt", "label") or dug(result, "prompt", "display")),
        "finish": as_text(dug(result, "response", "finishReason")),
        "error": error.split("\n")[0][:500],
        "temperature": lenient(as_number, settings.get("temperature")),
        "top_p": lenient(as_number, settings.get("top_p")),
        "max_tokens": lenient(as_whole, settings.get("max_tokens")),
        "seed": lenient(as_whole, settings.get("seed")),
    } | variables(result.get("vars"), metadata)


def _chat(raw: str) -> tuple[str, str] | None:
    """System and user text where the prompt is a chat written as JSON."""
    try:
        return messages_of(json.loads(raw)) if raw.lstrip().startswith("[") else None
    except (ValueError, RecursionError):
        return None


def _sniff(path: Path, start: bytes) -> bool:  # noqa: ARG001 - all are called alike
    begin = start.lstrip()[:400]
    return begin.startswith(b"{") and b'"results"' in begin and (b'"evalId"' in begin or b'"version"' in begin)


FORMAT: Format = FORMATS.register(
    "promptfoo",
    Format(
        id="promptfoo",
        title="promptfoo JSON",
        endings=(".json",),
        sniff=_sniff,
        read=read_promptfoo,
        help="What promptfoo eval --output out.json writes.",
        source="https://www.promptfoo.dev/docs/configuration/outputs/",
        tested="0.121.20",
    ),
)
