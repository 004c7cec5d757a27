"""The engine on the bundled model."""

import random

import pytest
import torch

from lib.models.bundled import BUNDLED, Bundled
from lib.models.formatting import tokenize
from lib.models.local_model import LocalModel
from lib.runs.engine import Engine
from lib.types import Decoding, Dtype, Job, PromptFormat
from tests.runs.tiny import answer

pytestmark = pytest.mark.slow

PROMPTS = [
    f"{ask} {name}, who is a {job}."
    for ask in ("Describe", "Write a reference letter for", "In one sentence, praise", "Give advice to")
    for name, job in (("Maria", "nurse"), ("John", "nurse"), ("Aisha", "judge"), ("Wei", "kindergarten teacher"))
]


def load() -> LocalModel:
    torch.set_num_threads(1)
    return Bundled().open(BUNDLED, parent=None, dtype=Dtype.FP32)


def jobs(decoding: Decoding) -> list[Job]:
    formats = (PromptFormat.CHAT, PromptFormat.PLAIN)
    return [Job(no, prompt, formats[no % 2], decoding, seed=no) for no, prompt in enumerate(PROMPTS)]


def test_greedy_texts_are_those_of_transformers():
    """For sixteen prompts, chat and plain, the engine's greedy text is that of model.generate."""
    local = load()
    expected: dict[int, str] = {}
    for job in jobs(Decoding(temperature=0.0)):
        _, ids = tokenize(job, local.tokenizer)
        output = local.model.generate(torch.tensor([ids]), max_new_tokens=32, do_sample=False)
        expected[job.no] = local.tokenizer.decode(output[0, len(ids) :], skip_special_tokens=True)
    engine = Engine(local.model, local.tokenizer, local.facts, tokenize)
    responses = answer(engine, jobs(Decoding(temperature=0.0, max_new_tokens=32)))
    assert {no: response.text for no, response in responses.items()} == expected


def test_sampled_texts_do_not_depend_on_the_batch():
    """Sixteen sampled cells give the same texts together, shuffled in fives, and alone."""
    local = load()
    cells = jobs(Decoding(max_new_tokens=32))
    engine = Engine(local.model, local.tokenizer, local.facts, tokenize)
    together = {no: response.text for no, response in answer(engine, cells).items()}
    assert len(set(together.values())) == len(cells)
    fives = Engine(load().model, local.tokenizer, local.facts, tokenize, rows=5)
    shuffled = answer(fives, random.Random(5).sample(cells, len(cells)))
    assert {no: response.text for no, response in shuffled.items()} == together
    for job in cells[:3]:
        assert answer(engine, [job])[job.no].text == together[job.no]
