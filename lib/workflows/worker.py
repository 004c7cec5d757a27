"""The worker process: where models meet the engine. Started as `python -m lib.workflows.worker`."""

from lib.codec import from_json
from lib.errors import RunError
from lib.models.backend import BACKENDS
from lib.runs.worker import serve
from lib.types import Dtype, Generator, Json, ModelEntry


def open_generator(message: Json) -> Generator:
    """Load the model a message names; a local model gets the engine, an endpoint answers by itself."""
    from lib.models.formatting import tokenize
    from lib.models.local_model import LocalModel
    from lib.runs.engine import Engine

    entry = from_json(ModelEntry, message["entry"])
    parent = from_json(ModelEntry, message["parent"]) if message.get("parent") else None
    opened = BACKENDS.get(entry.backend).open(entry, parent=parent, dtype=Dtype(message["dtype"]))
    if isinstance(opened, LocalModel):
        return Engine(opened.model, opened.tokenizer, opened.facts, tokenize, share=message["share"])
    if not hasattr(opened, "generate"):
        raise RunError(f"model {entry.title}", "its backend cannot generate text", "Choose another model.")
    return opened


if __name__ == "__main__":
    serve(open_generator)
