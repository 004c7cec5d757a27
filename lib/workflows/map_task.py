"""What worker processes do to make a map: lay responses out, and find and name their regions.

Both halves read what `lib.workflows.map_execution` wrote in a folder, and leave arrays there: a hundred thousand
vectors are no message.
"""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np

from lib.clusters.copies import spread
from lib.clusters.naming import central, names, typical_words
from lib.clusters.projection import project
from lib.clusters.quality import stability, trustworthiness
from lib.clusters.reduce import reduced
from lib.clusters.regions import SAMPLE, coherent, find_regions, usual_smallest
from lib.clusters.room import make_room
from lib.runs.worker import Do
from lib.types import Json, Projection

VECTORS, PLACES, TEXTS, XY, LABELS = "vectors.npy", "places.npy", "texts.json", "xy.npy", "labels.npy"
"""Vectors of the distinct texts, which of them each response is, the texts; and what comes out: places, regions."""


def open_map_task(message: Json) -> Do:
    """Get ready for the two halves of one map.

    Args:
        message: `folder`, `seed`, `projection`, `smallest` (0: the usual), `exclude` (words that name no region).

    Returns:
        A function from {"half": "layout" | "regions"} to what `layout` and `regions` give.
    """
    folder = Path(message["folder"])
    halves: dict[str, Callable[[Path, Json], Json]] = {"layout": layout, "regions": regions}
    return lambda task: halves[task["half"]](folder, message)


def layout(folder: Path, message: Json) -> Json:
    """Where each response lies, in `XY`; gives how far that can be trusted."""
    vectors, places = np.load(folder / VECTORS, mmap_mode="r"), np.load(folder / PLACES)
    xy = make_room(spread(places, project(vectors, Projection(message["projection"]), message["seed"])))
    np.save(folder / XY, xy)
    first = np.unique(places, return_index=True)[1]  # of the responses with the same text
    return {"trustworthiness": trustworthiness(vectors, xy[first], message["seed"])}


def regions(folder: Path, message: Json) -> Json:
    """The region of each response, in `LABELS`; gives their names, typical words, central responses and stability."""
    vectors, places = np.load(folder / VECTORS, mmap_mode="r"), np.load(folder / PLACES)
    seed, smallest = message["seed"], message["smallest"] or usual_smallest(len(places))
    rows = reduced(vectors)[places]
    each_vector = vectors[places]
    labels = coherent(each_vector, find_regions(rows, smallest=smallest, seed=seed))
    np.save(folder / LABELS, labels)
    overall, each = stability(rows, labels, smallest=smallest, seed=seed)
    texts = json.loads((folder / TEXTS).read_text(encoding="utf-8"))
    words = typical_words([texts[place] for place in places], labels, message["exclude"])
    named, middle = names(words), central(each_vector, labels, places=places)
    return {
        "smallest": smallest,
        "stability": overall,
        "sampled": SAMPLE if len(places) > SAMPLE else 0,
        "regions": [
            {
                "no": no,
                "name": named.get(no) or f"Region {no + 1}",
                "words": words.get(no, ()),
                "central": middle[no],
                "stability": each[no],
            }
            for no in sorted(middle)
        ],
    }
