"""Templates that compare a pair inside the prompt ("A or B?"): who meets whom, and in which order.

The i-th term of one group meets the i-th of the other, the shorter list starting over, so that
every term is used.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations, cycle, islice

from lib.grid.axes import Axis, group_pick
from lib.types import Group, Term

Member = tuple[Group, Term]


def couples(groups: Sequence[Group]) -> Iterator[tuple[Member, Member]]:
    """Every two terms of two groups that are compared with each other."""
    for one, other in combinations(groups, 2):
        longest = max(len(one.terms), len(other.terms))
        for first, second in islice(zip(cycle(one.terms), cycle(other.terms), strict=False), longest):
            yield (one, first), (other, second)


def couple_count(groups: Sequence[Group]) -> int:
    """How many `couples` there are: in order of size, a group is the longer one with each before it."""
    return sum(place * count for place, count in enumerate(sorted(len(group.terms) for group in groups)))


def orders(attribute: str, couple: tuple[Member, Member]) -> Axis:
    """The two orders in which a couple can be named."""
    one, other = couple
    return tuple(
        (group_pick(attribute, "#1", *first), group_pick(attribute, "#2", *second))
        for first, second in ((one, other), (other, one))
    )
