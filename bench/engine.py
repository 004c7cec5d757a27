"""Our side of `bench.generation`: a run through queue, worker processes and database, as the dashboard does it."""

import argparse
import json
import tempfile
import time
from pathlib import Path

import psutil
from transformers import AutoTokenizer

from bench.letters import letters
from lib.models.bundled import bundled_file
from lib.models.conversion import folder_for
from lib.types import Dtype, ResponseFilter
from lib.workflows import run
from lib.workflows.run import RunProgress
from lib.workflows.workbench import Workbench, open_workbench


def main() -> None:
    """Execute the grid in a database of its own, and print rates and the workers' peak memory."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cells", type=int, required=True)
    parser.add_argument("--dtype", choices=list(Dtype), default=Dtype.FP32)
    options = parser.parse_args()
    spec = letters(options.cells, Dtype(options.dtype))
    with tempfile.TemporaryDirectory() as folder, fresh_workbench(folder) as workbench:
        run_id = run.create(workbench, spec)
        watch = Watch(workbench, run_id)
        workbench.queue.start()
        info = run.wait(workbench, run_id, watch)
        ended = time.perf_counter()
        assert info.done == info.total, f"{info.failed} of {info.total} cells failed"
        texts = stored_texts(workbench, run_id, info.total)
    gguf = bundled_file()
    assert gguf is not None
    tokenizer = AutoTokenizer.from_pretrained(folder_for(gguf))
    tokens = sum(len(tokenizer.encode(text, add_special_tokens=False)) for text in texts)
    figures = {
        "tokens_per_second": tokens / (ended - watch.loaded),
        "cells_per_second": len(texts) / (ended - watch.loaded),
        "seconds": ended - watch.loaded,
        "seconds_with_loading": ended - watch.begun,
        "workers": len(watch.peaks),
        "workers_peak_mib": round(sum(watch.peaks.values()) / 1024),
    }
    print(json.dumps(figures))


def fresh_workbench(folder: str) -> Workbench:
    """A workbench with an empty database."""
    return open_workbench(Path(folder) / "audits.duckdb", with_example=False)


class Watch:
    """Follows a run: when its model was loaded, and the peak memory of each worker process in KiB."""

    def __init__(self, workbench: Workbench, run_id: str) -> None:
        self._workbench, self._run_id = workbench, run_id
        self.begun = time.perf_counter()
        self.loaded = 0.0
        self.peaks: dict[int, int] = {}

    def __call__(self, _: RunProgress) -> None:
        """Look once: called a few times a second."""
        if not self.loaded and self._workbench.store.runs.facts(self._run_id):
            self.loaded = time.perf_counter()
        for worker in psutil.Process().children():
            if peak := peak_kib(worker.pid):
                self.peaks[worker.pid] = peak


def peak_kib(pid: int) -> int:
    """The largest resident set a process ever had (Linux's VmHWM) in KiB; 0 once it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)


def stored_texts(workbench: Workbench, run_id: str, count: int) -> list[str]:
    """The completions as they were stored."""
    page = workbench.store.responses.page(ResponseFilter(runs=(run_id,)), limit=count, offset=0)
    return [stored.response.text for stored in page if stored.response]


if __name__ == "__main__":
    main()
