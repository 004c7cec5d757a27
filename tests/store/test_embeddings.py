"""Vectors are kept once a text, and found again by the text's digest."""

from hashlib import blake2b

import numpy as np
import pytest

from lib.store.store import Store


def digest(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=16).digest()


def vectors(*rows: tuple[float, ...]) -> np.ndarray:
    return np.array(rows, np.float32)


A, B, C = map(digest, "ABC")


def test_an_embedding_is_known_by_weights_and_number_format(store: Store) -> None:
    """The same model in another number format, or with other weights, is another embedding with a table of its own."""
    made = store.embeddings.numbered("", "w1", "fp32", 2)
    assert store.embeddings.numbered("", "w1", "fp32", 2) == made
    assert store.embeddings.known("", "w1", "fp32") == made
    assert store.embeddings.known("", "w1", "bf16") is None
    assert store.embeddings.numbered("", "w2", "fp32", 2).no != made.no


def test_missing_tells_the_places_of_texts_without_a_vector(store: Store) -> None:
    """Places are those of the question, so that the same text may be asked for twice."""
    made = store.embeddings.numbered("", "w1", "fp32", 2)
    store.embeddings.add(made, [B], vectors((1, 0)))
    assert store.embeddings.missing(made, [A, B, C, A]) == [0, 2, 3]
    assert store.embeddings.missing(made, []) == []


def test_a_text_keeps_its_first_vector(store: Store) -> None:
    """Embedded again, or twice in one batch, nothing changes; the vector comes back bit for bit."""
    made = store.embeddings.numbered("", "w1", "fp32", 2)
    first = vectors((0.1, 1 / 3))
    store.embeddings.add(made, [A], first)
    store.embeddings.add(made, [A, B, B], vectors((9, 9), (1, 2), (3, 4)))
    out = np.zeros((3, 2), np.float32)
    store.embeddings.fill(made, [B, A, B], out)
    assert out.tolist() == [[1, 2], first[0].tolist(), [1, 2]]
    assert store.embeddings.vector(made, A) == first[0].tolist()
    assert store.embeddings.vector(made, C) is None


def test_a_text_without_a_vector_is_no_row_of_zeros(store: Store) -> None:
    """A matrix is whole or not at all."""
    made = store.embeddings.numbered("", "w1", "fp32", 2)
    with pytest.raises(ValueError, match="1 of 1 texts have no vector"):
        store.embeddings.fill(made, [A], np.zeros((1, 2), np.float32))


def test_many_texts_come_in_slices(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many there are, each row of the matrix is its own text's."""
    monkeypatch.setattr("lib.store.database.SLICE", 7)
    made = store.embeddings.numbered("", "w1", "fp32", 3)
    digests = [digest(str(number)) for number in range(5_000)]
    given = np.random.default_rng(0).normal(size=(5_000, 3)).astype(np.float32)
    store.embeddings.add(made, digests, given)
    order = np.random.default_rng(1).permutation(5_000)
    out = np.zeros_like(given)
    store.embeddings.fill(made, [digests[place] for place in order], out)
    assert (out == given[order]).all()
