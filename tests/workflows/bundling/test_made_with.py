from pathlib import Path

from lib.workflows.bundling.made_with import certainty, code_digest, differences, made_with

COMMIT = "a" * 40


def code(folder: Path, *, name: str = "a.py", content: bytes = b"x = 1\n") -> str:
    """The digest of a package of two files and one that computes nothing."""
    (folder / "inner").mkdir(parents=True)
    (folder / "inner" / name).write_bytes(content)
    (folder / "b.sql").write_bytes(b"SELECT 1;\n")
    (folder / "style.css").write_bytes(folder.name.encode())
    return code_digest(folder)


def test_code_is_told_by_what_it_says(tmp_path: Path) -> None:
    """The same sources are the same code wherever they lie; another line or another name makes it other code."""
    one = code(tmp_path / "one")
    assert len(one) == 64
    assert code(tmp_path / "elsewhere") == one
    assert code(tmp_path / "windows", content=b"x = 1\r\n") == one
    assert code(tmp_path / "line", content=b"x = 2\n") != one
    assert code(tmp_path / "name", name="c.py") != one


def test_commits_do_not_tell_code() -> None:
    """Two changed trees at one commit differ, and one tree is the same under another commit or version."""
    here = made_with()
    assert len(here["code"]) == 64
    assert differences(here | {"commit": "other", "evenhand": "9"}, here) == []
    changed = here | {"code": "0" * 64, "commit": f"{COMMIT}+changes"}
    [said] = differences(changed, here)
    assert said.startswith(f"evenhand {here['evenhand']} at aaaaaaaaaaaa with changes, here evenhand ")
    assert differences({}, here)[0].startswith("evenhand (none), here ")


def test_how_to_be_certain_depends_on_what_differs() -> None:
    """A commit is named where there is one; of changed code, and of what is no commit, nobody can have a copy."""
    here = made_with()
    assert f"git checkout {COMMIT}" in certainty({"code": "0" * 64, "commit": COMMIT}, here)
    for commit in (f"{COMMIT}+changes", "--force; rm -rf", "", None):
        assert "no commit" in certainty({"code": "0" * 64, "commit": commit}, here)
    assert "libraries" in certainty(here | {"libraries": {}}, here)
