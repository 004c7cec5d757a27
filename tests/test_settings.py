"""Settings: what the environment may move, and keys that never show in a message."""

from pathlib import Path

import pytest

from lib import settings
from lib.errors import AuditError


def test_the_environment_moves_the_database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """EVENHAND_DB names the file; without it audits.duckdb lies at the top."""
    monkeypatch.setenv("EVENHAND_DB", str(tmp_path / "mine.duckdb"))
    assert settings.database_path() == tmp_path / "mine.duckdb"
    monkeypatch.delenv("EVENHAND_DB")
    assert settings.database_path() == settings.ROOT / "audits.duckdb"


def test_a_key_comes_from_the_environment_before_the_secrets_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The environment wins, the file serves otherwise, and what is in neither is None."""
    monkeypatch.setattr(settings, "ROOT", tmp_path)
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "secrets.toml").write_text('KEY_A = "file-a"\nKEY_B = "file-b"\n', encoding="utf-8")
    monkeypatch.setenv("KEY_A", "environment")
    assert [settings.secret(name) for name in ("KEY_A", "KEY_B", "KEY_C")] == ["environment", "file-b", None]


def test_a_broken_secrets_file_is_told_without_its_content(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The message names file and line and repeats nothing of what stands there."""
    monkeypatch.setattr(settings, "ROOT", tmp_path)
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "secrets.toml").write_text("KEY = sk-secret-unquoted\n", encoding="utf-8")
    with pytest.raises(AuditError, match=r"secrets\.toml.*line 1") as raised:
        settings.secret("KEY")
    assert "sk-secret" not in str(raised.value)
