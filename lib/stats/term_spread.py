"""How much a number hangs on which terms stood for a group, when its terms are a sample of possible ones."""

from dataclasses import dataclass

import numpy as np

from lib.stats.matched import Matched, Member
from lib.stats.observations import Floats


@dataclass(frozen=True, slots=True)
class TermSpread:
    """A group's terms in one comparison.

    Attributes:
        pulls: how far each term pulls the number away from the group's mean, shape (terms,); they add up to zero.
        observed: variance of the number that the pulls show, with the noise of each term's own responses.
        variance: what is left of it without that noise, which the spread of the sets has counted already.
    """

    pulls: Floats
    observed: float
    variance: float

    @property
    def shrink(self) -> float:
        """What to multiply a bootstrap of the pulls with, so that its variance is `variance`."""
        shown = float(np.sum(self.pulls**2))
        return float(np.sqrt(self.variance / shown)) if shown > 0 else 0.0


def term_spread(matched: Matched, member: Member, slopes: Floats) -> TermSpread:
    """Split what the terms show into their own effect and noise: variance of sets + terms − their overlap.

    The two-way variance of Cameron, Gelbach and Miller (2011), never below zero. Terms may stand in every
    set (names crossed with prompts) or each in some (couples): what a term does within its sets and what
    its sets do as a whole are both counted, the latter only as far as terms differ in their sets.

    Args:
        slopes: how the number changes with the mean of each column, shape (columns,).
    """
    sets, terms = len(matched), member.count
    whole = (matched.columns - matched.columns.mean(axis=0)) @ slopes / sets
    parts = member.parts @ slopes[list(member.columns)] / sets
    cells, cell = np.unique(member.sets * terms + member.terms, return_inverse=True)
    of_set, of_term = cells // terms, cells % terms
    responses = np.bincount(cell)
    share = responses / np.bincount(of_set, responses, minlength=sets)[of_set]
    part = np.bincount(cell, parts)
    mine = np.bincount(of_set, part, minlength=sets)
    pull = part - share * mine[of_set] + share * whole[of_set]
    pulls = np.bincount(of_term, pull, minlength=terms).astype(np.float64)
    # Each cell's pull is meant less an equal share of its set's (whole / terms), which every term has, present or not.
    squares = (
        np.bincount(of_term, pull**2 - 2 * pull * whole[of_set] / terms, minlength=terms)
        + np.sum(whole**2) / terms**2
        - pulls**2 / sets
    )
    few = terms / (terms - 1)
    observed = float(np.sum(pulls**2)) * few
    noise = float(np.sum(squares)) * few * sets / (sets - 1)
    return TermSpread(pulls, observed, max(0.0, observed - noise))
