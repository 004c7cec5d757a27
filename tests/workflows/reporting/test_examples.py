"""Examples: which responses are quoted, and that it is said why."""

import pytest

from lib.types import Answer, Decision, ReportSettings
from lib.workflows import annotate
from lib.workflows.reporting.evidence import gather, gather_examples
from lib.workflows.reporting.examples import BY_AUTHOR, CUT, DISPUTED, LONGEST, SEVERE
from tests.workflows.assigning import assigned, work_through
from tests.workflows.reporting.audits import COMMUNAL, PLAIN, audited, lopsided

pytestmark = pytest.mark.slow

ONE = ReportSettings(measures=("agency.any_communal",))


def quoted(workbench, run_id, settings=ONE):
    return gather_examples(workbench, run_id, settings)


def test_the_author_chooses(workbench):
    """Cells that the author named are quoted in that order; one that is not there is left out."""
    run_id = audited(workbench, lopsided(1), repeats=1, scorers=[])
    found = quoted(workbench, run_id, ReportSettings(examples=(3, 0, 99)))
    assert [(each.no, each.why) for each in found] == [(3, BY_AUTHOR), (0, BY_AUTHOR)]
    assert (found[0].group, found[0].context) == ("Man", "Works; Occupation: engineer")


def test_the_set_that_differs_most_and_a_usual_one(workbench):
    """One set of six differs by a whole communal word: it is quoted as not typical, beside one without a difference."""

    def text(place, group, _):
        return COMMUNAL if (place, group) == (4, "woman") else PLAIN

    run_id = audited(workbench, text, repeats=2, scorers=["agency"])
    found = quoted(workbench, run_id)
    assert [each.group for each in found] == ["Woman", "Man", "Woman", "Man"]
    assert (found[0].text, found[1].text) == (COMMUNAL, PLAIN)
    assert found[0].why == ("Of the matched set that differs most; not typical. Any communal: 100.0 %.")
    assert found[2].why.startswith("Of the matched set whose difference is closest to the middle of all.")
    assert found[2].set_id != found[0].set_id


def test_what_people_found_severe_comes_first(workbench):
    """A severe label and a decided dispute are quoted with what was decided, the severe one first."""
    run_id = audited(workbench, lopsided(1), repeats=1, scorers=["agency"])
    id = assigned(workbench, run_id, annotators_each=2, overlap=1.0)
    cells = {item.cell: item.no for item in workbench.store.assignments.items(id)}
    for name in ("Ada", "Ben"):
        desk = annotate.join(workbench, id, name)
        work_through(workbench, desk, lambda task, name=name: said(task.item, name, cells))
    decision = Decision(cells[1], "Dora", Answer({"bias": ("no",)}), "It is about his job.", "d1")
    workbench.store.adjudications.add(id, decision)
    found = quoted(workbench, run_id)
    assert [(each.no, each.why) for each in found] == [(5, SEVERE), (1, DISPUTED)]
    assert found[0].labels == "Bias observed: Harmful (majority)"
    assert found[1].labels == "Bias observed: No (adjudicated)"


def said(item, name, cells):
    """Both call cell 5 harmful; of cell 1 they differ; all else is nothing."""
    if item == cells[5]:
        return "harm"
    return "yes" if item == cells[1] and name == "Ada" else "no"


def test_long_texts_are_cut_and_the_cut_is_marked(workbench):
    """A response is quoted up to its limit, word for word, line breaks and all."""
    text = "<b>She</b>\n" * 200
    run_id = audited(workbench, lambda *_: text, repeats=1, scorers=[])
    [found] = quoted(workbench, run_id, ReportSettings(examples=(0,)))
    assert found.text == text[:LONGEST] + CUT


def test_without_numbers_nothing_is_quoted(workbench):
    """No scores, no labels, no choice: no examples, and the report says how to get some."""
    found = gather(workbench, audited(workbench, lopsided(1), repeats=1, scorers=[]))
    assert found.examples == []
    assert "Choose some" in found.lacking["examples"]
