"""What a worker process does to embed: load a model once, then turn texts into vectors task by task."""

from pathlib import Path

from lib import settings
from lib.clusters.embedder import embed, load_sentence_model
from lib.runs.worker import Do
from lib.types import Dtype, Json
from lib.workflows.embedding import packed


def open_embed_task(message: Json) -> Do:
    """Load the model in a folder; a task is {texts}, its result `lib.workflows.embedding.packed` vectors.

    Raises:
        ModelError: it does not load.
    """
    from lib.runs.packed import pack

    device, _ = settings.choose_device()
    model = load_sentence_model(Path(message["folder"]), Dtype(message["dtype"]), device)
    pack(model)  # on a processor; elsewhere it does nothing
    return lambda task: packed(embed(model, task["texts"]))
