"""Nothing is invented: every number in a sentence of any report comes from a fact that the sentence refers to."""

from dataclasses import replace

import pytest

from lib.types import Audience, Fact, Finish, GridSpec, Paragraph, ReportKind, Response
from lib.workflows import run, scoring
from lib.workflows.reporting.documents import document
from lib.workflows.reporting.evidence import gather
from lib.workflows.reporting.fact_words import cited, paragraphs, unexplained
from tests.workflows import mapped
from tests.workflows.reporting.audits import COMMUNAL, MODEL, PLAIN, audited, lopsided
from tests.workflows.reporting.people import labelled
from tests.workflows.test_beyond_gaps import PAIRS

pytestmark = pytest.mark.slow

SHARE = Fact("gap", 0.125, "made up", n=30, unit="matched sets", low=0.031, high=0.2)
KNOWN = {
    "gap": SHARE,
    "count": Fact("count", 1200, "made up"),
    "names/0": Fact("names/0", "GPT 2", "a name"),
    "other/n": Fact("other/n", 7, "made up"),
}


@pytest.fixture
def rich(workbench):
    """An audit with everything: wordings, a neutral group, labels of two people, and a map."""

    def text(place, group, template):
        return COMMUNAL if group == "woman" and (place % 2 == 0 or template == "tells") else PLAIN

    run_id = audited(workbench, text, bank="three_groups", repeats=5, seconds=2.0)
    labelled(workbench, run_id)
    mapped.planted(workbench, [run_id], lambda spot: 0 if spot.group == "woman" and spot.place % 4 else 1)
    return run_id


@pytest.fixture
def couples(workbench, banks):
    """An audit whose prompts compare two groups, in both orders."""
    (banks / "couples.yaml").write_text(PAIRS, encoding="utf-8")
    run_id = run.create(workbench, GridSpec("Pairs", "couples", ("gender",), (MODEL,), repeats=3, seed=1))
    jobs = workbench.store.runs.pending(run_id, MODEL)
    said = [Response(job.no, "A" if "A is a man" in job.prompt else "B", Finish.STOP) for job in jobs]
    workbench.store.responses.add(run_id, said)
    scoring.score(workbench, run_id, ["choice", "agency"], lambda _: None)
    return run_id


def assert_explained(evidence):
    """Every paragraph of every kind for every audience names facts that give its numbers."""
    for audience in Audience:
        told = replace(evidence, settings=replace(evidence.settings, audience=audience))
        for kind in ReportKind:
            made = document(told, kind)
            known = {fact.id: fact for fact in made.facts}
            left = {each.text: unexplained(each, known) for each in paragraphs(made.sections)}
            assert {text: numbers for text, numbers in left.items() if numbers} == {}, (kind, audience)
            assert all(fact.how for fact in made.facts)


def test_every_number_has_its_fact(workbench, rich):
    """In a report of any kind each sentence's numbers are those of the facts it names, and all of these exist."""
    assert_explained(gather(workbench, rich))


def test_so_it_is_with_hardly_anything(workbench):
    """An audit that nobody scored tells of nothing that is not there."""
    assert_explained(gather(workbench, audited(workbench, lopsided(1), repeats=1, scorers=[])))


def test_so_it_is_where_two_are_compared_in_one_prompt(workbench, couples):
    """What decided between two is told with its facts."""
    found = gather(workbench, couples)
    assert [made.choice.id for made in found.comparisons] == ["choice.picked"]
    assert found.facts["order/by_the_group"].value == 1.0
    assert (found.facts["order/first"].value, found.facts["order/first"].n) == (0.5, 12)
    assert_explained(found)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("A gap of +12.5 points (3.1 to 20.0; 30 matched sets).", ("gap",)),
        ("GPT 2 gave 1,200 answers.", ("count", "names/0")),
        ("Nothing was counted.", ()),
    ],
)
def test_a_sentence_names_the_facts_it_needs(text, ids):
    """A gap with its interval, a count, a name with a number in it; no fact for no number."""
    assert cited(text, KNOWN, ("gap", "count")) == ids
    assert unexplained(Paragraph(text, ids), KNOWN) == set()


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("A gap of +12.6 points.", {"12.6"}),
        ("A gap of +12.5 points in 31 sets.", {"31"}),
        ("GPT 4 has a gap of +12.5 points.", {"4"}),
    ],
)
def test_a_number_without_a_fact_is_noticed(text, left):
    """A digit that is off, another n, another name: none of these passes."""
    assert unexplained(Paragraph(text, ("gap", "names/0")), KNOWN) == left


def test_facts_are_not_looked_for_elsewhere():
    """A number that only some other fact happens to give stays unexplained."""
    paragraph = Paragraph("It happened 7 times.", cited("It happened 7 times.", KNOWN, ("gap",)))
    assert unexplained(paragraph, KNOWN) == {"7"}
