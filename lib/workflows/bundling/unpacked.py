"""A bundle's audit in a database of its own, made for as long as it takes and gone afterwards."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lib.errors import AuditError, BundleError
from lib.scorers.base import SCORERS, built_in_entries, scorer_of
from lib.store.store import Store
from lib.types import Json, Scoring
from lib.workflows.workbench import Workbench, open_workbench

MOST_ROWS = 20_000_000
MOST_UNPACKED = 8 << 30
MOST_AT_ONCE = 1 << 30
MOST_JSON = 128 << 20
"""Rows of a table, its bytes when unpacked and those of one stretch, bytes of a JSON file: no audit has more."""


@contextmanager
def loaded(folder: Path, place: Path) -> Iterator[tuple[Workbench, str]]:
    """A workbench on a new database at `place` that holds nothing but the audit in `folder`; gives it and the run's id.

    Raises:
        BundleError: the audit cannot be loaded.
    """
    refuse_too_large(folder)
    with open_workbench(place, with_example=False) as workbench:
        run_id = workbench.store.exchange.load_audit(folder, beside=False).run
        know_scorers(workbench.store, run_id)
        yield workbench, run_id


def refuse_too_large(folder: Path) -> None:
    """Raise BundleError for files that would unpack to more than an audit can be, before anything reads them."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.suffix == ".json" and path.stat().st_size > MOST_JSON:
            raise _too_large(name, f"{path.stat().st_size:,} bytes of JSON")
        if path.suffix == ".parquet":
            try:
                told = pq.read_metadata(path)
            except (OSError, ValueError, pa.ArrowException) as error:
                raise BundleError(
                    f"{name} of the bundle", f"it is no Parquet file ({error})", "Get a fresh copy."
                ) from error
            sizes = [told.row_group(n).total_byte_size for n in range(told.num_row_groups)]
            if told.num_rows > MOST_ROWS or sum(sizes) > MOST_UNPACKED or max(sizes, default=0) > MOST_AT_ONCE:
                raise _too_large(name, f"{told.num_rows:,} rows of {sum(sizes):,} bytes")


def refuse_wrong_digests(store: Store, run_id: str, about: Json, folder: Path) -> None:
    """Raise BundleError where a bank or codebook is not the text whose digest it goes by.

    They are kept by their digest, and would stand in for the right ones in later audits.
    """
    bank = store.runs.bank(run_id)
    if sha256_of(bank.text) != bank.digest:
        raise _not_its_digest(f"prompt bank {bank.id}")
    for told in about["codebooks"]:
        if sha256_of((folder / told["file"]).read_bytes().decode("utf-8")) != told["digest"]:
            raise _not_its_digest(f"codebook {told['id']}")


def refuse_false_scorings(store: Store, run_id: str) -> None:
    """Raise BundleError where scores claim to be of a scorer as it is here, but say that it measures something else.

    What a version of a scorer measures is kept once, and would be believed of later scores.
    """
    for scoring in store.scores.scorings(run_id):
        if measures_otherwise(scoring):
            raise BundleError(
                f"scores of {scoring.entry.id}",
                "they name other measures or labels than this version of it has",
                "Get a fresh copy of the bundle.",
            )


def measures_otherwise(scoring: Scoring) -> bool:
    """Whether a scorer that is here in the very version of some scores measures something else than they say."""
    try:
        scorer = scorer_of(scoring.entry)
    except AuditError:
        return False
    same = (scorer.version, scorer.fingerprint) == (scoring.version, scoring.fingerprint)
    return same and (scorer.measures, scorer.labels) != (scoring.measures, scoring.labels)


def know_scorers(store: Store, run_id: str) -> None:
    """Set up here the scorers that people set up where the audit comes from, so that its scores can be shown."""
    known = {entry.id for entry in (*built_in_entries(), *store.scorers.all())}
    for scoring in store.scores.scorings(run_id):
        if scoring.entry.id not in known and scoring.entry.scorer in SCORERS.names():
            store.scorers.save(scoring.entry)


def first_origin(about: Json) -> Json:
    """Where an audit was imported from, before it was bundled; empty for one that Evenhand ran."""
    origin = about.get("origin")
    return origin if isinstance(origin, dict) else {}


def sha256_of(text: str) -> str:
    """The SHA-256 of a text in hex, as banks and codebooks go by."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _too_large(name: str, much: str) -> BundleError:
    return BundleError(f"{name} of the bundle", f"it holds {much}", "Ask for a smaller audit; this may be an attack.")


def _not_its_digest(thing: str) -> BundleError:
    return BundleError(thing, "its text is not the one its digest is of", "Get a fresh copy of the bundle.")
