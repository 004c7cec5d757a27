"""An endpoint's refusals and silences in words a person can act on."""

import openai

from lib.types import Job, PromptFormat

LONGEST = 500  # characters of a server's own message; some send whole web pages


def explain(trouble: Exception, job: Job) -> str:
    """Why there is no answer to a job, and what to do about it. May still repeat what the server wrote."""
    match trouble:
        case openai.AuthenticationError() | openai.PermissionDeniedError():
            return f"the endpoint refused the key ({_status(trouble)}). Check the key it names, and its rights."
        case openai.NotFoundError() if job.format is not PromptFormat.CHAT:
            return (
                f"the endpoint has no such model or no /completions ({_status(trouble)}). "
                "Check the model's name; where there is only chat, choose the format chat."
            )
        case openai.APIStatusError():
            return f"the endpoint answered {_status(trouble)}."
        case openai.APITimeoutError():
            return "the endpoint did not answer in time. Try again, or lower the number of requests at once."
        case openai.APIConnectionError():
            return f"the endpoint could not be reached ({trouble.__cause__ or trouble}). Check its address."
        case _:
            return f"the endpoint sent something that is not an answer ({trouble}). Check its address."


def _status(trouble: openai.APIStatusError) -> str:
    """The status code and the server's message, cut to a readable length."""
    body = trouble.body
    said = body.get("message") if isinstance(body, dict) else body
    return f"{trouble.status_code}: {str(said or trouble.response.reason_phrase)[:LONGEST]}"
