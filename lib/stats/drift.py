"""Whether somebody's agreement with others changes while they work."""

from dataclasses import dataclass

import numpy as np

from lib.stats.observations import Floats
from lib.stats.share_difference import Difference, apart
from lib.stats.shares import Share, share

BLOCK = 20
"""Items of a block: enough for a share, few enough to see a change."""


@dataclass(frozen=True, slots=True)
class Block:
    """Some items in the order of work, counted from 1: `first` to `last`, and the share that agrees."""

    first: int
    last: int
    agrees: Share


@dataclass(frozen=True, slots=True)
class Halves:
    """Agreement in the first and the second half, and second minus first; NaN with fewer than two items."""

    first: Share
    second: Share
    change: Difference


def blocks(agrees: Floats, size: int = BLOCK) -> list[Block]:
    """Agreement in blocks of equal size; what is left at the end joins the last block when it is less than half.

    Args:
        agrees: 1 or 0 for each item in the order of work, shape (items,).
    """
    if not len(agrees):
        return []
    starts = list(range(0, len(agrees), size))
    if len(starts) > 1 and len(agrees) - starts[-1] < size / 2:
        starts.pop()
    ends = [*starts[1:], len(agrees)]
    return [
        Block(start + 1, end, share(int(agrees[start:end].sum()), end - start))
        for start, end in zip(starts, ends, strict=True)
    ]


def halves(agrees: Floats) -> Halves:
    """The first half against the second; of an odd number the one in the middle belongs to the second.

    Args:
        agrees: as in `blocks`.
    """
    middle = len(agrees) // 2
    first, second = (share(int(np.sum(part)), len(part)) for part in (agrees[:middle], agrees[middle:]))
    return Halves(first, second, apart(second, first))
