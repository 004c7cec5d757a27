"""How many texts change with the company that a cell is generated in: part of `bench.generation`.

64 cells of the real grid run together first. Then each runs alone, and all run shuffled through
batches of other sizes. Without equal arithmetic for every batch, rounding alone would change a few.
"""

import argparse
import json
import random
from itertools import islice

import torch

from bench.letters import letters
from lib import settings
from lib.banks.check import BANK
from lib.grid.expand import expand
from lib.models.bundled import BUNDLED, BUNDLED_ID, Bundled
from lib.models.formatting import tokenize
from lib.runs.engine import Engine
from lib.types import Dtype, Job, ModelKind
from lib.yaml_files.shelf import Shelf

CELLS = 64
ROWS = (5, 24, 48)


def main() -> None:
    """Compare, and print how many texts there were and how many differed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--dtype", choices=list(Dtype), default=Dtype.FP32)
    options = parser.parse_args()
    torch.set_num_threads(1)
    spec = letters()
    cells = expand(Shelf(settings.banks_path(), BANK).get(spec.bank), spec, {BUNDLED_ID: ModelKind.CHAT})
    jobs = [
        Job(no, cell.prompt, cell.format, cell.decoding, cell.seed, cell.system)
        for no, cell in enumerate(islice(cells, CELLS))
    ]
    together = texts(jobs, 64, Dtype(options.dtype))
    others = [texts(jobs, 1, Dtype(options.dtype))]
    others += [texts(random.Random(rows).sample(jobs, CELLS), rows, Dtype(options.dtype)) for rows in ROWS]
    differing = sum(other[no] != text for other in others for no, text in together.items())
    print(json.dumps({"differing": differing, "compared": CELLS * len(others)}))


def texts(jobs: list[Job], rows: int, dtype: Dtype) -> dict[int, str]:
    """The completions of `jobs`, in batches of at most `rows`."""
    local = Bundled().open(BUNDLED, parent=None, dtype=dtype)
    engine = Engine(local.model, local.tokenizer, local.facts, tokenize, rows=rows)
    left = list(jobs)

    def take(n: int, *, wait: bool) -> list[Job]:  # noqa: ARG001 - the shape of lib.types.TakeJobs
        taken, left[:] = left[:n], left[n:]
        return taken

    return {response.no: response.text for response in engine.generate(take)}


if __name__ == "__main__":
    main()
