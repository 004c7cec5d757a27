"""Runs, stored responses and how they are filtered."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lib.types.grids import Cell, GridSpec
from lib.types.jobs import Response


class RunStatus(StrEnum):
    """The state of a run. INTERRUPTED: the program ended while it ran; resume finishes it."""

    QUEUED = "queued"
    RUNNING = "running"
    PAUSED = "paused"
    INTERRUPTED = "interrupted"
    STOPPED = "stopped"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class RunInfo:
    """A run and how far it is. `done` counts stored responses, `failed` cells whose last try failed."""

    id: str
    name: str
    status: RunStatus
    grid: GridSpec
    bank_title: str
    total: int
    done: int
    failed: int
    position: int
    created: datetime
    started: datetime | None = None
    finished: datetime | None = None
    note: str = ""
    read_only: bool = False


@dataclass(frozen=True, slots=True)
class StoredResponse:
    """A cell with its response (or with none yet), as the pages and exports read it."""

    run: str
    no: int
    cell: Cell
    bank: str
    response: Response | None
    created: datetime | None = None


@dataclass(frozen=True, slots=True)
class ResponseFilter:
    """Which stored responses to show; an empty tuple or string does not restrict.

    `group` values are those of `Cell.group`; `search` is matched, ignoring case, in the
    response and the prompt. `selection` is the id of a stored selection of responses.
    """

    runs: tuple[str, ...] = ()
    banks: tuple[str, ...] = ()
    templates: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    decodings: tuple[str, ...] = ()
    finishes: tuple[str, ...] = ()
    search: str = ""
    selection: str = ""


@dataclass(frozen=True, slots=True)
class Rate:
    """How fast a model answered here before, for time estimates."""

    model: str
    dtype: str
    cells_per_second: float
    tokens_per_second: float
    measured: datetime


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one of several texts shown side by side: shared by all of them, or not."""

    text: str
    differs: bool
