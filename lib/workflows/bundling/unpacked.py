"""A bundle's audit in a database of its own, made for as long as it takes and gone afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lib.errors import BundleError
from lib.workflows.bundling.known_scorers import know_scorers
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


def _too_large(name: str, much: str) -> BundleError:
    return BundleError(f"{name} of the bundle", f"it holds {much}", "Ask for a smaller audit; this may be an attack.")
