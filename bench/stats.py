"""What 10,000 bootstrap resamples of 100,000 matched sets take, against what one would use instead.

`python -m bench.stats` prints `key value` lines: the seconds of a whole gap (estimate, interval, paired test)
for a proportion, a mean, a mean with sampled terms and a rate, and how many times longer `scipy.stats.bootstrap`
(percentile, vectorised, in batches) takes for the mean's interval alone. scipy is timed on a share of the resamples,
which it draws one after the other, and the time is scaled up.
"""

import argparse
import time
from collections.abc import Callable

import numpy as np
from scipy.stats import bootstrap

from lib.stats.gaps import gap
from lib.stats.observations import Observations
from lib.types import MeasureKind

TERMS = 2
TARGET_S = 20


def main() -> None:
    """Parse the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", type=int, default=100_000)
    parser.add_argument("--resamples", type=int, default=10_000)
    parser.add_argument("--scipy-resamples", type=int, default=500, help="how many scipy draws before scaling up")
    options = parser.parse_args()
    print(f"sets {options.sets}")
    print(f"resamples {options.resamples}")
    taken = {}
    for name, kind, terms in (
        ("proportion", MeasureKind.PROPORTION, 1),
        ("mean", MeasureKind.MEAN, 1),
        ("mean_terms", MeasureKind.MEAN, TERMS),
        ("rate", MeasureKind.RATE, 1),
    ):
        observations = simulated(options.sets, kind, terms)
        taken[name] = seconds(
            lambda observations=observations, kind=kind, terms=terms: gap(  # type: ignore[misc]
                observations, 0, 1, kind, resamples=options.resamples, sample_terms=terms > 1
            )
        )
        print(f"{name}_seconds {taken[name]:.2f}", flush=True)
    print(f"target_seconds {TARGET_S}")
    theirs = scipy_seconds(options.sets, options.scipy_resamples) * options.resamples / options.scipy_resamples
    print(f"scipy_mean_seconds {theirs:.1f}")
    print(f"vs_scipy {theirs / taken['mean']:.1f}")


def simulated(sets: int, kind: MeasureKind, terms: int) -> Observations:
    """Two groups with a gap, in any number of matched sets."""
    rng = np.random.default_rng(2026)
    place, group, term = (axis.ravel() for axis in np.indices((sets, 2, terms)))
    base = rng.normal(size=sets)[place] + 0.1 * group
    exposures = None
    if kind is MeasureKind.PROPORTION:
        values = (rng.normal(size=len(base)) < base).astype(float)
    elif kind is MeasureKind.MEAN:
        values = base + rng.normal(size=len(base))
    else:
        exposures = rng.integers(20, 80, size=len(base)).astype(float)
        values = rng.poisson(exposures * 0.05 * np.exp(0.3 * base)).astype(float)
    return Observations(place, group, group * terms + term, values, ("one", "other"), exposures, 100.0)


def scipy_seconds(sets: int, resamples: int) -> float:
    """The interval of a mean difference by scipy."""
    values = simulated(sets, MeasureKind.MEAN, 1).values.reshape(sets, 2)
    differences = values[:, 0] - values[:, 1]
    return seconds(
        lambda: bootstrap(
            (differences,), np.mean, n_resamples=resamples, method="percentile", vectorized=True, batch=50, rng=1
        )
    )


def seconds(work: Callable[[], object]) -> float:
    """How long it takes once."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
