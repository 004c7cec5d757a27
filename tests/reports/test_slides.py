"""Slides have real titles, text and tables, and nothing runs over their edges."""

import io
from collections import Counter

import pptx
import pytest
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn

from lib.reports import slides, walk
from lib.reports.office.measure import inches_high, wrapped
from lib.reports.text import fit
from lib.types import ReportKind
from tests.reports import sample
from tests.reports.opened import as_pdf, words

pytestmark = pytest.mark.slow

EMU = 914_400


@pytest.fixture(scope="module")
def deck():
    return pptx.Presentation(io.BytesIO(slides.write(sample.deck(hostile=True))))


@pytest.fixture(scope="module")
def audit():
    return pptx.Presentation(io.BytesIO(slides.write(sample.document())))


def titles(presentation):
    return [slide.shapes.title.text_frame.text for slide in presentation.slides]


def everything(presentation):
    said = []
    for slide in presentation.slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                said.append(shape.text_frame.text)
            if shape.has_table:
                said += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(said).replace("\v", "\n")


def test_a_section_of_a_deck_is_a_slide(deck):
    """The first has the title of the deck; only the table of 23 rows goes on, and says so."""
    sections = [section.title for section in sample.deck().sections]
    assert titles(deck) == [
        "Reference letters: ten slides",
        *sections[1:8],
        "Risks",
        "Risks (continued)",
        "Risks (continued 2)",
        "What to decide",
    ]
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9, abs=0.001)


def test_speakers_notes_are_kept(deck):
    """Each section's notes are its slide's."""
    notes = {
        slide.shapes.title.text_frame.text: slide.notes_slide.notes_text_frame.text
        for slide in deck.slides
        if slide.has_notes_slide
    }
    assert notes["Reference letters: ten slides"] == "Say hello first.\n\n1 field still to be written"
    assert len(notes) == 7


@pytest.mark.parametrize("which", ["deck", "audit"])
def test_every_slide_has_a_title_and_no_empty_place(which, request):
    """All placeholders hold something, titles tell slides apart, and ids are not given twice."""
    presentation = request.getfixturevalue(which)
    assert [title for title, times in Counter(titles(presentation)).items() if times > 1] == []
    for slide in presentation.slides:
        for holder in slide.placeholders:
            number = holder.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER
            assert number or holder.text_frame.text.strip()
        ids = slide.shapes._spTree.xpath(".//p:cNvPr/@id")
        assert len(ids) == len(set(ids))


@pytest.mark.parametrize("which", ["deck", "audit"])
def test_nothing_leaves_the_slide(which, request):
    """Every shape lies within its slide, and no text is longer than its box by a generous estimate of its lines."""
    presentation = request.getfixturevalue(which)
    for slide in presentation.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= presentation.slide_width
            tall = sum(row.height for row in shape.table.rows) if shape.has_table else shape.height
            assert shape.top + tall <= presentation.slide_height
            if shape.has_text_frame and shape.text_frame.text:
                assert needs(shape) <= shape.height / EMU + 0.05, (slide.shapes.title.text_frame.text, shape.name)


def needs(shape):
    """Inches that a shape's text takes."""
    high = 0.0
    for paragraph in shape.text_frame.paragraphs:
        size = next((run.font.size.pt for run in paragraph.runs if run.font.size), 12.0)
        text = "".join(run.text for run in paragraph.runs)
        space = paragraph.space_after.inches if paragraph.space_after else 0.0
        high += inches_high(len(wrapped(text, size, shape.width / EMU - 0.35)), size) + space
    return high


def test_pictures_and_tables_have_alternatives(audit):
    """Each figure says in words what it shows, each table what it is; tables mark their header rows."""
    pictures = [shape for slide in audit.slides for shape in slide.shapes if shape.shape_type == 13]
    assert [shape._element.nvPicPr.cNvPr.get("descr") for shape in pictures] == [
        figure.alt for figure in walk.figures(sample.document())
    ]
    tables = [shape for slide in audit.slides for shape in slide.shapes if shape.has_table]
    assert all(shape.table.first_row for shape in tables)
    assert all(shape._element.nvGraphicFramePr.cNvPr.get("descr") for shape in tables)


def test_no_two_things_on_a_slide_overlap(deck):
    """Words, pictures, tables and captions each have their own room."""
    for slide in deck.slides:
        boxes = [shape for shape in slide.shapes if not shape.is_placeholder or shape.text_frame.text.strip()]
        for place, one in enumerate(boxes):
            for other in boxes[place + 1 :]:
                apart = one.left + one.width <= other.left + EDGE or other.left + other.width <= one.left + EDGE
                above = bottom(one) <= other.top + EDGE or bottom(other) <= one.top + EDGE
                assert apart or above, (slide.shapes.title.text_frame.text, one.name, other.name)


EDGE = 0.02 * EMU


def bottom(shape):
    """Where a shape ends; of a table its rows tell."""
    return shape.top + (sum(row.height for row in shape.table.rows) if shape.has_table else shape.height)


def test_a_deck_says_in_its_properties_what_is_missing(deck):
    """There is no slide about it: small print of the first one, its notes and the file's properties say how much."""
    assert deck.core_properties.comments == "1 field still to be written"
    said = [shape.text_frame.text for shape in deck.slides[0].shapes if shape.has_text_frame]
    assert "Audit k3v9 · made with Evenhand · 1 field still to be written" in said
    assert "To be written: The decision asked for" in everything(deck)


def test_a_long_table_goes_on_with_its_header(deck):
    """Rows are dealt out over slides in order, none lost, none twice, the header on each."""
    tables = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]
    assert len(tables) == 3
    assert all([cell.text for cell in table.rows[0].cells][:2] == ["Text", "Whole"] for table in tables)
    first = [row.cells[0].text for table in tables for row in list(table.rows)[1:]]
    assert first == ["Woman", "Man", "–", *(f"Row {number}" for number in range(20))]


def test_hostile_text_stays_text(audit):
    """Every answer is there, ten thousand letters over several slides; nothing leads outside."""
    said = everything(audit)
    for name, text in sample.HOSTILE.items():
        if name != "endless":
            assert fit(text) in said
    assert said.count("x") >= 20_000
    for slide in audit.slides:
        assert not [each for each in slide.part.rels.values() if each.is_external]


def test_contents_and_missing_fields_lead_to_their_slides(audit):
    """Links jump within the presentation, and to the right slide."""
    jumps = {}
    for slide in audit.slides:
        for run in slide.shapes._spTree.iter(qn("a:r")):
            for link in run.iter(qn("a:hlinkClick")):
                assert link.get("action") == "ppaction://hlinksldjump"
                target = slide.part.related_part(link.get(qn("r:id"))).slide
                jumps[run.find(qn("a:t")).text] = target.shapes.title.text_frame.text
    assert jumps["Overview"] == "Overview"
    assert jumps["Conclusion"] == "Conclusion"
    assert jumps["Risk assessment"].startswith("Risk assessment (1 of")


@pytest.mark.parametrize("kind", list(ReportKind))
def test_every_kind_becomes_slides(kind):
    """Title and language are set whatever the kind."""
    made = pptx.Presentation(io.BytesIO(slides.write(sample.short(kind))))
    assert made.core_properties.title == "Reference letters — the audit"
    assert made.core_properties.language == "en"


@pytest.mark.slow
@pytest.mark.parametrize("make", [sample.document, sample.deck])
def test_libreoffice_opens_it(make, tmp_path):
    """Converted without complaint, a page a slide, with every title."""
    document = make()
    data = slides.write(document)
    reader = as_pdf(data, "pptx", tmp_path)
    presentation = pptx.Presentation(io.BytesIO(data))
    assert len(reader.pages) == len(presentation.slides)
    said = words(reader)
    assert all(" ".join(title.split()) in said for title in titles(presentation))
