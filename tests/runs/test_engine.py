"""The engine on tiny real models: exact, economical, and unimpressed by what goes wrong."""

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest
import torch
from transformers import PreTrainedModel

from lib.errors import ModelError
from lib.runs.engine import Engine
from lib.runs.support import can_roll
from lib.types import Decoding, Finish, Job
from tests.runs.tiny import (
    FACTS,
    NOT_ROLLING,
    READS,
    ROLLING,
    VOCABULARY,
    answer,
    byte_tokenizer,
    engine_on,
    jobs_for,
    tiny_engine,
    tiny_model,
)

SYSTEM = "You answer briefly and to the point. "
PROMPTS = [
    *(SYSTEM + f"Describe a {job}." for job in ("nurse", "judge", "nurse", "kindergarten teacher")),
    SYSTEM,
    "Completely different",
    "x",
    SYSTEM * 5 + "Describe a nurse.",
]
TOKEN_BYTES = 2 * 2 * 3 * 64 * 4
"""Keys and values of a token in the tiny Llama: layers × 2 × heads × size × bytes."""

GREEDY = Decoding(temperature=0.0, max_new_tokens=20)
SAMPLED = Decoding(temperature=1.1, top_p=0.98, max_new_tokens=24)


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """As in a worker process."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def generated(model: PreTrainedModel, prompt: str, new: int) -> str:
    """What transformers' own greedy search adds to a prompt."""
    tokenizer = byte_tokenizer()
    ids = torch.tensor([tokenizer.encode(prompt)])
    output = model.generate(
        ids, attention_mask=torch.ones_like(ids), max_new_tokens=new, do_sample=False, eos_token_id=256, pad_token_id=0
    )
    return tokenizer.decode(output[0, ids.shape[1] :], skip_special_tokens=True)


@pytest.mark.parametrize("kind", [*ROLLING, *NOT_ROLLING])
def test_greedy_text_is_that_of_transformers(kind):
    """Whatever the architecture, greedy responses equal model.generate on each prompt alone."""
    expected = {no: generated(tiny_model(kind), prompt, 20) for no, prompt in enumerate(PROMPTS)}
    responses = answer(tiny_engine(kind, rows=3), jobs_for(PROMPTS, GREEDY))
    assert {no: response.text for no, response in responses.items()} == expected


def test_models_that_cannot_roll_are_recognised():
    """Sliding windows, ALiBi, recurrent states and batch-dependent rotations do not get a rolling batch."""
    assert [kind for kind in (*ROLLING, *NOT_ROLLING) if can_roll(tiny_model(kind))] == list(ROLLING)


def test_both_ways_of_generating_choose_alike(monkeypatch):
    """A cell's sampled text is the same from a rolling batch and from model.generate with our choice."""
    jobs = jobs_for(PROMPTS, SAMPLED)
    rolling = texts(tiny_engine(), jobs)
    monkeypatch.setattr("lib.runs.engine.can_roll", lambda _: False)
    assert texts(tiny_engine(), jobs) == rolling


@pytest.mark.parametrize(
    ("kind", "dtype", "tolerated"),
    [("llama", torch.float32, 0), ("gpt2", torch.float32, 0), ("llama", torch.bfloat16, 3)],
)
def test_text_does_not_depend_on_the_batch(kind, dtype, tolerated):
    """Alone, shuffled, in batches of 1, 3 and 64 rows, sampled texts are the same (bf16: but for the odd one)."""
    prompts = [SYSTEM * (no % 4) + f"Cell {no % 13}, " + "and so on " * (no % 7) for no in range(60)]
    jobs = jobs_for(prompts, SAMPLED)

    def engine(rows: int) -> Engine:
        return engine_on(tiny_model(kind, dtype), rows=rows)

    together = texts(engine(64), jobs)
    assert len(set(together.values())) > 50
    for rows, count in ((1, 10), (5, 40), (64, 60)):
        others = texts(engine(rows), random.Random(rows).sample(jobs, count))
        assert sum(together[no] != text for no, text in others.items()) <= tolerated


def test_rows_with_different_settings_do_not_meet():
    """A batch that mixes greedy and sampled rows, penalties and lengths answers each as if alone."""
    decodings = [GREEDY, SAMPLED, Decoding(top_k=5, max_new_tokens=7), Decoding(repetition_penalty=1.5)]
    jobs = [
        Job(no, job.prompt, job.format, decodings[no % 4], job.seed) for no, job in enumerate(jobs_for(PROMPTS, GREEDY))
    ]
    together = answer(tiny_engine(), jobs)
    for job in jobs:
        alone = answer(tiny_engine(), [job])[job.no]
        assert (alone.text, alone.finish, alone.new_tokens) == (
            together[job.no].text,
            together[job.no].finish,
            together[job.no].new_tokens,
        )


def test_shared_beginnings_are_computed_once():
    """Of repeats and prompts with a common beginning, the model reads each distinct token once."""
    model = tiny_model("llama")
    engine = engine_on(model)
    read = counted(model)
    prompts = [SYSTEM + end for end in ("abc", "abd", "abc", "x")] + [SYSTEM + "abc"] * 5
    answer(engine, jobs_for(prompts, Decoding(max_new_tokens=1)))
    assert sum(read) == len(SYSTEM) + len("abc") + len("d") + len("x")


def test_later_rows_borrow_from_rows_in_the_batch():
    """A prompt that comes when another with the same beginning is still being answered reads only what is new."""
    model = tiny_model("llama")
    engine = engine_on(model, rows=2)
    jobs = jobs_for([SYSTEM + "first", SYSTEM + "short", SYSTEM + "third"], GREEDY)
    jobs[1] = Job(1, jobs[1].prompt, jobs[1].format, Decoding(max_new_tokens=2), 1)
    read = counted(model)
    answer(engine, jobs)
    decoded = 19 + 1 + 19  # the last token of a response is not read
    assert sum(read) == len(SYSTEM) + len("first") + len("short") + len("third") + decoded


def test_a_row_that_ends_makes_room_at_once():
    """Beside one long response, many short ones pass through the other row: no more steps than the long one takes."""
    model = tiny_model("llama")
    engine = engine_on(model, rows=2)
    jobs = jobs_for([f"prompt {no}" for no in range(9)], Decoding(max_new_tokens=4))
    jobs[0] = Job(0, "long", jobs[0].format, Decoding(max_new_tokens=40), 0)
    steps = counted(model)
    responses = answer(engine, jobs)
    assert responses[0].new_tokens == 40
    assert len(steps) == 40


def test_prompts_longer_than_a_step_are_read_in_parts():
    """Six hundred tokens, read in two steps beside a short row, give the text of one pass."""
    prompt = ("All happy families are alike. " * 30)[:620]
    model = tiny_model("llama")
    engine = engine_on(model)
    read = counted(model)
    responses = answer(engine, jobs_for(["short", prompt], GREEDY))
    assert max(read) <= 513
    assert responses[1].text == generated(tiny_model("llama"), prompt, 20)


def test_memory_running_out_halves_the_batch_and_changes_nothing():
    """With room for four rows only, as a GPU or a small machine has it, all cells are answered as ever."""
    jobs = jobs_for([f"prompt number {no}" for no in range(12)], SAMPLED)
    model = tiny_model("llama")
    engine = engine_on(model)
    attempts: list[int] = []

    def scarce(module: torch.nn.Module, args: object, kwargs: dict) -> None:
        rows = int(kwargs["step"].slots.max()) + 1
        attempts.append(rows)
        if rows > 4:
            raise torch.OutOfMemoryError(f"tried to allocate {rows} rows")

    model.register_forward_pre_hook(scarce, with_kwargs=True)
    assert texts(engine, jobs) == texts(tiny_engine(), jobs)
    assert [rows for rows in attempts if rows > 4] == [12, 6]


def test_a_row_that_no_batch_can_hold_fails_alone():
    """A prompt too long for the memory fails with the reason, and its neighbours are answered."""
    jobs = jobs_for(["a", "b" * 300, "c", "d"], GREEDY)
    model = tiny_model("llama")
    engine = engine_on(model)

    def scarce(module: torch.nn.Module, args: object, kwargs: dict) -> None:
        if kwargs["input_ids"].numel() > 200:
            raise RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried to allocate")

    model.register_forward_pre_hook(scarce, with_kwargs=True)
    responses = answer(engine, jobs)
    assert [no for no, response in responses.items() if response.finish is Finish.FAILED] == [1]
    assert "can't allocate memory" in responses[1].error
    assert responses[0].text == answer(tiny_engine(), jobs[:1])[0].text


def test_slots_grow_and_shrink_within_their_memory(monkeypatch):
    """With memory for few slots, rows of very different lengths take turns and come out as ever."""
    prompts = ["short", "a bit longer than short", "x" * 90, "tiny", "y" * 350, "brief", "z" * 20]
    jobs = jobs_for(prompts, SAMPLED)
    ample = texts(tiny_engine(), jobs)
    monkeypatch.setattr("lib.runs.engine.SLOT_BYTES", 300 * TOKEN_BYTES)
    assert texts(tiny_engine(), jobs) == ample


def test_one_long_row_does_not_keep_the_batch_small(monkeypatch):
    """Once a row that took nearly all the memory has ended, short rows fill the batch again."""
    monkeypatch.setattr("lib.runs.engine.SLOT_BYTES", 400 * TOKEN_BYTES)
    long, *short = jobs_for(["x" * 350, *(f"prompt {no}" for no in range(40))], Decoding(max_new_tokens=8))
    model = tiny_model("llama")
    engine = engine_on(model)
    steps = counted(model)
    answer(engine, [*short[:2], long, *short[2:]])
    alone, in_company = 8, 40 // 10 * 8
    assert len(steps) <= 8 + alone + in_company


def test_cells_that_break_fail_alone():
    """A template that raises and a token the model does not have fail their own cells, with the reason."""

    def tokenize_or_not(job: Job, tokenizer: object) -> tuple[str, list[int]]:
        if job.prompt == "template":
            raise ModelError("the chat template", "it refuses a system prompt", "Leave it out.")
        return job.prompt, [VOCABULARY + 5] if job.prompt == "token" else [*job.prompt.encode()]

    engine = Engine(tiny_model("llama"), byte_tokenizer(), FACTS, tokenize_or_not)
    responses = answer(engine, jobs_for(["good", "template", "fine", "token", "well"], GREEDY))
    failed = {no: response.error for no, response in responses.items() if response.finish is Finish.FAILED}
    assert failed.keys() == {1, 3}
    assert failed[1] == "the chat template: it refuses a system prompt. Leave it out."
    assert "index out of range" in failed[3].lower()
    assert all(responses[no].new_tokens == 20 for no in (0, 2, 4))


def test_prompts_that_leave_no_room_fail_and_tight_ones_are_cut():
    """A prompt as long as the model reads fails and says so; one with room for three tokens gets three."""
    responses = answer(tiny_engine(), jobs_for(["p" * READS, "p" * (READS - 3)], GREEDY))
    assert responses[0].error.startswith(f"the prompt: the prompt has {READS} tokens, the model reads {READS}.")
    assert (responses[1].new_tokens, responses[1].finish) == (3, Finish.LENGTH)


def test_a_response_may_be_empty():
    """When the first token ends it, a response is empty, stopped, and counts no tokens."""
    model = tiny_model("llama")
    model.generation_config.eos_token_id = list(range(VOCABULARY))
    engine = engine_on(model)
    response = answer(engine, jobs_for(["hello"], SAMPLED))[0]
    assert (response.text, response.finish, response.new_tokens) == ("", Finish.STOP, 0)
    assert (response.prompt_sent, response.prompt_tokens) == ("hello", 5)


def test_work_that_comes_later_joins_the_batch():
    """Jobs that arrive while others are being answered are taken up without waiting for those to end."""
    early, late = jobs_for(["early", "late"], Decoding(max_new_tokens=5))
    early = replace(early, decoding=Decoding(max_new_tokens=40))
    offers = [[early], [], [late]]
    waits: list[bool] = []

    def take(n: int, *, wait: bool) -> list[Job]:
        waits.append(wait)
        return offers.pop(0) if offers else []

    responses = list(tiny_engine().generate(take))
    assert [(response.no, response.new_tokens) for response in responses] == [(1, 5), (0, 40)]
    assert waits[:3] == [True, False, False]
    assert waits[-1]


def texts(engine: Engine, jobs: list[Job]) -> dict[int, str]:
    responses = answer(engine, jobs)
    assert not any(response.error for response in responses.values())
    return {no: response.text for no, response in responses.items()}


def counted(model: PreTrainedModel) -> list[int]:
    """The list to which each later forward pass adds how many tokens it computed."""
    counts: list[int] = []

    def note(module: torch.nn.Module, args: object, kwargs: dict) -> None:
        counts.append(len(kwargs["step"].nodes.unique()))

    model.register_forward_pre_hook(note, with_kwargs=True)
    return counts
