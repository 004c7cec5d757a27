"""Names for regions, proposed by a model of the catalogue; the auditor takes or leaves them."""

import re
from collections.abc import Sequence

from lib.models.catalogue import Catalogue
from lib.runs.control import Outcome
from lib.store.store import Store
from lib.types import Decoding, Dtype, Finish, Job, ModelEntry, ModelKind, PromptFormat, Region, Response
from lib.workflows.background import Request
from lib.workflows.execution import answer

NAMED = Decoding(temperature=0.0, max_new_tokens=16)
"""Greedy, so that the same region gets the same name."""

EXAMPLES = 3
EXCERPT = 240
LONGEST = 48
_ABOUT_TEXTS = re.compile(r"(?:the|these|this|both)?\s*(?:texts?|sentences?|passages?)\b", re.IGNORECASE)
"""How a model begins that describes its task instead of a topic: that is no name."""

_OPENING = re.compile(r"^\s*(?:title|name|topic)\s*[:\-]\s*", re.IGNORECASE)


def propose_names(store: Store, catalogue: Catalogue, map_id: str, model_id: str, request: Request) -> None:
    """Ask a model what each region of a map is about, and keep its answers as proposals.

    Raises:
        ModelError: there is no such model, or it does not load.
    """
    entry = catalogue.get(model_id)
    regions = store.maps.regions(map_id)
    request.expect(len(regions))
    request.activity = f"asking {entry.title} for names"
    jobs = [
        Job(region.no, prompt_for(region, excerpts(store, region)), format_of(entry), NAMED, 0) for region in regions
    ]

    def keep(responses: list[Response]) -> None:
        for response in responses:
            if response.finish is Finish.FAILED:
                request.problems[entry.title] = f"Some regions got no name: {response.error}"
            elif name := name_in(response.text):
                store.maps.propose_name(map_id, response.no, name)
        request.advance(len(responses))

    outcome, _ = answer(catalogue, entry, Dtype.FP32, jobs, control=request.control, keep=keep)
    if outcome is Outcome.DONE and not any(region.proposed for region in store.maps.regions(map_id)):
        request.problems[entry.title] = "It answered nothing that could be a name."


def excerpts(store: Store, region: Region) -> list[str]:
    """The beginnings of a region's most central responses."""
    stored = store.responses.some(region.central[:EXAMPLES])
    return [" ".join(each.response.text.split())[:EXCERPT] for each in stored if each.response]


def prompt_for(region: Region, examples: Sequence[str]) -> str:
    """The question about one region. It holds no example title: small models give that back."""
    words = ", ".join(word for word, _ in region.words)
    quoted = "\n".join(examples)
    return (
        f"{quoted}\n\nThe texts above belong together. Their typical words: {words}.\n"
        "What is their common topic, in two to five words?\nTopic:"
    )


def format_of(entry: ModelEntry) -> PromptFormat:
    """As the model wants to be asked."""
    return PromptFormat.CHAT if entry.kind is ModelKind.CHAT else PromptFormat.PLAIN


def name_in(text: str) -> str:
    """The name in a model's answer: its first line without quotation marks, cut between words; "" for none."""
    line = next((line for line in text.splitlines() if line.strip()), "")
    if _ABOUT_TEXTS.match(line.strip()):
        return ""
    bare = _OPENING.sub("", line).strip(" \t\"'“”‘’*.#-")
    return bare if len(bare) <= LONGEST else bare[: LONGEST + 1].rpartition(" ")[0].rstrip(" ,;:")
