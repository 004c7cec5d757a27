"""A folder of files of one sort, such as prompt banks: one YAML file each, named after its id."""

import os
import threading
from pathlib import Path
from typing import Generic

from lib.errors import AuditError
from lib.yaml_files.fields import ID, suggest_from
from lib.yaml_files.reading import LIMIT_BYTES, Sort, W, parse

_Stamp = tuple[int, int]


class Shelf(Generic[W]):
    """Reads and keeps files of one sort in `folder`; a file that does not load never hides the others.

    Files are read again when their time or size has changed, so they can also be dropped in,
    edited and deleted outside while the program runs. What is raised is the sort's own error.
    """

    def __init__(self, folder: Path, sort: Sort[W]) -> None:
        self._folder = folder
        self._sort = sort
        self._read: dict[Path, tuple[_Stamp, W | AuditError]] = {}
        self._saving = threading.Lock()

    def ids(self) -> list[str]:
        """The ids of those that load, in alphabetical order."""
        return [found.id for found in self.all()]

    def all(self) -> list[W]:
        """Those that load, in the order of their ids."""
        return [found for found in self._look() if not isinstance(found, AuditError)]

    def problems(self) -> list[AuditError]:
        """One error for each file that does not load."""
        return [found for found in self._look() if isinstance(found, AuditError)]

    def get(self, id: str) -> W:
        """The one of that id; raises an error with the nearest ids, or with what is wrong with its file."""
        found = self._load(self._folder / f"{id}.yaml") if ID.fullmatch(id) else None
        if found is None:
            raise self._unknown(id)
        if isinstance(found, AuditError):
            raise found.with_traceback(None)  # it is kept, and would grow with every raise
        return found

    def save(self, text: str, *, replace: bool = False) -> W:
        """Keep what `text` describes as `<its id>.yaml`, whole or not at all.

        Raises:
            AuditError: the text is wrong, the id is taken and `replace` is false, or the
                folder cannot be written to.
        """
        found = parse(self._sort, text, "being saved")
        path = self._folder / f"{found.id}.yaml"
        with self._saving:
            if path.exists() and not replace:
                cause = f"there is a {self._sort.key} of that id already"
                remedy = f"Choose another id in the line {self._sort.key}: …, or say that it may be replaced."
                raise self._error(path, cause, remedy)
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
                _write_whole(path, found.text)
            except OSError as error:
                raise self._not_possible(path, "written", error) from error
        return found

    def delete(self, id: str) -> None:
        """Delete a file, whether it loads or not; raises an error when there is none."""
        path = self._folder / f"{id}.yaml"
        if not ID.fullmatch(id) or not path.is_file():
            raise self._unknown(id)
        try:
            path.unlink()
        except OSError as error:
            raise self._not_possible(path, "deleted", error) from error

    def _look(self) -> list[W | AuditError]:
        paths = sorted(path for path in self._folder.glob("[!.]*.y*ml") if path.is_file())
        here = set(paths)
        self._read = {path: kept for path, kept in self._read.copy().items() if path in here}
        return [found for path in paths if (found := self._load(path))]

    def _load(self, path: Path) -> W | AuditError | None:
        """What is in a file, or the error it gives, kept until the file changes; None without a file."""
        try:
            status = path.stat()
            stamp = (status.st_mtime_ns, status.st_size)
            kept = self._read.get(path)
            if kept is None or kept[0] != stamp:
                kept = (stamp, self._found_in(path, status.st_size))
                self._read[path] = kept
        except FileNotFoundError:
            return None
        except OSError as error:
            return self._not_possible(path, "read", error)
        return kept[1]

    def _found_in(self, path: Path, size: int) -> W | AuditError:
        if path.suffix != ".yaml":
            return self._error(path, f"{self._sort.key} files end in .yaml", f"Name it {path.stem}.yaml.")
        if size > LIMIT_BYTES:  # before it fills the memory
            cause = f"the file has {size:,} bytes, more than the {LIMIT_BYTES:,} allowed"
            return self._sort.error(f"{self._sort.noun} {path.name}, line 1", cause, "Split it into smaller files.")
        try:
            return parse(self._sort, path.read_bytes(), path.name, stem=path.stem)
        except self._sort.error as error:
            return error

    def _unknown(self, id: str) -> AuditError:
        return self._sort.error(
            f"{self._sort.noun} {id[:40]!r}", "there is none of that id", suggest_from(id, self.ids())
        )

    def _error(self, path: Path, cause: str, remedy: str) -> AuditError:
        return self._sort.error(f"{self._sort.noun} {path.name}", cause, remedy)

    def _not_possible(self, path: Path, what: str, error: OSError) -> AuditError:
        cause = f"the file cannot be {what} ({error.strerror or error})"
        return self._error(path, cause, "Check that the folder is there and yours, and the disk not full.")


def _write_whole(path: Path, text: str) -> None:
    """Write beside the file first, so that no reader and no power cut ever finds half a file."""
    partial = path.with_suffix(".partial")
    with partial.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
