"""The baseline of `bench.generation`: the text-generation pipeline of transformers, as its documentation shows it.

It has all cores for its threads, which wait passively: that is its faster setting.
"""

import argparse
import json
import os
import time
from itertools import islice

os.environ["OMP_WAIT_POLICY"] = "PASSIVE"

import torch
from transformers import pipeline, set_seed

from bench.letters import NEW_TOKENS, TOP_K, letters
from lib import settings
from lib.banks.check import BANK
from lib.grid.expand import expand
from lib.models.bundled import BUNDLED, BUNDLED_ID, Bundled
from lib.types import Dtype, ModelKind
from lib.yaml_files.shelf import Shelf


def main() -> None:
    """Generate, and print tokens and cells per second."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--batch", type=int, required=True)
    parser.add_argument("--cells", type=int, required=True)
    parser.add_argument("--dtype", choices=list(Dtype), default=Dtype.FP32)
    options = parser.parse_args()
    begun = time.perf_counter()
    local = Bundled().open(BUNDLED, parent=None, dtype=Dtype(options.dtype))
    generate = pipeline("text-generation", model=local.model, tokenizer=local.tokenizer)  # type: ignore[call-overload]  # its base class is not named there
    spec = letters()
    cells = expand(Shelf(settings.banks_path(), BANK).get(spec.bank), spec, {BUNDLED_ID: ModelKind.CHAT})
    chats = [[{"role": "user", "content": cell.prompt}] for cell in islice(cells, options.cells)]
    set_seed(spec.seed)
    loaded = time.perf_counter()
    answers = generate(
        chats, batch_size=options.batch, max_new_tokens=NEW_TOKENS, do_sample=True, temperature=1.0, top_k=TOP_K,
        return_full_text=False,
    )  # fmt: skip
    ended = time.perf_counter()
    texts = [answer[0]["generated_text"] for answer in answers]
    tokens = sum(len(local.tokenizer.encode(text, add_special_tokens=False)) for text in texts)
    figures = {
        "tokens_per_second": tokens / (ended - loaded),
        "cells_per_second": len(texts) / (ended - loaded),
        "seconds": ended - loaded,
        "seconds_with_loading": ended - begun,
        "threads": torch.get_num_threads(),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
