"""The scorers page: reading about them, trying them, adding one, scoring an audit."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lib.ui.scorer_catalogue import with_kinds_to_set_up
from lib.ui.scorer_form import DRAFTS
from lib.ui.scorer_view import as_in_example
from lib.ui.words import plain
from lib.workflows import models, scoring
from lib.workflows.workbench import open_workbench
from tests.pages.conftest import Open

PAGE = "pages/12_Scorers.py"
TAB = "scorers-tab"
OWN = "scorer-own_lexicon-lexicon"
HOSTILE = "![x](http://example.org/x.png) <b>bold</b>"
LEXICON = """\
name: Words of praise
source: made up
licence: CC0-1.0
version: "1"
categories:
  ability: [clever, gifted]
"""


def open_tab(open_at: Open, tab: str, **address: str) -> AppTest:
    """The page with one of its tabs open."""
    test = open_at(PAGE, **address)
    test.session_state[TAB] = tab
    return test.run()


def adding(open_at: Open, lexicon: str, title: str = "My praise") -> AppTest:
    """The form, filled in with a lexicon and sent; the browser tests type it."""
    test = open_tab(open_at, "Add a scorer")
    test.selectbox(key="scorer-kind").select("own_lexicon").run()
    draft = test.session_state[DRAFTS][OWN]
    draft.text, draft.revision = lexicon, draft.revision + 1
    test.text_input(key="scorer-title").input(title).run()
    return test.button(key="scorer-add").click().run()


def added_ids(database: Path) -> list[str]:
    with open_workbench(database) as workbench:
        return [view.entry.id for view in scoring.views(workbench) if view.added]


def words_of(test: AppTest) -> str:
    """All that the page says as Markdown."""
    return "\n".join(str(item.value) for kind in ("markdown", "caption", "subheader") for item in test.get(kind))


def test_every_scorer_has_a_card(database: Path, open_at: Open):
    """Each scorer's measures, weaknesses, citation, licence and worked example are shown, and nothing goes wrong."""
    test = open_at(PAGE)
    with open_workbench(database) as workbench:
        views = with_kinds_to_set_up(scoring.views(workbench))
    assert {view.scorer.id for view in views} == {kind.id for kind in scoring.kinds()}
    for view in views:
        test.selectbox(key="scorers-scorer").select(view.entry.id).run()
        assert not test.exception, view.entry.id
        assert not test.error, view.entry.id
        said = words_of(test)
        assert all(heading in said for heading in ("What it measures", "What it gets wrong", "Worked example"))
        assert plain(view.scorer.weaknesses, 2_000) in said
        assert plain(view.scorer.licence) in said
        measures = test.dataframe[1].value
        assert list(measures["Measure"]) == [measure.title for measure in as_in_example(view.scorer).measures]


def test_an_address_shows_its_scorer(database, open_at: Open):
    """`?scorer=…` opens that scorer, with its caveat where everybody sees it."""
    test = open_at(PAGE, scorer="sentiment")
    assert test.selectbox(key="scorers-scorer").value == "sentiment"
    assert "not a measure of bias" in test.info[0].value


def test_the_worked_example_is_given_in_words(database, open_at: Open):
    """3 masculine words of 16 are 18.75 in 100."""
    test = open_at(PAGE, scorer="gendered")
    example = test.dataframe[2].value.set_index("Measure")["Text"]
    assert example["Masculine"] == "3 (18.75 per 100 words)"
    assert example["Masculine and feminine words"] == "yes"
    assert example["Label"] == "both"


def test_a_text_is_scored_as_it_is_pasted(database, open_at: Open):
    """Every instant scorer says something of a text, and one shows all its numbers."""
    test = open_tab(open_at, "Try it")
    test.text_area(key="try-text").input("He is a nurse, and he leads.").run()
    test.selectbox(key="try-scorer").select("gendered").run()
    said = test.dataframe[0].value.set_index("Scorer")
    assert said.loc["Gendered words", "Label"] == "masculine"
    numbers = test.dataframe[1].value.set_index("Measure")["Score"]
    assert numbers["Masculine"] == "2 (28.57 per 100 words)"


def test_an_empty_text_is_nothing_to_score(database, open_at: Open):
    """Without words there is no number that looks like a result."""
    test = open_tab(open_at, "Try it")
    test.text_area(key="try-text").input("").run()
    assert not test.error
    said = test.dataframe[0].value.set_index("Scorer")
    assert said.loc["Gendered words", "In short"].startswith("nothing to score")
    test.selectbox(key="try-scorer").select("gendered").run()
    assert set(test.dataframe[1].value.set_index("Measure")["Score"][:3]) == {"–"}


def test_a_lexicon_is_added_and_removed(database: Path, open_at: Open):
    """An added lexicon is shown with its own measures; removed, it is gone."""
    test = adding(open_at, LEXICON)
    assert not test.error
    (id,) = added_ids(database)
    assert test.session_state[TAB] == "Catalogue"
    assert test.selectbox(key="scorers-scorer").value == id
    assert "Ability" in set(test.dataframe[1].value["Measure"])
    test.button(key="scorer-remove").click().run()
    assert not test.error
    assert not added_ids(database)


def test_a_broken_lexicon_names_the_line_and_stays(database: Path, open_at: Open):
    """A lexicon that cannot be read is refused with its line, and what was written is kept."""
    broken = LEXICON.replace("[clever, gifted]", "[clever, '!!']")
    test = adding(open_at, broken)
    assert "line 6" in test.error[0].proto.title
    assert test.session_state[DRAFTS][OWN].text == broken
    assert test.text_input(key="scorer-title").value == "My praise"
    assert not added_ids(database)


def test_a_lexicon_comes_from_a_file(database, open_at: Open):
    """An uploaded file opens in the editor; one that is no text is refused, and the draft stays."""
    test = open_tab(open_at, "Add a scorer")
    test.selectbox(key="scorer-kind").select("own_lexicon").run()
    test.file_uploader(key=f"{OWN}-upload").upload("praise.yaml", LEXICON.encode(), "application/yaml").run()
    test.button(key=f"{OWN}-open").click().run()
    assert test.session_state[DRAFTS][OWN].text == LEXICON
    test.file_uploader(key=f"{OWN}-upload").upload("praise.yaml", b"\xff\xfe\x00", "application/yaml").run()
    test.button(key=f"{OWN}-open").click().run()
    assert "UTF" in test.error[0].value
    assert test.session_state[DRAFTS][OWN].text == LEXICON


def test_hostile_titles_stay_plain(seeded, database: Path, open_at: Open):
    """A title with Markdown in it is shown letter by letter, on its card and beside its bar."""
    test = adding(open_at, LEXICON, HOSTILE)
    assert len(added_ids(database)) == 1
    assert r"\!\[x\]\(http" in words_of(test)
    assert HOSTILE not in words_of(test)
    audit = open_tab(open_at, "Score an audit", run=seeded)
    assert r"\!\[x\]\(http" in words_of(audit)
    assert HOSTILE not in words_of(audit)


def test_an_address_with_a_run_opens_its_scoring(seeded: str, open_at: Open):
    """`?run=…` opens the audit with each scorer's progress; what lacks scores can be scored."""
    test = open_at(PAGE, run=seeded)
    assert test.selectbox(key="scoring-run").value == seeded
    assert not test.button(key="score-length").disabled


def test_an_audit_is_scored(seeded: str, database: Path, open_at: Open, monkeypatch: pytest.MonkeyPatch):
    """Score asks for that scorer, Score with all for every instant one that lacks scores."""
    asked: list[list[str]] = []
    monkeypatch.setattr(scoring, "start", lambda workbench, run_id, ids: asked.append(ids))
    test = open_at(PAGE, run=seeded)
    test.button(key="score-length").click().run()
    test.button(key="score-all").click().run()
    assert asked[0] == ["length"]
    assert {"length", "sentiment", "gendered"} <= set(asked[1])
    assert "meaning_similarity" not in asked[1]


@pytest.fixture
def remote_judge(seeded: str, database: Path) -> tuple[str, str]:
    """A judge that is asked through an endpoint; gives the ids of the run and of the model."""
    with open_workbench(database) as workbench:
        model = models.make(workbench, "endpoint", title="Far away", location="http://127.0.0.1:9/v1", served_name="x")
        models.add(workbench, model)
        scoring.add(workbench, "judge", "Far judge", {"model": model.id, "rubric": "stereotype"})
    return seeded, model.id


def test_a_judge_behind_an_endpoint_takes_a_second_yes(remote_judge, open_at: Open, monkeypatch: pytest.MonkeyPatch):
    """Responses are sent away only after a question that says how many."""
    asked: list[list[str]] = []
    monkeypatch.setattr(scoring, "start", lambda workbench, run_id, ids: asked.append(ids))
    test = open_at(PAGE, run=remote_judge[0])
    assert "the responses leave it" in words_of(test)
    assert any(text.value.startswith("Send ") and "Far judge" in text.value for text in test.markdown)
    test.button(key="score-judge-far-judge").click().run()
    assert asked == [["judge-far-judge"]]


def test_the_form_says_that_responses_leave(remote_judge, open_at: Open):
    """Once a model behind an endpoint is chosen as judge, the form warns."""
    test = open_tab(open_at, "Add a scorer")
    test.selectbox(key="scorer-kind").select("judge").run()
    assert not test.warning
    test.selectbox(key="scorer-judge-model").select(remote_judge[1]).run()
    assert "the responses leave it" in test.warning[0].value


def test_progress_is_shown_with_a_stop_button(seeded: str, open_at: Open, monkeypatch: pytest.MonkeyPatch):
    """While scoring goes on there are bar, rate, time left, problems and a button that ends it."""
    going = scoring.ScoringProgress(
        seeded, True, 1_200, 4_800, 40.0, 90.0, "scoring: length", (("Profanity", "weights are missing"),)
    )
    stopped = []
    monkeypatch.setattr(scoring, "progress", lambda workbench, run_id: going)
    monkeypatch.setattr(scoring, "stop", lambda workbench: stopped.append(True))
    test = open_at(PAGE, run=seeded)
    bar = test.get("progress")[0].proto
    assert bar.value == 25
    assert "1,200 of 4,800 scores · 40 a second · 2 min left" in bar.text
    assert "weights are missing" in test.warning[0].value
    test.button(key="scoring-stop").click().run()
    assert stopped


def test_a_run_without_responses_says_so(database: Path, open_at: Open):
    """Before anything was run, the tab points to where a grid is built."""
    test = open_tab(open_at, "Score an audit")
    assert "run" in test.info[0].value


def test_a_locked_database_takes_nothing(locked: str, open_at: Open):
    """On a read-only database scorers can be read and tried, but not added, and nothing is scored."""
    adding = open_tab(open_at, "Add a scorer")
    assert adding.button(key="scorer-add").disabled
    assert "reading only" in adding.button(key="scorer-add").help
    audit = open_at(PAGE, run=locked)
    assert audit.button(key="score-length").disabled
    assert audit.button(key="score-all").disabled
    trying = open_tab(open_at, "Try it")
    assert not trying.error
    assert len(trying.dataframe[0].value) > 5
