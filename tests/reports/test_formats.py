"""Every registered format writes every document, and its registry is cheap to read."""

import subprocess
import sys

import pytest

from lib.errors import AuditError, ReportError
from lib.reports.base import FORMATS
from lib.settings import ROOT
from lib.types import Audience, Document, Figure, ReportKind, Section, Table
from tests.reports import sample

BEGINS = {"html": b"<!DOCTYPE html>", "pdf": b"%PDF-", "docx": b"PK", "pptx": b"PK", "md": b"# "}


def bare(*sections):
    return Document(ReportKind.AUDIT, "T", "", "r", Audience.EXPERTS, sections)


def test_there_are_five():
    """The formats the terminal and the page offer, each with what a download needs."""
    assert {each.id for each in FORMATS} == BEGINS.keys()
    for each in FORMATS:
        assert each.ending == each.id
        assert "/" in each.mime
        assert each.help.endswith(".")


@pytest.mark.parametrize("id", BEGINS)
def test_the_smallest_documents_can_be_written(id):
    """No sections, an empty one, headings of headings, an empty table, blank texts: a file all the same."""
    table = Table("t", "Empty", (), ())
    for document in (
        bare(),
        bare(Section("s", "", ())),
        bare(Section("s", "A", (Section("t", "B", (Section("u", "C", ()),)),))),
        bare(Section("s", "A", (sample.Paragraph(""), sample.Bullets(()), sample.Quote("", "", ""), table))),
        bare(Section("s", "A" * 2_000, (sample.settings_table(),))),
    ):
        assert FORMATS.get(id).write(document).startswith(BEGINS[id])


@pytest.mark.parametrize("id", [id for id in BEGINS if id != "md"])
def test_a_chart_that_cannot_be_drawn_is_told(id):
    """A figure that points outside itself gives an error that names it and says what to do; nothing is fetched."""
    import altair as alt

    chart = alt.Chart("http://127.0.0.1:9/data.json").mark_point().encode(x="a:Q")
    document = bare(Section("s", "S", (Figure("f", chart, "c", "a", Table("t", "c", (), ())),)))
    with pytest.raises(ReportError, match="figure 1: the chart points outside itself") as caught:
        FORMATS.get(id).write(document)
    assert "Report page" in caught.value.remedy


def test_an_unknown_format_is_told_with_the_known_ones():
    """A typo gets a suggestion."""
    with pytest.raises(AuditError, match="Did you mean docx"):
        FORMATS.get("doc")


def test_the_registry_loads_nothing_heavy():
    """A page that lists formats pays for no typst, docx, pptx, altair or jinja."""
    code = (
        "import sys; from lib.reports.base import FORMATS; FORMATS.names();"
        "print([name for name in ('typst', 'docx', 'pptx', 'altair', 'jinja2', 'vl_convert') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
