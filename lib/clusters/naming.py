"""What each region is about: its typical words, a name, its most central members, and where to write the name."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from itertools import chain, count

import numpy as np

from lib.clusters.arrays import Labels, Vectors
from lib.clusters.class_words import Words, class_tf_idf, counts_of_regions, evenly, told_once
from lib.clusters.terms import stop_words, terms
from lib.types.maps import UNCLUSTERED

SAMPLE = 20_000
"""Above so many texts words are counted in about so many of them, drawn evenly from every region."""

SURE = 50
"""So many texts of each region are read in any case."""

MANY = 1_000
"""Above so many texts, what occurs in only one or two of them is not counted: it is most of the vocabulary."""

_NAMED_BY = 3


def typical_words(texts: Sequence[str], labels: Labels, exclude: Collection[str], top: int = 8) -> dict[int, Words]:
    """Each region's words or pairs of words with their weight, the most typical first.

    The weight is the class-based TF-IDF of BERTopic (Grootendorst 2022, arXiv:2203.05794): the term's share of the
    region's terms × log(1 + A / f), with f how often it occurs anywhere, in no region too, and A how many terms a
    region has on average. A pair of words stands for both where they occur apart less often than together; else it
    is left out, so that no word is told twice.

    Args:
        labels: the region of each text, -1 for none, shape (n,).
        exclude: words that shall not be among them, such as those that were put into the prompts.

    Returns:
        Nothing for a region without words.
    """
    from sklearn.feature_extraction.text import CountVectorizer

    regions = np.unique(labels[labels != UNCLUSTERED])
    if not len(regions):
        return {}
    rows = evenly(labels, SAMPLE, SURE)
    counter = CountVectorizer(
        analyzer=partial(terms, stop=stop_words(exclude)), min_df=3 if len(rows) > MANY else 1, dtype=np.int64
    )
    try:
        counts = counter.fit_transform([texts[row] for row in rows])
    except ValueError:  # how scikit-learn says that no term is left
        return {}
    everywhere = np.asarray(counts.sum(axis=0), dtype=np.float64).ravel()
    mine = counts_of_regions(counts, labels[rows], regions)
    vocabulary = counter.get_feature_names_out()
    weights = class_tf_idf(mine, everywhere)
    found = {int(no): told_once(weights[at], mine[at], vocabulary, top) for at, no in enumerate(regions)}
    return {no: its for no, its in found.items() if its}


def name_of(words: Words, most: int = _NAMED_BY) -> str:
    """The `most` most typical words; "" without any."""
    return ", ".join(word for word, _ in words[:most])


def names(words_by_region: Mapping[int, Words]) -> dict[int, str]:
    """A name for each region with words, no two alike: where one is taken more words follow, and at last a number."""
    taken: set[str] = set()
    found = {}
    for no, its in sorted(words_by_region.items()):
        if not its:
            continue
        longer = (name_of(its, most) for most in range(_NAMED_BY, len(its) + 1))
        numbered = (f"{name_of(its)} {number}" for number in count(2))
        found[no] = next(name for name in chain([name_of(its)], longer, numbered) if name not in taken)
        taken.add(found[no])
    return found


def central(vectors: Vectors, labels: Labels, top: int = 5, places: Labels | None = None) -> dict[int, list[int]]:
    """Of each region the rows whose cosine with its mean vector is largest, the closest first, ties by index.

    Args:
        vectors: shape (n, width). labels: shape (n,).
        places: which text each row is, shape (n,); each text is then named once, by its first row.
    """
    found = {}
    for no in np.unique(labels[labels != UNCLUSTERED]):
        rows = np.flatnonzero(labels == no)
        members = vectors[rows].astype(np.float64)
        lengths = np.linalg.norm(members, axis=1)
        cosines = members @ members.mean(axis=0) / np.where(lengths > 0, lengths, 1)
        # Rounded, since equal rows may differ in the last bits of a matrix product.
        order = rows[np.argsort(-np.round(cosines, 9), kind="stable")]
        if places is not None:
            order = order[np.sort(np.unique(places[order], return_index=True)[1])]
        found[int(no)] = [int(row) for row in order[:top]]
    return found


def middles(xy: Vectors, labels: Labels) -> dict[int, tuple[float, float]]:
    """Of each region the member that is nearest to the median of its coordinates, so that a name there lies on it."""
    found = {}
    for no in np.unique(labels[labels != UNCLUSTERED]):
        members = xy[labels == no].astype(np.float64)
        nearest = members[((members - np.median(members, axis=0)) ** 2).sum(axis=1).argmin()]
        found[int(no)] = (float(nearest[0]), float(nearest[1]))
    return found
