"""Which job goes to which worker: prompts that begin alike to the same one, and nobody idle at the end."""

from collections import deque
from collections.abc import Sequence
from dataclasses import astuple
from itertools import pairwise

from lib.types import Job


class Backlog:
    """The jobs not handed out yet: one contiguous slice of the sorted jobs for each worker.

    Neighbours in a slice share the most, so their worker computes the common beginning once. A
    worker whose slice is empty takes from the far end of the longest.
    """

    def __init__(self, jobs: Sequence[Job], workers: int) -> None:
        ordered = sorted(jobs, key=_alike)
        bounds = [len(ordered) * number // workers for number in range(workers + 1)]
        self._slices = [deque(ordered[start:end]) for start, end in pairwise(bounds)]

    def __len__(self) -> int:
        return sum(map(len, self._slices))

    def take(self, worker: int, count: int) -> list[Job]:
        """At most `count` jobs for `worker`."""
        taken: list[Job] = []
        while len(taken) < count and len(self):
            if not self._slices[worker]:
                self._steal_for(worker)
            taken.append(self._slices[worker].popleft())
        return taken

    def give_back(self, worker: int, jobs: Sequence[Job]) -> None:
        """Put jobs that `worker` did not answer in front again."""
        self._slices[worker].extendleft(reversed(jobs))

    def _steal_for(self, worker: int) -> None:
        richest = max(self._slices, key=len)
        share = [richest.pop() for _ in range((len(richest) + 1) // 2)]
        self._slices[worker].extend(reversed(share))


def _alike(job: Job) -> tuple[object, ...]:
    """Sorts jobs so that neighbours decode alike and their prompts begin alike."""
    return (astuple(job.decoding), job.format, job.system, job.prompt, job.no)
