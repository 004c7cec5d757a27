"""A model on the Hugging Face Hub, by id and revision."""

import re

from typing_extensions import override

from lib.models.backend import BACKENDS, Availability, Backend, Field
from lib.models.download import Rules, cached, check_hub_id, fetch
from lib.models.local_model import LocalModel, load_folder
from lib.models.weights import check_model_config, check_model_folder, check_model_names, kind_of_folder
from lib.types import Dtype, ModelEntry, ModelKind

CHAT_NAME = re.compile(r"(^|[-_.])(instruct|chat|it|sft|dpo)([-_.]|$)", re.IGNORECASE)
MODEL_RULES = Rules(check_model_names, check_model_config)


class Hub(Backend):
    """A model of the Hugging Face Hub, fetched at its first run and kept in the Hub's own cache."""

    id = "hub"
    title = "Hugging Face Hub"
    help = "A model id such as openai-community/gpt2; safetensors only, fetched when it is first used."
    citation = "Hugging Face Hub, https://huggingface.co/docs/hub"
    fields = (
        Field("location", "Model id", "Owner and name, as in the address of its page.", "openai-community/gpt2", True),
        Field("revision", "Revision", "Branch, tag or commit; empty means main.", "main"),
        Field("licence", "Licence", "As its model card states it.", "MIT"),
    )
    example = ModelEntry(
        id="gpt2",
        title="GPT-2",
        backend="hub",
        location="openai-community/gpt2",
        licence="MIT",
        source="https://huggingface.co/openai-community/gpt2",
    )

    @override
    def state_of(self, entry: ModelEntry, parent: ModelEntry | None) -> Availability:
        """Here when the whole snapshot is in the Hub's cache and passes `check`."""
        folder = cached(entry.location, entry.revision)
        if folder is None:
            return Availability(False, "Not here yet: the first run fetches it from the Hugging Face Hub.")
        return Availability(True, f"Ready (commit {folder.name[:12]}).")

    @override
    def check(self, entry: ModelEntry, parent: ModelEntry | None) -> None:
        """Raise ModelError for an id that cannot be one, and for a cached snapshot that is refused."""
        check_hub_id(entry.location, f"model {entry.title}")
        folder = cached(entry.location, entry.revision)
        if folder is not None:
            check_model_folder(folder, f"model {entry.title}")

    @override
    def kind_of(self, entry: ModelEntry, parent: ModelEntry | None) -> ModelKind:
        """By the chat template when the model is here, else by words such as "instruct" in its id."""
        folder = cached(entry.location, entry.revision)
        known = kind_of_folder(folder) if folder else None
        return known or (ModelKind.CHAT if CHAT_NAME.search(entry.location.rpartition("/")[2]) else ModelKind.BASE)

    @override
    def open(self, entry: ModelEntry, *, parent: ModelEntry | None, dtype: Dtype) -> LocalModel:
        """Fetch what the cache lacks, then load it; the facts carry the resolved commit."""
        thing = f"model {entry.title}"
        check_hub_id(entry.location, thing)
        folder = fetch(entry.location, entry.revision, MODEL_RULES, thing)
        check_model_folder(folder, thing)
        return load_folder(folder, entry, dtype, revision=folder.name)


BACKENDS.register(Hub.id, Hub())
