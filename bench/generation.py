"""How fast the engine generates, against the pipeline that a user would pick instead; printed as ratios.

    python -m bench.generation [--cells 256] [--alone 24] [--only NAME …] [--json]

The same prompts of a real grid (reference letters), the bundled model, its chat template, 48 new
tokens, sampling at temperature 1 among the 50 most probable tokens (the pipeline's own default),
natural stopping. Throughput is tokens of text per second, counted alike on both sides.

| measured | |
|---|---|
| `pipeline_1` | transformers' text-generation pipeline, one prompt at a time, on the first prompts |
| `pipeline_32` | the same with `batch_size=32`, on all prompts |
| `pipeline_32_bf16` | the same in bf16 |
| `ours`, `ours_bf16` | a run from its start in the queue to its end, storing included, loading not |
| `reproducible` | how many texts differ when cells run alone, shuffled, or in smaller batches |
| `app` | memory of the dashboard while a run goes on; time to the first page against an empty app's |

`vs_pipeline_32_bf16` compares bf16 with bf16. Everything is measured in a process of its own, one
after the other, `ours` between the pipelines.
"""

import argparse
import json
import subprocess
import sys
from typing import Any

from rich.console import Console
from rich.table import Table

from lib.types import Json

PIPELINES = {
    "pipeline_1": ["--batch", "1"],
    "pipeline_32": ["--batch", "32"],
    "pipeline_32_bf16": ["--batch", "32", "--dtype", "bf16"],
}
OURS: dict[str, list[str]] = {"ours": [], "ours_bf16": ["--dtype", "bf16"]}
ORDER = ["pipeline_1", "ours", "pipeline_32", "ours_bf16", "pipeline_32_bf16", "reproducible", "app"]
TARGETS = {
    "vs_pipeline_1": "≥ 10",
    "vs_pipeline_32": "≥ 1.5",
    "vs_pipeline_32_bf16": "≥ 2",
    "workers_peak_mib": "≤ 3072",
    "texts_differing": "0",
    "server_peak_mib": "≤ 400",
    "first_page_ratio": "≤ 1.5",
}


def main() -> None:
    """Parse the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cells", type=int, default=256, help="cells of the grid, at most 256")
    parser.add_argument("--alone", type=int, default=24, help="prompts for the pipeline that takes one at a time")
    parser.add_argument("--only", nargs="+", choices=ORDER, help="measure these")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    figures = measure(options.only or ORDER, options.cells, options.alone)
    if options.json:
        print(json.dumps({**ratios(figures), "measured": figures}))
    else:
        show(figures)


def measure(names: list[str], cells: int, alone: int) -> dict[str, Json]:
    """Each of `names` in a process of its own."""
    figures = {}
    for name in names:
        if name in PIPELINES:
            count = alone if name == "pipeline_1" else cells
            figures[name] = ask("bench.pipeline", *PIPELINES[name], "--cells", str(count))
        elif name in OURS:
            figures[name] = ask("bench.engine", *OURS[name], "--cells", str(cells))
        else:
            figures[name] = ask(f"bench.{name}")
    return figures


def ask(module: str, *arguments: str) -> Json:
    """What a measuring module prints: one JSON object on its last line."""
    done = subprocess.run([sys.executable, "-m", module, *arguments], stdout=subprocess.PIPE, text=True, check=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def ratios(figures: dict[str, Json]) -> dict[str, float]:
    """The figures that have a target, as far as they were measured."""

    def against(ours: str, theirs: str) -> float:
        return round(figures[ours]["tokens_per_second"] / figures[theirs]["tokens_per_second"], 2)

    pairs = {
        "vs_pipeline_1": ("ours", "pipeline_1"),
        "vs_pipeline_32": ("ours", "pipeline_32"),
        "vs_pipeline_32_bf16": ("ours_bf16", "pipeline_32_bf16"),
    }
    found: dict[str, Any] = {
        name: against(ours, theirs) for name, (ours, theirs) in pairs.items() if {ours, theirs} <= figures.keys()
    }
    if "ours" in figures:
        found["workers_peak_mib"] = figures["ours"]["workers_peak_mib"]
    if "reproducible" in figures:
        found["texts_differing"] = figures["reproducible"]["differing"]
    return found | figures.get("app", {})


def show(figures: dict[str, Json]) -> None:
    """Two tables: what was measured, and what it comes to."""
    measured = Table("measured", "tokens/s", "cells/s", "seconds", "with loading")
    for name in (*PIPELINES, *OURS):
        if name in figures:
            row = figures[name]
            measured.add_row(
                name,
                f"{row['tokens_per_second']:.1f}",
                f"{row['cells_per_second']:.2f}",
                f"{row['seconds']:.1f}",
                f"{row['seconds_with_loading']:.1f}",
            )
    reached = Table("figure", "reached", "target")
    for name, value in ratios(figures).items():
        reached.add_row(name, str(value), TARGETS.get(name, ""))
    console = Console()
    console.print(measured)
    console.print(reached)


if __name__ == "__main__":
    main()
