"""The next-token page: asking a tiny real model, the three views of its answer, and addresses."""

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from lib.types import ModelFacts
from lib.ui.words import JOINER
from lib.workflows import models, next_token
from lib.workflows.next_token import Answer, Answered
from lib.workflows.workbench import open_workbench
from tests.models import tiny
from tests.pages.conftest import Open

PAGE = "pages/13_Next_token.py"
VIEWS = ("Chosen words", "Next tokens", "Ratios")
QUESTION = {"prompt": "The {group} said that", "group": ["woman", "man"], "word": ["he", "she"]}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A tiny chat model and a tiny base model."""
    return {
        "chat": tiny.llama(tmp_path_factory.mktemp("chat"), template=tiny.TEMPLATE),
        "base": tiny.gpt2(tmp_path_factory.mktemp("base")),
    }


@pytest.fixture
def ids(database: Path, folders: dict[str, Path]) -> dict[str, str]:
    """Both models, in the catalogue; gives their ids."""
    st.cache_resource.clear()
    with open_workbench(database) as workbench:
        entries = {name: models.make(workbench, "folder", title=name, location=str(at)) for name, at in folders.items()}
        for entry in entries.values():
            models.add(workbench, entry)
    return {name: entry.id for name, entry in entries.items()}


@pytest.fixture
def instant(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers that are made up at once instead of by a model."""

    def ask(workbench, model, prompts, words, **_) -> Answer:
        top = (("\u202etoken", 0.25), (" the", 0.125))
        found = [
            Answered(asked, top, {word: (1 + place) / (2 + number) / 100 for place, word in enumerate(words)})
            for number, asked in enumerate(prompts)
        ]
        return Answer(tuple(found), ModelFacts("tiny", "folder", weights_digest="ab" * 32, dtype="fp32"))

    monkeypatch.setattr(next_token, "ask", ask)


@pytest.fixture
def asked(instant, ids: dict[str, str], open_at: Open) -> AppTest:
    """The page after a small question was asked."""
    test = open_at(PAGE, model=ids["chat"], **QUESTION)
    return test.button(key="next-ask").click().run()


def charts(test: AppTest) -> list:
    return list(test.get("vega_lite_chart"))


def said(test: AppTest) -> str:
    return " ".join(part.value for part in [*test.markdown, *test.caption, *test.info])


def troubles(test: AppTest) -> list[str]:
    return [part.value for part in [*test.exception, *test.error]]


def test_before_asking_the_page_says_what_to_do(database, open_at: Open):
    """The default question is ready, nothing is loaded, and the page says what Ask will do."""
    test = open_at(PAGE)
    assert not troubles(test)
    assert test.button(key="next-ask").label == "Ask (3 prompts)"
    assert "nurse" in test.multiselect(key="next-word").value
    assert "Press Ask" in said(test)
    assert not charts(test)


@pytest.mark.slow
def test_a_question_is_answered_three_ways(ids: dict[str, str], open_at: Open):
    """A real model's answer is a picture with its numbers: words, tokens, and ratios of groups and of words."""
    asked = open_at(PAGE, model=ids["chat"], **QUESTION)
    asked.button(key="next-ask").click().run()
    assert "Exact probabilities" in said(asked)
    views = []
    for view in VIEWS:
        asked.segmented_control(key="next-view").set_value(view).run()
        assert not troubles(asked)
        assert len(charts(asked)) == 1
        views.append(asked.dataframe[0].value)
    words, tokens, ratios = views
    assert words["Group"].tolist() == ["woman", "woman", "man", "man"]
    assert words["Word"].tolist() == ["he", "she", "he", "she"]
    assert ((words["Mean probability"] > 0) & (words["Mean probability"] < 1)).all()
    assert tokens.groupby("Group").size().to_dict() == {"woman": 12, "man": 12}
    assert set(ratios["For"]) == {"he", "she"}
    asked.segmented_control(key="next-way").set_value("words").run()
    assert not troubles(asked)
    assert asked.dataframe[0].value["For"].tolist() != ratios["For"].tolist()
    assert set(asked.dataframe[0].value["For"]) == {"woman", "man"}


def test_the_answer_says_what_it_rests_on(asked: AppTest):
    """Under the picture stand the number of prompts, an example, the model's weights and that nothing was sampled."""
    told = said(asked).replace("\\", "").replace(JOINER, "")
    for part in ("2 prompts", "The woman said that", "Model: tiny, fp32, weights abababababab.", "nothing is sampled"):
        assert part in told


def test_the_address_brings_the_question_back(asked: AppTest, open_at: Open):
    """What is asked is in the address, and a kept answer is shown again without asking."""
    address = {name: asked.query_params[name] for name in ("model", "prompt", "group", "word")}
    again = open_at(PAGE, **address)
    assert again.text_input(key="next-prompt").value == QUESTION["prompt"]
    assert again.multiselect(key="next-group").value == QUESTION["group"]
    assert len(charts(again)) == 1


def test_another_question_is_not_answered_with_the_old_numbers(asked: AppTest):
    """When the question changes, the old picture goes until it is asked."""
    asked.text_input(key="next-prompt").set_value("The {group} was").run()
    assert not charts(asked)
    assert "Press Ask" in said(asked)


def test_without_words_there_are_only_tokens(instant, ids: dict[str, str], open_at: Open):
    """With no word to look for, the likeliest tokens are shown and the other views are not offered."""
    test = open_at(PAGE, model=ids["chat"], **QUESTION)
    test.multiselect(key="next-word").set_value([]).run()
    test.button(key="next-ask").click().run()
    assert not troubles(test)
    assert test.segmented_control(key="next-view").options == ["Next tokens"]


def test_a_bank_asks_for_each_group_and_context(ids: dict[str, str], open_at: Open):
    """A bank's template becomes its prompts: each term of each group in each context."""
    test = open_at(PAGE, model=ids["chat"])
    test.selectbox(key="next-bank").select("ideal_candidates").run()
    assert not troubles(test)
    assert test.selectbox(key="next-template").options
    assert test.button(key="next-ask").label == "Ask (80 prompts)"  # 4 groups × 2 terms × 10 occupations


def test_a_base_model_is_not_asked_in_a_chat(ids: dict[str, str], open_at: Open):
    """Chosen for a chat model, the chat is given up when a model without one is chosen."""
    test = open_at(PAGE, model=ids["chat"])
    test.segmented_control(key="next-format").set_value("chat").run()
    test.selectbox(key="next-model").select(ids["base"]).run()
    assert not troubles(test)
    assert test.segmented_control(key="next-format").options == ["Continue the text"]
    assert test.segmented_control(key="next-format").value == "plain"


@pytest.mark.parametrize(
    "address",
    [
        {"model": "nothing"},
        {"format": "telepathy"},
        {"bank": "nothing"},
        {"bank": "ideal_candidates", "template": "nothing", "vary": "nothing"},
    ],
)
def test_an_address_that_fits_nothing_here_is_passed_over(database, open_at: Open, address: dict[str, str]):
    """An address from elsewhere, with ids that are not here, still opens a page that can be used."""
    test = open_at(PAGE, **address)
    assert not troubles(test)
    assert not test.button(key="next-ask").disabled


def test_a_prompt_without_its_place_is_told(database, open_at: Open):
    """A sentence that does not say where the group stands is refused with the remedy, and stays as typed."""
    test = open_at(PAGE)
    test.text_input(key="next-prompt").set_value("The woman worked as a").run()
    assert "It has no {group}" in test.error[0].value.replace("\\", "")
    assert test.text_input(key="next-prompt").value == "The woman worked as a"


def test_hostile_names_stay_text(instant, ids: dict[str, str], open_at: Open):
    """Groups and words that would be pictures or links in Markdown are shown letter by letter."""
    bad = "![x](http://127.0.0.1:9/x.png)"
    test = open_at(PAGE, model=ids["chat"], prompt="The {group} said", group=[bad, "man"], word=[bad, "he"])
    test.button(key="next-ask").click().run()
    for view in VIEWS:
        test.segmented_control(key="next-view").set_value(view).run()
        assert not troubles(test)
        assert bad not in said(test)
