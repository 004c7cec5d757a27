"""Three topics that two groups talk about, one of them unevenly: what a real map of real sentences makes of it."""

import numpy as np
import pytest

from lib.types import MapSettings, MapStatus, ResponseFilter
from lib.workflows import maps
from lib.workflows.map_findings import NOWHERE, finding
from tests.workflows.conftest import grid
from tests.workflows.mapped import MODEL, answered, spots
from tests.workflows.sentences import ANYTHING, BOOKKEEPING, COOKING, FOOTBALL, texts

SEEDS = 20
REPEATS = 40
SHARES = {"woman": (0.45, 0.25, 0.25), "man": (0.20, 0.25, 0.25)}
"""Of a group's 120 responses, how many are about each topic: 54 and 24 about the first; the rest is about anything."""


def pools() -> list[list[str]]:
    """Texts to draw from: 100 about each topic, 80 about anything, so that none comes twice in a map."""
    rng = np.random.default_rng(0)
    return [*(texts(topic, rng, 100) for topic in (COOKING, FOOTBALL, BOOKKEEPING)), ANYTHING]


def planted(rng: np.random.Generator, drawn_from: list[list[str]]) -> dict[tuple[str, int], tuple[int, str]]:
    """The topic (3: anything) and the text of each group's response in each matched set."""
    left = [[pool[place] for place in rng.permutation(len(pool))] for pool in drawn_from]
    sets = 3 * REPEATS
    found = {}
    for group, shares in SHARES.items():
        counts = [round(share * sets) for share in shares]
        topics = rng.permutation(np.repeat(range(4), [*counts, sets - sum(counts)]))
        found |= {(group, place): (int(topic), left[topic].pop()) for place, topic in enumerate(topics)}
    return found


def made(workbench, run_id, **settings):
    """A map of one run, and how it ended."""
    map_id = maps.create(workbench, "Planted", ResponseFilter(runs=(run_id,)), MapSettings(**settings))
    assert maps.wait(workbench, map_id).status is MapStatus.DONE
    return maps.open_map(workbench, map_id)


@pytest.mark.slow
def test_a_lopsided_topic_is_found_first_and_alone(workbench):
    """Over 20 seeds: three regions of one topic each, the lopsided one first and the only clear one, the rest in none.

    The gap is that of 54 and 24 of 120 responses, 25 points, up to two responses that lie elsewhere.
    """
    drawn_from = pools()
    every = [text for pool in drawn_from for text in pool]
    made(workbench, answered(workbench, grid(MODEL, repeats=67), lambda spot: every[spot.no % len(every)]))
    for seed in range(SEEDS):
        said = planted(np.random.default_rng(seed), drawn_from)
        run_id = answered(
            workbench, grid(MODEL, repeats=REPEATS), lambda spot, said=said: said[spot.group, spot.place][1]
        )
        there = made(workbench, run_id, seed=seed)
        found = finding(workbench, there, "gender")
        topics = np.array([said[spot.group, spot.place][0] for spot in spots(workbench, run_id)])
        regions = there.frame["region"].to_numpy()
        first = found.rows[0]
        assert len(there.regions) == 3, seed
        assert {frozenset(topics[regions == no]) - {3} for no in range(3)} == {frozenset({no}) for no in range(3)}, seed
        assert (regions == -1).sum() >= (topics == 3).sum() - 2, seed
        assert [row.region for row in found.rows if row.clear] == [first.region], seed
        assert set(topics[regions == first.region]) - {3} == {0}, seed
        assert first.gap.estimate == pytest.approx(0.25, abs=2 / 120), seed
        assert found.rows[-1].title == NOWHERE
