"""The report page: what can be handed in, written in place, kept with the audit, and taken along."""

import json
import shutil
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lib.types import Audience, Field, ReportKind
from lib.ui import frame, report_data, report_evidence, report_files
from lib.ui.report_draft import blocks_of, fields_of
from lib.workflows import comparison, run, scoring
from lib.workflows.reporting import choices
from lib.workflows.reporting.documents import document
from lib.workflows.reporting.evidence import gather
from lib.workflows.reporting.texts import history, texts
from lib.workflows.workbench import Workbench, open_workbench
from tests.pages.conftest import Open
from tests.seeding import seed

pytestmark = pytest.mark.slow

PAGE = "pages/9_Report.py"
CONCLUSION = "audit/conclusion"
USE = "plan/scope/use"
EVIL = "![x](http://127.0.0.1:9/x.png) <img src=x onerror=alert(1)> \u202eevil"


@pytest.fixture(scope="module")
def scored_file(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A database with a finished run, scored with one scorer; with the run's id."""
    path = tmp_path_factory.mktemp("reported") / "audits.duckdb"
    with open_workbench(path, with_example=False) as workbench:
        run_id = seed(workbench)
        scoring.score(workbench, run_id, ["agency"], lambda _: None)
    return path, run_id


@pytest.fixture
def scored(database: Path, scored_file: tuple[Path, str]) -> str:
    """That run, in the database that the pages use; gives its id."""
    path, run_id = scored_file
    shutil.copy(path, database)
    return run_id


@pytest.fixture(autouse=True)
def no_scoring_unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of these tests score nothing by themselves."""
    monkeypatch.setattr(scoring, "start_instant", lambda workbench, run_id: False)


@pytest.fixture(autouse=True)
def few_resamples(monkeypatch: pytest.MonkeyPatch) -> None:
    """What these tests look at does not hang on the intervals."""
    compare = comparison.compare
    monkeypatch.setattr(
        comparison, "compare", lambda workbench, question: compare(workbench, replace(question, resamples=200))
    )


def stored(database: Path, run_id: str) -> dict[str, str]:
    """What stands in the fields of a run's reports."""
    with open_workbench(database) as workbench:
        return texts(workbench, run_id)


def said(test: AppTest) -> str:
    return " ".join(part.value for kind in ("markdown", "header", "subheader", "caption") for part in test.get(kind))


def left(test: AppTest) -> tuple[int, int]:
    """How many fields are still to be written, of how many."""
    (line,) = (part.value for part in test.markdown if "still to be written" in part.value)
    missing, all = line.removeprefix("**").split(" field")[0].split(" of ")
    return int(missing), int(all)


def widget(field: str) -> str:
    return f"report-field-{field.replace('/', '-')}-text"


def test_a_report_is_there_at_once(scored, open_at: Open):
    """Without a single choice there is a report with chart, figures' captions and notices, and an address for it."""
    test = open_at(PAGE)
    assert not test.exception
    assert not test.error
    assert test.get("vega_lite_chart")
    assert "Figure 1" in said(test)
    assert any("notice" in box.proto.title.lower() for box in test.warning)
    assert test.query_params["run"] in (scored, [scored])
    assert test.query_params["kind"] in ("audit", ["audit"])


@pytest.mark.parametrize("kind", list(ReportKind))
def test_every_kind_opens_from_its_address(kind, scored, open_at: Open):
    """An address names what is to be handed in, and it is drawn with its fields."""
    test = open_at(PAGE, run=scored, kind=kind.value)
    assert not test.exception
    assert not test.error
    assert test.segmented_control(key="report-kind").value == kind.value
    missing, all = left(test)
    assert missing == all > 0


def test_an_address_of_nothing_gives_the_usual_report(scored, open_at: Open):
    """What an address asks for and there is not, gives way to what is shown at first."""
    test = open_at(PAGE, run="no-such-run", kind="poem")
    assert not test.error
    assert test.segmented_control(key="report-kind").value == ReportKind.AUDIT.value


def test_what_is_written_is_kept_and_counted(scored, database, open_at: Open):
    """A text is stored with its author as soon as it is entered; one field less is missing."""
    test = open_at(PAGE)
    before, all = left(test)
    test.text_area(key=widget(CONCLUSION)).input("Not to be used.").run()
    assert left(test) == (before - 1, all)
    assert not test.error
    st_cache_clear()
    assert stored(database, scored) == {CONCLUSION: "Not to be used."}
    with open_workbench(database) as workbench:
        assert [event.author for event in history(workbench, scored)[CONCLUSION]] == ["You (this computer)"]
    assert open_at(PAGE).text_area(key=widget(CONCLUSION)).value == "Not to be used."


def st_cache_clear() -> None:
    """Let go of the database that the pages hold."""
    frame.opened.clear()


def test_an_earlier_text_can_be_had_back(scored, open_at: Open):
    """What stood in a field before is listed with its author, and a click has it stand again."""
    test = open_at(PAGE, run=scored, kind="plan")
    test.text_area(key=widget(USE)).input("First").run()
    test.text_area(key=widget(USE)).input("Second").run()
    key = f"report-field-{USE.replace('/', '-')}"
    test.session_state[f"{key}-history"] = True
    test.run()
    (restore,) = (button for button in test.button if button.key.startswith(f"{key}-restore-"))
    restore.click().run()
    assert test.text_area(key=widget(USE)).value == "First"


def test_a_text_taken_back_is_missing_again(scored, open_at: Open):
    """An emptied field counts as still to be written."""
    test = open_at(PAGE, run=scored, kind="plan")
    before = left(test)
    test.text_area(key=widget(USE)).input("Soon gone").run()
    test.text_area(key=widget(USE)).input(" ").run()
    assert left(test) == before


def test_a_choice_is_kept_like_a_text(scored, database, open_at: Open):
    """A field with options takes one of them."""
    test = open_at(PAGE)
    box = next(box for box in test.selectbox if box.key.startswith("report-field-audit-risk"))
    box.select(box.options[0]).run()
    st_cache_clear()
    assert list(stored(database, scored).values()) == [box.options[0]]


def test_a_plan_is_written_row_by_row(scored, open_at: Open):
    """Of a table one row is written at a time, the first that lacks something; the table above shows the text."""
    test = open_at(PAGE, run=scored, kind="plan")
    before, all = left(test)
    fields = [box for box in test.selectbox if box.key.startswith("report-field-plan-r")]
    fields[0].select(fields[0].options[0]).run()
    assert left(test) == (before - 1, all)
    assert not test.error


def test_sections_can_be_left_out(scored, database, open_at: Open):
    """A section that is left out is gone, and the choice is kept with the audit."""
    with open_workbench(database) as workbench:
        sections = choices.sections(ReportKind.AUDIT)
    test = open_at(PAGE)
    assert any(part.value == "Recommendations" for part in test.subheader)
    test.session_state["report-contents"] = True
    test.run()
    pills = test.get("button_group")
    chosen = next(group for group in pills if group.key == f"report-{scored}-sections")
    chosen.set_value([id for id, _ in sections if id != "recommendations"])
    test.button(key="report-use").click().run()
    assert not test.error
    assert not any(part.value == "Recommendations" for part in test.subheader)
    st_cache_clear()
    with open_workbench(database) as workbench:
        assert choices.settings(workbench, scored).without == ("recommendations",)


def test_measures_are_chosen_in_order(scored, database, open_at: Open):
    """Chosen measures are kept in their order, and what is corrected together is said."""
    test = open_at(PAGE, run=scored, kind="card")
    test.session_state["report-contents"] = True
    test.run()
    assert any("corrected together" in part.value for part in test.caption)
    measures = test.multiselect(key=f"report-{scored}-measures")
    measures.set_value(["agency.communal", "agency.agentic"])
    test.button(key="report-use").click().run()
    assert not test.error
    st_cache_clear()
    with open_workbench(database) as workbench:
        assert choices.settings(workbench, scored).measures == ("agency.communal", "agency.agentic")


def test_the_audience_is_kept(scored, database, open_at: Open):
    """For whom a report is written is kept with the audit, and its words follow."""
    open_at(PAGE, run=scored, kind="plan").selectbox(key=f"report-audience-{scored}").select("committee").run()
    st_cache_clear()
    with open_workbench(database) as workbench:
        assert choices.settings(workbench, scored).audience is Audience.COMMITTEE


def test_quotes_stand_behind_the_content_notice(scored, open_at: Open):
    """Before the reader accepts, no response is shown, and everything else can be read and written."""
    test = open_at(PAGE)
    assert any("behind the content notice" in box.value for box in test.info)
    assert test.text_area(key=widget(CONCLUSION))
    test.button(key="accept-notice").click().run()
    assert not any("behind the content notice" in box.value for box in test.info)


@pytest.mark.slow
@pytest.mark.parametrize("kind", [ReportKind.AUDIT, ReportKind.DECK, ReportKind.CARD])
def test_texts_put_in_later_are_those_written_before(kind, scored, database):
    """A report kept without texts and filled is the report made with them: nothing else of it hangs on a text."""
    with open_workbench(database) as workbench:
        evidence = gather(workbench, scored)
        fields = fields_of(list(blocks_of(document(evidence, kind))))
        for number, field in enumerate(fields.values()):
            choices.write_field(workbench, scored, field.id, words(field, number), "Ana")
        anew = document(gather(workbench, scored), kind)
        kept = report_evidence.report(workbench, scored, kind).document
    assert [plain(block) for block in blocks_of(kept)] == [plain(block) for block in blocks_of(anew)]
    assert all(field.text for field in fields_of(list(blocks_of(kept))).values())


def words(field: Field, number: int) -> str:
    return field.options[0] if field.options else f"Words {number}"


def plain(block: object) -> str:
    """A block without its chart, which is another object each time."""
    return repr(block).split("chart=")[0]


def test_files_hold_what_was_written_a_moment_ago(scored, database):
    """A file is made of the report as it stands when it is asked for; the record and the data likewise."""
    with open_workbench(database) as workbench:
        choices.write_field(workbench, scored, CONCLUSION, "Written just now.", "Ana")
        markdown = report_files.made(workbench, scored, ReportKind.AUDIT, "md").decode("utf-8")
        choices.write_field(workbench, scored, "avid/credit", "Ana", "Ana")
        record = json.loads(report_data.avid_record(workbench, scored))
        packed = report_data.dataset_zip(workbench, scored, False)
    assert "Written just now" in markdown
    assert record["credit"][0]["value"] == "Ana"
    assert packed.startswith(b"PK")


def test_hostile_words_stay_letters(scored, database, open_at: Open):
    """A run, a field and an author called like markup are shown letter by letter."""
    with open_workbench(database) as workbench:
        run.rename(workbench, scored, EVIL)
        choices.write_field(workbench, scored, CONCLUSION, EVIL, EVIL)
    test = open_at(PAGE)
    assert not test.exception
    assert not test.error
    assert "evil" in said(test)
    assert "![x](" not in said(test)
    assert "<img" not in said(test).replace("\\<", "")
    assert "\u202e" not in said(test)


def test_no_run_says_what_to_do(database, open_at: Open):
    """With nothing stored the page leads to where a run is made, or imported."""
    test = open_at(PAGE)
    assert "nothing to report on" in test.info[0].value
    assert {link.proto.label for link in test.main.get("page_link")} == {"Build a grid", "Import recorded outputs"}


def test_a_run_without_scores_says_what_to_do(seeded, open_at: Open):
    """Without a score there is a report without gaps, and the way to score."""
    test = open_at(PAGE)
    assert not test.error
    assert any("has no gaps" in box.value for box in test.warning)
    assert any(link.proto.label == "Score this run" for link in test.main.get("page_link"))


def test_a_locked_database_can_be_read_and_not_written(scored, monkeypatch, open_at: Open):
    """Reading only, the report is drawn, fields are closed with the reason, and files can be taken along."""
    monkeypatch.setattr(frame, "open_workbench", partial(open_workbench, read_only=True))
    test = open_at(PAGE)
    assert not test.error
    area = test.text_area(key=widget(CONCLUSION))
    assert area.disabled
    assert "reading only" in area.help
    assert all(not button.proto.disabled for button in test.get("download_button"))


def test_the_evidence_is_gathered_once(scored, database, monkeypatch, open_at: Open):
    """Writing a field computes no number anew; a new score does."""
    asked: list[str] = []

    def counted(workbench: Workbench, run_id: str) -> object:
        asked.append(run_id)
        return gather(workbench, run_id)

    monkeypatch.setattr(report_evidence, "gather", counted)
    test = open_at(PAGE, run=scored, kind="plan")
    test.text_area(key=widget(USE)).input("Once").run()
    assert asked == [scored]
    scoring.score(frame.workbench(), scored, ["length"], lambda _: None)
    test.run()
    assert asked == [scored, scored]
