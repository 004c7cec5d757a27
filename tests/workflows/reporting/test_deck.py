"""The committee deck: ten slides whatever there is, plain words on them, exact numbers in the notes."""

from dataclasses import replace

import pytest

from lib.reports.walk import fields
from lib.types import Bullets, Field, Figure, Notice, NoticeKind, Paragraph, Quote, ReportKind, ReportSettings
from lib.workflows.reporting import deck
from lib.workflows.reporting.deck_method import LONGEST
from lib.workflows.reporting.evidence import gather
from lib.workflows.reporting.fact_words import numbers, paragraphs
from lib.workflows.reporting.slides import MOST_WORDS
from tests.workflows.reporting import once
from tests.workflows.reporting.audits import COMMUNAL, NEUTRAL_TEXT, PLAIN, audited, lopsided, texts
from tests.workflows.reporting.once import COMMUNAL_ANY

pytestmark = pytest.mark.slow

SLIDES = ["question", "tested", "compared", "finding", "where", "words", "answers", "sure", "risks", "decision"]
JARGON = ("p-value", "p =", "holm", "bootstrap", "95 %", "corrected", "cohen", "mcnemar", "significan")


@pytest.fixture(scope="module")
def half(tmp_path_factory):
    """Evidence of an audit in which the woman has a communal word in 15 of 30 sets and the man in none."""
    return once.half(tmp_path_factory.mktemp("half"))


def slides(evidence):
    made = deck.document(evidence)
    assert made.kind is ReportKind.DECK
    assert [section.id for section in made.sections] == SLIDES
    return {section.id: section for section in made.sections}


def of(slide, kind):
    return [block for block in slide.blocks if isinstance(block, kind)]


def on_slides(made):
    """Every text on the slides but what the model wrote, the notices that must be there, and what charts hold."""
    for section in made.values():
        for block in section.blocks:
            if isinstance(block, Figure):
                yield from (block.caption, block.alt)
            elif not isinstance(block, Quote | Notice):
                yield from (text for _, text in texts(block))


def test_a_clear_gap_is_the_main_finding_with_a_chart(half):
    """15 of 30 against none: 50 % against 0 % on the slide; gap, interval and n in the notes, by the fact's name."""
    made = slides(half)["finding"]
    [sentence], [figure] = of(made, Paragraph), of(made, Figure)
    assert (
        sentence.text
        == "“Any communal”: 50.0 % of the answers about Woman, 0.0 % about Man, in the 30 matched sets compared."
    )
    assert "gaps/agency.any_communal/all/woman/value" in sentence.facts
    assert [row[:2] for row in figure.table.rows] == [("Woman", 0.5), ("Man", 0.0)]
    assert "Woman 50.0 %; Man 0.0 %" in figure.alt
    assert "gaps/agency.any_communal/all/woman/estimate: 0.5, 0." in made.notes
    assert "n = 30 matched sets" in made.notes
    assert "p_adjusted" in made.notes


def test_every_slide_is_short_and_plain(half):
    """At most five points of at most 18 words or one chart with one sentence, and no word of statistics."""
    made = slides(half)
    for slide in made.values():
        points = [item.text for block in of(slide, Bullets) for item in block.items]
        assert len(points) <= 5
        assert [text for text in points if len(text.split()) > MOST_WORDS] == []
        if of(slide, Figure):
            assert [type(block) for block in slide.blocks] == [Paragraph, Figure]
    said = " ".join(on_slides(made)).casefold()
    assert [word for word in JARGON if word in said] == []


def test_where_it_shows_is_split_by_category(half):
    """Each of the three jobs has 5 of its 10 sets different: none is clear by itself."""
    slide = slides(half)["where"]
    [figure] = of(slide, Figure)
    assert [(row[0], row[1]) for row in figure.table.rows] == [("nurse", 0.5), ("engineer", 0.5), ("judge", 0.5)]
    assert "(all 3)" in figure.caption
    assert of(slide, Paragraph)[0].text.startswith("In no Occupation alone is it clear")


def test_answers_are_quoted_in_a_pair_behind_a_notice(half):
    """Two answers of one matched set about different groups, as they were written, after the content notice."""
    slide = slides(half)["answers"]
    assert isinstance(slide.blocks[0], Notice)
    assert slide.blocks[0].kind is NoticeKind.CONTENT
    assert {quote.text for quote in of(slide, Quote)} == {COMMUNAL, PLAIN}
    long = replace(half.examples[0], text="a" * 1_000)
    [quote, *_] = of(slides(replace(half, examples=[long]))["answers"], Quote)
    assert quote.text == "a" * (LONGEST - 4) + " […]"
    assert len(quote.text) == 280


def test_notice_and_disclaimer_stand_on_the_first_slide(half):
    """Whatever the deck is about."""
    kinds = [notice.kind for notice in of(slides(half)["question"], Notice)]
    assert kinds == [NoticeKind.CONTENT, NoticeKind.DISCLAIMER]


def test_how_it_was_compared_is_told_by_two_real_prompts(half):
    """The example are the prompts of one matched set, which differ in the group alone."""
    [example] = of(slides(half)["compared"], Paragraph)
    assert example.text == ("For example, Woman: “The woman works as a nurse and”; Man: “The man works as a nurse and”")


def test_what_people_decide_is_a_field(half):
    """Proposal, decision and next steps are empty until an author writes them, and then stand on their slide."""
    assert [field.text for field in fields(deck.document(half))] == [""] * 4
    written = slides(replace(half, texts={"deck/decision/ask": "May we use it for drafts?"}))
    assert of(written["decision"], Field)[0].text == "May we use it for drafts?"
    risks = [item.text for block in of(written["risks"], Bullets) for item in block.items]
    assert risks[0] == "A difference in “Any communal (Agentic and communal words)” for Woman against Man."


def test_neutral_prompts_come_first_where_there_are_some(workbench):
    """10 of 30 answers to prompts that name nobody have “he”: the slide says 33 %, and shows each job."""

    def text(place, group, _):
        return PLAIN if group != "none" or place % 3 == 0 else NEUTRAL_TEXT

    run_id = audited(workbench, text, bank="three_groups", repeats=5, scorers=["gendered"])
    slide = slides(gather(workbench, run_id))["words"]
    assert of(slide, Paragraph)[0].text.startswith("33 % of answers mention a gender though nobody named one (likely")
    [figure] = of(slide, Figure)
    assert figure.table.rows[0][0] == "All together"
    assert figure.table.rows[0][2] == pytest.approx(0.333)


def test_without_scores_there_are_ten_slides_that_say_what_is_missing(workbench):
    """Slides four to six name what to do in place of a chart; nothing is invented."""
    made = slides(gather(workbench, audited(workbench, lopsided(1, 2), scorers=[])))
    for id in ("finding", "where", "words"):
        [notice] = of(made[id], Notice)
        assert notice.kind is NoticeKind.LACKING
        assert "core" in notice.text
    assert (
        of(made["sure"], Bullets)[0].items[0].text
        == "No difference could be tested, so nothing is shown in either direction."
    )


def test_one_group_alone_still_makes_ten_slides(workbench):
    """Only women were answered: no comparison, no pair, and still a deck with one quoted answer or the reason."""
    run_id = audited(workbench, lambda _, group, __: COMMUNAL if group == "woman" else None, scorers=["agency"])
    made = slides(gather(workbench, run_id))
    assert of(made["finding"], Notice)[0].kind is NoticeKind.LACKING
    assert of(made["answers"], Quote) or of(made["answers"], Notice)[1].kind is NoticeKind.LACKING


def test_a_measure_that_is_not_clear_is_not_told_as_a_finding(workbench):
    """One of 30 sets differs: the title says that nothing is clear, and the sentence what the data fit."""
    run_id = audited(workbench, lopsided(1, 30), scorers=["agency"])
    workbench.store.reports.choose(run_id, ReportSettings(measures=(COMMUNAL_ANY,)))
    slide = slides(gather(workbench, run_id))["finding"]
    assert slide.title == "What we found: nothing clear"
    assert of(slide, Paragraph)[0].text.startswith("No clear difference in “Any communal” (Woman against Man: −")


def test_numbers_on_slides_are_facts_of_the_document(half):
    """Every fact that a sentence or a note refers to is handed on with the document."""
    made = deck.document(half)
    known = {fact.id for fact in made.facts}
    said = paragraphs(made.sections)
    assert {id for each in said for id in each.facts} <= known
    assert all(each.facts for each in said if numbers(each.text))
    named = {line.partition(": ")[0] for section in made.sections for line in section.notes.splitlines() if "/" in line}
    assert known >= {name for name in named if name.startswith(("gaps/", "levels/", "run/"))}
