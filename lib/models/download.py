"""Fetch a model or an adapter from the Hugging Face Hub, weights last and only when they may be loaded."""

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lib.errors import ModelError

HUB_ID = re.compile(r"([\w-]+(\.[\w-]+)*/)?[\w-]+(\.[\w-]+)*", re.ASCII)
SMALL_FILES = ["*.json", "*.jinja", "*.txt", "*.model"]
WEIGHTS = ["*.safetensors"]
NOT_WANTED = ("*/*", "consolidated*")  # subfolders hold ONNX and the like, consolidated* the weights a second time


@dataclass(frozen=True, slots=True)
class Rules:
    """What a repository must hold before its weights are fetched; each raises ModelError.

    `ignored` are the files that are never fetched, as patterns.
    """

    names: Callable[[Collection[str], str], None]
    config: Callable[[Path, str], None]
    ignored: tuple[str, ...] = NOT_WANTED


def check_hub_id(repo: str, thing: str) -> None:
    """Raise ModelError unless `repo` has the form of a Hub id."""
    if not HUB_ID.fullmatch(repo):
        raise ModelError(
            thing, f"{repo!r} is not a model id of the Hub", "Give it as owner/name, without https:// in front."
        )


def cached(repo: str, revision: str, ignored: tuple[str, ...] = NOT_WANTED) -> Path | None:
    """The complete snapshot of `revision` in the Hub's cache on this computer, or None. Asks no server."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import LocalEntryNotFoundError

    try:
        folder = snapshot_download(
            repo,
            revision=revision or None,
            local_files_only=True,
            allow_patterns=SMALL_FILES + WEIGHTS,
            ignore_patterns=list(ignored),
        )
    except LocalEntryNotFoundError:
        return None
    return Path(folder)


def fetch(repo: str, revision: str, rules: Rules, thing: str) -> Path:
    """The snapshot of `revision` (default main), fetched when the cache lacks it; its name is the commit.

    Without a connection the cached snapshot has to do. Small files come first, so that a
    repository that is refused costs no download of its weights.

    Raises:
        ModelError: not found, not open to us, out of reach, or refused by `rules`.
    """
    from httpx2 import TransportError
    from huggingface_hub import HfApi, snapshot_download
    from huggingface_hub.errors import OfflineModeIsEnabled

    with _explained(repo, revision, thing):
        try:
            found = HfApi().model_info(repo, revision=revision or None)
        except (OfflineModeIsEnabled, TransportError):
            folder = cached(repo, revision, rules.ignored)
            if folder is None:
                raise
            return folder
        rules.names([file.rfilename for file in found.siblings or []], thing)
        wanted: dict[str, Any] = {"revision": revision or None, "ignore_patterns": list(rules.ignored)}
        small = snapshot_download(repo, allow_patterns=SMALL_FILES, **wanted)
        rules.config(Path(small), thing)
        return Path(snapshot_download(repo, allow_patterns=SMALL_FILES + WEIGHTS, **wanted))


@contextmanager
def _explained(repo: str, revision: str, thing: str) -> Iterator[None]:
    """Turn the Hub's exceptions into ModelErrors."""
    from httpx2 import TransportError
    from huggingface_hub.errors import (
        GatedRepoError,
        HfHubHTTPError,
        LocalEntryNotFoundError,
        OfflineModeIsEnabled,
        RepositoryNotFoundError,
        RevisionNotFoundError,
    )

    try:
        yield
    except GatedRepoError as trouble:
        raise ModelError(
            thing,
            f"the owner of {repo} lets in only those who agreed to its terms",
            f"Agree on https://huggingface.co/{repo}, then set HF_TOKEN to your access token.",
        ) from trouble
    except RepositoryNotFoundError as trouble:
        raise ModelError(
            thing, f"the Hub has no model {repo}", "Check the id; for a private model set HF_TOKEN."
        ) from trouble
    except RevisionNotFoundError as trouble:
        raise ModelError(
            thing, f"{repo} has no revision {revision}", "Give a branch, a tag or a commit of it, or leave it empty."
        ) from trouble
    except (OfflineModeIsEnabled, TransportError, LocalEntryNotFoundError) as trouble:
        raise ModelError(
            thing,
            f"{repo} is not on this computer and the Hugging Face Hub cannot be reached",
            "Connect to the internet, or fetch it elsewhere and add it as a local folder.",
        ) from trouble
    except (HfHubHTTPError, OSError) as trouble:
        raise ModelError(thing, f"{repo} could not be fetched ({trouble})", "Try again later.") from trouble
