"""What is asked of an endpoint for one job, and what its answer says."""

import json
from dataclasses import dataclass

from lib.models.formatting import messages, wrap
from lib.types import Finish, Job, Json, PromptFormat


@dataclass(frozen=True, slots=True)
class Answer:
    """An endpoint's answer: completion, how it ended, tokens used, a remark where one is needed.

    `model` and `fingerprint` are the server's names for what answered.
    """

    text: str
    finish: Finish
    prompt_tokens: int
    new_tokens: int
    remark: str = ""
    model: str = ""
    fingerprint: str = ""


def body(job: Job) -> Json:
    """The job's own part of the request: conversation for the chat format, else the wrapped prompt."""
    if job.format is PromptFormat.CHAT:
        return {"messages": messages(job)}
    return {"prompt": wrap(job)}


def prompt_sent(job: Job) -> str:
    """What was sent: the prompt, or the conversation as JSON, since the chat template is the server's own."""
    asked = body(job)
    return str(asked["prompt"]) if "prompt" in asked else json.dumps(asked["messages"], ensure_ascii=False)


def settings_of(job: Job, limit_name: str) -> Json:
    """Decoding settings in the endpoint's words; what OpenAI's API does not know travels only when it is not off."""
    decoding = job.decoding
    extra: Json = {}
    if decoding.top_k:
        extra["top_k"] = decoding.top_k
    if decoding.repetition_penalty != 1:
        extra["repetition_penalty"] = decoding.repetition_penalty
    return {
        "temperature": decoding.temperature,
        "top_p": decoding.top_p,
        "seed": job.seed,
        limit_name: decoding.max_new_tokens,
        "extra_body": extra or None,
    }


def read(text: str) -> Answer:
    """The first choice of a reply; raises ValueError for what is no answer (servers send many things)."""
    try:
        reply = json.loads(text)
        return _answer(reply, reply["choices"][0])
    except (LookupError, TypeError, AttributeError) as trouble:
        raise ValueError("the reply holds no answer") from trouble


def _answer(reply: Json, choice: Json) -> Answer:
    """An answer from the parts of a reply; what is missing or of another type raises."""
    message = choice.get("message") or {"content": choice["text"]}
    text, reason, remark = message.get("content") or "", choice.get("finish_reason"), ""
    if reason == "content_filter":
        remark = "the endpoint's content filter ended this response"
    elif refusal := message.get("refusal"):
        text, remark = text or refusal, "the endpoint marked this response as a refusal"
    usage = reply.get("usage") or {}
    return Answer(
        text=_storable(text),
        finish=Finish.LENGTH if reason == "length" else Finish.STOP,
        prompt_tokens=int(usage.get("prompt_tokens") or 0),
        new_tokens=int(usage.get("completion_tokens") or 0),
        remark=remark,
        model=str(reply.get("model") or ""),
        fingerprint=str(reply.get("system_fingerprint") or ""),
    )


def _storable(text: str) -> str:
    """The text with halves of characters replaced: a server may cut an emoji in two, and UTF-8 has no halves."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
