"""A committee deck has ten slides as PowerPoint, PDF and web page, whatever an audit has and an author writes."""

import io
import re
from dataclasses import replace

import pptx
import pypdf
import pytest

from lib.reports import html, pdf, slides
from lib.reports.office.deck_plan import DECK
from lib.workflows.reporting import deck
from lib.workflows.reporting.evidence import gather
from tests.workflows.reporting.audits import COMMUNAL, PLAIN, audited, lopsided

SECTION = re.compile(r'<section id="[^"]*" class="level-1"')
FIELDS = ("deck/risks/proposal", "deck/decision/ask", "deck/decision/options", "deck/decision/next")
LONG = "The board of admissions decides by the end of June whether drafts may be written by this model. " * 7
"""Some 670 characters: one in each of three fields fits a slide in small letters."""


@pytest.fixture
def rich(workbench):
    """Wordings, a neutral group, and answers longer than a slide has room for."""

    def text(place, group, template):
        said = COMMUNAL if group == "woman" and (place % 2 == 0 or template == "tells") else PLAIN
        return f"{said} " + f"It goes on in case {place}. " * 40

    return gather(workbench, audited(workbench, text, bank="three_groups", repeats=5))


@pytest.fixture
def bare(workbench):
    """An audit that nobody scored."""
    return gather(workbench, audited(workbench, lopsided(1), repeats=1, scorers=[]))


def counted(evidence):
    """The number of slides in each format, and their titles in PowerPoint."""
    made = deck.document(evidence)
    presentation = pptx.Presentation(io.BytesIO(slides.write(made)))
    pages = pypdf.PdfReader(io.BytesIO(pdf.write(made))).pages
    sections = SECTION.findall(html.write(made).decode("utf-8"))
    titles = [slide.shapes.title.text_frame.text for slide in presentation.slides]
    return (len(titles), len(pages), len(sections)), titles, presentation, pages


@pytest.mark.slow
@pytest.mark.parametrize("which", ["rich", "bare"])
@pytest.mark.parametrize("texts", [{}, dict.fromkeys(FIELDS, LONG)], ids=["nothing written", "much written"])
def test_a_deck_has_ten_slides(which, texts, request):
    """No slide beside its sections, none of them split; letters are at least 12 points."""
    evidence = replace(request.getfixturevalue(which), texts=texts)
    found, titles, presentation, pages = counted(evidence)
    assert found == (10, 10, 10)
    assert titles[0] == evidence.run.name
    assert not any("continued" in title for title in titles)
    sizes = {
        run.font.size.pt
        for slide in presentation.slides
        for shape in slide.shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
        if run.font.size
    }
    assert min(sizes) >= DECK.sizes[-1] == 12
    missing = "" if texts else "4 fields still to be written"
    assert presentation.core_properties.comments == missing
    assert missing in " ".join(pages[0].extract_text().split())
    assert "Still missing" not in pages[1].extract_text()


@pytest.mark.slow
def test_two_long_answers_stand_on_one_slide(rich):
    """Each is cut to 280 characters with a mark, and both are there, side by side."""
    _, titles, presentation, pages = counted(rich)
    place = titles.index("What answers look like")
    boxes = [shape for shape in presentation.slides[place].shapes if shape.has_text_frame]
    quotes = [shape for shape in boxes if "Answer" in shape.text_frame.text.splitlines()]
    assert [shape.text_frame.text.count("[…]") for shape in quotes] == [1, 1]
    first, second = quotes
    assert (first.top, first.height) == (second.top, second.height)
    assert first.left + first.width < second.left
    assert pages[place].extract_text().count("[…]") == 2


@pytest.mark.slow
def test_what_cannot_fit_goes_on_and_says_so(bare):
    """Ten thousand characters in one field: further slides, called continued, and every word is there."""
    text = " ".join(f"word{number}" for number in range(1_200))
    found, titles, presentation, pages = counted(replace(bare, texts={FIELDS[0]: text}))
    assert found[2] == 10
    assert min(found[:2]) > 10
    place = titles.index("What could go wrong, and what we propose")
    assert titles[place + 1] == "What could go wrong, and what we propose (continued)"
    on_slides = " ".join(
        shape.text_frame.text for slide in presentation.slides for shape in slide.shapes if shape.has_text_frame
    )
    in_pdf = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert {f"word{number}" for number in range(1_200)} <= set(on_slides.split())
    assert {f"word{number}" for number in range(1_200)} <= set(in_pdf.split())
    assert "(continued)" in pages[place + 1].extract_text()
