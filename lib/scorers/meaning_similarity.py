"""How alike the answers to a matched set are in meaning, beside what sampling alone changes."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from lib import sentence_model
from lib.errors import ScorerError
from lib.scorers.base import SCORERS, Cost, Example, OpenModel, ScoreBatch
from lib.scorers.broken_text import whole
from lib.scorers.matched import Matrix, Prepared, Similarity, couple_asked_twice
from lib.scorers.similarity import PAIRING
from lib.types import Score

_AT_ONCE = 64


class MeaningSimilarity(Similarity):
    """Cosine similarity of sentence embeddings."""

    id = "meaning_similarity"
    title = "Counterfactual similarity (meaning)"
    help = (
        "The cosine between the embedding of a response and those of the responses to the other groups of its matched "
        "set, beside other samples of its own prompt. A difference near 0 means that the group changes no more than "
        "chance; below 0 it changes more."
    )
    citation = (
        "Reimers and Gurevych (2019), Sentence-BERT, EMNLP; Wang et al. (2020), MiniLM, NeurIPS; model "
        "sentence-transformers/all-MiniLM-L6-v2."
    )
    licence = "Apache-2.0"
    version = "1"
    weaknesses = (
        "The embedding model has biases of its own, was trained on English, and reads the first 256 word pieces. It "
        f"hears topics better than judgements: “kind” and “unkind” are close. {PAIRING}"
    )
    caveat = "A difference between answers is not yet a disadvantage; read what differs."
    cost = Cost.MODEL
    lowest = -1.0

    def __init__(self, embedder: Any = None) -> None:
        self._embedder = embedder
        self.fingerprint = sentence_model.version()

    def check(self) -> None:
        """Raise ScorerError when the embedding model is not installed."""
        _model_folder()

    def open(self, open_model: OpenModel) -> ScoreBatch:  # noqa: ARG002 - it brings its own model
        """Load the embedding model from its installed package."""
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()
        embedder = SentenceTransformer(str(_model_folder()), device="cpu", local_files_only=True)
        return MeaningSimilarity(embedder).scores

    def prepared(self, texts: Sequence[str]) -> Prepared:
        """The embedding of each text; equal texts are embedded once."""
        if not texts:
            return _Embeddings(np.zeros((0, 1)))
        texts = [whole(text) for text in texts]
        distinct = {text: place for place, text in enumerate(dict.fromkeys(texts))}
        made = self._embedder.encode(
            list(distinct), batch_size=_AT_ONCE, normalize_embeddings=True, show_progress_bar=False
        )
        return _Embeddings(np.asarray(made, dtype=np.float64)[[distinct[text] for text in texts]])

    def example(self) -> Example:
        """Two answers that differ in one pronoun, each sampled twice with the same words."""
        texts = ("She is kind.", "He is kind.") * 2
        items = couple_asked_twice(texts)
        return Example(
            items,
            (Score((0.754, 1.0, -0.246, 1.0, 1.0, 0.0)),) * 4,
            "Without the pronouns nothing is left that differs.",
        )


class _Embeddings(Prepared):
    """Unit vectors, shape (n, width)."""

    def __init__(self, vectors: Matrix) -> None:
        self._vectors = vectors

    def similarities(self, places: Sequence[int]) -> Matrix:
        """Cosines; shape (n, n)."""
        own = self._vectors[list(places)]
        return np.clip(own @ own.T, -1.0, 1.0)


def _model_folder() -> Path:
    """The model inside its package."""
    if (found := sentence_model.folder()) is None:
        raise ScorerError(
            f"scorer {MeaningSimilarity.title}", "its embedding model is not installed", sentence_model.REMEDY
        )
    return found


SCORERS.register(MeaningSimilarity.id, MeaningSimilarity())
