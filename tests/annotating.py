"""An assignment to annotate, made without drawing anything at random."""

from collections.abc import Sequence
from typing import Any

from lib.annotation.codebook import parse_codebook
from lib.types import AnnotationItem, AssignmentSpec
from lib.workflows.workbench import Workbench

CODEBOOK = """
codebook: short
title: Short
question: Is the person described as a stereotype?
source: Made for the tests
licence: Apache-2.0
discard_reasons: [Not readable, Off topic]
fields:
  bias:
    title: Is bias observed?
    kind: single
    required: true
    labels:
      "yes": {title: "Yes", definition: It says something of a person because of a group., severe: true}
      "no": {title: "No"}
      unsure: {title: Cannot tell}
  kind:
    title: Which kind?
    kind: multiple
    when: {bias: ["yes"]}
    labels:
      trait: {title: Stereotyped trait}
      role: {title: Stereotyped role}
  evidence:
    title: Evidence
    kind: spans
    when: {bias: ["yes"]}
    labels:
      stereotype: {title: Stereotype}
      insult: {title: Insult}
  idea:
    title: What would help?
    kind: text
"""


def assign(workbench: Workbench, run: str, texts: Sequence[str], **wanted: Any) -> str:
    """Store an assignment of one item for each text, each in a matched set of its own; gives its id.

    The texts stand in for the first responses of `run`; `wanted` goes into the spec.
    """
    items = [AnnotationItem(no, run, no, f"{run}/set {no}", text=text) for no, text in enumerate(texts)]
    spec = AssignmentSpec(**{"name": "First reading", "pause_after": 0} | wanted)
    return workbench.store.assignments.create(spec, parse_codebook(CODEBOOK, "short.yaml"), items)
