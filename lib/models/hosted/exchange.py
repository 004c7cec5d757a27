"""What is asked of an endpoint for one job, and what its answer says."""

import json
from dataclasses import dataclass
from typing import Any

from openai.types import Completion
from openai.types.chat import ChatCompletion

from lib.models.formatting import messages, wrap
from lib.types import Finish, Job, Json, PromptFormat


@dataclass(frozen=True, slots=True)
class Answer:
    """An endpoint's answer: completion, how it ended, tokens used, and a remark where one is needed."""

    text: str
    finish: Finish
    prompt_tokens: int
    new_tokens: int
    remark: str = ""


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


def read(reply: Any) -> Answer | None:
    """The first choice of a reply; None when it is not an answer at all (servers send many things)."""
    if not isinstance(reply, ChatCompletion | Completion) or not reply.choices:
        return None
    choice = reply.choices[0]
    reason = choice.finish_reason
    text, remark = _text_of(choice), ""
    if reason == "content_filter":
        remark = "the endpoint's content filter ended this response"
    elif refusal := getattr(getattr(choice, "message", None), "refusal", None):
        text, remark = text or refusal, "the endpoint marked this response as a refusal"
    usage = reply.usage
    return Answer(
        text=text,
        finish=Finish.LENGTH if reason == "length" else Finish.STOP,
        prompt_tokens=usage.prompt_tokens if usage else 0,
        new_tokens=usage.completion_tokens if usage else 0,
        remark=remark,
    )


def _text_of(choice: Any) -> str:
    """The completion of a choice of either sort of reply."""
    message = getattr(choice, "message", None)
    return (message.content if message else getattr(choice, "text", "")) or ""
