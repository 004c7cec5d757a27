"""The worker process: where models meet the engine. Started as `python -m lib.workflows.worker`."""

import importlib
from collections.abc import Callable

from lib.errors import RunError
from lib.runs.worker import Do, serve
from lib.types import Generator, Json
from lib.workflows.opening import open_named

TASKS = {
    "score": ("lib.workflows.score_task", "open_score_task"),
    "embed": ("lib.workflows.embed_task", "open_embed_task"),
    "map": ("lib.workflows.map_task", "open_map_task"),
    "next_token": ("lib.workflows.next_token_task", "open_next_token_task"),
}
"""What else a worker does: for each kind the function that gets it ready, imported when it is asked for."""


def open_generator(message: Json) -> Generator:
    """Load the model a message names; a local model gets the engine, an endpoint answers by itself."""
    from lib.models.formatting import tokenize
    from lib.models.local_model import LocalModel
    from lib.runs.engine import Engine

    entry, opened = open_named(message)
    if isinstance(opened, LocalModel):
        return Engine(opened.model, opened.tokenizer, opened.facts, tokenize, share=message["share"])
    if not hasattr(opened, "generate"):
        raise RunError(f"model {entry.title}", "its backend cannot generate text", "Choose another model.")
    return opened


def open_task(message: Json) -> Do:
    """Get ready for tasks of one kind."""
    module, function = TASKS[message["kind"]]
    opener: Callable[[Json], Do] = getattr(importlib.import_module(module), function)
    return opener(message)


if __name__ == "__main__":
    serve(open_generator, open_task)
