import math

import numpy as np
import pytest

from lib.clusters import naming
from lib.clusters.class_words import evenly, told_once
from lib.clusters.naming import central, middles, name_of, names, typical_words
from tests.clusters.planted import planted


def labelled(*labels: int) -> np.ndarray:
    return np.array(labels, dtype=np.int64)


def test_weights_by_hand():
    """Region 0 says apple twice and pear, region 1 pear twice and plum; A = 3 terms a region.

    apple: 2/3 × log(1 + 3/2). pear occurs 4 times, once in no region: in region 0 1/3 × log(1 + 3/4), in 1 2/3 of it.
    plum, once in region 1 and once in none: 1/3 × log(1 + 3/2). Each text is one word, so that there are no pairs.
    """
    texts = ["apple", "Apple!", "pear", "pear", "pear", "pear", "plum", "plum"]
    found = typical_words(texts, labelled(0, 0, 0, 1, 1, -1, 1, -1), [])
    assert [word for word, _ in found[0]] == ["apple", "pear"]
    assert found[0][0][1] == pytest.approx(2 / 3 * math.log(2.5))
    assert found[0][1][1] == pytest.approx(1 / 3 * math.log(1 + 3 / 4))
    assert dict(found[1]) == pytest.approx({"pear": 2 / 3 * math.log(1 + 3 / 4), "plum": 1 / 3 * math.log(2.5)})
    assert found.keys() == {0, 1}


def test_a_pair_stands_for_its_words():
    """Words that mostly follow each other are told as one, a pair that is rare beside its words is not told."""
    texts = ["machine learning"] * 5 + ["doctor"] * 4 + ["doctor sleeps"]
    found = typical_words(texts, labelled(*[0] * 5, *[1] * 5), [])
    assert [word for word, _ in found[0]] == ["machine learning"]
    assert [word for word, _ in found[1]] == ["doctor", "sleeps"]


def test_no_word_is_told_twice():
    """Of pairs that share a word the heaviest is told; a word that is left, or mostly apart, comes by itself."""
    vocabulary = ["a", "a b", "b", "b c", "c", "d", "d e", "e"]
    weights = np.array([0.5, 0.4, 0.6, 0.3, 0.35, 0.1, 0.2, 0.05])
    counts = np.array([6.0, 4, 8, 4, 5, 7, 3, 3])
    assert told_once(weights, counts, vocabulary, 8) == (("a b", 0.4), ("c", 0.35), ("d", 0.1), ("e", 0.05))
    assert told_once(weights, counts, vocabulary, 1) == (("a b", 0.4),)
    assert told_once(np.zeros(8), counts, vocabulary, 8) == ()


def test_no_words():
    """Stop words, excluded ones and numbers make no name; a region without others, and no region, has no entry."""
    assert typical_words(["the", "12 !", ""], labelled(0, 0, 1), []) == {}
    assert typical_words([], labelled(), []) == {}
    assert typical_words(["apple"], labelled(-1), []) == {}
    found = typical_words(["the woman", "woman nurse"], labelled(0, 1), ["Woman"])
    assert {no: [word for word, _ in its] for no, its in found.items()} == {1: ["nurse"]}


def test_any_script():
    """Words of other scripts name regions too."""
    found = typical_words(["врач лечит", "врач", "врач", "医生", "医生"], labelled(0, 0, 0, 1, 1), [])
    assert found[0][0][0] == "врач"
    assert found[1][0][0] == "医生"


def test_many_texts_are_sampled_with_enough_of_each_region(monkeypatch):
    """Words are counted in about so many texts, and a region too small for its share is read all the same."""
    labels = np.repeat([0, 1, -1], [3_000, 10, 990])
    rows = evenly(labels, 400, 50)
    assert np.unique(labels[rows], return_counts=True)[1].tolist() == [99, 300, 10]
    assert (np.diff(rows) > 0).all()
    monkeypatch.setattr(naming, "SAMPLE", 400)
    texts = np.array(["nurse", "engineer", "else"])[labels].tolist()
    found = typical_words(texts, labels, [])
    assert {no: its[0][0] for no, its in found.items()} == {0: "nurse", 1: "engineer"}
    assert found == typical_words(texts, labels, [])


def test_names_are_three_words_and_never_the_same():
    """Where a name is taken more words follow, and when they end, a number."""
    words = tuple((word, 1.0) for word in "abcde")
    assert name_of(words) == "a, b, c"
    assert name_of(()) == ""
    assert names({}) == {}
    given = names({2: words, 0: words, 1: words[:4], 3: words[:3], 4: words[:3], 5: ()})
    assert given == {0: "a, b, c", 1: "a, b, c, d", 2: "a, b, c, d, e", 3: "a, b, c 2", 4: "a, b, c 3"}


def test_central_by_hand():
    """The mean of three directions is the middle one: it comes first, the others tie and follow by index."""
    vectors = np.array([[1, 0], [0, 1], [math.sqrt(0.5), math.sqrt(0.5)], [-1, 0]], dtype=np.float32)
    assert central(vectors, labelled(0, 0, 0, -1)) == {0: [2, 0, 1]}
    assert central(vectors, labelled(0, 0, 0, -1), top=2) == {0: [2, 0]}
    assert central(vectors, labelled(-1, -1, -1, -1)) == {}


def test_central_names_a_text_once():
    """Of copies the first is named, wherever they stand."""
    vectors = planted(0)[0][[5, 7, 5, 5, 9, 7]]
    found = central(vectors, labelled(1, 1, 1, 1, 1, 1), places=labelled(5, 7, 5, 5, 9, 7))
    assert sorted(found[1]) == [0, 1, 4]


def test_middles_lie_on_a_member():
    """The median of a horseshoe lies in its hollow, the name at the member nearest to that."""
    xy = np.array([[0, 0], [4, 0], [0, 3], [4, 3], [2, 4], [9, 9]], dtype=np.float32)
    assert middles(xy, labelled(0, 0, 0, 0, 0, 1)) == {0: (2, 4), 1: (9, 9)}
    assert middles(xy[:0], labelled()) == {}
