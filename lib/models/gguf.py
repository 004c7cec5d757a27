"""Any GGUF file on this computer, converted once to safetensors."""

from typing_extensions import override

from lib.errors import ModelError
from lib.models.backend import BACKENDS, Availability, Backend, Field, local_path
from lib.models.conversion import check_gguf, folder_for, load_gguf
from lib.models.local_model import LocalModel
from lib.types import Dtype, ModelEntry, ModelKind


class GgufFile(Backend):
    """A GGUF file, dequantised by transformers."""

    id = "gguf"
    title = "GGUF file"
    help = "One .gguf file on this computer; it is unpacked to full precision once and kept in the cache."
    citation = "GGUF specification, https://github.com/ggml-org/ggml/blob/master/docs/gguf.md"
    fields = (
        Field("location", "Path of the file", "Full path of the .gguf file.", "~/models/my-model.Q8_0.gguf", True),
        Field("licence", "Licence", "As its model card states it.", "Apache-2.0"),
        Field("source", "Source", "Where the file came from.", "https://…"),
    )
    example = ModelEntry(
        id="course-model-gguf",
        title="Course model (GGUF Q8_0)",
        backend="gguf",
        location="~/models/course-model.Q8_0.gguf",
        licence="Apache-2.0",
        source="https://example.org/course",
    )

    @override
    def state_of(self, entry: ModelEntry, parent: ModelEntry | None) -> Availability:
        """Here when the file is a GGUF file; says whether the first load still has to convert it."""
        ready = folder_for(local_path(entry)).exists()
        return Availability(True, "Ready." if ready else "Ready; the first load unpacks it.")

    @override
    def check(self, entry: ModelEntry, parent: ModelEntry | None) -> None:
        """Raise ModelError unless the file is there and starts as GGUF files do."""
        check_gguf(local_path(entry), f"model {entry.title}")

    @override
    def kind_of(self, entry: ModelEntry, parent: ModelEntry | None) -> ModelKind:
        """CHAT when the file carries a chat template."""
        from gguf import GGUFReader  # reads the header for about a second: only when an entry is made

        try:
            template = GGUFReader(local_path(entry)).get_field("tokenizer.chat_template")
        except Exception as trouble:  # the reader knows no error of its own: a damaged header fails anywhere in numpy
            cause = f"its header is damaged ({trouble})"
            raise ModelError(f"model {entry.title}", cause, "Copy or download it again.") from trouble
        return ModelKind.CHAT if template else ModelKind.BASE

    @override
    def open(self, entry: ModelEntry, *, parent: ModelEntry | None, dtype: Dtype) -> LocalModel:
        """Load it from its safetensors copy, made at the first load."""
        return load_gguf(local_path(entry), entry, dtype)


BACKENDS.register(GgufFile.id, GgufFile())
