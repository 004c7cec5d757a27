"""The folder of prompt banks: one YAML file a bank, named after the bank's id."""

import os
import threading
from pathlib import Path

from lib.banks.check import LIMIT_BYTES
from lib.banks.fields import ID, suggest_from
from lib.banks.read import parse_bank
from lib.errors import BankError
from lib.types import Bank

_Stamp = tuple[int, int]


class Shelf:
    """Reads and keeps banks in `folder`; a file that does not load never hides the others.

    Files are read again when their time or size has changed, so banks can also be dropped in,
    edited and deleted outside while the program runs.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[Path, tuple[_Stamp, Bank | BankError]] = {}
        self._saving = threading.Lock()

    def ids(self) -> list[str]:
        """The ids of the banks that load, in alphabetical order."""
        return [bank.id for bank in self.all()]

    def all(self) -> list[Bank]:
        """The banks that load, in the order of their ids."""
        return [found for found in self._look() if isinstance(found, Bank)]

    def problems(self) -> list[BankError]:
        """One error for each file that does not load."""
        return [found for found in self._look() if isinstance(found, BankError)]

    def get(self, bank_id: str) -> Bank:
        """The bank of that id; raises BankError with the nearest ids, or with what is wrong with its file."""
        found = self._load(self._folder / f"{bank_id}.yaml") if ID.fullmatch(bank_id) else None
        if found is None:
            remedy = suggest_from(bank_id, self.ids())
            raise BankError(f"prompt bank {bank_id[:40]!r}", "there is none of that id", remedy)
        if isinstance(found, BankError):
            raise found.with_traceback(None)  # it is kept, and would grow with every raise
        return found

    def save(self, text: str, *, replace: bool = False) -> Bank:
        """Keep a bank as `<its id>.yaml`, whole or not at all.

        Raises:
            BankError: the text is not a bank, the id is taken and `replace` is false, or the
                folder cannot be written to.
        """
        bank = parse_bank(text, "being saved")
        path = self._folder / f"{bank.id}.yaml"
        with self._saving:
            if path.exists() and not replace:
                remedy = "Choose another id in the line bank: …, or say that it may be replaced."
                raise BankError(f"prompt bank {path.name}", "there is a bank of that id already", remedy)
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
                _write_whole(path, bank.text)
            except OSError as error:
                raise _not_possible(path, "written", error) from error
        return bank

    def delete(self, bank_id: str) -> None:
        """Delete the file of a bank, whether it loads or not; raises BankError when there is none."""
        path = self._folder / f"{bank_id}.yaml"
        if not ID.fullmatch(bank_id) or not path.is_file():
            remedy = suggest_from(bank_id, self.ids())
            raise BankError(f"prompt bank {bank_id[:40]!r}", "there is none of that id", remedy)
        try:
            path.unlink()
        except OSError as error:
            raise _not_possible(path, "deleted", error) from error

    def _look(self) -> list[Bank | BankError]:
        paths = sorted(path for path in self._folder.glob("[!.]*.y*ml") if path.is_file())
        here = set(paths)
        self._read = {path: kept for path, kept in self._read.copy().items() if path in here}
        return [found for path in paths if (found := self._load(path))]

    def _load(self, path: Path) -> Bank | BankError | None:
        """The bank in a file, or the error it gives, kept until the file changes; None without a file."""
        try:
            status = path.stat()
            stamp = (status.st_mtime_ns, status.st_size)
            kept = self._read.get(path)
            if kept is None or kept[0] != stamp:
                kept = (stamp, _bank_in(path, status.st_size))
                self._read[path] = kept
        except FileNotFoundError:
            return None
        except OSError as error:
            return _not_possible(path, "read", error)
        return kept[1]


def _bank_in(path: Path, size: int) -> Bank | BankError:
    if path.suffix != ".yaml":
        return BankError(f"prompt bank {path.name}", "bank files end in .yaml", f"Name it {path.stem}.yaml.")
    if size > LIMIT_BYTES:  # before it fills the memory
        cause = f"the file has {size:,} bytes, more than the {LIMIT_BYTES:,} allowed"
        return BankError(f"prompt bank {path.name}, line 1", cause, "Split it into smaller files.")
    try:
        return parse_bank(path.read_bytes(), path.name, stem=path.stem)
    except BankError as error:
        return error


def _write_whole(path: Path, text: str) -> None:
    """Write beside the file first, so that no reader and no power cut ever finds half a bank."""
    partial = path.with_suffix(".partial")
    with partial.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def _not_possible(path: Path, what: str, error: OSError) -> BankError:
    cause = f"the file cannot be {what} ({error.strerror or error})"
    return BankError(
        f"prompt bank {path.name}", cause, "Check that the folder is there and yours, and the disk not full."
    )
