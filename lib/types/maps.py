"""Maps: responses laid out by what they say, with named regions; and selections of responses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from lib.types.grids import Dtype
from lib.types.runs import ResponseFilter

UNCLUSTERED = -1
"""The region of what lies in none."""


class Projection(StrEnum):
    """How many dimensions become the two of the map."""

    PACMAP = "pacmap"
    UMAP = "umap"


class MapStatus(StrEnum):
    """Where a map stands. STOPPED: somebody ended it; FAILED: `MapInfo.problem` says why. Both can be tried again."""

    PENDING = "pending"
    STOPPED = "stopped"
    FAILED = "failed"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class MapSettings:
    """How a map is made; with the same responses the same settings make the same map.

    Attributes:
        embedder: the folder or hub id of a sentence-transformers model; "" is the bundled one.
        dtype: BF16 embeds faster where the processor computes in it, and is FP32 elsewhere.
        neutral: identity terms, pronouns and gendered words become one placeholder before embedding, so that
            regions are about what is said and not about whom.
        smallest: how many responses a region has at least; 0 leaves it to their number.
    """

    embedder: str = ""
    dtype: Dtype = Dtype.BF16
    neutral: bool = True
    projection: Projection = Projection.PACMAP
    smallest: int = 0
    seed: int = 0


@dataclass(frozen=True, slots=True)
class MapQuality:
    """How far a map can be trusted; NaN where it could not be told.

    Attributes:
        trustworthiness: 0 to 1, how far neighbours on the map are neighbours in meaning (Venna and Kaski 2001).
        stability: 0 to 1, adjusted Rand index of the regions with those found again in samples (1: the same).
        unclustered: share of the responses that lie in no region.
        sampled: how many responses the regions were found in, where not in all; 0 for all.
    """

    trustworthiness: float
    stability: float
    unclustered: float
    sampled: int = 0


@dataclass(frozen=True, slots=True)
class Region:
    """One region of a map.

    Attributes:
        no: 0, 1, …, the largest first.
        name: from its typical words; `given` is what the auditor calls it, "" for nothing, `proposed` what a model that
            was asked would call it, which counts only once the auditor takes it.
        words: its typical words with their weight, the most typical first (class-based TF-IDF).
        central: (run, cell) of the responses closest to its middle, the closest first.
        stability: 0 to 1, mean Jaccard similarity with the region found again in samples (Hennig 2007).
        size: responses in it. x, y: its middle on the map.
    """

    no: int
    name: str
    given: str = ""
    proposed: str = ""
    words: tuple[tuple[str, float], ...] = ()
    central: tuple[tuple[str, int], ...] = ()
    stability: float = float("nan")
    size: int = 0
    x: float = 0.0
    y: float = 0.0

    @property
    def title(self) -> str:
        """What it is called on the screen."""
        return self.given or self.name


@dataclass(frozen=True, slots=True)
class MapInfo:
    """A map and how it was made.

    Attributes:
        problem: why it failed, in words.
        points: responses on it. blank: answered ones that pass the filter but say nothing, so that they have no place.
        made_with: what made it: embedding model with digest, dtype, library versions.
    """

    id: str
    name: str
    filter: ResponseFilter
    settings: MapSettings
    status: MapStatus
    created: datetime
    problem: str = ""
    finished: datetime | None = None
    points: int = 0
    blank: int = 0
    quality: MapQuality | None = None
    made_with: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Selection:
    """Some responses that somebody picked out, to be read, annotated, exported or left out."""

    id: str
    name: str
    map: str
    size: int
    created: datetime
