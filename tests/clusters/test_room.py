import numpy as np
import pytest

from lib.clusters.quality import trustworthiness
from lib.clusters.room import make_room, room_for


def nearest(places: np.ndarray) -> np.ndarray:
    """How far each point's nearest neighbour is."""
    apart = np.linalg.norm(places[:, None] - places[None], axis=2)
    np.fill_diagonal(apart, np.inf)
    return apart.min(axis=1)


def test_two_points_push_each_other_apart_by_what_is_missing():
    """At a third of their room they end at the whole of it, and their middle stays."""
    room = room_for(2)
    made = make_room(np.array([[0.0, 0.0], [room / 3, 0.0]]))
    assert np.linalg.norm(made[1] - made[0]) == pytest.approx(room, rel=0.01)
    assert made.mean(axis=0) == pytest.approx([room / 6, 0.0], abs=1e-6)


def test_points_with_room_stay():
    """Nothing moves where nothing overlaps."""
    places = np.array([[-1.0, 0.0], [0.0, 0.5], [1.0, 1.0]], np.float32)
    assert (make_room(places) == places).all()


def test_points_at_one_place_become_a_patch():
    """Even a hundred at the same place can be told apart, the same in every run."""
    places = np.zeros((100, 2))
    made = make_room(places)
    assert nearest(made).min() > room_for(100) / 3
    assert (made == make_room(places)).all()


def test_dense_groups_stay_groups():
    """What lay together lies together, within the square, and neighbours stay neighbours."""
    rng = np.random.default_rng(0)
    middles = np.array([[-0.8, -0.8], [0.8, -0.8], [0.0, 0.9]])
    group = np.repeat([0, 1, 2], 200)
    places = middles[group] + rng.normal(size=(600, 2)) * 0.02
    made = make_room(places)
    assert np.abs(made).max() <= 1
    assert np.quantile(nearest(made), 0.1) > 2 * np.quantile(nearest(places), 0.1)
    closest = np.argmin(np.linalg.norm(made[:, None] - middles[None], axis=2), axis=1)
    assert (closest == group).all()
    assert trustworthiness(places - 5, made - 5, 0) > 0.95


@pytest.mark.parametrize("n", [0, 1])
def test_nothing_to_move(n):
    """No point and one point are as they were."""
    assert make_room(np.zeros((n, 2))).shape == (n, 2)
