"""A model folder on this computer, as transformers' `save_pretrained` writes it."""

from typing_extensions import override

from lib.models.backend import BACKENDS, Availability, Backend, Field, local_path
from lib.models.local_model import LocalModel, load_folder
from lib.models.weights import check_model_folder, kind_of_folder
from lib.types import Dtype, ModelEntry, ModelKind


class LocalFolder(Backend):
    """A folder with safetensors, a configuration and a tokenizer."""

    id = "folder"
    title = "Local folder"
    help = "A folder on this computer with config.json, safetensors weights and a tokenizer."
    citation = "Wolf et al. 2020, Transformers: State-of-the-Art Natural Language Processing, EMNLP demos"
    fields = (
        Field("location", "Path of the folder", "Full path of the folder.", "~/models/my-model", True),
        Field("licence", "Licence", "As its model card states it.", "Apache-2.0"),
        Field("source", "Source", "Where the model came from.", "https://…"),
    )
    example = ModelEntry(
        id="biased-course-model",
        title="Deliberately biased course model",
        backend="folder",
        location="~/models/biased-course-model",
        source="https://example.org/course",
    )

    @override
    def state_of(self, entry: ModelEntry, parent: ModelEntry | None) -> Availability:
        """Here when the folder passes `check`."""
        return Availability(True, "Ready.")

    @override
    def check(self, entry: ModelEntry, parent: ModelEntry | None) -> None:
        """Raise ModelError unless the folder holds a causal language model in intact safetensors."""
        check_model_folder(local_path(entry), f"model {entry.title}")

    @override
    def kind_of(self, entry: ModelEntry, parent: ModelEntry | None) -> ModelKind:
        """CHAT when the folder has a chat template."""
        return kind_of_folder(local_path(entry)) or ModelKind.BASE

    @override
    def open(self, entry: ModelEntry, *, parent: ModelEntry | None, dtype: Dtype) -> LocalModel:
        """Load the folder."""
        self.check(entry, parent)
        return load_folder(local_path(entry), entry, dtype)


BACKENDS.register(LocalFolder.id, LocalFolder())
