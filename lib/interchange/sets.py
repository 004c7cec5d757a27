"""Matched sets where a file names none: outputs that agree in everything but the group."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from lib.interchange.recorded import RecordedOutput


def derive_sets(outputs: Iterator[RecordedOutput], same: tuple[str, ...]) -> Iterator[RecordedOutput]:
    """Outputs with the set they belong to; `same` are the extras that a set has in common.

    Model, category, template, system prompt and decoding always count; where neither a template nor `same` says
    which prompts belong together, the prompt does, without the words for the group. The second output of a group in
    a set, if neither its repeat nor its seed tells it apart, is the second repeat and begins a set with other seconds.
    """
    seen: Counter[tuple[str, str]] = Counter()
    for output in outputs:
        key = _key(output, same)
        repeat: int | None = output.repeat if output.repeat is not None else output.seed
        if repeat is None:
            repeat = seen[key, output.group]
            seen[key, output.group] += 1
            output = replace(output, repeat=repeat)
        yield replace(output, set=_digest(key, str(repeat)))


def _key(output: RecordedOutput, same: tuple[str, ...]) -> str:
    alike = [output.extra.get(column, "") for column in same if column in output.extra]
    decoding = [output.temperature, output.top_p, output.top_k, output.max_tokens]
    wording = [] if same or output.template else [_without_group(output)]
    return json.dumps([output.model, output.category, output.template, output.system, decoding, alike, wording])


def _without_group(output: RecordedOutput) -> str:
    prompt = output.prompt
    for word in (output.term, output.group):
        if word:
            prompt = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", "{}", prompt, flags=re.IGNORECASE)
    return prompt


def _digest(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts).encode("ascii")).hexdigest()[:16]
