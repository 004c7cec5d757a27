"""Choices: what is kept with an audit, and what is refused."""

import pytest

from lib.errors import ReportError, StoreError
from lib.types import Audience, ReportKind, ReportSettings
from lib.workflows.reporting import choices
from lib.workflows.workbench import open_workbench
from tests.workflows.reporting.audits import audited, lopsided


@pytest.fixture
def run_id(workbench):
    return audited(workbench, lopsided(1), bank="three_groups", repeats=1, scorers=["agency"])


def test_choices_are_kept(workbench, run_id):
    """What was chosen comes back, each thing once."""
    wanted = ReportSettings(
        audience=Audience.COMMITTEE,
        without=("clusters", "clusters"),
        attribute="gender",
        by="context:occupation",
        measures=("agency.communal", "agency.communal"),
        examples=(3, 3, 1),
        names=True,
    )
    choices.choose(workbench, run_id, wanted)
    kept = choices.settings(workbench, run_id)
    assert (kept.without, kept.measures, kept.examples) == (("clusters",), ("agency.communal",), (3, 1))
    assert (kept.audience, kept.attribute, kept.by, kept.names) == (
        Audience.COMMITTEE,
        "gender",
        "context:occupation",
        True,
    )


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        (ReportSettings(attribute="gendre"), "attribute gendre.*Did you mean gender"),
        (ReportSettings(by="model"), "way to split gaps model"),
        (ReportSettings(measures=("agency.comunal",)), "Did you mean agency.communal"),
        (ReportSettings(without=("front",)), "section that can be left out front"),
        (ReportSettings(examples=(18,)), "this audit has cells 0 to 17"),
    ],
)
def test_what_is_not_there_is_refused(workbench, run_id, wanted, message):
    """The message has the nearest names, and nothing is kept."""
    with pytest.raises(ReportError, match=message):
        choices.choose(workbench, run_id, wanted)
    assert choices.settings(workbench, run_id) == ReportSettings()


def test_texts_are_kept_with_who_wrote_them(workbench, run_id):
    """The last text of a field counts; an empty one takes it back; the history keeps all."""
    choices.write_field(workbench, run_id, "audit/summary", " First. ", "Ada")
    choices.write_field(workbench, run_id, "audit/summary", "Second.", "Ben")
    assert workbench.store.reports.texts(run_id) == {"audit/summary": "Second."}
    choices.write_field(workbench, run_id, "audit/summary", "", "Ben")
    assert workbench.store.reports.texts(run_id) == {}
    assert [(each.text, each.author) for each in workbench.store.reports.history(run_id)] == [
        ("First.", "Ada"),
        ("Second.", "Ben"),
        ("", "Ben"),
    ]


def test_nameless_and_endless_texts_are_refused(workbench, run_id):
    """A text needs an author and an end."""
    with pytest.raises(ReportError, match="not known who wrote it"):
        choices.write_field(workbench, run_id, "audit/summary", "Something.", " ")
    with pytest.raises(ReportError, match="20,001 characters"):
        choices.write_field(workbench, run_id, "audit/summary", "x" * 20_001, "Ada")


def test_what_can_be_left_out(workbench, run_id):
    """Of the audit report every section but notices and limitations; and what there is to choose from."""
    ids = [id for id, _ in choices.sections(ReportKind.AUDIT)]
    assert {"summary", "findings", "clusters", "appendix"} <= set(ids)
    assert not {"front", "limitations"} & set(ids)
    assert [each.id for each in choices.attributes(workbench, run_id)] == ["gender"]
    assert list(choices.by(workbench, run_id)) == ["template", "context:occupation"]
    assert choices.measures(workbench, run_id)[0].id == "agency.agentic"
    assert {each.group for each in choices.candidates(workbench, run_id)} <= {"Not named", "Woman", "Man"}


def test_a_file_that_may_only_be_read_is_told(workbench, run_id):
    """Nothing is written to a database that is open for reading."""
    path = workbench.path
    workbench.close()
    with open_workbench(path, read_only=True) as opened:
        with pytest.raises(StoreError, match="reading only"):
            choices.choose(opened, run_id, ReportSettings())
        with pytest.raises(StoreError, match="reading only"):
            choices.write_field(opened, run_id, "audit/summary", "Text.", "Ada")
