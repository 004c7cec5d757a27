"""Tasks are done by real worker processes, each exactly once."""

import sys

import pytest

from lib.errors import AuditError, RunError
from lib.runs.control import Control, Outcome
from lib.runs.tasks import run_tasks
from tests.runs.task_worker import MODULE

COMMAND = (sys.executable, "-m", MODULE)


def run(tasks, *, opening=None, workers=2, control=None):
    results = []
    outcome = run_tasks(
        tasks,
        opening=opening or {},
        command=COMMAND,
        workers=workers,
        on_result=lambda task, result: results.append((task["word"], result["word"], result["pid"])),
        control=control or Control(),
    )
    return outcome, results


def test_every_task_is_done_once_by_several_workers():
    """All tasks come back with their own result, and both workers had some."""
    outcome, results = run({"word": f"word {number}"} for number in range(40))
    assert outcome is Outcome.DONE
    assert sorted(word for word, _, _ in results) == sorted(f"word {number}" for number in range(40))
    assert all(result == word[::-1] for word, result, _ in results)
    assert len({pid for _, _, pid in results}) == 2


def test_nothing_to_do_starts_nobody():
    """Without tasks it is done at once."""
    assert run([]) == (Outcome.DONE, [])


def test_a_death_loses_nothing(tmp_path):
    """A worker killed once over a task is replaced, and the task is done."""
    tasks = [{"word": f"word {number}"} for number in range(10)]
    tasks[3]["die_once"] = str(tmp_path / "died")
    outcome, results = run(tasks)
    assert outcome is Outcome.DONE
    assert sorted(word for word, _, _ in results) == sorted(task["word"] for task in tasks)


def test_a_deadly_task_is_given_up():
    """A task that kills worker after worker ends the work, saying how they died."""
    with pytest.raises(RunError, match="signal 9"):
        run([{"word": "a", "die": True}], workers=1)


def test_a_refusal_keeps_its_words():
    """When a worker cannot get ready, its own thing, cause and remedy arrive."""
    with pytest.raises(AuditError, match=r"scorer echo: its weights are missing\. Download them\."):
        run([{"word": "a"}], opening={"refuse": True})


def test_an_unforeseen_error_is_told():
    """What a task raises by mistake is told with its type, and does not hang."""
    with pytest.raises(AuditError, match=r"its work failed \(ArithmeticError: one too many\)"):
        run([{"word": "a", "raise": True}])


def test_a_worker_without_tasks_says_so():
    """A worker that only generates refuses tasks."""
    with pytest.raises(AuditError, match="it does no tasks"):
        run([{"word": "a"}], opening={"untaught": True})


def test_stopping_ends_it():
    """A stop from elsewhere ends the work with what was done."""
    control = Control()
    done = []

    def tasks():
        for number in range(100_000):
            if number == 20:
                control.stop()
            yield {"word": str(number)}

    outcome = run_tasks(
        tasks(), opening={}, command=COMMAND, workers=1, on_result=lambda *pair: done.append(pair), control=control
    )
    assert outcome is Outcome.STOPPED
    assert len(done) < 30
