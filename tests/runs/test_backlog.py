"""Which job goes to which worker."""

from lib.runs.backlog import Backlog
from lib.types import Decoding, Job, PromptFormat


def job(no: int, prompt: str, decoding: Decoding | None = None) -> Job:
    return Job(no, prompt, PromptFormat.PLAIN, decoding or Decoding(), 0)


def test_prompts_that_begin_alike_go_to_one_worker():
    """Of alternating prompts, each worker gets those that share a beginning."""
    backlog = Backlog([job(no, f"{'ab'[no % 2]} {no}") for no in range(10)], 2)
    assert {one.prompt[0] for one in backlog.take(0, 5)} == {"a"}
    assert {one.prompt[0] for one in backlog.take(1, 5)} == {"b"}


def test_decoding_settings_are_kept_together():
    """Jobs are grouped by decoding before prompt, so that batches decode alike."""
    decodings = [Decoding(temperature=0.0), Decoding(top_k=5)]
    backlog = Backlog([job(no, "same", decodings[no % 2]) for no in range(8)], 1)
    assert len({one.decoding for one in backlog.take(0, 4)}) == 1


def test_an_idle_worker_takes_from_the_far_end_of_the_longest_slice():
    """A worker that is through with its own jobs takes half of what another has not begun."""
    backlog = Backlog([job(no, f"{no:02}") for no in range(20)], 2)
    assert [one.no for one in backlog.take(0, 10)] == list(range(10))
    assert [one.no for one in backlog.take(1, 2)] == [10, 11]
    assert [one.no for one in backlog.take(0, 4)] == [16, 17, 18, 19]
    assert [one.no for one in backlog.take(1, 4)] == [12, 13, 14, 15]
    assert not backlog.take(0, 1)
    assert len(backlog) == 0


def test_jobs_given_back_come_first():
    """What a dead worker had in hand is the next to be handed out."""
    backlog = Backlog([job(no, f"{no:02}") for no in range(6)], 1)
    in_hand = backlog.take(0, 3)
    backlog.give_back(0, in_hand)
    assert [one.no for one in backlog.take(0, 6)] == [0, 1, 2, 3, 4, 5]
