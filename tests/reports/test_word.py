"""The Word file has Word's own headings, captions, lists and tables, and every text in it is text."""

import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn

from lib.reports import walk, word
from lib.reports.text import fit
from lib.types import ReportKind
from tests.reports import sample
from tests.reports.opened import as_pdf, words

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def data():
    return word.write(sample.document())


@pytest.fixture(scope="module")
def opened(data):
    return docx.Document(io.BytesIO(data))


def styled(document, style):
    return [line.text for line in document.paragraphs if line.style.name == style]


def everything(document):
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(line.text for line in document.paragraphs), *cells])


def instructions(document):
    return [each.text.strip() for each in document.element.iter(qn("w:instrText"))]


def test_headings_are_words_own(opened):
    """Each section has the heading style of its level; the title is a title."""
    parts = list(walk.parts(walk.laid_out(sample.document()).parts))
    for level in (1, 2, 3):
        expected = [part.title for part in parts if part.level == level]
        assert styled(opened, f"Heading {level}") == expected + ["Numbers behind the figures"] * (level == 1)
    assert styled(opened, "Title") == ["Reference letters <b>& co</b> — the audit"]


def test_contents_are_right_without_an_update(opened):
    """The field of contents holds every heading as a link to its place."""
    lines = [line for line in opened.paragraphs if line.style.name.startswith("toc ")]
    titles = [part.title for part in walk.parts(walk.laid_out(sample.document()).parts)]
    assert [line.text for line in lines] == [*titles, "Numbers behind the figures"]
    assert instructions(opened)[0].startswith("TOC")
    places = {each.get(qn("w:name")) for each in opened.element.iter(qn("w:bookmarkStart"))}
    links = {each.get(qn("w:anchor")) for each in opened.element.iter(qn("w:hyperlink"))}
    assert {"_missing_1", "_section_1"} <= links <= places


def test_numbers_of_marks_are_unique(opened):
    """No two bookmarks and no two pictures have the same number, or Word repairs the file."""
    for tag, attribute in ((qn("w:bookmarkStart"), qn("w:id")), (qn("wp:docPr"), "id")):
        numbers = [each.get(attribute) for each in opened.element.iter(tag)]
        assert len(numbers) == len(set(numbers)) > 5
    kinds = [each.get(qn("w:fldCharType")) for each in opened.element.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"] * (len(kinds) // 3)


def test_captions_are_numbered_by_word(opened):
    """Each figure and table has a caption with a field that counts, showing the right number already."""
    captions = styled(opened, "Caption")
    assert "Figure 1. Refusals by levels, with 95 % intervals" in captions
    assert "Table 3. Risks and who owns them" in captions
    counted = [each for each in instructions(opened) if each.startswith("SEQ")]
    assert counted.count("SEQ Figure \\* ARABIC") == 10
    assert counted.count("SEQ Table \\* ARABIC") == 3


def test_pictures_have_alternatives(opened):
    """Every picture says in words what it shows."""
    alternatives = [each.get("descr") for each in opened.element.iter(qn("wp:docPr"))]
    assert alternatives == [figure.alt for figure in walk.figures(sample.document())]


def test_tables_have_header_rows(opened):
    """The first row of each table repeats on every page and is marked as its header; no table has a height of one."""
    assert len(opened.tables) == 13
    for table in opened.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:firstRow")) == "1"
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        assert len(table.rows) > 1


def test_a_list_begins_at_one(opened):
    """Each numbered list has a numbering of its own; bullets are Word's."""
    numbers = [line._p.pPr.numPr.numId.val for line in opened.paragraphs if line.style.name == "List Number"]
    assert len(numbers) == 4
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]
    assert styled(opened, "List Bullet") == ["720 responses", "one model"]


def test_hostile_text_stays_text(opened, data):
    """Every answer stands there letter by letter; nothing leads outside, nothing is a macro."""
    said = everything(opened)
    for text in sample.HOSTILE.values():
        assert fit(text) in said
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert not [name for name in names if "vba" in name.lower() or "embeddings" in name]
    relations = opened.part.rels.values()
    assert not [each for each in relations if each.is_external]


def test_quotations_and_notices_have_styles(opened):
    """What a model wrote is a quotation under "Prompt" and "Answer"; a notice has its title in words."""
    quoted = styled(opened, "Quote")
    assert quoted.count("Prompt") == quoted.count("Answer") == len(sample.HOSTILE)
    assert "Content notice" in styled(opened, "Notice content")
    assert "To be written: Privacy risks" in styled(opened, "Notice missing")
    assert "Still missing" in styled(opened, "Notice missing")


def test_title_and_language_are_set(opened):
    """For the window's bar and for who reads aloud."""
    properties = opened.core_properties
    assert (properties.title, properties.language, properties.author) == (
        "Reference letters <b>& co</b> — the audit",
        "en",
        "Evenhand",
    )
    defaults = opened.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert defaults.get(qn("w:val")) == "en"


def test_text_from_the_right_is_set_from_the_right():
    """A Hebrew answer's paragraph runs from right to left."""
    document = sample.document(hostile=False)
    texts = {"hebrew": "שלום עולם"}
    section = type(document.sections[0])("s", "S", (sample.Quote(texts["hebrew"], "Say hello.", "Woman"),))
    made = type(document)(ReportKind.CARD, "T", "", "r", document.audience, (section,))
    lines = docx.Document(io.BytesIO(word.write(made))).paragraphs
    marked = [line.text for line in lines if line._p.pPr is not None and line._p.pPr.find(qn("w:bidi")) is not None]
    assert marked == ["שלום עולם"]


@pytest.mark.slow
@pytest.mark.parametrize("make", [sample.document, sample.deck])
def test_libreoffice_opens_it(make, tmp_path):
    """Converted without complaint, on A4, with every heading and the end of the longest text."""
    document = make()
    reader = as_pdf(word.write(document), "docx", tmp_path)
    assert float(reader.pages[0].mediabox.width) == pytest.approx(595, abs=1)
    said = words(reader)
    for section in document.sections:
        assert section.title in said
    assert len(reader.pages) < 25
