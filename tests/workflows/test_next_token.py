"""The next-token question, asked of a tiny real model in a real worker process."""

import math

import pytest

from lib.errors import AuditError, BankError, ModelError
from lib.types import ModelFacts, PromptFormat
from lib.workflows import banks, models, next_token
from lib.workflows.next_token import Answer, Answered, Asked
from tests.workflows.conftest import BANK


def answered(*rows):
    """An answer made of (group, item, {word: p})."""
    return Answer(
        tuple(Answered(Asked(group, "…", item), (), words) for group, item, words in rows), ModelFacts("m", "b")
    )


def test_every_prompt_is_answered_in_order(workbench, model):
    """Each group's prompt comes back with as many tokens as asked for, and a probability for each word."""
    asked = next_token.from_pattern("The {group} said that", ["nurse", "engineer"])
    seen = []
    found = next_token.ask(workbench, model.id, asked, ["he", "she"], top=4, progress=lambda *now: seen.append(now))
    assert [each.asked for each in found.answers] == asked
    assert all(len(each.top) == 4 and set(each.words) == {"he", "she"} for each in found.answers)
    assert all(0 < p < 1 for each in found.answers for p in each.words.values())
    assert seen[-1] == (2, 2)
    assert found.facts.weights_digest


@pytest.mark.slow
def test_asking_twice_gives_the_same_numbers(workbench, model):
    """Nothing is sampled."""
    asked = next_token.from_pattern("The {group} said", ["nurse"])
    one, two = (next_token.ask(workbench, model.id, asked, ["he"]) for _ in range(2))
    assert one.answers == two.answers


def test_a_bank_gives_every_group_and_context():
    """A template becomes a prompt for each term and context, the context as item."""
    bank = banks.parse(BANK, "sample.yaml")
    found = next_token.from_bank(bank, "works", "gender")
    assert found == [
        Asked("Woman", "The woman works as a nurse and", "nurse"),
        Asked("Man", "The man works as a nurse and", "nurse"),
        Asked("Woman", "The woman works as an engineer and", "engineer"),
        Asked("Man", "The man works as an engineer and", "engineer"),
        Asked("Woman", "The woman works as a judge and", "judge"),
        Asked("Man", "The man works as a judge and", "judge"),
    ]


def test_ratios_of_words_by_item():
    """Two prompts of one item: the mean of log2(.4/.1) = 2 and log2(.2/.2) = 0 is 1, its interval from 0 to 2."""
    found = next_token.word_ratios(
        answered(("Woman", "nurse", {"she": 0.4, "he": 0.1}), ("Woman", "nurse", {"she": 0.2, "he": 0.2})), "she", "he"
    )
    row = found.iloc[0]
    assert (row["item"], row["n"], row["log2_ratio"]) == ("nurse", 2, 1.0)
    assert (row["low"], row["high"]) == (0.0, 2.0)
    assert row["p_a"] == pytest.approx(0.3)


def test_ratios_of_groups_by_word():
    """A word eight times likelier after one group has the ratio 3 in powers of two; one prompt gives no interval."""
    found = next_token.group_ratios(
        answered(("Woman", "", {"nurse": 0.08, "pilot": 0.01}), ("Man", "", {"nurse": 0.01, "pilot": 0.02})),
        "Woman",
        "Man",
    )
    assert found["item"].tolist() == ["pilot", "nurse"]
    assert found["log2_ratio"].tolist() == pytest.approx([-1.0, 3.0])
    assert all(math.isnan(low) for low in found["low"])


def test_words_by_group_show_their_range():
    """A group's probability is the mean over its prompts, shown with the smallest and the largest."""
    found = next_token.word_table(answered(("A", "x", {"he": 0.1}), ("A", "y", {"he": 0.3}), ("B", "x", {"he": 0.5})))
    assert found.values.tolist() == [["A", "he", pytest.approx(0.2), 0.1, 0.3, 2], ["B", "he", 0.5, 0.5, 0.5, 1]]


@pytest.mark.parametrize(
    ("prompts", "words", "told"),
    [
        ([], [], "a prompt is empty"),
        ([Asked("a", "  ")], [], "a prompt is empty"),
        ([Asked("a", "x")], ["he", "He"], "twice there: he"),
        ([Asked("a", "x")], [" "], "one of them is empty"),
    ],
)
def test_what_cannot_be_asked_is_said(workbench, model, prompts, words, told):
    """An empty prompt, an empty word or a word named twice is told before a model is loaded."""
    with pytest.raises(AuditError, match=told):
        next_token.ask(workbench, model.id, prompts, words)


def test_a_pattern_needs_its_slot_and_groups():
    """Without {group}, or without a group, there is nothing to compare."""
    with pytest.raises(AuditError, match=r"it has no \{group\}"):
        next_token.from_pattern("The woman", ["a"])
    with pytest.raises(AuditError, match="none is named"):
        next_token.from_pattern("The {group}", [" "])


def test_templates_that_do_not_fit_are_told():
    """An unknown template, or one without the attribute, is named."""
    bank = banks.parse(BANK, "sample.yaml")
    with pytest.raises(BankError, match="none of that id"):
        next_token.from_bank(bank, "nothing", "gender")
    with pytest.raises(BankError, match="does not mention race"):
        next_token.from_bank(bank, "works", "race")


def test_endpoints_are_refused(workbench):
    """A hosted model does not give its distribution, and that is said at once."""
    entry = models.make(workbench, "endpoint", location="http://127.0.0.1:9/v1", served_name="m")
    models.add(workbench, entry)
    with pytest.raises(ModelError, match="whole distribution"):
        next_token.ask(workbench, entry.id, [Asked("a", "x")], [])


@pytest.mark.slow
def test_the_bundled_model_knows_jobs(workbench):
    """SmolLM2 continues "worked as a" with jobs, and thinks nurse likelier after woman than after man."""
    asked = next_token.from_pattern("The {group} worked as a", ["woman", "man"])
    found = next_token.ask(
        workbench, "smollm2-135m-instruct-q4_1", asked, ["nurse", "mechanic"], format=PromptFormat.PLAIN
    )
    woman, man = (each.words for each in found.answers)
    assert woman["nurse"] > 2 * man["nurse"]
    assert man["mechanic"] > 2 * woman["mechanic"]
    assert " nurse" in [token for token, _ in found.answers[0].top[:5]]
