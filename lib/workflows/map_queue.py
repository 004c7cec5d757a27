"""Maps being made, and their regions being named, in the background: one after the other."""

from collections.abc import Callable
from dataclasses import dataclass

from lib.models.catalogue import Catalogue
from lib.store.store import Store
from lib.types import MapStatus
from lib.workflows.background import BackgroundQueue, Request


@dataclass
class Mapping(Request):
    """A map to be made; or, where a model is named, one whose regions it shall name."""

    model: str = ""


class MapQueue(BackgroundQueue[Mapping]):
    """Makes the maps that are asked for, in order; `changed` is called with the id of each that is another one now."""

    word = "Mapping"

    def __init__(self, store: Store, catalogue: Catalogue, changed: Callable[[str], None]) -> None:
        super().__init__()
        self._changed = changed
        self._store = store
        self._catalogue = catalogue
        self._closing = False

    def submit(self, map_id: str) -> None:
        """Have a map made; one that is waiting or being made already is not made twice."""
        with self._wake:
            if not self._asked(map_id):
                self._store.maps.set_status(map_id, MapStatus.PENDING)
                self._put(Mapping(map_id))

    def submit_names(self, map_id: str, model_id: str) -> None:
        """Have a model propose names for the regions of a map; nothing while something is done about it already."""
        with self._wake:
            if not self._asked(map_id):
                self._put(Mapping(map_id, model=model_id))

    def close(self) -> None:
        """Stop; what was waiting or going on stays pending, and is taken up when the database is opened again."""
        self._closing = True
        super().close()

    def do(self, request: Mapping) -> None:
        """Make one map, or name its regions."""
        try:
            if request.model:
                self._name(request)
            else:
                self._make(request)
        finally:
            self._changed(request.about)

    def _name(self, request: Mapping) -> None:
        """Have a model propose names."""
        from lib.workflows.map_naming import propose_names

        if not request.control.stopping:
            propose_names(self._store, self._catalogue, request.about, request.model, request)

    def _make(self, request: Mapping) -> None:
        """Make one map; why that failed is kept with it."""
        from lib.workflows.map_execution import make_map  # NumPy and Arrow load when something is mapped

        map_id = request.about
        try:
            done = not request.control.stopping and make_map(self._store, self._store.maps.get(map_id), request)
        except Exception as problem:
            self._store.maps.set_status(map_id, MapStatus.FAILED, str(problem))
            raise
        if not done and not self._closing:
            self._store.maps.set_status(map_id, MapStatus.STOPPED)
