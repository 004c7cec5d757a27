"""A LoRA adapter on a base model of the catalogue, merged into it so that it runs as one model.

Hu et al. 2022, "LoRA: Low-Rank Adaptation of Large Language Models", ICLR.
"""

import warnings
from dataclasses import replace
from pathlib import Path

from typing_extensions import override

from lib.errors import ModelError
from lib.models.backend import BACKENDS, Availability, Backend, Field
from lib.models.digests import file_digest, text_digest
from lib.models.download import Rules, cached, check_hub_id, fetch
from lib.models.local_model import LocalModel, load_tokenizer, template_digest, tokenizer_digest, torch_dtype
from lib.models.weights import (
    ADAPTER_WEIGHTS,
    TOKENIZERS,
    check_adapter_config,
    check_adapter_folder,
    check_adapter_names,
    kind_of_folder,
)
from lib.types import Dtype, ModelEntry, ModelKind

ADAPTER_RULES = Rules(check_adapter_names, check_adapter_config)
BASES = ("bundled", "hub", "folder", "gguf")


class Adapter(Backend):
    """A LoRA adapter (peft) on one of the catalogue's local models."""

    id = "adapter"
    title = "LoRA adapter"
    help = "A folder or Hub id with adapter_model.safetensors, and the model of the catalogue it was trained on."
    citation = "Hu et al. 2022, LoRA: Low-Rank Adaptation of Large Language Models, ICLR"
    fields = (
        Field("parent", "Base model", "Id of the catalogue's model it was trained on.", "gpt2", True),
        Field("location", "Adapter", "Path of its folder, or its Hub id.", "~/models/my-adapter", True),
        Field("revision", "Revision", "For a Hub id: branch, tag or commit; empty means main.", "main"),
        Field("method", "Method", "How it was made.", "counterfactual data augmentation"),
        Field("licence", "Licence", "As its card states it.", "Apache-2.0"),
    )
    example = ModelEntry(
        id="gpt2-debiased",
        title="GPT-2 with a debiasing adapter",
        backend="adapter",
        location="~/models/gpt2-debiased",
        parent="gpt2",
        method="counterfactual data augmentation",
    )

    @override
    def state_of(self, entry: ModelEntry, parent: ModelEntry | None) -> Availability:
        """Here when both the adapter and its base are."""
        assert parent is not None
        if _folder_here(entry) is None:
            return Availability(False, "Not here yet: the first run fetches the adapter from the Hugging Face Hub.")
        base = BACKENDS.get(parent.backend).availability(parent, None)
        return Availability(True, "Ready.") if base.here else Availability(False, f"Base model: {base.detail}")

    @override
    def check(self, entry: ModelEntry, parent: ModelEntry | None) -> None:
        """Raise ModelError when the base cannot carry an adapter, or the adapter is refused."""
        thing = f"model {entry.title}"
        if parent is None:
            raise ModelError(thing, "it has no base model", "Choose the model of the catalogue it was trained on.")
        if parent.backend not in BASES:
            raise ModelError(
                thing,
                f"its base, {parent.title}, is reached as {parent.backend}",
                f"Choose a base whose weights are a whole model here ({', '.join(BASES)}).",
            )
        BACKENDS.get(parent.backend).check(parent, None)
        folder = _folder_here(entry)
        if folder is None:
            check_hub_id(entry.location, thing)
        else:
            check_adapter_folder(folder, thing)

    @override
    def kind_of(self, entry: ModelEntry, parent: ModelEntry | None) -> ModelKind:
        """By the adapter's own tokenizer when it brings one, else that of its base."""
        folder = _folder_here(entry)
        own = kind_of_folder(folder) if folder else None
        return own or (parent.kind if parent else ModelKind.BASE)

    @override
    def open(self, entry: ModelEntry, *, parent: ModelEntry | None, dtype: Dtype) -> LocalModel:
        """Load the base in fp32, merge the adapter into it, and only then change to `dtype`."""
        self.check(entry, parent)
        assert parent is not None
        thing = f"model {entry.title}"
        folder = _folder_here(entry) or fetch(entry.location, entry.revision, ADAPTER_RULES, thing)
        check_adapter_folder(folder, thing)
        base = BACKENDS.get(parent.backend).open(parent, parent=None, dtype=Dtype.FP32)
        assert isinstance(base, LocalModel)
        merged = _merged(base, folder, entry, thing)
        merged.model.to(torch_dtype(dtype))  # type: ignore[arg-type]  # as in local_model
        merged.facts = replace(merged.facts, dtype=dtype.value)
        return merged


def _folder_here(entry: ModelEntry) -> Path | None:
    """The adapter's folder on this computer: the path itself, or the Hub's cache of it."""
    path = Path(entry.location).expanduser()
    if path.is_dir():
        return path
    looks_like_path = entry.location.startswith((".", "/", "~")) or "\\" in entry.location
    return path if looks_like_path else _cached(entry)


def _cached(entry: ModelEntry) -> Path | None:
    check_hub_id(entry.location, f"model {entry.title}")
    return cached(entry.location, entry.revision)


def _merged(base: LocalModel, folder: Path, entry: ModelEntry, thing: str) -> LocalModel:
    """The base with the adapter of `folder` merged into its weights, and the facts of both."""
    from peft import PeftModel

    tokenizer = load_tokenizer(folder, thing) if _brings_tokenizer(folder) else base.tokenizer
    rows = base.model.config.vocab_size
    if len(tokenizer) > rows:
        raise ModelError(
            thing,
            f"its tokenizer has {len(tokenizer)} tokens, its base only {rows}",
            "Merge it where it was trained, `save_pretrained` the result, and add that as a local folder.",
        )
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("error", message="Found missing adapter keys")  # else merged as zeros
            model = PeftModel.from_pretrained(base.model, folder).merge_and_unload(safe_merge=True)
    except Exception as trouble:  # peft raises many sorts; the reader gets cause and remedy
        raise ModelError(
            thing, f"it does not fit its base ({trouble})", "Choose the base model that it was trained on."
        ) from trouble
    own = file_digest(folder / ADAPTER_WEIGHTS)
    facts = replace(
        base.facts,
        model=entry.id,
        backend=entry.backend,
        revision=folder.name if folder.parent.name == "snapshots" else "",
        weights_digest=text_digest(f"{base.facts.weights_digest}\n{own}\n"),
        tokenizer_digest=tokenizer_digest(tokenizer),
        chat_template_digest=template_digest(tokenizer),
        parameters=model.num_parameters(),
        note=_note(base, own),
    )
    return LocalModel(model.eval().requires_grad_(False), tokenizer, facts)


def _note(base: LocalModel, own: str) -> str:
    """Which adapter was merged into which base, by digest."""
    revision = f" at {base.facts.revision}" if base.facts.revision else ""
    more = f"; base {base.facts.note}" if base.facts.note else ""
    return f"LoRA adapter {own} merged into {base.facts.model}{revision} ({base.facts.weights_digest}){more}"


def _brings_tokenizer(folder: Path) -> bool:
    return any((folder / name).exists() for name in TOKENIZERS)


BACKENDS.register(Adapter.id, Adapter())
