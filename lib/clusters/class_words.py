"""Class-based TF-IDF (Grootendorst 2022, arXiv:2203.05794), and how its words are told without repeating any."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

import numpy as np

from lib.clusters.arrays import Floats, Labels

Words = tuple[tuple[str, float], ...]
"""Words or pairs of words with their weight, the most typical first."""

_POOL = 25
"""How many times more terms are considered than told: terms that share words stand for one."""


def evenly(labels: Labels, most: int, sure: int) -> Labels:
    """Rows, about `most` of them: the same share of each label at random, but `sure` of each where it has so many."""
    share = most / max(len(labels), 1)
    if share >= 1:
        return np.arange(len(labels))
    mixed = np.random.default_rng(0).permutation(len(labels))
    kept = []
    for no in np.unique(labels):
        rows = mixed[labels[mixed] == no]
        kept.append(rows[: max(sure, round(share * len(rows)))])
    return np.sort(np.concatenate(kept))


def counts_of_regions(counts: Any, labels: Labels, regions: Labels) -> Floats:
    """How often each term occurs in each region.

    Args:
        counts: a sparse matrix of shape (texts, terms). labels: shape (texts,). regions: in rising order.

    Returns:
        Shape (regions, terms).
    """
    return np.array([np.asarray(counts[labels == no].sum(axis=0)).ravel() for no in regions], dtype=np.float64)


def class_tf_idf(mine: Floats, everywhere: Floats) -> Floats:
    """The share of each term among the region's terms × log(1 + A / f), A the mean number of terms in a region.

    Args:
        mine: shape (regions, terms). everywhere: f, how often each term occurs, above 0; shape (terms,).
    """
    totals = mine.sum(axis=1, keepdims=True)
    return mine / np.maximum(totals, 1) * np.log1p(totals.mean() / everywhere)


def told_once(weights: Floats, counts: Floats, vocabulary: Sequence[str], top: int) -> Words:
    """The `top` terms with the largest weight, ties by the alphabet, such that no word occurs in two of them.

    A pair stands for its words where it is at least half of what the region has of each, and else is left out.

    Args:
        weights, counts: of each term of `vocabulary`, which is in alphabetical order and has both words of its pairs.
    """
    ranked = np.argsort(-weights, kind="stable")[: _POOL * top]
    pool = {vocabulary[place]: float(weights[place]) for place in ranked if weights[place] > 0}
    told: set[str] = set()
    pairs = []
    for term in pool:
        words = term.split(" ")
        if len(words) == 2 and told.isdisjoint(words):
            both, *each = (counts[bisect_left(vocabulary, known)] for known in (term, *words))
            if 2 * both >= max(each):
                pairs.append(term)
                told.update(words)
    chosen = [term for term in pool if term in pairs or (" " not in term and term not in told)]
    return tuple((term, pool[term]) for term in chosen[:top])
