"""Maps that are open in this process: every response with its place, its region and what it can be compared by."""

import threading
from bisect import bisect_left
from collections import Counter, OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lib.errors import MapError
from lib.types import MapInfo, MapStatus, Region

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from lib.workflows.workbench import Workbench

OPEN = 3
"""Maps kept in memory: one of 100,000 responses takes about 100 MB."""

UNUSED = ["set_id", "family", "label"]
"""Columns of cells that nothing on a map asks for."""

BEGINNING = 320
"""Characters of a response that are kept at hand for pointers and tables."""


@dataclass(frozen=True, slots=True)
class OpenMap:
    """A map in memory; nobody changes it.

    Attributes:
        frame: one row a response, by run and in the order of the grid: run, no, x, y, region, temperature, prompt (a
            code that rows with the same prompt share), and of `lib.workflows.score_frame.cells_of` what is compared and
            coloured; its unit is a code that the same matched set has in every run.
    """

    info: MapInfo
    regions: tuple[Region, ...]
    frame: "pd.DataFrame"
    _spans: Mapping[str, tuple[int, "np.ndarray"]]
    _read: dict[int, str] = field(default_factory=dict)

    def row(self, run: str, no: int) -> int | None:
        """The row of a response; None when it is not on the map."""
        start, nos = self._spans.get(run, (0, ()))
        place = bisect_left(nos, no)
        return start + place if place < len(nos) and nos[place] == no else None

    @property
    def runs(self) -> list[str]:
        """The audits that have responses on it."""
        return [str(run) for run in self.frame["run"].unique()]

    @property
    def titles(self) -> dict[int, str]:
        """What each region is called; one that is called like another carries its number."""
        told = Counter(region.title for region in self.regions)
        return {
            region.no: f"{region.title} ({region.no + 1})" if told[region.title] > 1 else region.title
            for region in self.regions
        }


def beginnings(workbench: "Workbench", opened: OpenMap, rows: Sequence[int]) -> list[str]:
    """How the responses of some rows begin, as they were written; read once while the map is open."""
    missing = [row for row in rows if row not in opened._read]
    if missing:
        places = opened.frame.iloc[missing]
        for run, its in places.groupby("run", sort=False):
            for no, text in workbench.store.scores.texts(str(run), its["no"].tolist()):
                if (row := opened.row(str(run), no)) is not None:
                    opened._read[row] = text[:BEGINNING]
    return [opened._read.get(row, "") for row in rows]


class Atlas:
    """The maps that were looked at last."""

    def __init__(self) -> None:
        self._open: OrderedDict[str, OpenMap] = OrderedDict()
        self._turn = threading.Lock()

    def open(self, workbench: "Workbench", map_id: str) -> OpenMap:
        """A map, read when it was not open; raises MapError when there is none of that id, or it is not made."""
        with self._turn:
            if map_id not in self._open:
                self._open[map_id] = read(workbench, map_id)
                while len(self._open) > OPEN:
                    self._open.popitem(last=False)
            self._open.move_to_end(map_id)
            return self._open[map_id]

    def forget(self, map_id: str = "") -> None:
        """Read a map, or all of them, again next time: something about it was changed."""
        with self._turn:
            for known in [map_id] if map_id else list(self._open):
                self._open.pop(known, None)


def read(workbench: "Workbench", map_id: str) -> OpenMap:
    """A map as it is stored, with what is known of its cells."""
    import numpy as np
    import pandas as pd

    from lib.workflows.score_frame import UNIT, cells_of

    info = workbench.store.maps.get(map_id)
    if info.status is not MapStatus.DONE or not info.points:
        cause = "its responses are gone" if info.status is MapStatus.DONE else f"it is {info.status.value}, not done"
        raise MapError(f"map {map_id}", cause, "Make it to the end first, or choose another map.")
    points = workbench.store.maps.points(map_id).select(["run", "no", "x", "y", "region"]).to_pandas()
    parts: list[pd.DataFrame] = []
    spans: dict[str, tuple[int, np.ndarray]] = {}
    start = 0
    for run, its in points.groupby("run", sort=False):
        table = workbench.store.scores.table(str(run))
        cells = cells_of(table).drop(columns=UNUSED)
        cells = cells.assign(prompt=table["prompt"].to_pandas(), temperature=table["temperature"])
        part = its.merge(cells, on="no", how="left", validate="one_to_one")
        # Not the run: the same grid run twice gives the same matched sets, and they count once.
        part[UNIT] = f"{workbench.store.runs.bank(str(run)).id}/" + part[UNIT]
        parts.append(part)
        spans[str(run)] = start, its["no"].to_numpy()
        start += len(part)
    frame = pd.concat(parts, ignore_index=True)
    for name in ("prompt", UNIT):
        frame[name] = pd.factorize(frame[name])[0].astype("int32")
    return OpenMap(info, tuple(workbench.store.maps.regions(map_id)), frame, spans)
