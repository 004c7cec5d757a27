import numpy as np
import pytest

from lib.clusters.reduce import reduced
from tests.clusters.planted import planted


def test_by_hand():
    """Points on the line through (3, 4) differ along (0.6, 0.8) alone, and their middle becomes 0."""
    points = np.array([[0, 0], [3, 4], [6, 8]], dtype=np.float32)
    assert reduced(points) == pytest.approx(np.array([[-5], [0], [5]]))
    assert reduced(-points) == pytest.approx(np.array([[5], [0], [-5]]))


def test_no_distance_is_lost_where_the_dimensions_suffice():
    """Five dimensions, turned into 200, come back as five with the same distances; few are cut to the largest."""
    rng = np.random.default_rng(0)
    flat = rng.normal(size=(80, 5)) * [5, 4, 3, 2, 1]
    turn, _ = np.linalg.qr(rng.normal(size=(200, 5)))
    found = reduced((flat @ turn.T).astype(np.float32))
    assert found.shape == (80, 5)
    apart = np.linalg.norm(flat[:, None] - flat, axis=2)
    assert np.linalg.norm(found[:, None] - found, axis=2) == pytest.approx(apart, abs=1e-4)
    assert reduced((flat @ turn.T).astype(np.float32), 2) == pytest.approx(found[:, :2])


@pytest.mark.parametrize(("n", "columns"), [(1, 1), (2, 1), (3, 2), (10, 9), (100, 15)])
def test_fewer_rows_have_fewer_dimensions(n, columns):
    """n rows differ in at most n − 1 dimensions, and at most 15 are kept."""
    found = reduced(planted(1)[0][:n])
    assert found.shape == (n, columns)
    assert np.isfinite(found).all()


@pytest.mark.parametrize("n", [0, 1, 2, 50, 10_000])
def test_equal_rows_are_zeros(n):
    """Without any difference there is one dimension in which all are at 0."""
    one = np.random.default_rng(2).normal(size=384).astype(np.float32)
    found = reduced(np.tile(one, (n, 1)))
    assert found.shape == (n, 1)
    assert not found.any()


def test_same_bits():
    """The same vectors give the same numbers."""
    vectors, _ = planted(3, each=3_000)
    assert reduced(vectors).tobytes() == reduced(vectors.copy()).tobytes()
