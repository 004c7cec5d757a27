"""How long a map takes: embedding against what one would use instead, then from stored vectors to a drawn map.

    python -m bench.clusters [--texts 2000] [--sizes 1000 10000 100000] [--skip embedding|growth|page] [--json]

`embedding` compares, from the start of a process to vectors on disk, with `SentenceTransformer.encode` at its
defaults in a process of its own: the same bundled model, the same responses of about 60 words. `growth` times maps of
planted vectors (forty topics, a third scattered) that are in the store already; `n_log_n` is how many times longer the
largest map may take than the smallest one if time grows like n log n. `page` opens the largest map in headless
Chromium: the first time, again, and with another colour.
"""

import argparse
import json
import math
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from playwright.sync_api import Page, sync_playwright

from bench.app import CHROMIUM, server
from bench.engine import peak_kib
from bench.scorers import made_up
from bench.scoring import answered
from lib import settings
from lib.store.store import Store
from lib.types import Dtype, Json, MapSettings, MapStatus, ResponseFilter
from lib.workflows import maps
from lib.workflows.background import Request
from lib.workflows.embedding import embed, embedder_of, text_key
from lib.workflows.map_execution import read_texts
from lib.workflows.workbench import Workbench, open_workbench

TOPICS, SCATTERED = 40, 0.3
SIZE = 384
STORED_AT_ONCE = 5_000
PARTS = ("embedding", "growth", "page")
DRAWING = "document.querySelector('[data-testid=stVegaLiteChart] :is(canvas, svg)')"

THEIRS = """
import sys, numpy as np, json
from sentence_transformers import SentenceTransformer
folder, texts, out = sys.argv[1:]
model = SentenceTransformer(folder, device="cpu", local_files_only=True)
vectors = model.encode(json.load(open(texts, encoding="utf-8")))
np.save(out, vectors)
"""


def main() -> None:
    """Parse the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=2_000, help="texts that are embedded")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000], help="responses on the maps")
    parser.add_argument("--skip", action="append", default=[], choices=PARTS)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    figures: Json = {}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        if "embedding" not in options.skip:
            figures |= embedding(options.texts, folder)
        if "growth" not in options.skip:
            figures |= growth(sorted(options.sizes), folder)
        if "page" not in options.skip and "growth" not in options.skip:
            figures |= page(folder / str(max(options.sizes)))
    print(
        json.dumps(figures) if options.json else "\n".join(f"{name:<32}{value:>12}" for name, value in figures.items())
    )


def embedding(count: int, folder: Path) -> Json:
    """Seconds for their way and both of ours, how many times as fast ours are, and the smallest cosine to theirs."""
    texts = list(dict.fromkeys(item.text for item in made_up(count)))
    theirs, seconds = their_vectors(texts, folder)
    figures: Json = {"texts": len(texts), "encode_seconds": round(seconds, 1)}
    for name, dtype in (("fast", Dtype.BF16), ("exact", Dtype.FP32)):
        ours, taken = our_vectors(texts, dtype, folder / f"{name}.duckdb")
        figures |= {
            f"{name}_seconds": round(taken, 1),
            f"{name}_vs_encode": round(seconds / taken, 2),
            f"{name}_least_cosine": round(float((ours * theirs).sum(axis=1).min()), 5),
        }
    return figures


def their_vectors(texts: list[str], folder: Path) -> tuple[np.ndarray, float]:
    """What `encode` gives with its defaults, as unit vectors, and the seconds of the whole process."""
    written, out = folder / "texts.json", folder / "theirs.npy"
    written.write_text(json.dumps(texts), encoding="utf-8")
    model = embedder_of("", Dtype.FP32).folder
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", THEIRS, model, written, out], check=True, capture_output=True)
    seconds = time.perf_counter() - begun
    vectors = np.load(out)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True), seconds


def our_vectors(texts: list[str], dtype: Dtype, path: Path) -> tuple[np.ndarray, float]:
    """The same our way: in worker processes, each vector stored."""
    with Store.open(path) as store:
        begun = time.perf_counter()
        kept = embed(store, embedder_of("", dtype), texts, Request("bench"))
        seconds = time.perf_counter() - begun
        assert kept is not None
        vectors = np.empty((len(texts), kept.size), np.float32)
        store.embeddings.fill(kept, [text_key(text) for text in texts], vectors)
    return vectors, seconds


def growth(sizes: list[int], folder: Path) -> Json:
    """Seconds from stored vectors to a stored map for each size."""
    figures: Json = {}
    for size in sizes:
        place = folder / str(size)
        place.mkdir()
        with open_workbench(place / "audits.duckdb", with_example=False) as workbench:
            answered(workbench, size)
            store_planted(workbench)
            figures[f"map_{size}_seconds"] = round(mapped(workbench), 1)
    least, most = sizes[0], sizes[-1]
    if most > least:
        figures["growth"] = round(figures[f"map_{most}_seconds"] / figures[f"map_{least}_seconds"], 1)
        figures["n_log_n"] = round(most * math.log(most) / (least * math.log(least)), 1)
    return figures


def store_planted(workbench: Workbench) -> None:
    """Vectors for every text, around as many topics as there are, so that nothing is left to embed."""
    info = maps.get(workbench, workbench.store.maps.create("texts", ResponseFilter(), MapSettings()))
    keys = [text_key(text) for text in read_texts(workbench.store, info).texts]
    workbench.store.maps.delete(info.id)
    embedder = embedder_of("", Dtype.BF16)
    kept = workbench.store.embeddings.numbered("", embedder.digest, embedder.dtype.value, SIZE)
    rng = np.random.default_rng(0)
    middles = rng.normal(size=(TOPICS, SIZE))
    middles /= np.linalg.norm(middles, axis=1, keepdims=True)
    for start in range(0, len(keys), STORED_AT_ONCE):
        part = keys[start : start + STORED_AT_ONCE]
        vectors = middles[rng.integers(TOPICS, size=len(part))] + rng.normal(size=(len(part), SIZE)) * 0.045
        scattered = rng.random(len(part)) < SCATTERED
        vectors[scattered] = rng.normal(size=(int(scattered.sum()), SIZE))
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        workbench.store.embeddings.add(kept, part, vectors.astype(np.float32))


def mapped(workbench: Workbench) -> float:
    """Seconds from asking for a map to having it."""
    begun = time.perf_counter()
    done = maps.wait(workbench, maps.create(workbench, "Bench", ResponseFilter(), MapSettings()))
    assert done.status is MapStatus.DONE, done.problem
    return time.perf_counter() - begun


def page(folder: Path) -> Json:
    """Seconds until a map stands in the browser, and until it has other colours; the server's peak memory."""
    with sync_playwright() as playwright, server(settings.ROOT / "asgi.py", folder) as (address, process):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        tab = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
        tab.set_default_timeout(120_000)
        tab.goto(f"{address}/Clusters")
        tab.get_by_role("button", name="Show the responses").click()
        begun = time.perf_counter()
        drawn(tab)
        first = time.perf_counter() - begun
        tab.get_by_role("link", name="Responses").click()
        tab.get_by_role("heading", name="Responses").wait_for()
        quiet(tab)
        begun = time.perf_counter()
        tab.get_by_role("link", name="Clusters").click()
        drawn(tab)
        again = time.perf_counter() - begun
        quiet(tab)
        coloured = recoloured(tab, "Region")
        figures = {
            "first_drawing_seconds": round(first, 2),
            "drawing_seconds": round(again, 2),
            "colour_seconds": round(coloured, 2),
            "server_peak_mib": round(peak_kib(process.pid) / 1024),
        }
        browser.close()
    return figures


def drawn(tab: Page) -> None:
    """Wait until the map stands: on a canvas where it has many points."""
    tab.get_by_test_id("stVegaLiteChart").first.locator("canvas, [aria-roledescription=point]").first.wait_for()


def quiet(tab: Page) -> None:
    """Wait until nothing runs any more."""
    tab.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
    tab.wait_for_timeout(500)


def recoloured(tab: Page, colour: str) -> float:
    """Seconds from choosing another colour until the map is drawn anew."""
    tab.get_by_role("combobox", name="Colour").click()
    option = tab.get_by_role("option", name=colour, exact=True)
    option.wait_for()
    tab.evaluate(f"window.before = {DRAWING}")
    begun = time.perf_counter()
    option.click()
    tab.wait_for_function(f"() => {DRAWING} && {DRAWING} !== window.before")
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
