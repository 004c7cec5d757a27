"""Words that mark a group: log-odds with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008)."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lib.errors import StatsError
from lib.stats.correction import adjust
from lib.stats.observations import Codes, Floats

PRIOR_WORDS = 500.0
"""How many words of the whole corpus each side is taken to have said besides its own."""


@dataclass(frozen=True, slots=True)
class WordOdds:
    """One word of one group against the others.

    Attributes:
        log_odds: of the word for the group minus for the others; positive marks the group.
        z: `log_odds` in its standard errors; `p` is two-sided.
        p_adjusted: corrected over every word considered for every group, shown or not (Benjamini and Hochberg 1995).
        count: matched sets in which the group's responses contain the word, of `sets`.
        other_count: the same for the others, each other group counted by itself.
    """

    group: str
    word: str
    log_odds: float
    z: float
    p: float
    p_adjusted: float
    count: int
    other_count: int
    sets: int


def distinctive_words(
    sets: Codes,
    groups: Codes,
    words: Sequence[Collection[str]],
    names: Sequence[str],
    *,
    exclude: Collection[str] = (),
    prior: float = PRIOR_WORDS,
    least: int = 3,
    top: int = 20,
) -> list[WordOdds]:
    """Each group's `top` words, most distinctive first, in the order of the groups.

    A word counts once for each group and matched set, however often it is repeated there, so that neither one long
    answer nor a group with more terms decides. Only sets in which every group has words are read, so that no group
    stands apart for having been asked about other contexts.

    Args:
        sets: matched set of each response, any integer code, shape (n,).
        groups: index into `names`, shape (n,).
        words: what each response says, lower case; n collections.
        exclude: words to leave out, such as the identity terms of the prompts.
        prior: weight of the words of all groups together, as a number of words: more draws rare words closer to zero.
        least: words found in fewer pairs of set and group are not considered.

    Raises:
        StatsError: one group only, no set that has all groups, or no word frequent enough.
    """
    said = said_by_set(sets, groups, words, frozenset(exclude))
    present = [place for place in range(len(names)) if any(place in by_group for by_group in said.values())]
    if len(present) < 2:
        found = f"only {names[present[0]]} has any" if present else "there are none"
        raise StatsError("distinctive words", f"{found}", "Choose at least two groups whose responses have words.")
    whole = [by_group for by_group in said.values() if len(by_group) == len(present)]
    if not whole:
        raise StatsError(
            "distinctive words", "no matched set has words of every group", "Choose fewer groups, or finish the run."
        )
    vocabulary, counts = count_words(whole, present)
    considered = counts.sum(axis=0) >= least
    if not considered.any():
        raise StatsError(
            "distinctive words", f"no word occurs {least} times or more", "Run more contexts, templates or repeats."
        )
    log_odds, z = np.array([against_others(counts, row, prior) for row in range(len(present))]).swapaxes(0, 1)
    p = two_sided(z)
    p_adjusted = np.full(p.shape, np.nan)
    p_adjusted[:, considered] = adjust(p[:, considered], "bh")
    return [
        WordOdds(
            group=names[place],
            word=vocabulary[word],
            log_odds=float(log_odds[row, word]),
            z=float(z[row, word]),
            p=float(p[row, word]),
            p_adjusted=float(p_adjusted[row, word]),
            count=int(counts[row, word]),
            other_count=int(counts[:, word].sum() - counts[row, word]),
            sets=len(whole),
        )
        for row, place in enumerate(present)
        for word in most(np.where(considered, z[row], -np.inf), top)
    ]


def said_by_set(
    sets: Codes, groups: Codes, words: Sequence[Collection[str]], exclude: frozenset[str]
) -> Mapping[int, Mapping[int, set[str]]]:
    """The words of each group in each set; nothing where a group said none."""
    said: dict[int, dict[int, set[str]]] = defaultdict(dict)
    for at, group, response in zip(sets.tolist(), groups.tolist(), words, strict=True):
        if left := set(response) - exclude:
            said[at].setdefault(group, set()).update(left)
    return said


def count_words(whole: Sequence[Mapping[int, set[str]]], groups: Sequence[int]) -> tuple[list[str], Floats]:
    """The words in alphabetical order, and in how many sets each group says them, shape (groups, words)."""
    tallies = [Counter(word for by_group in whole for word in by_group[group]) for group in groups]
    vocabulary = sorted(set().union(*tallies))
    return vocabulary, np.array([[tally[word] for word in vocabulary] for tally in tallies], dtype=np.float64)


def against_others(counts: Floats, row: int, prior: float) -> tuple[Floats, Floats]:
    """Log-odds ratio of each word for one group against all others, and its z.

    Args:
        counts: shape (groups, words).

    Returns:
        Two arrays of shape (words,).
    """
    everything = counts.sum(axis=0)
    weight = prior * everything / everything.sum()
    own, others = counts[row] + weight, everything - counts[row] + weight
    log_odds = np.log(own / (own.sum() - own)) - np.log(others / (others.sum() - others))
    return log_odds, log_odds / np.sqrt(1 / own + 1 / others)


def two_sided(z: Floats) -> Floats:
    """The chance of a standard normal number as far from zero; shape as given."""
    from scipy.special import ndtr

    return 2 * ndtr(-np.abs(z))


def most(z: Floats, top: int) -> list[int]:
    """Places of the largest positive numbers, largest first, equal ones in the order of the alphabet."""
    return [int(place) for place in np.argsort(-z, kind="stable")[:top] if z[place] > 0]
