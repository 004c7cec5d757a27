"""Maps, regions and selections are kept, found by id, and go with the runs they are made of."""

from hashlib import blake2b

import numpy as np
import pyarrow as pa
import pytest

from lib.errors import MapError, RunError
from lib.store.maps import POINTS
from lib.store.store import Store
from lib.types import MapInfo, MapQuality, MapSettings, MapStatus, Region, ResponseFilter
from tests.store.samples import answer, create

SETTINGS = MapSettings(neutral=False, smallest=4, seed=3)
REGIONS = [
    Region(0, "kind, helpful", words=(("kind", 0.5), ("helpful", 0.25)), central=(("", 1), ("", 0)), stability=0.9),
    Region(1, "strong"),
]


@pytest.fixture
def run_id(store: Store) -> str:
    run_id = create(store)
    store.responses.add(run_id, [answer(no, f"Text {no}.") for no in range(6)])
    return run_id


def digest(no: int) -> bytes:
    return blake2b(bytes([no]), digest_size=16).digest()


def points(*rows: tuple[str, int, float, float, int]) -> pa.Table:
    return pa.Table.from_pylist(
        [
            dict(zip(POINTS.names, (*row, digest(row[1])), strict=True))
            for row in rows
        ],
        schema=POINTS,
    )  # fmt: skip


def mapped(store: Store, *rows: tuple[str, int, float, float, int]) -> str:
    """A finished map of these points."""
    map_id = store.maps.create("My map", ResponseFilter(groups=("woman",)), SETTINGS)
    made = store.embeddings.numbered("", "w", "fp32", 2)
    run = rows[0][0]
    regions = [
        Region(r.no, r.name, words=r.words, central=tuple((run, no) for _, no in r.central), stability=r.stability)
        for r in REGIONS
    ]
    quality = MapQuality(0.9, float("nan"), 0.25)
    store.maps.finish(map_id, made, points(*rows), regions, quality, blank=1, made_with={"model": "mini"})
    return map_id


def info(store: Store, map_id: str) -> MapInfo:
    return store.maps.get(map_id)


def test_a_map_waits_until_it_is_made(store: Store) -> None:
    """What was asked for is kept at once; failing keeps the reason."""
    map_id = store.maps.create("My map", ResponseFilter(groups=("woman",)), SETTINGS)
    waiting = info(store, map_id)
    assert (waiting.status, waiting.points, waiting.quality) == (MapStatus.PENDING, 0, None)
    assert (waiting.filter, waiting.settings) == (ResponseFilter(groups=("woman",)), SETTINGS)
    store.maps.set_status(map_id, MapStatus.FAILED, "out of memory")
    assert (info(store, map_id).status, info(store, map_id).problem) == (MapStatus.FAILED, "out of memory")


def test_a_finished_map_comes_back_whole(store: Store, run_id: str) -> None:
    """Points come in the order of the grid, regions with their size, words and examples."""
    map_id = mapped(store, (run_id, 2, 0.5, -0.5, 0), (run_id, 0, 0.25, 1.0, 0), (run_id, 1, -1.0, 0.0, -1))
    rows = store.maps.points(map_id).to_pylist()
    assert [(row["run"], row["no"], row["x"], row["y"], row["region"]) for row in rows] == [
        (run_id, 0, 0.25, 1.0, 0),
        (run_id, 1, -1.0, 0.0, -1),
        (run_id, 2, 0.5, -0.5, 0),
    ]
    assert [row["text_digest"] for row in rows] == [digest(0), digest(1), digest(2)]
    first, second = store.maps.regions(map_id)
    assert (first.size, first.words, first.central) == (2, REGIONS[0].words, ((run_id, 1), (run_id, 0)))
    assert (second.size, second.stability == second.stability) == (0, False)
    done = info(store, map_id)
    assert (done.status, done.points, done.blank, done.made_with) == (MapStatus.DONE, 3, 1, {"model": "mini"})
    assert done.quality is not None
    assert done.quality.unclustered == 0.25


def test_names_change_and_addresses_stay(store: Store, run_id: str) -> None:
    """A region that is called something keeps the name of its words beneath."""
    map_id = mapped(store, (run_id, 0, 0, 0, 0))
    store.maps.rename(map_id, "Praise")
    store.maps.name_region(map_id, 0, "Warm words")
    assert (info(store, map_id).name, store.maps.regions(map_id)[0].title) == ("Praise", "Warm words")
    store.maps.name_region(map_id, 0, "")
    assert store.maps.regions(map_id)[0].title == "kind, helpful"


def test_unknown_maps_are_named_with_the_nearest(store: Store, run_id: str) -> None:
    """The message says which id was meant."""
    map_id = mapped(store, (run_id, 0, 0, 0, 0))
    with pytest.raises(MapError, match=f"Did you mean {map_id}"):
        store.maps.get(map_id[:-1])
    with pytest.raises(MapError, match="selection none: there is none of that id"):
        store.selections.get("none")


def test_a_run_takes_its_points_along(store: Store, run_id: str) -> None:
    """A map of two runs loses the points of the one that is deleted; with the last one it goes itself."""
    other = create(store, "Other")
    store.responses.add(other, [answer(0)])
    map_id = mapped(store, (run_id, 0, 0, 0, 0), (other, 0, 1, 1, 0))
    picked = store.selections.create("Both", map_id, [(run_id, 0), (other, 0)])
    store.runs.delete(run_id)
    assert [row["run"] for row in store.maps.points(map_id).to_pylist()] == [other]
    assert store.maps.regions(map_id)[0].central == ()
    assert store.selections.get(picked).size == 1
    store.runs.delete(other)
    assert store.maps.all() == []
    assert store.selections.all() == []


def test_a_waiting_map_outlives_other_runs(store: Store, run_id: str) -> None:
    """A map that was not made yet has no points, and is not taken for one that lost them."""
    map_id = store.maps.create("Later", ResponseFilter(), SETTINGS)
    store.runs.delete(run_id)
    assert [each.id for each in store.maps.all()] == [map_id]


def test_a_selection_filters(store: Store, run_id: str) -> None:
    """Everything that takes a filter can be asked about a selection."""
    other = create(store, "Other")
    store.responses.add(other, [answer(0), answer(1)])
    picked = store.selections.create("Some", "map", [(run_id, 1), (run_id, 4), (other, 0)])
    wanted = ResponseFilter(selection=picked)
    assert [(row.run, row.no) for row in store.responses.page(wanted, limit=9)] == [
        (other, 0),
        (run_id, 1),
        (run_id, 4),
    ]
    assert store.responses.count(ResponseFilter(selection=picked, groups=("man",))) == 2
    assert store.responses.answered(wanted) == {run_id: [1, 4], other: [0]}
    assert {outcome for _, outcome, _ in store.responses.outcomes(wanted)} == {"stopped"}
    assert store.responses.count(ResponseFilter(selection="none")) == 0
    with pytest.raises(RunError):
        store.selections.create("Gone", "map", [("none", 0)])


def test_the_most_alike_come_first(store: Store, run_id: str) -> None:
    """Cosines with a vector, over the points of one map."""
    map_id = mapped(store, (run_id, 0, 0, 0, 0), (run_id, 1, 0, 0, 0), (run_id, 2, 0, 0, 0))
    made = store.embeddings.of_map(map_id)
    assert made is not None
    store.embeddings.add(made, [digest(0), digest(1), digest(2)], np.array([[1, 0], [0, 1], [3, 3]], np.float32))
    found = store.embeddings.nearest(made, map_id, [1.0, 0.0], 3)
    assert [no for _, no, _ in found] == [0, 2, 1]
    assert [round(alike, 4) for *_, alike in found] == [1.0, 0.7071, 0.0]


def test_deleting_a_map_leaves_responses_and_vectors(store: Store, run_id: str) -> None:
    """What took long is kept for the next map."""
    map_id = mapped(store, (run_id, 0, 0, 0, 0))
    store.maps.delete(map_id)
    assert store.maps.all() == []
    assert store.embeddings.known("", "w", "fp32") is not None
    assert store.responses.count(ResponseFilter()) == 6


def test_words_are_found_as_they_are_written(store: Store, run_id: str) -> None:
    """Case does not matter, and nothing in the words is a pattern."""
    map_id = mapped(store, (run_id, 0, 0, 0, 0), (run_id, 2, 0, 0, 0))
    assert store.maps.saying(map_id, "TEXT 2.") == [(run_id, 2)]
    assert store.maps.saying(map_id, "text .") == []


def test_a_proposed_name_counts_once_it_is_given(store: Store, run_id: str) -> None:
    """What a model would call a region stands beside its name, not in its place."""
    map_id = mapped(store, (run_id, 0, 0, 0, 0))
    store.maps.propose_name(map_id, 0, "Praise")
    first = store.maps.regions(map_id)[0]
    assert (first.proposed, first.title) == ("Praise", "kind, helpful")
