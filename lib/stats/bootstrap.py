"""The bootstrap over matched sets (Efron 1979), fast enough for a hundred thousand of them."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from lib.stats.observations import Floats

THREADS = 2
CHUNK = 200_000
"""Draws in memory at once, for each thread."""

DISTINCT = 0.04
"""A binomial draw costs what about 25 single draws cost: below this share of distinct rows it is the faster way."""


def resampled_means(rows: Floats, resamples: int, seed: int) -> Floats:
    """Column means of `resamples` samples with replacement, each as large as the original.

    Equal rows are counted first: how often each distinct row is drawn is one multinomial draw, the same
    distribution at a fraction of the cost where values are few. Seeds belong to chunks, so that the
    numbers depend neither on the threads nor on the order of the rows.

    Args:
        rows: one row a matched set, shape (sets, columns).

    Returns:
        Shape (resamples, columns).
    """
    distinct, counts = np.unique(rows, axis=0, return_counts=True)
    grouped = len(distinct) <= max(1, DISTINCT * len(rows))
    if not grouped:
        distinct = np.repeat(distinct, counts, axis=0)
    size = max(1, CHUNK // len(distinct))
    columns = np.ascontiguousarray(distinct.T)
    starts = range(0, resamples, size)
    seeds = np.random.SeedSequence(seed).spawn(len(starts))

    def chunk(start: int, seed: np.random.SeedSequence) -> Floats:
        rng, number = np.random.default_rng(seed), min(size, resamples - start)
        if grouped:
            times = rng.multinomial(len(rows), counts / len(rows), size=number)
        else:
            drawn = rng.integers(len(rows), size=(number, len(rows))) + len(rows) * np.arange(number)[:, None]
            times = np.bincount(drawn.ravel(), minlength=drawn.size).reshape(drawn.shape)
        # Not `@`: the matrix library brings threads of its own, which stall where all cores are busy.
        return np.einsum("rk,ck->rc", times.astype(np.float64), columns) / len(rows)

    if len(starts) == 1:
        return chunk(0, seeds[0])
    with ThreadPoolExecutor(THREADS) as pool:
        return np.concatenate(list(pool.map(chunk, starts, seeds)))
