import math

import numpy as np
import pytest

from lib.clusters.copies import APART, GOLDEN_ANGLE, WIDEST, spread

NOWHERE = np.zeros((1, 2))


def test_by_hand():
    """The first copy stays, the second lies one step to the right, the fifth two steps away at four golden angles."""
    xy = np.array([[0.5, 0.5], [-1, 0]])
    found = spread(np.array([0, 1, 0, 0, 0, 0]), xy)
    assert found[[0, 1]] == pytest.approx(xy)
    assert found[2] == pytest.approx([0.5 + APART * math.cos(GOLDEN_ANGLE), 0.5 + APART * math.sin(GOLDEN_ANGLE)])
    angle = 4 * 2.39996323
    assert found[5] == pytest.approx([0.5 + 2 * APART * math.cos(angle), 0.5 + 2 * APART * math.sin(angle)], abs=1e-6)


@pytest.mark.parametrize("copies", [1, 2, 10, 101, 5_000])
def test_radius_grows_with_the_root_and_ends(copies):
    """k copies reach √(k − 1) steps, and never farther than `WIDEST`."""
    far = np.linalg.norm(spread(np.zeros(copies, dtype=np.int64), NOWHERE), axis=1)
    assert far.max() == pytest.approx(min(APART * math.sqrt(copies - 1), WIDEST), rel=1e-5)
    assert (np.diff(far) > 0).all()


def test_no_two_copies_lie_on_each_other():
    """Among 100 copies the nearest two are more than one step apart, the first and second being the nearest."""
    found = spread(np.zeros(100, dtype=np.int64), NOWHERE)
    apart = np.linalg.norm(found[:, None] - found, axis=2)
    assert apart[np.triu_indices(100, 1)].min() >= 0.99 * APART


def test_nothing_and_texts_without_a_response():
    """No responses have no places, and a text that nobody gave is passed over."""
    assert spread(np.zeros(0, dtype=np.int64), NOWHERE).shape == (0, 2)
    assert spread(np.array([1]), np.array([[9, 9], [0.25, 0.5]])) == pytest.approx(np.array([[0.25, 0.5]]))
