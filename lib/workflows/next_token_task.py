"""Worker side of the next-token question: load a model once, then ask it prompt by prompt."""

from lib.codec import to_json
from lib.errors import ModelError
from lib.models.local_model import LocalModel
from lib.models.next_token import NextTokenModel
from lib.runs.worker import Do
from lib.types import Json, PromptFormat
from lib.workflows.opening import open_named


def open_next_token_task(message: Json) -> Do:
    """Load the model a message names; a task is {prompt, words, top, format}, its result {top, words, facts}.

    Raises:
        ModelError: it does not load, or it is an endpoint.
    """
    entry, opened = open_named(message)
    if not isinstance(opened, LocalModel):
        raise ModelError(
            f"model {entry.title}",
            "it answers from elsewhere and does not give its whole distribution",
            "Choose a model on this computer.",
        )
    model = NextTokenModel(opened)

    def ask(task: Json) -> Json:
        [found] = model.ask([task["prompt"]], task["words"], top=task["top"], format=PromptFormat(task["format"]))
        return {"top": found.top, "words": found.words, "facts": to_json(model.facts)}

    return ask
