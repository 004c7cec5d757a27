"""The charts page: the picture that answers, its address, its views, and what it says when there is none."""

import shutil
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from lib.types import Finish, GridSpec, Response
from lib.ui import frame
from lib.workflows import comparison, example, human_labels, run, scoring
from lib.workflows.workbench import Workbench, open_workbench
from tests.pages.conftest import Open
from tests.seeding import seed

PAGE = "pages/6_Charts.py"
SCORERS = ["agency", "sentiment", "refusal"]
VIEWS = ["gaps", "groups", "distribution", "heat-map", "settings", "seeds", "words", "labels", "course"]


@pytest.fixture(scope="module")
def scored_file(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A database with a finished run, scored with a few scorers; with the run's id."""
    path = tmp_path_factory.mktemp("scored") / "audits.duckdb"
    with open_workbench(path, with_example=False) as workbench:
        run_id = seed(workbench)
        scoring.score(workbench, run_id, SCORERS, lambda _: None)
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


def answered(workbench: Workbench, spec: GridSpec, text: str, *scorers: str) -> None:
    """Store a finished run in which every answer is the same, and score it."""
    run_id = run.create(workbench, spec)
    jobs = workbench.store.runs.pending(run_id, spec.models[0])
    workbench.store.responses.add(run_id, [Response(job.no, text, Finish.STOP) for job in jobs])
    scoring.score(workbench, run_id, list(scorers), lambda _: None)


def charts(test):
    return test.get("vega_lite_chart")


def said(test) -> str:
    return " ".join(part.value for part in test.markdown)


def test_one_picture_answers_at_once(scored, open_at: Open):
    """Without a single choice there is a forest plot with its reading, and the address says what it shows."""
    test = open_at(PAGE)
    assert not test.exception
    assert not test.error
    assert len(charts(test)) == 1
    assert "matched sets" in said(test)
    assert test.query_params["run"] in (scored, [scored])
    assert "agency.agentic" in test.query_params["measure"]
    assert "Order" not in test.segmented_control(key="charts-view").options  # nothing was compared inside a prompt


def test_the_table_is_under_the_picture(scored, open_at: Open):
    """Every gap of the picture is a row of the table, with interval, n and coverage."""
    (table,) = (part.value for part in open_at(PAGE).dataframe)
    assert {"Gap", "Low", "High", "Matched sets", "Coverage", "p, corrected"} <= set(table.columns)
    assert table["Rows"].iloc[0] == comparison.OVERALL


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_opens(view, scored, open_at: Open):
    """Each view draws its figure, or says in a sentence what it lacks."""
    test = open_at(PAGE, run=scored, view=view)
    assert not test.exception
    assert not test.error
    assert charts(test) or test.info or test.dataframe
    assert test.segmented_control(key="charts-view").value == view


def test_another_measure_is_in_the_address(scored, open_at: Open):
    """A chosen scorer and measure change the figure and the address."""
    test = open_at(PAGE)
    test.selectbox(key="charts-scorer").select("sentiment").run()
    test.selectbox(key="charts-measure").select("sentiment.negative").run()
    assert "sentiment.negative" in test.query_params["measure"]
    assert not test.error


def test_another_reference_is_in_the_address(scored, open_at: Open):
    """A chosen reference changes what the gaps are held against, and the address."""
    test = open_at(PAGE)
    test.selectbox(key="charts-reference").select("man").run()
    assert "man" in test.query_params["reference"]
    assert set(test.dataframe[0].value["Against"]) == {"Man"}


def test_an_address_sets_every_choice(scored, open_at: Open):
    """An address opens the question it names."""
    asked = {"measure": "sentiment.positive", "reference": "all-others", "correction": "bh", "margin": "5"}
    test = open_at(PAGE, run=scored, **asked)
    assert test.selectbox(key="charts-scorer").value == "sentiment"
    assert test.selectbox(key="charts-measure").value == "sentiment.positive"
    assert test.selectbox(key="charts-reference").value == "all-others"
    assert test.radio(key="charts-correction").value == "bh"
    assert test.number_input(key="charts-margin").value == 5
    assert set(test.dataframe[0].value["Against"]) == {"the others"}


def test_an_address_of_nothing_gives_the_usual_picture(scored, open_at: Open):
    """What an address asks for and there is not, gives way to what is shown at first."""
    nothing = {"measure": "no.such", "attribute": "none", "reference": "nobody", "by": "x", "view": "x", "margin": "-3"}
    test = open_at(PAGE, run="no-such-run", **nothing)
    assert not test.error
    assert len(charts(test)) == 1
    assert test.number_input(key="charts-margin").value is None


def test_a_margin_goes_with_its_measure(scored, open_at: Open):
    """A margin in the unit of one measure is not kept for another."""
    test = open_at(PAGE, run=scored, margin="5")
    test.selectbox(key="charts-scorer").select("sentiment").run()
    assert test.number_input(key="charts-margin").value is None


def test_one_group_is_told(scored, open_at: Open):
    """One group compared with itself gives a sentence, not a figure."""
    test = open_at(PAGE, run=scored, group="woman", reference="woman")
    assert not charts(test)
    assert not test.exception
    assert "two groups" in test.error[0].value


def test_refusals_are_shown_by_group(database, open_at: Open):
    """What was refused is an outcome of its own, shown for each group."""
    with open_workbench(database) as workbench:
        answered(workbench, example.spec(), "I'm sorry, but I cannot help with that request.", "agency", "refusal")
    test = open_at(PAGE, view="groups")
    assert not test.error
    assert len(charts(test)) == 2
    assert "refused" in set(test.dataframe[1].value["Outcome"])


def test_a_pair_shows_who_was_picked(database, open_at: Open):
    """Where two are compared inside the prompt, the first picture is who was picked, and the order has a view."""
    with open_workbench(database) as workbench:
        chosen = {"gender": ("woman", "man")}
        spec = GridSpec("Pairs", "better_fit", ("gender",), example.spec().models, groups=chosen, terms_per_group=1)
        answered(workbench, spec, "A is the better fit.", "choice", "agency")
    test = open_at(PAGE)
    assert not test.error
    assert test.selectbox(key="charts-measure").value == "choice.picked"
    assert "Order" in test.segmented_control(key="charts-view").options


def test_nothing_scored_says_what_to_do(seeded, open_at: Open):
    """A run without scores gives a sentence and the way to score it."""
    test = open_at(PAGE)
    assert not charts(test)
    assert "Nothing of this run is scored" in test.info[0].value


def test_a_locked_database_without_scores_says_so(locked, open_at: Open):
    """Reading only, nothing can be scored, and the page says that."""
    assert "reading only" in open_at(PAGE).info[0].value


def test_a_locked_database_with_scores_is_drawn(scored, monkeypatch, open_at: Open):
    """Reading only, what is scored is drawn."""
    monkeypatch.setattr(frame, "open_workbench", partial(open_workbench, read_only=True))
    test = open_at(PAGE)
    assert not test.error
    assert len(charts(test)) == 1


def test_a_run_without_responses_is_told(database, open_at: Open):
    """A run of which nothing came back yet gives a sentence."""
    with open_workbench(database) as workbench:
        seed(workbench, left=10_000)
    assert "no responses yet" in open_at(PAGE).info[0].value


def test_names_that_users_made_stay_plain(scored, database, open_at: Open):
    """A run called like Markdown is shown letter by letter wherever Markdown is read."""
    with open_workbench(database) as workbench:
        run.rename(workbench, scored, "![x](https://evil.example/x.png)")
    test = open_at(PAGE)
    assert not test.error
    assert "![x](" not in said(test)
    assert all("![x](" not in caption.value for caption in test.caption)


def test_missing_scores_are_made_unasked(seeded, monkeypatch, open_at: Open):
    """Opening a run that lacks the scores which need no model starts making them."""
    asked = []
    monkeypatch.setattr(scoring, "start_instant", lambda workbench, run_id: asked.append(run_id) or True)
    open_at(PAGE)
    assert asked == [seeded]


def clicked(test, chart: str, **fields: str):
    """The page after a click on a mark, with the content notice accepted."""
    test.session_state["content-notice-accepted"] = True
    test.session_state[chart] = {"selection": {"picked": [fields]}}
    return test.run()


def test_a_clicked_gap_opens_what_is_behind_it(scored, open_at: Open):
    """Behind the mark of everything stand all matched sets, with a link to each and to the responses."""
    test = clicked(open_at(PAGE), "charts-gaps", category=comparison.OVERALL, group="Woman")
    assert not test.error
    assert "Behind the mark “All together, Woman”" in said(test)
    links = {link.proto.label for link in test.main.get("page_link")}
    assert {"Open this matched set", "All of these responses"} <= links


def test_the_notice_stands_in_front_of_what_is_behind_a_mark(scored, open_at: Open):
    """Before the content notice was accepted, a click shows no response."""
    test = open_at(PAGE)
    test.session_state["charts-gaps"] = {"selection": {"picked": [{"category": comparison.OVERALL, "group": "Woman"}]}}
    test.run()
    assert test.button(key="accept-notice")
    assert [link.proto.label for link in test.main.get("page_link")] == ["Report"]


def test_a_mark_that_is_gone_is_no_fault(scored, open_at: Open):
    """A click on a mark of an earlier question says that nothing is behind it any more."""
    test = clicked(open_at(PAGE), "charts-gaps", category="no-such-category", group="Woman")
    assert not test.error
    assert "0 responses" in said(test)


def labels_for(database: Path, scored: str) -> bytes:
    """The sheet that the page gives, every line of it labelled by chance."""
    with open_workbench(database) as workbench:
        found = comparison.compare(workbench, comparison.Question(scored, "gender", "agency.any_communal"))
        lines = human_labels.sheet(workbench, found, sets=12).decode().splitlines()
    return "\n".join([lines[0], *(f"{line}{place % 2}" for place, line in enumerate(lines[1:]))]).encode()


def test_labels_are_asked_for_and_wrong_ones_are_told(scored, database, open_at: Open):
    """A sheet with too few labels for a correction is answered with what is missing, not with a number."""
    sheet = labels_for(database, scored)
    test = open_at(PAGE, run=scored, measure="agency.any_communal", view="labels")
    assert "rests on the scorer alone" in test.info[0].value
    test.file_uploader[0].set_value(("labels.csv", sheet, "text/csv")).run()
    assert not test.exception
    assert "more sets" in " ".join(part.value for part in [*test.error, *test.info])


def test_a_rate_has_no_labels(scored, open_at: Open):
    """For a rate the page says why it cannot be labelled, and what can."""
    test = open_at(PAGE, run=scored, measure="agency.communal", view="labels")
    assert not test.exception
    assert "rate" in " ".join(part.value for part in [*test.error, *test.info])
