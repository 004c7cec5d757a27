"""The folder of banks: list, get, keep, delete."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from lib.banks.check import BANK
from lib.errors import BankError
from lib.yaml_files.shelf import Shelf
from tests.banks.samples import SMALL


def named(bank_id: str) -> str:
    return SMALL.replace("bank: rangers", f"bank: {bank_id}")


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    (tmp_path / "rangers.yaml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "keepers.yaml").write_text(named("keepers"), encoding="utf-8")
    return Shelf(tmp_path, BANK)


def test_banks_are_listed_by_id(shelf):
    """The banks of a folder come in the order of their ids."""
    assert shelf.ids() == ["keepers", "rangers"]
    assert [bank.id for bank in shelf.all()] == ["keepers", "rangers"]
    assert shelf.get("rangers").text == SMALL


def test_a_folder_that_is_not_there_is_empty(tmp_path):
    """Without a folder there are no banks and no problems, and saving makes it."""
    shelf = Shelf(tmp_path / "none", BANK)
    assert (shelf.ids(), shelf.problems()) == ([], [])
    assert shelf.save(SMALL).id == "rangers"
    assert shelf.ids() == ["rangers"]


def test_an_unknown_bank_gets_near_names(shelf):
    """A slip in an id is answered with the ids that look like it."""
    with pytest.raises(BankError, match="Did you mean rangers"):
        shelf.get("ranger")


def test_a_bad_file_hides_no_other(shelf, tmp_path):
    """A file that does not load is told of by name and line while the others are there."""
    (tmp_path / "broken.yaml").write_text(named("broken").replace("title: Park rangers", "title: 1"), encoding="utf-8")
    (tmp_path / "latin.yaml").write_bytes(b"bank: \xff")
    (tmp_path / "other.yml").write_text(named("other"), encoding="utf-8")
    (tmp_path / "huge.yaml").write_text("#" * 1_000_001, encoding="utf-8")
    (tmp_path / "wrong_name.yaml").write_text(SMALL, encoding="utf-8")
    (tmp_path / ".#hidden.yaml").write_text("left by an editor", encoding="utf-8")
    assert shelf.ids() == ["keepers", "rangers"]
    broken, huge, latin, other, wrong = (str(problem) for problem in shelf.problems())
    assert "broken.yaml, line 2 (title)" in broken
    assert "huge.yaml, line 1: the file has 1,000,001 bytes" in huge
    assert "latin.yaml, line 1: the file is not UTF-8" in latin
    assert "Name it other.yaml" in other
    assert "wrong_name.yaml, line 1" in wrong
    assert "Name the file rangers.yaml, or write bank: wrong_name" in wrong
    with pytest.raises(BankError, match="line 2"):
        shelf.get("broken")


def test_changes_in_the_folder_are_seen(shelf, tmp_path):
    """Files added, edited and deleted by others show up at the next look."""
    assert shelf.get("rangers").title == "Park rangers"
    path = tmp_path / "rangers.yaml"
    path.write_text(SMALL.replace("Park rangers", "Rangers at work"), encoding="utf-8")
    (tmp_path / "new.yaml").write_text(named("new"), encoding="utf-8")
    assert shelf.get("rangers").title == "Rangers at work"
    assert shelf.ids() == ["keepers", "new", "rangers"]
    path.unlink()
    assert shelf.ids() == ["keepers", "new"]


def test_unchanged_files_are_read_once(shelf):
    """Looking again costs no second reading: the very same bank comes back."""
    assert shelf.get("rangers") is shelf.get("rangers")
    assert shelf.all()[1] is shelf.get("rangers")


def test_an_edit_within_the_same_size_is_seen(shelf, tmp_path):
    """A file of the same length counts as changed when its time has."""
    path = tmp_path / "rangers.yaml"
    before = shelf.get("rangers")
    path.write_text(SMALL.replace("Park rangers", "Park wardens"), encoding="utf-8")
    os.utime(path, ns=(0, 0))
    assert before.title == "Park rangers"
    assert shelf.get("rangers").title == "Park wardens"


def test_many_threads_share_a_shelf(shelf, tmp_path):
    """Looking, saving and deleting at once from many threads never fails and never shows half a bank."""

    def work(number: int) -> None:
        for _ in range(6):
            shelf.save(named(f"bank_{number}"))
            assert {"keepers", "rangers", f"bank_{number}"} <= set(shelf.ids())
            assert shelf.problems() == []
            shelf.delete(f"bank_{number}")

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(work, number) for number in range(4)]:
            done.result()
    assert shelf.ids() == ["keepers", "rangers"]


def test_saving(shelf, tmp_path):
    """A saved bank is a file named after it, as it was written, with nothing left beside it."""
    bank = shelf.save(named("new"))
    assert bank == shelf.get("new")
    assert (tmp_path / "new.yaml").read_text(encoding="utf-8") == named("new")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["keepers.yaml", "new.yaml", "rangers.yaml"]


def test_saving_over_a_bank_must_be_meant(shelf):
    """A bank of the same id is replaced only when that was asked for."""
    changed = SMALL.replace("Park rangers", "Rangers at work")
    with pytest.raises(BankError, match="a bank of that id already"):
        shelf.save(changed)
    assert shelf.get("rangers").title == "Park rangers"
    shelf.save(changed, replace=True)
    assert shelf.get("rangers").title == "Rangers at work"


def test_only_banks_are_saved(shelf):
    """What is not a bank is refused, with its line, and leaves no file."""
    with pytest.raises(BankError, match="line 2"):
        shelf.save(named("new").replace("title: Park rangers", "title: 1"))
    assert shelf.ids() == ["keepers", "rangers"]


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    """When the folder's place is taken by a file, saving says so instead of failing."""
    (tmp_path / "banks").write_text("a file", encoding="utf-8")
    with pytest.raises(BankError, match="cannot be written"):
        Shelf(tmp_path / "banks", BANK).save(SMALL)


def test_deleting(shelf, tmp_path):
    """A deleted bank is gone, and a file that does not load can be deleted too."""
    (tmp_path / "broken.yaml").write_text("bank: [", encoding="utf-8")
    shelf.delete("rangers")
    shelf.delete("broken")
    assert (shelf.ids(), shelf.problems()) == (["keepers"], [])
    with pytest.raises(BankError, match="Did you mean keepers"):
        shelf.delete("keeper")


@pytest.mark.parametrize(
    "trick", ["../outside", "..", "", "sub/rangers", "/etc/passwd", "rangers\0", "rangers.yaml", "*"]
)
def test_ids_are_not_paths(tmp_path, trick):
    """No id reaches a file outside the folder, neither to read it nor to delete it."""
    outside = tmp_path / "outside.yaml"
    outside.write_text(named("outside"), encoding="utf-8")
    folder = tmp_path / "banks"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "rangers.yaml").write_text(SMALL, encoding="utf-8")
    shelf = Shelf(folder, BANK)
    for act in (shelf.get, shelf.delete):
        with pytest.raises(BankError, match="none of that id"):
            act(trick)
    assert outside.exists()
    assert (folder / "sub" / "rangers.yaml").exists()
