"""The keys with which each person annotates, where they changed them."""

from collections.abc import Mapping

from lib.workflows.workbench import Workbench


def keys(workbench: Workbench, annotator: str) -> dict[str, str]:
    """The keys this person changed, by command."""
    return dict(workbench.store.settings.get(f"annotate-keys:{annotator}", {}))


def set_keys(workbench: Workbench, annotator: str, keys: Mapping[str, str]) -> None:
    """Keep the keys this person wants, by command."""
    workbench.store.settings.set(f"annotate-keys:{annotator}", dict(keys))
