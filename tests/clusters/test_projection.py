import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from lib.clusters.projection import fitted, project
from lib.clusters.reduce import reduced
from lib.types.maps import Projection
from tests.clusters.planted import planted

METHODS = [Projection.PACMAP, pytest.param(Projection.UMAP, marks=pytest.mark.slow)]


def test_fitted_by_hand():
    """A rectangle of 4 × 2 becomes one of 2 × 1 around 0; a single place is at 0."""
    assert fitted(np.array([[10.0, 5.0], [14.0, 7.0]])).tolist() == [[-1, -0.5], [1, 0.5]]
    assert fitted(np.array([[3.0, 3.0]])).tolist() == [[0, 0]]
    assert fitted(np.zeros((0, 2))).shape == (0, 2)


@pytest.mark.slow
@pytest.mark.parametrize("method", METHODS)
def test_same_bits_with_the_same_seed(method):
    """A seed determines the map bit for bit; another one gives another."""
    vectors, _ = planted(0, width=384)
    found = project(vectors, method, 7)
    assert found.tobytes() == project(vectors.copy(), method, 7).tobytes()
    assert found.tobytes() != project(vectors, method, 8).tobytes()
    assert (found.shape, found.dtype) == ((240, 2), np.float32)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("n", [0, 1, 2, 3, 4, 9, 10, 11, 12, 15, 16, 20, 40, 60])
def test_any_number_of_vectors(method, n):
    """Every number of vectors has finite places that fill the square, and places differ where vectors do."""
    found = project(planted(1, apart=0.8)[0][:n], method, 0)
    assert found.shape == (n, 2)
    assert np.isfinite(found).all()
    assert len(np.unique(found, axis=0)) == n
    if n > 1:
        assert np.abs(found).max() == pytest.approx(1)
        assert found.min(axis=0) == pytest.approx(-found.max(axis=0), abs=1e-6)


@pytest.mark.parametrize("method", METHODS)
def test_equal_vectors_share_a_place(method):
    """Copies lie where the first does, and many of them move nothing; all equal lie at 0."""
    vectors, _ = planted(2)
    copied = np.concatenate([vectors, np.tile(vectors[:1], (500, 1)), vectors[:5]])
    found = project(copied, method, 0)
    assert (found[240:740] == found[0]).all()
    assert (found[740:] == found[:5]).all()
    assert found[:240].tobytes() == project(vectors, method, 0).tobytes()
    assert not project(np.ones((300, 8), dtype=np.float32), method, 0).any()


@pytest.mark.parametrize("method", METHODS)
def test_topics_lie_together(method):
    """Vectors of one topic lie closer to each other on the map than to those of others."""
    vectors, truth = planted(3)
    found = project(vectors, method, 0)
    middles = np.array([np.median(found[truth == no], axis=0) for no in range(3)])
    inside = truth >= 0
    nearest = np.linalg.norm(found[inside][:, None] - middles, axis=2).argmin(axis=1)
    assert (nearest == truth[inside]).mean() > 0.97


def test_same_bits_on_any_number_of_cores():
    """The matrix library's threads, of which machines have different numbers, change nothing."""
    vectors, _ = planted(5, each=600, width=384)
    found = dict.fromkeys((1, 2), b"")
    for threads in found:
        with threadpool_limits(threads, user_api="blas"):
            found[threads] = project(vectors, Projection.PACMAP, 0).tobytes() + reduced(vectors).tobytes()
    assert found[1] == found[2]


def test_seeds_of_any_size():
    """A seed beyond what the libraries take is folded into it."""
    vectors, _ = planted(4, each=10, scattered=10)
    assert project(vectors, Projection.PACMAP, 2**31 + 5).tobytes() == project(vectors, Projection.PACMAP, 5).tobytes()
    assert np.isfinite(project(vectors, Projection.PACMAP, 2**31 - 1)).all()
