"""What an author chooses and writes is kept with the audit, every version of it."""

import pytest

from lib.errors import RunError, StoreError
from lib.store.store import Store
from lib.types import Audience, ReportSettings
from tests.store.samples import create


def test_nothing_is_chosen_or_written_at_first(store: Store):
    """An audit nobody reported on has the default choices, no texts, no history and no origin."""
    run = create(store)
    reports = store.reports
    assert reports.settings(run) == ReportSettings()
    assert (reports.texts(run), reports.history(run), reports.origin(run)) == ({}, [], {})


def test_choices_come_back_and_the_last_ones_count(store: Store):
    """Settings come back as they were chosen; choosing again replaces them."""
    run = create(store)
    chosen = ReportSettings(Audience.COMMITTEE, ("clusters",), "gender", "template", ("agency.any",), (3, 1), True)
    store.reports.choose(run, ReportSettings(without=("deck",)))
    store.reports.choose(run, chosen)
    assert store.reports.settings(run) == chosen


def test_the_last_text_of_a_field_counts_and_earlier_ones_stay(store: Store):
    """Writing anew replaces what is shown, writing nothing takes it back, and the history holds all of it."""
    run = create(store)
    for field, text in [("conclusion", "First."), ("limits", "Few."), ("conclusion", "Second."), ("limits", "")]:
        store.reports.write(run, field, text, "Ana")
    assert store.reports.texts(run) == {"conclusion": "Second."}
    history = store.reports.history(run)
    assert [event.text for event in history] == ["First.", "Few.", "Second.", ""]
    assert [event.event for event in history] == sorted({event.event for event in history})
    assert {event.author for event in history} == {"Ana"}


def test_texts_that_no_file_can_hold_are_mended(store: Store):
    """Half a surrogate pair becomes the replacement character; quotes, newlines and emoji stay."""
    run = create(store)
    store.reports.write(run, "conclusion", "“a'b”\n👩‍🔬 \ud83d", "O'Hara")
    assert store.reports.texts(run) == {"conclusion": "“a'b”\n👩‍🔬 �"}


def test_each_audit_has_its_own(store: Store):
    """What is written about one audit says nothing of another, and goes with it."""
    one, other = create(store), create(store)
    for run in (one, other):
        store.reports.write(run, "conclusion", f"About {run}", "Ana")
        store.reports.choose(run, ReportSettings(attribute="gender"))
        store.reports.set_origin(run, {"kind": "import", "file": run})
    store.runs.delete(one)
    assert store.reports.texts(other) == {"conclusion": f"About {other}"}
    assert store.reports.origin(other) == {"kind": "import", "file": other}
    for table in ("report_settings", "report_texts", "origins"):
        assert store._database.value(f"SELECT count(*) FROM {table}") == 1


def test_an_unknown_audit_is_named(store: Store):
    """No run, no report."""
    create(store)
    with pytest.raises(RunError, match="run nope: there is none of that id"):
        store.reports.texts("nope")


def test_a_read_only_database_takes_nothing(store: Store):
    """Writing to a database that may only be read is refused in words."""
    run, path = create(store), store.path
    store.close()
    with Store.open(path, read_only=True) as closed:
        assert closed.reports.texts(run) == {}
        with pytest.raises(StoreError):
            closed.reports.write(run, "conclusion", "x", "Ana")
