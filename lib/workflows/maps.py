"""Maps: make one of stored responses, follow it, open it, name it and its regions, delete it."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from lib.errors import MapError
from lib.types import MapInfo, MapSettings, MapStatus, ResponseFilter
from lib.workflows.atlas import OpenMap
from lib.workflows.workbench import Workbench

FEWEST = 10
"""Responses below which there is nothing to map."""

POLL_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class MapProgress:
    """How far a map is: `done` of `total` texts that had no vector yet, `seconds_left` for these alone."""

    activity: str
    done: int
    total: int
    rate: float | None
    seconds_left: float | None


def create(workbench: Workbench, name: str, wanted: ResponseFilter, settings: MapSettings) -> str:
    """Have the answered responses that pass a filter mapped in the background; gives the map's id.

    Raises:
        MapError: it has no name, or too few responses pass.
        StoreError: the database may only be read.
    """
    workbench.refuse_when_read_only("make a map")
    if not name.strip():
        raise MapError("map", "it has no name", "Give it one.")
    answered = count(workbench, wanted)
    if answered < FEWEST:
        raise MapError(
            "map", f"{answered} answered responses pass the filter, and a map needs {FEWEST}", "Widen it, or run more."
        )
    map_id = workbench.store.maps.create(name.strip(), wanted, settings)
    workbench.mapping.submit(map_id)
    return map_id


def count(workbench: Workbench, wanted: ResponseFilter) -> int:
    """How many answered responses pass a filter."""
    return sum(map(len, workbench.store.responses.answered(wanted).values()))


def again(workbench: Workbench, map_id: str) -> None:
    """Go on with a map that was stopped or failed; texts that were embedded are not embedded again."""
    workbench.refuse_when_read_only("make a map")
    info = workbench.store.maps.get(map_id)
    if info.status is MapStatus.DONE:
        raise MapError(f"map {info.name}", "it is made already", "Make a new one.")
    workbench.mapping.submit(info.id)


def take_up(workbench: Workbench) -> None:
    """Go on with the maps that were being made when the program last ended."""
    if workbench.read_only:
        return
    for info in reversed(workbench.store.maps.all()):
        if info.status is MapStatus.PENDING:
            workbench.mapping.submit(info.id)


def stop(workbench: Workbench, map_id: str) -> None:
    """End a map that is being made; the vectors made so far stay."""
    workbench.mapping.stop(map_id)


def all(workbench: Workbench) -> list[MapInfo]:
    """Every map, the newest first."""
    return workbench.store.maps.all()


def get(workbench: Workbench, map_id: str) -> MapInfo:
    """One map; raises MapError with the nearest ids when there is none of it."""
    return workbench.store.maps.get(map_id)


def open_map(workbench: Workbench, map_id: str) -> OpenMap:
    """A finished map with all its responses; raises MapError when there is none of that id, or it is not made."""
    return workbench.atlas.open(workbench, map_id)


def progress(workbench: Workbench, map_id: str) -> MapProgress | None:
    """How far a map is that is waiting or being made; None when it is neither."""
    request = workbench.mapping.latest(map_id)
    if request is None or request.ended:
        return None
    rate = request.recent.per_second() if request.done < request.total else None
    left = (request.total - request.done) / rate if rate else None
    return MapProgress(request.activity, request.done, request.total, rate, left)


def wait(workbench: Workbench, map_id: str, follow: Callable[[MapProgress], None] = lambda _: None) -> MapInfo:
    """Block until a map is neither waiting nor being made, calling `follow` a few times a second."""
    while (now := progress(workbench, map_id)) is not None:
        follow(now)
        time.sleep(POLL_SECONDS)
    return workbench.store.maps.get(map_id)


def newer(workbench: Workbench, opened: OpenMap) -> int:
    """How many answered responses pass a map's filter by now that were not there when it was made."""
    return max(0, count(workbench, opened.info.filter) - opened.info.blank - opened.info.points)


def rename(workbench: Workbench, map_id: str, name: str) -> None:
    """Give a map another name; its id, and so its address, stays."""
    workbench.refuse_when_read_only("rename a map")
    if not name.strip():
        raise MapError(f"map {map_id}", "the new name is empty", "Write one.")
    workbench.store.maps.rename(map_id, name.strip())
    workbench.atlas.forget(map_id)


def name_region(workbench: Workbench, map_id: str, region: int, given: str) -> None:
    """Call a region something; "" gives it back the name of its words."""
    workbench.refuse_when_read_only("name a region")
    workbench.store.maps.name_region(map_id, region, given.strip())
    workbench.atlas.forget(map_id)


def propose_names(workbench: Workbench, map_id: str, model_id: str) -> None:
    """Have a model of the catalogue propose names for a map's regions, in the background; `progress` tells how far."""
    workbench.refuse_when_read_only("name regions")
    workbench.catalogue.get(model_id)
    workbench.mapping.submit_names(workbench.store.maps.get(map_id).id, model_id)


def proposals(opened: OpenMap) -> dict[int, str]:
    """The names that a model proposed and nobody took yet, by region."""
    return {each.no: each.proposed for each in opened.regions if each.proposed and each.proposed != each.title}


def take_proposals(workbench: Workbench, opened: OpenMap) -> None:
    """Call every region what a model proposed."""
    for region, proposed in proposals(opened).items():
        name_region(workbench, opened.info.id, region, proposed)


def problems(workbench: Workbench, map_id: str) -> list[str]:
    """What went wrong the last time something was done about a map; nothing while it goes on."""
    request = workbench.mapping.latest(map_id)
    return list(request.problems.values()) if request and request.ended else []


def delete(workbench: Workbench, map_id: str) -> None:
    """Delete a map; responses, their vectors and selections made on it stay. Raises MapError while it is being made."""
    workbench.refuse_when_read_only("delete a map")
    if progress(workbench, map_id) is not None:
        raise MapError(f"map {map_id}", "it is being made", "Stop it first.")
    workbench.store.maps.delete(map_id)
    workbench.atlas.forget(map_id)
