"""What the columns of exported data hold, in words."""

MEANINGS = {
    "run": "the audit's run",
    "no": "number of the prompt within the run; the same in every part",
    "cell": "hash of everything that determines the response, or the number of the response in annotations",
    "set_id": "matched set: the prompts that differ in the group alone",
    "bank": "prompt bank",
    "template": "template of the prompt",
    "context": "what is held fixed in the matched set, by slot; under extra: what else an imported file said",
    "group": "the group that the prompt names",
    "groups": "the group by attribute",
    "terms": "the words put in the prompt, by slot",
    "model": "model that answered",
    "format": "how the prompt was wrapped",
    "temperature": "temperature; 0 is greedy, empty is not recorded",
    "top_p": "nucleus; 1 is off",
    "top_k": "candidates; 0 is off",
    "repetition_penalty": "penalty; 1 is off",
    "max_new_tokens": "tokens allowed; empty is not recorded",
    "decoding": "decoding settings in words",
    "repeat": "sample of the same prompt, from 0",
    "seed": "random seed, shared by a matched set; empty is not recorded",
    "system": "system prompt",
    "prompt": "prompt",
    "finish": "stop: ended by itself; length: cut off; failed: no response",
    "text": "the response",
    "error": "why there is no response",
    "prompt_sent": "prompt as the model read it, wrapper included",
    "prompt_tokens": "tokens of the prompt",
    "new_tokens": "tokens of the response",
    "seconds": "seconds of computing",
    "created": "when it was stored (UTC)",
    "outcome": "what became of the prompt: stopped, cut off, empty, failed or pending",
    "annotator": "who annotated",
    "act": "what the annotator did",
    "current": "whether this is the version that counts",
}


def meaning(column: str) -> str:
    """What a column holds; for a score which scorer and measure, for an answer which field of the codebook."""
    if column in MEANINGS:
        return MEANINGS[column]
    sort, _, name = column.partition(".")
    if sort == "answer" and name:
        return f"what was answered to {name}"
    if name in ("label", "outcome"):
        return f"{name} that the scorer {sort} gave"
    return f"measure {name} of the scorer {sort}" if name else ""
