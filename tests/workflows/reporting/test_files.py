"""A document in a format is a file that appears whole, or an error in words."""

import pytest

from lib.errors import AuditError, ReportError, RunError
from lib.types import ReportKind
from lib.workflows.reporting import files
from tests.reports import sample


def test_a_file_appears_whole_in_a_folder_that_is_made(tmp_path):
    """Its name says which audit and which report; nothing else is left beside it."""
    document = sample.document(ReportKind.CARD)
    path = files.save(document, "md", tmp_path / "new" / "folder")
    assert path == tmp_path / "new" / "folder" / "k3v9-card.md"
    assert path.read_bytes() == files.as_bytes(document, "md")
    assert list(path.parent.iterdir()) == [path]


def test_a_report_that_fails_leaves_nothing(tmp_path):
    """Whole or not at all: the folder is empty after a chart could not be drawn."""
    import altair as alt

    section = sample.Section("s", "S", (sample.figure("x", alt.Chart("http://127.0.0.1:9/a.json").mark_point()),))
    document = type(sample.document())(ReportKind.CARD, "T", "", "r1", sample.document().audience, (section,))
    with pytest.raises(ReportError, match="points outside itself"):
        files.save(document, "html", tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    """A file where the folder should be: the message names it."""
    (tmp_path / "here").write_text("a file")
    with pytest.raises(ReportError, match=r"here: it cannot be made .* Choose another place"):
        files.save(sample.document(), "md", tmp_path / "here")


def test_unknown_formats_are_refused_before_anything_is_made():
    """The known ones pass, a wrong one among them does not."""
    files.check(["html", "pdf"])
    with pytest.raises(AuditError, match="report format 'odt'"):
        files.check(["html", "odt"])


def test_missing_fields_are_named():
    """In reading order, by their titles."""
    assert files.missing(sample.document()) == ["Owner of risk 2", "Privacy risks", "Conclusion of the author"]


def test_an_unknown_audit_is_told(workbench, tmp_path):
    """Nothing is written for an audit that does not exist."""
    with pytest.raises(RunError):
        files.write(workbench, "nowhere", ReportKind.AUDIT, "md", tmp_path)
    assert list(tmp_path.glob("*.md")) == []
