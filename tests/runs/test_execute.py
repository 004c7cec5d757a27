"""Execution over real worker processes that are slow, noisy, murdered or defective."""

import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from lib.errors import ModelError, RunError
from lib.runs.execute import Control, Outcome, execute
from lib.types import Decoding, Finish, Job, Json, ModelFacts, PromptFormat, Response
from tests.runs.echo_worker import MODULE

COMMAND = (sys.executable, "-m", MODULE)


def jobs_of(count: int) -> list[Job]:
    return [Job(no, f"prompt {no}", PromptFormat.PLAIN, Decoding(), no) for no in range(count)]


def run(
    jobs: list[Job],
    load: Json | None = None,
    *,
    workers: int = 2,
    control: Control | None = None,
    on_responses: Callable[[list[Response]], None] = lambda _: None,
    facts: list[ModelFacts] | None = None,
) -> tuple[Outcome, list[Response]]:
    """Execute; gives the outcome and every response, as they came."""
    responses: list[Response] = []

    def keep(group: list[Response]) -> None:
        responses.extend(group)
        on_responses(group)

    outcome = execute(
        jobs,
        load=load or {},
        command=COMMAND,
        workers=workers,
        on_responses=keep,
        on_facts=(facts if facts is not None else []).append,
        control=control or Control(),
    )
    return outcome, responses


def numbers(responses: list[Response]) -> list[int]:
    return sorted(response.no for response in responses)


def test_every_job_is_answered_once_and_facts_are_told_once():
    """Two workers share a hundred jobs; each is answered, once, and the facts come once."""
    facts: list[ModelFacts] = []
    outcome, responses = run(jobs_of(100), facts=facts)
    assert outcome is Outcome.DONE
    assert numbers(responses) == list(range(100))
    assert all(response.text == f"prompt {response.no}"[::-1] for response in responses)
    assert [fact.model for fact in facts] == ["echo"]
    assert not children()


def test_no_jobs_start_no_worker():
    """Nothing to do is done at once."""
    assert execute(
        [], load={}, command=("/no/such/program",), workers=1, on_responses=len, on_facts=str, control=Control()
    ) is Outcome.DONE  # fmt: skip


def test_prints_do_not_disturb_the_conversation():
    """A library that prints, even in C and even something like a message, does no harm."""
    outcome, responses = run(jobs_of(20), {"noisy": True})
    assert (outcome, numbers(responses)) == (Outcome.DONE, list(range(20)))


def test_a_refusal_is_told_in_its_own_words():
    """When the model does not load, thing, cause and remedy reach the caller, and no process stays."""
    with pytest.raises(ModelError) as refusal:
        run(jobs_of(20), {"refuse": True})
    assert str(refusal.value) == "model echo: it was told to refuse. Tell it otherwise."
    with pytest.raises(ModelError, match="did not load \\(OSError: the file is on fire\\)"):
        run(jobs_of(20), {"break": True})
    assert not children()


def test_workers_that_never_live_are_given_up():
    """When every worker dies while loading, the error says how, with its last words."""
    with pytest.raises(RunError, match="exit code 7: dying words"):
        run(jobs_of(20), {"die": True})
    assert not children()


def test_killed_workers_come_back_smaller():
    """After SIGKILL, as when memory ran out, the next worker is told to plan with half."""
    facts: list[ModelFacts] = []
    outcome, responses = run(jobs_of(10), {"die_above": 0.3}, workers=1, facts=facts)
    assert (outcome, numbers(responses)) == (Outcome.DONE, list(range(10)))
    assert [fact.note for fact in facts] == ["share 0.25"]


def test_a_job_that_kills_is_found_and_its_neighbours_are_not_blamed():
    """A job that kills its worker each time is answered FAILED in the end; every other job is answered."""
    outcome, responses = run(jobs_of(40), {"deadly": [17]})
    failed = [response for response in responses if response.finish is Finish.FAILED]
    assert (outcome, numbers(responses)) == (Outcome.DONE, list(range(40)))
    assert [response.no for response in failed] == [17]
    assert failed[0].error == "the worker process died (signal 9: the system may be out of memory)"


def test_an_exception_in_the_generator_is_a_death_with_words():
    """A generator that raises takes its worker down, and the error of the job says why."""
    _, responses = run(jobs_of(20), {"raising": [3]})
    failed = [response.error for response in responses if response.finish is Finish.FAILED]
    assert failed == ["the worker process died (exit code 1: ArithmeticError: job 3 broke the generator)"]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_kills_at_random_moments_lose_and_double_nothing(seed):
    """Six SIGKILLs at random moments, while loading, working or handing over, leave the same responses as none."""
    jobs = jobs_of(400)
    chance = random.Random(seed)
    done = threading.Event()
    killed: list[int] = []

    def murder() -> None:
        while len(killed) < 6 and not done.wait(chance.uniform(0.1, 0.5)):
            if victims := children():
                victim = chance.choice(victims)
                victim.kill()
                killed.append(victim.pid)

    murderer = threading.Thread(target=murder)
    murderer.start()
    outcome, responses = run(jobs, {"seconds": 0.05})
    done.set()
    murderer.join()
    _, undisturbed = run(jobs)
    assert len(killed) == 6
    assert outcome is Outcome.DONE
    assert numbers(responses) == list(range(400))
    assert {response.no: response.text for response in responses} == {one.no: one.text for one in undisturbed}


def test_pause_finishes_what_is_in_hand():
    """After pause nothing more is handed out; what was in hand is answered, and the rest can go on later."""
    control = Control()
    jobs = jobs_of(200)
    outcome, responses = run(jobs, {"seconds": 0.02}, control=control, on_responses=lambda _: control.pause())
    assert outcome is Outcome.PAUSED
    assert 0 < len(responses) < 200
    answered = set(numbers(responses))
    outcome, rest = run([job for job in jobs if job.no not in answered])
    assert outcome is Outcome.DONE
    assert numbers(responses + rest) == list(range(200))
    assert not children()


def test_stop_ends_at_once():
    """Stop kills busy workers within a second, whatever they are doing."""
    control = Control()
    threading.Timer(1.0, control.stop).start()
    begun = time.monotonic()
    outcome, _ = run(jobs_of(50), {"seconds": 60.0}, control=control)
    assert outcome is Outcome.STOPPED
    assert time.monotonic() - begun < 5
    assert not children()


def test_responses_come_while_work_goes_on():
    """Responses are handed on in groups while later jobs are still being answered."""
    arrivals: list[float] = []
    run(jobs_of(24), {"seconds": 0.2}, workers=1, on_responses=lambda _: arrivals.append(time.monotonic()))
    assert len(arrivals) >= 4
    assert arrivals[-1] - arrivals[0] > 0.5


def test_an_error_in_the_caller_ends_the_workers():
    """When storing fails, the exception comes out and no worker stays behind."""

    def full(_: list[Response]) -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        run(jobs_of(50), {"seconds": 0.01}, on_responses=full)
    assert not children()


def test_workers_die_with_their_parent(tmp_path: Path):
    """When the parent is killed, its workers end at once, even in the middle of their work."""
    script = (
        "from tests.runs.test_execute import jobs_of, run\n"
        "class Announce(list):\n"
        "    def append(self, facts): print('up', flush=True)\n"
        "run(jobs_of(50), {'seconds': 600.0}, facts=Announce())\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    assert parent.stdout.readline() == "up\n"
    workers = psutil.Process(parent.pid).children()
    assert len(workers) == 2
    parent.kill()
    parent.wait()
    _, alive = psutil.wait_procs(workers, timeout=10)
    assert not alive


def children() -> list[psutil.Process]:
    """The worker processes of this process that are alive."""
    return [child for child in psutil.Process().children() if is_worker(child)]


def is_worker(process: psutil.Process) -> bool:
    try:
        return MODULE in process.cmdline()
    except psutil.Error:  # it is ending, or a zombie
        return False
