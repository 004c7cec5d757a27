"""The run page: names, downloads, deletion; what needs a worker is in the browser tests."""

from lib.types import RunStatus
from lib.ui.frame import workbench as workbench_of_the_pages
from lib.workflows import run
from lib.workflows.workbench import open_workbench
from tests.pages.conftest import Open
from tests.seeding import seed

PAGE = "pages/2_Run.py"


def test_failures_are_told_with_their_reason(seeded, open_at: Open):
    """A run with failed cells says how many failed, and why."""
    test = open_at(PAGE)
    assert any("failed" in expander.label for expander in test.expander)
    assert any("out of memory" in text.value for text in test.text)
    assert test.button(key=f"retry-{seeded}")


def test_an_interrupted_run_offers_to_go_on(database, open_at: Open):
    """A run that broke off says that nothing was lost, and has a button to resume."""
    with open_workbench(database) as workbench:
        run_id = seed(workbench, left=5)
    test = open_at(PAGE)
    workbench_of_the_pages().store.runs.set_status(run_id, RunStatus.INTERRUPTED)
    test.run()
    assert any("Nothing stored was lost" in caption.value for caption in test.caption)
    assert not test.button(key=f"resume-{run_id}").disabled


def test_a_run_is_renamed(database, seeded, open_at: Open):
    """The new name is stored; the id, and so the address, stays."""
    test = open_at(PAGE)
    test.text_input(key=f"name-{seeded}").input("Another name").run()
    test.button(key=f"rename-{seeded}").click().run()
    with open_workbench(database) as workbench:
        assert run.get(workbench, seeded).name == "Another name"


def test_a_run_is_only_deleted_when_ticked(database, seeded, open_at: Open):
    """Deleting takes two steps, and takes the right run."""
    with open_workbench(database) as workbench:
        kept = seed(workbench, "Kept")
    test = open_at(PAGE)
    assert test.button(key=f"delete-{seeded}").disabled
    test.checkbox(key=f"sure-{seeded}").check().run()
    test.button(key=f"delete-{seeded}").click().run()
    with open_workbench(database) as workbench:
        assert [info.id for info in run.runs(workbench)] == [kept]


def test_the_run_of_the_address_comes_first(database, seeded, open_at: Open):
    """Whoever is sent the address of a run sees it on top."""
    with open_workbench(database) as workbench:
        seed(workbench, "Newer")
    names = [part.value for part in open_at(PAGE, run=seeded).markdown]
    assert names.index("**Seeded run**") < names.index("**Newer**")
