"""A small codebook that uses every part of the format, as text and as plain data to break on purpose."""

import yaml

from lib.yaml_files.lines import load

SMALL = """\
codebook: tone
title: Tone
question: How does the text speak of the person?
source: Written for this test.
licence: CC0-1.0
confidence: false
discard_reasons: [Not readable]
fields:
  warm:
    title: Is it warm?
    kind: single
    required: true
    help: Go by the words, not by the topic.
    labels:
      yes:
        title: "Yes"
        key: y
        definition: It praises the person as kind.
        examples: ["She is always there for others."]
      no: {title: "No", key: 2}
      unsure: {}
  words:
    kind: multiple
    when: {warm: [yes, unsure]}
    labels:
      kind: {title: Kind}
      rude: {title: Rude, severe: true}
  degree:
    title: How strong is it?
    kind: scale
    when: {warm: [yes], words: [kind, rude]}
    labels: {"0": {title: None}, "1": {title: Some}, "2": {title: Strong}}
  evidence:
    kind: spans
    labels: {evidence: {}}
  idea: {kind: text}
"""


def small() -> dict:
    """The small codebook as plain data, fresh for each caller; its keys are text."""
    plain: dict = load(SMALL, "small.yaml").plain()
    return plain


def written(data: object) -> str:
    """Plain data as YAML text."""
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
