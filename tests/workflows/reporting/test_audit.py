"""The audit report: what is in it whatever happens, what can be left out, and for whom it is written."""

from dataclasses import replace

import pytest

from lib.reports import walk
from lib.types import (
    Audience,
    Bullets,
    ColumnKind,
    Figure,
    Notice,
    NoticeKind,
    Paragraph,
    ReportKind,
    ReportSettings,
    Section,
    Table,
)
from lib.workflows.reporting.documents import document
from lib.workflows.reporting.evidence import gather
from lib.workflows.workbench import open_workbench
from tests.workflows import mapped
from tests.workflows.reporting.audits import NEUTRAL_BANK, PLAIN, audited, lopsided, texts
from tests.workflows.reporting.people import NAMES, labelled

pytestmark = pytest.mark.slow

MARKER = "zqxmarker"
ONE = ("agency.any_communal",)


def made(evidence, **settings):
    return document(replace(evidence, settings=ReportSettings(measures=ONE, **settings)), ReportKind.AUDIT)


def gathered(workbench, run_id):
    workbench.store.reports.choose(run_id, ReportSettings(measures=ONE))
    return gather(workbench, run_id)


def all_blocks(blocks):
    for block in blocks:
        yield block
        if isinstance(block, Section):
            yield from all_blocks(block.blocks)


def section(document, id):
    return next(each for each in all_blocks(document.sections) if isinstance(each, Section) and each.id == id)


def of_kind(part, kind):
    return [each for each in all_blocks(part.blocks) if isinstance(each, kind)]


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The evidence of one audit, gathered once: six gaps of one measure, nobody annotated, nothing mapped."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "three_groups.yaml").write_text(NEUTRAL_BANK, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVENHAND_BANKS", str(folder))
        with open_workbench(folder / "audits.duckdb", with_example=False) as opened:
            run_id = audited(opened, lopsided(1, 2), bank="three_groups", repeats=2, seconds=3.0)
            return gathered(opened, run_id)


@pytest.fixture
def fresh(workbench):
    """A small audit that a test may add to."""
    return audited(workbench, lopsided(1, 2), bank="three_groups", repeats=2, scorers=["agency"])


def test_the_sections_come_in_order(small):
    """From the notices to the sign-off; the glossary is the committee's."""
    found = made(small)
    assert [each.id for each in found.sections] == [
        *["front", "summary", "overview", "method", "findings", "examples", "risks"],
        *["limitations", "recommendations", "conclusion", "appendix"],
    ]
    assert [each.id for each in section(found, "findings").blocks] == [
        *["neutral", "wording", "counterfactuals", "lexicon", "gaps", "human", "clusters", "benchmarks"]
    ]
    assert found.title == "Ethical audit: Small"


def test_some_parts_cannot_be_left_out(small):
    """Notices and limitations stay; everything else goes, a single finding too."""
    found = made(small, without=("front", "limitations", "method", "clusters", "conclusion"))
    ids = [each.id for each in found.sections]
    assert ids[0] == "front"
    assert "limitations" in ids
    assert not {"method", "conclusion"} & set(ids)
    assert "clusters" not in {each.id for each in of_kind(section(found, "findings"), Section)}
    kinds = [each.kind for each in of_kind(section(found, "front"), Notice)]
    assert kinds == [NoticeKind.CONTENT, NoticeKind.DISCLAIMER]
    assert "Answers may repeat stereotypes." in of_kind(section(found, "front"), Notice)[0].text


def test_what_is_missing_says_what_to_do(small):
    """Nobody annotated, nothing was mapped, no benchmark was run: each is a notice in its place."""
    found = made(small)
    for id, word in {"human": "assignment", "clusters": "map", "benchmarks": "benchmark"}.items():
        [notice] = of_kind(section(found, id), Notice)
        assert notice.kind is NoticeKind.LACKING
        assert word in notice.text


def test_without_scores_the_report_still_stands(workbench):
    """An audit that nobody scored has a report with its method, and says which findings it lacks."""
    found = made(gathered(workbench, audited(workbench, lopsided(1), repeats=1, scorers=[])))
    lacking = [each for each in of_kind(section(found, "findings"), Notice) if each.kind is NoticeKind.LACKING]
    assert len(lacking) == 10  # neutral, wording, counterfactuals, three lexicon tables, gaps, people, maps, benchmarks
    assert section(found, "summary").blocks[1].text == "6 of 6 prompts were answered. By outcome: 6 stopped."


def test_a_committee_gets_plain_words(small):
    """No p-values, tests or effects in tables, no correction in the readings, and a glossary."""
    experts, committee = made(small), made(small, audience=Audience.COMMITTEE)
    told = {audience: [each for _, each in texts(document)] for audience, document in
            {"experts": experts, "committee": committee}.items()}  # fmt: skip
    assert "glossary" in {each.id for each in committee.sections}
    assert any("Corrected (Holm)" in text for text in told["experts"])
    said = [each.text for each in of_kind(section(committee, "gaps"), Paragraph)]
    assert not any("Holm" in text or "p =" in text for text in said)
    columns = [column for figure in of_kind(section(committee, "gaps"), Figure) for column in figure.table.columns]
    assert columns
    assert not any(column.kind is ColumnKind.P or column.title in ("Effect", "Test") for column in columns)
    assert any(
        column.kind is ColumnKind.P
        for figure in of_kind(section(experts, "gaps"), Figure)
        for column in figure.table.columns
    )


def test_what_models_wrote_stands_in_quotes_alone(workbench):
    """A word that every response holds is found in quoted texts and nowhere else, in any kind of report."""
    run_id = audited(
        workbench, lambda *_: f"{PLAIN} <b>{MARKER}</b>", bank="three_groups", repeats=1, scorers=["agency"]
    )
    labelled(workbench, run_id)
    evidence = gathered(workbench, run_id)
    for kind in ReportKind:
        places = {path for path, text in texts(document(evidence, kind)) if MARKER in text}
        assert {path.rpartition("/")[2] for path in places} <= {"Quote.text"}, kind
    assert any(MARKER in text for _, text in texts(document(evidence, ReportKind.AUDIT)))


def test_the_authors_words_stand_in_their_fields(small):
    """What is written is in the field of its id; what is not is empty there."""
    written = replace(small, texts={"audit/conclusion": "Do not use it for hiring."})
    fields = {each.id: each.text for each in walk.fields(made(written))}
    assert fields["audit/conclusion"] == "Do not use it for hiring."
    assert fields["audit/summary"] == ""
    assert {
        f"audit/risk/{kind}/severity" for kind in ("ethical", "legal", "privacy", "security", "environmental")
    } <= set(fields)


def test_an_imported_recording_says_that_evenhand_did_not_make_it(small):
    """Where responses came from is told in front, in the overview and among the limits."""
    found = made(replace(small, origin={"file": "outputs 2024.csv"}))
    [told] = [each for each in of_kind(section(found, "front"), Notice) if each.kind is NoticeKind.WARNING]
    assert "Evenhand did not make these responses" in told.text
    assert "outputs 2024.csv" in section(found, "overview").blocks[0].text
    assert any("recorded elsewhere" in each.text for each in section(found, "limitations").blocks[0].items)


def test_annotators_have_pseudonyms_unless_asked(workbench, fresh):
    """Names are known to the evidence only where the author wants them, and agreement is told."""
    labelled(workbench, fresh)
    [said] = gathered(workbench, fresh).annotations
    assert said.agreement.annotators == ("Annotator 1", "Annotator 2")
    workbench.store.reports.choose(fresh, ReportSettings(measures=ONE, names=True))
    named = gather(workbench, fresh)
    assert named.annotations[0].agreement.annotators == NAMES
    shown = " ".join(text for _, text in texts(made(named)))
    assert "Krippendorff’s alpha is" in shown


def test_people_correct_what_they_said_the_same_of(workbench):
    """An assignment that says what its yes means gets its gaps corrected; other measures are told to lack a meaning."""
    run_id = audited(workbench, lopsided(1, 2), scorers=["agency", "refusal"])
    labelled(
        workbench,
        run_id,
        suggestion="agency.any_communal",
        suggestion_field="bias",
        suggestion_labels={"yes": "yes", "no": "no"},
    )
    workbench.store.reports.choose(run_id, ReportSettings(measures=("agency.any_communal", "refusal.refused")))
    evidence = gather(workbench, run_id)
    [said] = evidence.annotations
    assert list(said.corrections) == ["agency.any_communal"]
    assert said.meanings == {"agency.any_communal": "Bias observed: Yes"}
    assert "Refused" in said.problems[0]
    found = document(evidence, ReportKind.AUDIT)
    assert [each.id for each in of_kind(section(found, "human"), Figure)] == [
        f"corrected-agency.any_communal-{said.assignment.id}"
    ]


def test_maps_are_told_to_be_a_family_of_their_own(workbench, fresh):
    """A planted map, where all that is about women lies in one region, is found and drawn."""
    mapped.planted(workbench, [fresh], lambda spot: 0 if spot.group == "woman" else 1)
    found = section(made(gathered(workbench, fresh)), "clusters")
    assert "Maps are corrected by themselves." in of_kind(found, Paragraph)[0].text
    [figure] = of_kind(found, Figure)
    assert "A" in {row[0] for row in figure.table.rows}


def test_figures_say_what_they_show(small):
    """Captions have n, interval and correction; the text alternative has the main numbers; each has its table."""
    [figure] = of_kind(section(made(small), "gaps"), Figure)
    assert "95 % intervals" in figure.caption
    assert "36 of 36 responses have a number" in figure.caption
    assert "over the 6 gaps of this report" in figure.caption
    assert "Woman against Not named +50.0 points" in figure.alt
    assert figure.table.rows[0][:4] == ("All together", "Woman", "Not named", 0.5)


def test_every_table_has_a_value_a_column(small):
    """Rows are as wide as their header, and ids are not given twice."""
    found = made(small)
    tables = [each.table if isinstance(each, Figure) else each for each in all_blocks(found.sections)
              if isinstance(each, Table | Figure)]  # fmt: skip
    assert all(len(row) == len(table.columns) for table in tables for row in table.rows)
    assert len({table.id for table in tables}) == len(tables)


def test_the_environment_is_an_estimate_with_its_assumption(small):
    """Energy comes as a range with where its watts come from and what it leaves out."""
    said = section(made(small), "risk-environmental").blocks[0]
    assert isinstance(said, Bullets)
    text = " ".join(each.text for each in said.items)
    assert "watt-hours, assuming 5 to 20 watts a core" in text
    assert "Lannelongue" in text
    assert "Not included" in text


def test_the_committee_is_only_an_audience(small):
    """The same evidence makes both reports; numbers do not differ."""
    plain = made(small, audience=Audience.COMMITTEE)
    known = {fact.id: fact.value for fact in made(small).facts}
    shared = [fact for fact in plain.facts if fact.id in known]
    assert "gaps/agency.any_communal/all/woman/estimate" in {fact.id for fact in shared}
    assert all(known[fact.id] == fact.value for fact in shared)
