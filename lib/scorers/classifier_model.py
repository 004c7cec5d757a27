"""Text classifiers from the Hugging Face Hub or a folder: found without torch, loaded in a worker process.

Only safetensors are read, and no code that a model brings: pickled weights and custom code can do anything.
"""

import hashlib
import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lib.errors import ScorerError
from lib.scorers.broken_text import whole

if TYPE_CHECKING:
    from torch import Tensor

TOKENS_AT_ONCE = 8_192
_HUB_ID = re.compile(r"([\w-]+(\.[\w-]+)*/)?[\w-]+(\.[\w-]+)*", re.ASCII)
_WEIGHTS = ("model.safetensors", "model.safetensors.index.json")
_ENDS = 65_536


def find(location: str, thing: str) -> Path:
    """The folder of a classifier: the one `location` names, or that of a model id in the Hub's cache. Asks no server.

    Raises:
        ScorerError: it is not on this computer, or its folder holds no configuration or no safetensors.
    """
    folder = folder_of(location)
    if folder is None and not _HUB_ID.fullmatch(location):
        remedy = "Give a model id of the Hub as owner/name, or the path of a folder on this computer."
        raise ScorerError(thing, f"there is no folder {location}, and it is no model id", remedy)
    if folder is None:
        remedy = f"Fetch it once with `hf download {location}`, or give the folder of a copy."
        raise ScorerError(thing, f"the classifier {location} is not on this computer", remedy)
    if not (folder / "config.json").is_file():
        raise ScorerError(thing, f"there is no config.json in {folder}", "Point to what `save_pretrained` wrote.")
    if not any((folder / name).is_file() for name in _WEIGHTS):
        cause = "its weights are missing, or pickled, and opening a pickle can run any code"
        raise ScorerError(thing, cause, "Save it as safetensors with `save_pretrained`, or get such a version of it.")
    return folder


def folder_of(location: str) -> Path | None:
    """The folder a location names, or that of a model id in the Hub's cache; None where there is none."""
    folder = Path(location).expanduser()
    if folder.is_dir():
        return folder
    if not _HUB_ID.fullmatch(location):
        return None
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import LocalEntryNotFoundError

    try:
        return Path(snapshot_download(location, local_files_only=True))
    except LocalEntryNotFoundError:
        return None


def fingerprint(location: str) -> str:
    """A hash of a classifier's files, of weights only size and ends; the location itself where it is not here."""
    folder = folder_of(location)
    if folder is None:
        return location
    seen = hashlib.sha256()
    for path in sorted(path for path in folder.iterdir() if path.suffix in (".json", ".txt", ".safetensors")):
        size = path.stat().st_size
        with path.open("rb") as file:
            seen.update(f"{path.name} {size}".encode() + file.read(_ENDS))
            file.seek(-min(_ENDS, size), os.SEEK_END)
            seen.update(file.read())
    return seen.hexdigest()


@dataclass(frozen=True, slots=True)
class Probabilities:
    """Of some texts: by label, shape (texts, labels), and which texts were too long to be read whole."""

    rows: list[list[float]]
    cut: list[bool]


class Classifier:
    """A sequence classifier, loaded in fp32 on the CPU.

    Raises:
        ScorerError: it does not load, weights are missing or pickled, or it has code of its own.
    """

    def __init__(self, location: str, thing: str) -> None:
        self._tokenizer, self._model = _loaded(location, thing)
        config = self._model.config
        self.labels = [str(config.id2label[place]) for place in range(config.num_labels)]
        several = config.problem_type == "multi_label_classification" or len(self.labels) == 1
        self._link = "sigmoid" if several else "softmax"
        places = getattr(config, "max_position_embeddings", None) or 512
        self.window = min(self._tokenizer.model_max_length, places)

    def probabilities(self, texts: Sequence[str]) -> Probabilities:
        """Of each label for each text: independent of each other where the model says so, else adding up to 1."""
        import torch

        rows = [self._tokenizer.encode(whole(text)) for text in texts]
        cut = [len(row) > self.window for row in rows]
        kept = [
            self._tokenizer.encode(whole(text), truncation=True, max_length=self.window) if long else row
            for text, row, long in zip(texts, rows, cut, strict=True)
        ]
        found: list[list[float]] = [[] for _ in rows]
        with torch.inference_mode():
            for places in _batches([len(row) for row in kept]):
                for place, told in zip(places, self._told([kept[each] for each in places]).tolist(), strict=True):
                    found[place] = told
        return Probabilities(found, cut)

    def _told(self, rows: list[list[int]]) -> "Tensor":
        padded = self._tokenizer.pad({"input_ids": rows}, return_tensors="pt", padding_side="right")
        logits = self._model(input_ids=padded["input_ids"], attention_mask=padded["attention_mask"]).logits.float()
        return logits.sigmoid() if self._link == "sigmoid" else logits.softmax(-1)


def _batches(lengths: Sequence[int]) -> list[list[int]]:
    """Places of like length together, each batch with at most `TOKENS_AT_ONCE` places, padding included."""
    batches: list[list[int]] = []
    for place in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batches and lengths[place] * (len(batches[-1]) + 1) <= TOKENS_AT_ONCE:
            batches[-1].append(place)
        else:
            batches.append([place])
    return batches


def _loaded(location: str, thing: str) -> tuple[Any, Any]:
    """Tokenizer and model, the latter ready to answer."""
    from transformers import AutoModelForSequenceClassification, AutoTokenizer
    from transformers.utils import logging

    logging.disable_progress_bar()
    folder = find(location, thing)
    try:
        if json.loads((folder / "config.json").read_text(encoding="utf-8")).get("auto_map"):
            raise ValueError("it asks to run code of its own")
        tokenizer = AutoTokenizer.from_pretrained(folder, trust_remote_code=False, local_files_only=True)
        loaded: Any = AutoModelForSequenceClassification.from_pretrained(
            folder, use_safetensors=True, trust_remote_code=False, local_files_only=True, output_loading_info=True
        )
    except Exception as trouble:  # whatever transformers raises, the reader gets cause and remedy
        said = (str(trouble).strip().splitlines() or [type(trouble).__name__])[0].rstrip(".")
        remedy = "Check its files; only text classifiers in safetensors without code of their own are loaded."
        raise ScorerError(thing, f"the classifier {location} does not load ({said[:300]})", remedy) from trouble
    model, report = loaded
    missing = sorted(report["missing_keys"]) + sorted(str(key) for key in report["mismatched_keys"])
    if missing:  # transformers would go on with random numbers in their place
        cause = f"{len(missing)} weights of {location} are missing, such as {missing[0]}"
        raise ScorerError(thing, cause, "It is no text classifier, or an incomplete copy of one: choose another.")
    return tokenizer, model.eval().requires_grad_(False)
