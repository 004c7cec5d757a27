"""A finished map of a stored run, written without a worker: women mostly on its left, others on its right."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from streamlit.testing.v1 import AppTest

from lib.store.maps import POINTS
from lib.types import MapQuality, MapSettings, Region, ResponseFilter
from lib.ui.notice import ACCEPTED
from lib.workflows.embedding import text_key
from lib.workflows.workbench import Workbench

PAGE = "pages/5_Clusters.py"
NAMES = ("caring", "leading")
QUALITY = MapQuality(0.91, 0.82, 0.125)
LEFT = (-1.0, 0.0, -1.0, 1.0)
"""The corners of the left half, where region 0 lies: left, right, bottom, top."""


def plant(
    workbench: Workbench,
    run_id: str,
    name: str = "Planted",
    *,
    names: Sequence[str] = NAMES,
    settings: MapSettings | None = None,
    quality: MapQuality = QUALITY,
) -> str:
    """Keep a map of a run's responses that say something; gives its id.

    Every eighth response lies in no region, at the very top; of the others those about women lie in region 0 but for
    every fifth, and the rest in region 1.
    """
    texts = [(no, text) for no, text in workbench.store.scores.texts(run_id) if text.strip()]
    group = {row["no"]: row["group"] for row in workbench.store.scores.table(run_id).to_pylist()}
    rows = []
    for place, (no, text) in enumerate(texts):
        region = -1 if place % 8 == 0 else int((group[no] == "woman") == (place % 5 == 0)) if names else -1
        along = place / len(texts)
        x, y = (0.0, 1.0) if region < 0 else (along - 1.0 + region, 0.9 * np.sin(9 * along))
        rows.append({"run": run_id, "no": no, "x": x, "y": y, "region": region, "text_digest": text_key(text)})
    embedding = workbench.store.embeddings.numbered("", "planted", "fp32", 2)
    vectors = np.array([[1.0, place] for place, _ in enumerate(texts)], np.float32)
    workbench.store.embeddings.add(embedding, [text_key(text) for _, text in texts], vectors)
    regions = [
        Region(no, title, words=((f"word {no}", 1.0),), stability=0.8, x=no - 0.5, y=0.0)
        for no, title in enumerate(names)
    ]
    map_id = workbench.store.maps.create(name, ResponseFilter(runs=(run_id,)), settings or MapSettings())
    answered = sum(map(len, workbench.store.responses.answered(ResponseFilter(runs=(run_id,))).values()))
    workbench.store.maps.finish(
        map_id,
        embedding,
        pa.Table.from_pylist(rows, schema=POINTS),
        regions,
        quality,
        blank=answered - len(texts),
        made_with={"dtype": "fp32"},
    )
    return map_id


def past_notice(test: AppTest) -> AppTest:
    """The page with the content notice accepted."""
    test.session_state[ACCEPTED] = True
    return test.run()


def words_of(test: AppTest) -> str:
    """All that the page says as Markdown."""
    return "\n".join(str(item.value) for kind in ("markdown", "caption", "info", "warning") for item in test.get(kind))


def read_as_markdown(test: AppTest) -> list[str]:
    """Every text on the page that Streamlit reads as Markdown: bodies, labels, helps, titles and options of buttons."""
    found = []
    for node in [*test.main, *test.sidebar]:
        proto = getattr(node, "proto", None)
        for name in ("body", "label", "help", "title", "caption", "text"):
            if isinstance(value := getattr(proto, name, None), str) and node.type not in ("text", "code"):
                found.append(value)
        if node.type == "button_group":
            found += [option.content for option in proto.options]
    return found
