import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from lib.clusters import regions
from lib.clusters.reduce import reduced
from lib.clusters.regions import by_size, coherent, find_regions, mean_cosine, usual_smallest
from lib.types.maps import UNCLUSTERED
from tests.clusters.planted import planted


def test_planted_topics_are_found():
    """Three tight topics among scattered vectors come back as three regions, for each of 20 seeds."""
    for seed in range(20):
        vectors, truth = planted(seed)
        labels = find_regions(reduced(vectors), smallest=15, seed=seed)
        assert set(labels[labels != UNCLUSTERED]) == {0, 1, 2}
        assert adjusted_rand_score(truth[truth >= 0], labels[truth >= 0]) >= 0.95
        assert (labels[truth < 0] == UNCLUSTERED).mean() > 0.5


def test_numbered_by_size():
    """The largest region is 0; of equally large ones the first to appear comes first; what is in none stays."""
    assert by_size(np.array([7, 3, -1, 5, 5, 5, 3, 7])).tolist() == [1, 2, -1, 0, 0, 0, 2, 1]
    assert by_size(np.array([-1, -1])).tolist() == [-1, -1]
    assert by_size(np.zeros(0, dtype=np.int64)).tolist() == []


def test_no_region_holds_more_than_half():
    """A topic of nearly all vectors beside two small ones is not one region."""
    rng = np.random.default_rng(4)
    places = np.concatenate([rng.normal(0, 1, (300, 2)), rng.normal(20, 0.1, (20, 2)), rng.normal(-20, 0.1, (20, 2))])
    labels = find_regions(places, smallest=10, seed=0)
    assert np.bincount(labels[labels >= 0]).max() <= 170
    assert len({*labels[300:320].tolist()}) == len({*labels[320:].tolist()}) == 1


@pytest.mark.parametrize("n", [0, 1, 2, 3, 9, 10])
def test_too_few_rows_have_no_regions(n):
    """With fewer rows than two regions need, and when all are equal, all are unclustered."""
    rows = np.random.default_rng(5).normal(size=(n, 3))
    assert find_regions(rows, smallest=6, seed=0).tolist() == [UNCLUSTERED] * n
    assert find_regions(np.ones((n, 3)), smallest=2, seed=0).tolist() == [UNCLUSTERED] * n


@pytest.mark.parametrize("n", [4, 10, 30])
def test_two_heaps_of_copies(n):
    """Rows that equal one of two are two regions."""
    rows = np.repeat([[0.0, 0.0], [1.0, 1.0]], n, axis=0)
    assert find_regions(rows, smallest=2, seed=0).tolist() == [0] * n + [1] * n


def test_sampling_changes_little(monkeypatch):
    """Regions of 2,000 vectors found in 500 of them are those found in all."""
    vectors, truth = planted(6, each=450, topics=4, scattered=200, apart=0.3)
    rows = reduced(vectors)
    whole = find_regions(rows, smallest=60, seed=0)
    monkeypatch.setattr(regions, "SAMPLE", 500)
    part = find_regions(rows, smallest=60, seed=0)
    assert adjusted_rand_score(whole, part) >= 0.9
    assert adjusted_rand_score(truth[truth >= 0], part[truth >= 0]) >= 0.95
    assert part.tobytes() == find_regions(rows.copy(), smallest=60, seed=0).tobytes()
    assert set(part.tolist()) >= {UNCLUSTERED, 0, 1, 2, 3}


def test_usual_smallest():
    """Half the square root, at least five: 5 for 100, 16 for 1,000, 158 for 100,000."""
    assert [usual_smallest(n) for n in (0, 100, 1_000, 100_000)] == [5, 5, 16, 158]


def test_same_bits():
    """The same rows give the same regions, in whatever memory order."""
    rows = reduced(planted(7)[0])
    found = find_regions(rows, smallest=15, seed=0)
    assert found.tobytes() == find_regions(np.asfortranarray(rows), smallest=15, seed=9).tobytes()
    assert found.dtype == np.int64


def test_what_is_no_more_alike_than_everything_is_no_region():
    """Scattered vectors in many dimensions heap up once they are reduced, and come back as unclustered."""
    vectors, truth = planted(0, each=150, topics=4, scattered=300, width=384)
    labels = find_regions(reduced(vectors), smallest=15, seed=0)
    heaped = labels[truth == UNCLUSTERED]
    assert (heaped >= 0).mean() > 0.5  # HDBSCAN takes most of them for a region
    kept = coherent(vectors, labels)
    assert (kept[truth == UNCLUSTERED] == UNCLUSTERED).mean() > 0.95
    assert sorted(set(kept.tolist())) == [-1, 0, 1, 2, 3]


def test_mean_cosine_by_hand():
    """Of two unit vectors at a right angle: (1 + 0 + 0 + 1) / 4."""
    assert mean_cosine(np.array([[1.0, 0.0], [0.0, 1.0]])) == pytest.approx(0.5)
