"""Worker side of the next-token question: load a model once, then ask it prompt by prompt."""

from lib.codec import from_json, to_json
from lib.errors import ModelError
from lib.models.backend import BACKENDS
from lib.models.local_model import LocalModel
from lib.models.next_token import NextTokenModel
from lib.runs.worker import Do
from lib.types import Dtype, Json, ModelEntry, PromptFormat


def open_next_token_task(message: Json) -> Do:
    """Load the model a message names; a task is {prompt, words, top, format}, its result {top, words, facts}.

    Raises:
        ModelError: it does not load, or it is an endpoint.
    """
    entry = from_json(ModelEntry, message["entry"])
    parent = from_json(ModelEntry, message["parent"]) if message.get("parent") else None
    opened = BACKENDS.get(entry.backend).open(entry, parent=parent, dtype=Dtype(message["dtype"]))
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
