"""Sample logs of the lm-evaluation-harness: generated texts, with the documents they are about.

A log has a line a document (and a filter): `arguments` holds the prompt and how it was generated, `resps` what came
back before any filter. Tasks that compare likelihoods record numbers, and have no outputs.
"""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

from lib.errors import InterchangeError
from lib.interchange.files import MAX_DOCUMENT, check_rows, document, lines, parsed, trouble
from lib.interchange.formats import FORMATS, Format
from lib.interchange.gathered import dug, gathered, messages_of, variables
from lib.interchange.recorded import Recording, Row
from lib.interchange.values import as_number, as_text, as_whole, lenient

NAME = re.compile(r"samples_(?P<task>.+)_(?P<date>\d{4}-\d\d-\d\dT[\d\-.:]+)$")


def read_lm_eval(path: Path) -> Recording:
    """Every generated text; the model's name comes from the results that lie beside the log, else from its folder."""
    results = _results(path)
    model = as_text(dug(results, "model_name") or dug(results, "config", "model")) or path.resolve().parent.name
    rows: list[Row] = []
    taken, skipped = Taken(), 0
    for number, text in lines(path):
        if not text.strip():
            continue
        place = f"line {number}"
        sample = parsed(text, path, place)
        if not isinstance(sample, dict) or "resps" not in sample:
            raise trouble(path, place, "it is no sample of the harness", "Write the log with --log_samples.")
        if taken.again(sample):
            skipped += 1
            continue
        rows += _rows(sample, path, place, model)
        check_rows(path, len(rows))
    notes = _notes(path, results, skipped)
    return gathered(path, "lm_eval", FORMAT.title, rows, {model: _settings(results)}, notes)


class Taken:
    """Knows which lines say once more, for another filter, what came back; lines of another run do not."""

    def __init__(self) -> None:
        self._lines: Counter[tuple[int, str]] = Counter()
        self._kept: Counter[int] = Counter()

    def again(self, sample: dict[str, Any]) -> bool:
        """Whether a line is the same document, request and answers as one before, for another filter."""
        about = sample.get("doc_hash") or sample.get("doc")
        key = hash(as_text([sample.get("doc_id"), about, sample.get("arguments"), sample.get("resps")]))
        line = (key, as_text(sample.get("filter")))
        self._lines[line] += 1
        if self._lines[line] <= self._kept[key]:
            return True
        self._kept[key] += 1
        return False


def _rows(sample: dict[str, Any], path: Path, place: str, model: str) -> list[Row]:
    prompt, how = _arguments(sample.get("arguments"))
    answers = _flat(sample.get("resps"))
    if not isinstance(how, dict) or not all(isinstance(answer, str) or answer is None for answer in answers):
        cause = "it records likelihoods, not texts"
        raise trouble(path, place, cause, "Import the log of a task whose output_type is generate_until.")
    system, text = _chat(prompt) or ("", prompt)
    values = {
        "prompt": text,
        "model": model,
        "system": system,
        "temperature": lenient(as_number, how.get("temperature")),
        "top_p": lenient(as_number, how.get("top_p")),
        "top_k": lenient(as_whole, how.get("top_k")),
        "max_tokens": lenient(as_whole, how.get("max_gen_toks")),
        **({"doc_id": as_text(sample["doc_id"])} if "doc_id" in sample else {}),
        "target": as_text(sample.get("target")),
    } | variables(sample.get("doc"))
    return [(place, values | {"completion": answer, "repeat": repeat}) for repeat, answer in enumerate(answers)]


def _arguments(value: Any) -> tuple[str, Any]:
    """Prompt and settings of the first request: named gen_args_0 and arg_0 today, plain lists before."""
    first = dug(value, "gen_args_0") if isinstance(value, dict) else dug(value, 0)
    if isinstance(first, dict):
        return as_text(first.get("arg_0")), first.get("arg_1")
    return as_text(dug(first, 0)), dug(first, 1)


def _flat(value: Any) -> list[Any]:
    """The answers to the first request; lists may stand in lists."""
    first = dug(value, 0)
    return first if isinstance(first, list) else [first]


def _chat(prompt: str) -> tuple[str, str] | None:
    """System and user text where a chat was sent as JSON."""
    try:
        return messages_of(json.loads(prompt)) if prompt.lstrip().startswith("[") else None
    except (ValueError, RecursionError):
        return None


def _results(path: Path) -> Any:
    """The results that were written with a log: in the same folder, with the same date."""
    named = NAME.match(path.stem)
    beside = path.with_name(f"results_{named['date']}.json") if named else None
    if beside is None or not beside.is_file() or beside.stat().st_size > MAX_DOCUMENT:
        return None
    try:
        return document(beside)
    except InterchangeError:
        return None  # the log can be read without it


def _settings(results: Any) -> dict[str, Any]:
    config = dug(results, "config")
    kept = ("model", "model_args", "model_revision", "model_dtype", "gen_kwargs", "batch_size", "random_seed")
    return {name: config[name] for name in kept if isinstance(config, dict) and config.get(name) is not None}


def _notes(path: Path, results: Any, skipped: int) -> list[str]:
    named, version = NAME.match(path.stem), dug(results, "lm_eval_version")
    return [
        f"Task {named['task']}." if named else "",
        f"Recorded {named['date']}." if named else "",
        f"lm-evaluation-harness {version}." if version else "",
        "" if results else "No results file lies beside it, so the model is called after the folder.",
        f"{skipped:,} lines repeat an output for another filter. Each output is taken once." if skipped else "",
    ]


def _sniff(path: Path, start: bytes) -> bool:
    first = start.split(b"\n", 1)[0]
    return path.suffix.lower() == ".jsonl" and all(name in first for name in (b'"doc"', b'"resps"', b'"arguments"'))


FORMAT: Format = FORMATS.register(
    "lm_eval",
    Format(
        id="lm_eval",
        title="lm-evaluation-harness samples",
        endings=(".jsonl",),
        sniff=_sniff,
        read=read_lm_eval,
        help="A samples_<task>_<date>.jsonl of a run with --log_samples; keep the results file beside it.",
        source="https://github.com/EleutherAI/lm-evaluation-harness",
        tested="0.4.13",
    ),
)
