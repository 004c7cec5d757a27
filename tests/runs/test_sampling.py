"""The choice of the next token, against transformers' own processors and against arithmetic."""

from dataclasses import replace

import pytest
import torch
from scipy.stats import chisquare
from transformers import (
    RepetitionPenaltyLogitsProcessor,
    TemperatureLogitsWarper,
    TopKLogitsWarper,
    TopPLogitsWarper,
)

from lib.runs.sampling import Draw, choose, penalise, pick, survivors, top_k_edge, top_p_edge, uniform
from lib.types import Decoding

VOCABULARY = 5003  # a prime: divisible by no block size


@pytest.fixture
def logits() -> torch.Tensor:
    return torch.randn(6, VOCABULARY, generator=torch.Generator().manual_seed(1)) * 4


def draw(decoding: Decoding, seed: int = 0, place: int = 0, history: tuple[int, ...] = ()) -> Draw:
    return Draw(decoding, seed, place, history)


def support(logits: torch.Tensor, decoding: Decoding, monkeypatch: pytest.MonkeyPatch) -> list[set[int]]:
    """The tokens that `choose` may choose, seen where it hands them to `pick`."""
    seen: list[torch.Tensor] = []

    def spy(table: torch.Tensor, ids: torch.Tensor) -> None:
        for row, tokens in zip(table, ids, strict=True):
            seen.append(tokens[row > float("-inf")])

    def remembering(candidates: torch.Tensor, edge: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        table, ids = survivors(candidates, edge)
        spy(table, ids)
        return table, ids

    monkeypatch.setattr("lib.runs.sampling.survivors", remembering)
    choose(logits, [draw(decoding)] * len(logits))
    return [set(tokens.tolist()) for tokens in seen]


@pytest.mark.parametrize(
    "decoding",
    [
        Decoding(top_k=1),
        Decoding(top_k=50),
        Decoding(top_k=4000),
        Decoding(top_p=0.1),
        Decoding(top_p=0.95),
        Decoding(top_p=0.999),
        Decoding(temperature=0.3, top_k=40, top_p=0.8),
        Decoding(temperature=8.0, top_p=0.9),
        Decoding(temperature=8.0, top_k=900, top_p=0.97),
    ],
)
def test_the_tokens_that_may_be_chosen_are_those_of_transformers(logits, decoding, monkeypatch):
    """Temperature, top-k and top-p leave exactly the tokens that the warpers of transformers leave."""
    scores = TemperatureLogitsWarper(decoding.temperature)(None, logits.double())  # their sums need the precision
    if decoding.top_k:
        scores = TopKLogitsWarper(decoding.top_k)(None, scores)
    if decoding.top_p < 1:
        scores = TopPLogitsWarper(decoding.top_p)(None, scores)
    expected = [set(row.isfinite().nonzero()[:, 0].tolist()) for row in scores]
    assert support(logits, decoding, monkeypatch) == expected


def test_rows_are_cut_by_their_own_settings(logits):
    """Edges of rows with different settings equal those of each row alone."""
    k = torch.tensor([0, 1, 5, 50, 0, 5003])
    p = torch.tensor([1.0, 0.5, 0.9, 1.0, 0.99999, 0.2], dtype=torch.float64)
    together = torch.maximum(top_k_edge(logits, k), top_p_edge(logits, p, top_k_edge(logits, k)))
    for row in range(len(logits)):
        one = logits[row : row + 1]
        floor = top_k_edge(one, k[row : row + 1])
        assert together[row] == torch.maximum(floor, top_p_edge(one, p[row : row + 1], floor))[0]


def test_ties_at_the_edge_are_all_kept():
    """When the k-th largest logit occurs several times, every token that has it may be chosen."""
    logits = torch.tensor([[3.0, 1.0, 2.0, 1.0, 1.0, 0.0]])
    table, ids = survivors(logits, top_k_edge(logits, torch.tensor([3])))
    assert ids.tolist() == [[0, 1, 2, 3, 4]]
    assert table.tolist() == [[3.0, 1.0, 2.0, 1.0, 1.0]]


def test_penalty_is_that_of_transformers(logits):
    """Tokens of prompt and completion are penalised as RepetitionPenaltyLogitsProcessor does, rows apart."""
    history = [[1, 2, 2, 9], [7, 7, 7, 7], [5000, 5002, 0, 1], [3, 4, 5, 6], [1, 1, 2, 3], [8, 9, 10, 11]]
    decodings = [Decoding(repetition_penalty=penalty) for penalty in (1.3, 1.0, 0.8, 2.0, 1.0, 1.3)]
    got = penalise(logits, [draw(one, history=tuple(ids)) for one, ids in zip(decodings, history, strict=True)])
    for row, (one, ids) in enumerate(zip(decodings, history, strict=True)):
        expected = RepetitionPenaltyLogitsProcessor(one.repetition_penalty)(
            torch.tensor([ids]), logits[row : row + 1].clone()
        )
        assert torch.equal(got[row], expected[0])


def test_choices_follow_the_distribution():
    """Twenty thousand draws over a small vocabulary fit its softmax by a chi-square test."""
    logits = torch.tensor([2.0, 0.0, -1.0, 1.5, float("-inf"), 0.5, 1.0])
    count = 20_000
    chosen = choose(logits.expand(count, -1), [draw(Decoding(), seed) for seed in range(count)])
    observed = torch.bincount(torch.tensor(chosen), minlength=len(logits)).double()
    expected = logits.double().softmax(-1) * count
    assert observed[4] == 0
    possible = expected > 0
    assert chisquare(observed[possible], expected[possible]).pvalue > 0.01


def test_numbers_spread_evenly_over_seeds_and_places():
    """The uniform numbers of many seeds, and those of many places, fill ten equal intervals evenly."""
    for numbers in ([uniform(seed, 0) for seed in range(10_000)], [uniform(7, place) for place in range(10_000)]):
        assert all(0 <= number < 1 for number in numbers)
        counts = torch.histc(torch.tensor(numbers), 10, 0, 1)
        assert chisquare(counts).pvalue > 0.01


@pytest.mark.parametrize("number", [0.0, 1e-300, 0.25, 0.5, 0.75, 1 - 2.0**-53])
def test_the_extremes_pick_possible_tokens(number):
    """Numbers at the very ends of [0, 1) pick the first and last tokens that have a probability."""
    logits = torch.full((1, 1000), float("-inf"))
    logits[0, [3, 300, 600, 999 - 40]] = 0.0
    expected = [3, 300, 600, 959][min(3, int(number * 4))]
    assert pick(logits, torch.tensor([number], dtype=torch.float64)).tolist() == [expected]


def test_picking_agrees_with_plain_arithmetic(logits):
    """The search in blocks finds the token that a cumulative sum in float64 over the whole row finds."""
    numbers = torch.rand(6, 200, generator=torch.Generator().manual_seed(2), dtype=torch.float64)
    whole = logits.double().softmax(-1).cumsum(-1)
    for column in numbers.T:
        expected = torch.searchsorted(whole, column[:, None].contiguous(), right=True)[:, 0]
        assert pick(logits, column).tolist() == expected.tolist()


def test_greedy_rows_take_the_most_probable_token(logits):
    """Temperature 0 takes the largest logit, next to rows that sample, and after the penalty."""
    greedy = Decoding(temperature=0.0)
    best = logits[0].argmax().item()
    penalised = draw(replace(greedy, repetition_penalty=1e6), history=(best,))
    chosen = choose(logits[[0, 0, 1]], [draw(greedy), penalised, draw(Decoding())])
    second = logits[0].topk(2).indices[1].item()
    assert chosen[:2] == [best, second]


def test_a_choice_does_not_depend_on_its_neighbours(logits):
    """A row's token is the same alone, among others, and in another order."""
    decodings = [
        Decoding(),
        Decoding(top_k=20),
        Decoding(top_p=0.9),
        Decoding(temperature=0.0),
        Decoding(temperature=0.5, top_k=9, top_p=0.7),
        Decoding(repetition_penalty=1.2),
    ]
    draws = [draw(one, seed, 3, (1, 2, 3)) for seed, one in enumerate(decodings)]
    together = choose(logits, draws)
    assert [choose(logits[row : row + 1], [draws[row]])[0] for row in range(6)] == together
    assert choose(logits.flip(0), draws[::-1]) == together[::-1]
