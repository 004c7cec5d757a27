"""Logs of Inspect: an archive (.eval) with a file a sample, or one JSON document."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lib.archives import Limits, open_archive
from lib.interchange.files import MAX_DOCUMENT, MAX_FILE, MAX_KEPT, document, parsed, trouble
from lib.interchange.formats import FORMATS, Format
from lib.interchange.gathered import content_of, dug, gathered, messages_of, variables
from lib.interchange.recorded import Recording, Row
from lib.interchange.values import as_number, as_text, as_whole, lenient

ATTACHED = "attachment://"
UNFINISHED = "Let the evaluation finish, or convert the log with: inspect log convert --to json."


def read_inspect_eval(path: Path) -> Recording:
    """An archive with header.json and samples/*.json, which is read sample by sample."""
    limits = Limits(archive=MAX_FILE, member=MAX_DOCUMENT)
    with open_archive(path, limits=limits) as archive:
        # A run that was cut off has no header yet, but what it was started with.
        header = next((name for name in ("header.json", "_journal/start.json") if name in archive), None)
        if header is None:
            raise trouble(path, "", "it is an archive without header.json, so no log of Inspect", UNFINISHED)
        log = _member(path, header, archive.read(header))
        rows: list[Row] = []
        kept = 0
        for name in archive.sizes:
            if name.startswith("samples/") and name.endswith(".json"):
                (row,) = _rows(_member(path, name, archive.read(name)), name, log, path)
                kept += sum(len(value) for value in row[1].values() if isinstance(value, str))
                if kept > MAX_KEPT:
                    raise trouble(path, name, "prompts and outputs are too large together", "Import it in parts.")
                rows.append(row)
    return _recording(path, "inspect_eval", log, rows)


def read_inspect_json(path: Path) -> Recording:
    """One document with everything in it."""
    log = document(path)
    samples = dug(log, "samples")
    if not isinstance(dug(log, "eval"), dict) or not isinstance(samples, list):
        raise trouble(path, "", "it holds no samples of Inspect", UNFINISHED)
    rows = [row for number, one in enumerate(samples, 1) for row in _rows(one, f"sample {number}", log, path)]
    return _recording(path, "inspect_json", log, rows)


def _member(path: Path, name: str, data: bytes) -> Any:
    try:
        return parsed(data.decode("utf-8"), path, name)
    except UnicodeDecodeError:
        raise trouble(path, name, "it is not UTF-8", UNFINISHED) from None


def _recording(path: Path, format: str, log: Any, rows: list[Row]) -> Recording:
    model = as_text(dug(log, "eval", "model"))
    settings = _settings(log) | {"model_args": dug(log, "eval", "model_args")}
    return gathered(path, format, FORMATS.get(format).title, rows, {model: settings}, _notes(log))


def _settings(log: Any) -> dict[str, Any]:
    """How was generated: what the task set, over what the model was opened with."""
    parts = (dug(log, "eval", "model_generate_config"), dug(log, "plan", "config"))
    return {
        name: value for part in parts if isinstance(part, dict) for name, value in part.items() if value is not None
    }


def _notes(log: Any) -> list[str]:
    task, created = dug(log, "eval", "task"), dug(log, "eval", "created")
    version = dug(log, "eval", "packages", "inspect_ai")
    name, status = dug(log, "eval", "dataset", "name"), dug(log, "status")
    return [
        f"Task {task}." if task else "",
        f"Recorded {created}." if created else "",
        f"Inspect {version}." if version else "",
        f"Data set {name}." if name else "",
        f"The evaluation ended with the status {status}." if status and status != "success" else "",
    ]


def _rows(sample: Any, place: str, log: Any, path: Path) -> Iterator[Row]:
    if not isinstance(sample, dict) or "input" not in sample:
        raise trouble(path, place, "it is no sample of Inspect", UNFINISHED)
    attached = sample.get("attachments")
    attached = attached if isinstance(attached, dict) else {}
    whole = _attached(sample.get("input"), attached)
    system, prompt = messages_of(whole) or (_system(sample), as_text(whole))
    settings, choice = _settings(log), dug(sample, "output", "choices", 0)
    completion = content_of(_attached(dug(choice, "message", "content"), attached))
    error = dug(sample, "error", "message") or dug(sample, "output", "error")
    limit = as_text(dug(sample, "limit", "type"))
    yield (
        place,
        {
            "prompt": prompt,
            "completion": completion or as_text(dug(sample, "output", "completion")),
            "model": _model(log, sample),
            "system": system,
            "repeat": lenient(as_whole, sample.get("epoch")),
            "seed": lenient(as_whole, settings.get("seed")),
            "finish": as_text(dug(choice, "stop_reason")) or limit,
            "error": as_text(error).split("\n")[0][:500],
            "temperature": lenient(as_number, settings.get("temperature")),
            "top_p": lenient(as_number, settings.get("top_p")),
            "top_k": lenient(as_whole, settings.get("top_k")),
            "max_tokens": lenient(as_whole, settings.get("max_tokens")),
            "id": as_text(sample.get("id")),
            "target": as_text(sample.get("target")),
        }
        | variables(sample.get("metadata")),
    )


def _model(log: Any, sample: dict[str, Any]) -> str:
    """The model of the evaluation; where a task chose its models itself, the one that answered."""
    stated = as_text(dug(log, "eval", "model"))
    return stated if stated not in ("", "none", "none/none") else as_text(dug(sample, "output", "model"))


def _system(sample: dict[str, Any]) -> str:
    """The system message that a solver put in front of an input that is plain text."""
    messages = sample.get("messages")
    found = messages_of(messages[:1]) if isinstance(messages, list) else None
    return found[0] if found else ""


def _attached(value: Any, attachments: dict[str, Any], depth: int = 0) -> Any:
    """A value with the long texts that a log keeps apart put back."""
    if isinstance(value, str) and value.startswith(ATTACHED):
        return attachments.get(value.removeprefix(ATTACHED), value)
    if isinstance(value, list) and depth < 10:
        return [_attached(one, attachments, depth + 1) for one in value]
    if isinstance(value, dict) and depth < 10:
        return {name: _attached(one, attachments, depth + 1) for name, one in value.items()}
    return value


EVAL: Format = FORMATS.register(
    "inspect_eval",
    Format(
        id="inspect_eval",
        title="Inspect log",
        endings=(".eval",),
        sniff=lambda path, start: (
            path.suffix.lower() == ".eval" or (start[:4] == b"PK\x03\x04" and b"samples/" in start)
        ),
        read=read_inspect_eval,
        help="A log as Inspect writes it; metadata of the samples become columns.",
        source="https://inspect.aisi.org.uk/eval-logs.html",
        tested="0.3.285",
    ),
)
JSON: Format = FORMATS.register(
    "inspect_json",
    Format(
        id="inspect_json",
        title="Inspect log as JSON",
        endings=(".json",),
        sniff=lambda path, start: b'"eval"' in start[:300] and b'"status"' in start[:300],  # noqa: ARG005 - all are called alike
        read=read_inspect_json,
        help="A log with log_format “json”, or converted with: inspect log convert --to json.",
        source="https://inspect.aisi.org.uk/eval-logs.html",
        tested="0.3.285",
    ),
)
