"""Open a bundle: its audit comes in beside one's own, to be read only."""

import hashlib
from pathlib import Path

from lib.bundle import reading
from lib.bundle.reading import Bundle
from lib.errors import BundleError
from lib.store.audit_files import AUDIT, read_json
from lib.types import Json
from lib.workflows.bundling.known_scorers import know_scorers, refuse_false_scorers, with_known_titles
from lib.workflows.bundling.numbers import DOCUMENT, FACTS
from lib.workflows.bundling.origins import refuse_false_origin
from lib.workflows.bundling.temporary import temporary
from lib.workflows.bundling.texts import refuse_false_words
from lib.workflows.bundling.unpacked import refuse_too_large
from lib.workflows.bundling.write import write_data
from lib.workflows.workbench import Workbench


def is_bundle(path: Path) -> bool:
    """Whether a file is a bundle, whole or damaged."""
    return reading.is_bundle(path)


def open_bundle(workbench: Workbench, path: Path) -> str:
    """Bring the audit in a bundle into the database, to be read only; gives its run id. All of it, or nothing.

    Every byte is checked against the chain first; whether the numbers follow from the data is `verify`'s to say. What
    it says of banks, codebooks and scorers, which one's own audits share, has to be what they themselves say. A bundle
    whose very audit is here already changes nothing.

    Raises:
        BundleError: it is no bundle, damaged, says false things of what is shared, or an audit of the same id but with
            other content is here.
        StoreError: the database may only be read.
    """
    workbench.refuse_when_read_only("open a bundle")
    with reading.opened(path) as bundle, temporary() as place:
        refuse_damaged(path, bundle)
        folder = place / "audit"
        bundle.unpack(folder)
        refuse_too_large(folder)
        run_id = run_of(path, folder)
        if run_id in {run.id for run in workbench.store.runs.all()}:
            _refuse_other_content(workbench, run_id, bundle, folder, place / "here")
            return run_id
        origin = {"kind": "bundle", "seal": bundle.seal, "file": path.name}
        with_known_titles(folder)
        with workbench.store.transaction():
            loaded = workbench.store.exchange.load_audit(folder, origin)
            about = read_json(folder / AUDIT)
            refuse_false_words(folder, about)
            refuse_false_origin(workbench, loaded.run, about)
            refuse_false_scorers(workbench.store, loaded.run)
            know_scorers(workbench.store, loaded.run)
    return loaded.run


def refuse_damaged(path: Path, bundle: Bundle) -> None:
    """Raise BundleError for a bundle that is not as it was written, naming what was found first."""
    if bundle.findings:
        first, more = bundle.findings[0], len(bundle.findings) - 1
        also = f" ({more} more)" if more else ""
        raise BundleError(
            f"bundle {path.name}",
            f"it is not as it was written: {first.where}: {first.said}{also}",
            "Get a fresh copy; `verify` lists everything that is wrong with this one.",
        )


def run_of(path: Path, folder: Path) -> str:
    """The id of the audit in an unpacked bundle."""
    try:
        about: Json = read_json(folder / AUDIT)
        run_id = about["run"]
    except (OSError, ValueError, KeyError) as error:
        raise BundleError(
            f"bundle {path.name}", f"it says of no audit which it is ({error})", "Get a fresh copy."
        ) from error
    return str(run_id)


def _refuse_other_content(workbench: Workbench, run_id: str, bundle: Bundle, unpacked: Path, place: Path) -> None:
    """Raise BundleError unless the audit of that id that is here is the one in the bundle."""
    if workbench.store.reports.origin(run_id).get("seal") == bundle.seal:
        return
    write_data(workbench, run_id, place, names=bool(bundle.manifest.get("names")))
    theirs = {name: _digest(unpacked / name) for name in bundle.names if name not in (FACTS, DOCUMENT)}
    ours = {path.relative_to(place).as_posix(): _digest(path) for path in place.rglob("*") if path.is_file()}
    if differing := sorted(name for name in {*theirs, *ours} if theirs.get(name) != ours.get(name)):
        raise BundleError(
            f"audit {run_id}",
            f"it is here already, and {', '.join(differing[:3])} of it differs from the bundle",
            "Delete the one that is here, or open the bundle in another database with EVENHAND_DB or --db.",
        )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
