"""The PDF is tagged, has title, language and outline, and every text in it is text."""

import io
import json
from dataclasses import replace

import pypdf
import pytest

from lib.errors import ReportError
from lib.reports import pdf, walk
from lib.types import ReportKind
from tests.reports import sample

pytestmark = pytest.mark.slow


def read(document):
    return pypdf.PdfReader(io.BytesIO(pdf.write(document)))


@pytest.fixture(scope="module")
def plain():
    return read(sample.document(hostile=False))


@pytest.fixture(scope="module")
def hostile():
    return read(sample.document())


def root(reader):
    return reader.trailer["/Root"]


def titles(outline, level=1):
    """The outline as pairs of level and title."""
    for entry in outline:
        if isinstance(entry, list):
            yield from titles(entry, level + 1)
        else:
            yield level, entry.title


def tags(reader):
    """All elements of the structure tree by their kind."""
    found = {}
    waiting = [root(reader)["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, pypdf.generic.ArrayObject):
            waiting += list(node)
        elif isinstance(node, pypdf.generic.DictionaryObject):
            found.setdefault(node.get("/S"), []).append(node)
            if "/K" in node:
                waiting.append(node["/K"])
    return found


def words(reader):
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_it_says_that_it_keeps_to_the_standard(plain):
    """PDF/UA-1, tagged, in English, its title shown in the window's bar."""
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root(plain)["/Metadata"].get_data()
    assert root(plain)["/MarkInfo"]["/Marked"]
    assert root(plain)["/Lang"] == "en"
    assert root(plain)["/ViewerPreferences"]["/DisplayDocTitle"]
    assert plain.metadata.title == "Reference letters — the audit"


def test_the_outline_has_every_heading(plain):
    """At its level, in order, the appendix last."""
    parts = walk.parts(walk.laid_out(sample.document(hostile=False)).parts)
    expected = [(part.level, part.title) for part in parts]
    found = [entry for entry in titles(plain.outline) if entry != (1, "Contents")]
    assert found == [*expected, (1, "Numbers behind the figures")]


def test_figures_tables_and_quotations_are_tagged(plain):
    """Each figure has its alternative text, each table header cells, the quotation and lists are marked as such."""
    kinds = tags(plain)
    alternatives = {figure.alt for figure in walk.figures(sample.document())}
    assert alternatives <= {str(node.get("/Alt")) for node in kinds["/Figure"]}
    assert len(kinds["/Table"]) == 13
    assert len(kinds["/TH"]) == 7 + 2 + 3 + 10 * 3
    assert kinds["/BlockQuote"]
    assert {"/H1", "/H2", "/H3", "/L", "/Caption"} <= kinds.keys()


def test_hostile_text_stays_text(hostile):
    """Typst's code, HTML and controls are printed, none is run; what no font has does not stop the report."""
    said = words(hostile)
    assert '#sys.inputs #read("/etc/passwd") $x^2$ @label <tag> *strong* _emph_ \\ `raw`' in said
    assert "<script>document.title='ran'</script>" in said
    assert "null ⟨U+0000⟩ bell ⟨U+0007⟩" in said
    assert "right ⟨U+202E⟩evil⟨U+202C⟩" in said
    assert "root:" not in said
    assert hostile.metadata.title == "Reference letters <b>& co</b> — the audit"


def test_links_lead_within_the_document(hostile):
    """Contents and missing fields are links; none leads outside."""
    actions = [note.get_object() for page in hostile.pages for note in page.get("/Annots", [])]
    assert len([each for each in actions if each["/Subtype"] == "/Link"]) >= 3 + 12
    assert not [each for each in actions if each.get("/A", {}).get("/S") == "/URI"]


def test_a_deck_is_a_page_a_slide_in_16_by_9():
    """One page for each section, the title on the first; only the table of 23 rows goes on, and says so."""
    reader = read(sample.deck())
    box = reader.pages[0].mediabox
    assert box.width / box.height == pytest.approx(16 / 9, abs=0.01)
    first = [page.extract_text().strip().split("\n")[0] for page in reader.pages]
    assert len(first) == 11
    assert first[8:10] == ["Risks", "Risks (continued)"]
    assert first[:2] == ["Reference letters: ten slides", "Are women refused more often? (levels)"]
    assert "1 field still to be written" in reader.pages[0].extract_text()
    assert "1 field still to be written" in reader.metadata.subject
    assert [title for _, title in titles(reader.outline)] == [s.title for s in sample.deck().sections[1:]]


@pytest.mark.parametrize("kind", list(ReportKind))
def test_every_kind_can_be_set(kind):
    """Audit and plan have contents, all have the title in front."""
    said = words(read(sample.short(kind)))
    assert said.startswith("Reference letters — the audit")
    assert ("Contents" in said) == (kind in {ReportKind.AUDIT, ReportKind.PLAN})


def test_what_typst_refuses_is_told(monkeypatch):
    """A template that breaks is an error with a remedy, not a traceback."""
    monkeypatch.setattr(pdf, "as_data", lambda tree: {"kind": 1})
    with pytest.raises(ReportError, match="typst could not set it") as caught:
        pdf.write(sample.short(ReportKind.AUDIT))
    assert "Take HTML" in caught.value.remedy


def test_data_never_reaches_the_source(monkeypatch):
    """Typst is given the template as it is in the repository, and the document as JSON beside it."""
    given = {}
    monkeypatch.setattr(pdf, "compiled", lambda inputs, standards: given.update(inputs) or b"")
    pdf.write(sample.short(ReportKind.AUDIT))
    report = json.loads(given["report"])
    assert report["title"] == "Reference letters — the audit"
    assert list(given) == ["report"]


def test_a_computer_without_fonts_still_makes_a_report(monkeypatch):
    """With typst's own fonts alone, characters it has none for become boxes, and the text is there all the same."""
    import typst

    def alone(source, **options):
        return compile(source, **options | {"font_paths": [], "ignore_system_fonts": True})

    compile = typst.compile
    monkeypatch.setattr(typst, "compile", alone)
    section = sample.Section("s", "S", (sample.Quote(sample.HOSTILE["scripts"], "p", "about"),))
    document = replace(sample.short(ReportKind.CARD), sections=(section,))
    reader = read(document)
    assert "about" in words(reader)
    assert root(reader)["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" not in root(reader)["/Metadata"].get_data()


def test_spaces_and_symbols_are_kept():
    """Indents and doubled spaces survive, a share keeps its sign, ␀ and ␡ become numbers that fonts have."""
    assert pdf.kept("a\n  b  c\t95 %") == "a\n\u00a0\u00a0b \u00a0c\u00a0\u00a0\u00a0\u00a095\u00a0%"
    assert pdf.kept("␀␟␡") == "⟨U+0000⟩⟨U+001F⟩⟨U+007F⟩"
