import itertools
from random import Random

import pytest

from lib.errors import RunError
from lib.store.store import Store
from lib.types import Finish, ResponseFilter
from tests.store.samples import FACTS, GREEDY, GROUPS, answer, bank, cells, create, failure, spec

EVERYTHING = ResponseFilter()


def numbers(store: Store, wanted: ResponseFilter) -> list[int]:
    """The cells that pass, after checking that the count says the same."""
    rows = store.responses.page(wanted, limit=1_000)
    assert store.responses.count(wanted) == len(rows)
    return [row.no for row in rows]


def test_a_response_comes_back_with_its_cell(store: Store) -> None:
    """Everything about a response and its cell survives storing."""
    run_id = create(store)
    given_cell, given_response = list(cells())[4], answer(4, "Sie ist großartig 🙂\n\x00\u202e= 1")
    store.responses.add(run_id, [given_response])
    [row] = store.responses.page(EVERYTHING, limit=10)
    assert (row.run, row.no, row.bank, row.cell, row.response) == (run_id, 4, "letters", given_cell, given_response)
    assert row.created is not None
    assert row.created.tzinfo is not None


def test_the_first_response_of_a_cell_stays(store: Store) -> None:
    """Handing in a second response changes nothing, within one call as across calls."""
    run_id = create(store)
    store.responses.add(run_id, [answer(0, "first"), answer(0, "second")])
    store.responses.add(run_id, [answer(0, "third"), answer(1)])
    assert [row.response.text for row in store.responses.page(EVERYTHING, limit=9) if row.response] == [
        "first",
        "A fine person.",
    ]
    assert store.runs.get(run_id).done == 2


def test_a_cell_that_is_not_in_the_run_is_a_mistake(store: Store) -> None:
    """A number beyond the run's cells is refused and takes the rest of its call with it."""
    run_id = create(store)
    with pytest.raises(ValueError, match="24"):
        store.responses.add(run_id, [answer(0), answer(24)])
    assert store.responses.count(EVERYTHING) == 0


def test_half_a_surrogate_pair_is_stored_as_a_replacement_character(store: Store) -> None:
    """Text that no file can hold does not cost the response."""
    run_id = create(store)
    store.responses.add(run_id, [answer(0, "é \ud83d!")])
    [row] = store.responses.page(EVERYTHING, limit=1)
    assert row.response is not None
    assert row.response.text == "é \ufffd!"


def test_pages_follow_the_grid_with_the_newest_run_first(store: Store) -> None:
    """Paging by any size walks through all rows once."""
    first, second = create(store, "old"), create(store, "new")
    for run_id in (first, second):
        store.responses.add(run_id, [answer(no) for no in (5, 3, 9, 1)])
    everything = [(second, no) for no in (1, 3, 5, 9)] + [(first, no) for no in (1, 3, 5, 9)]
    paged = [store.responses.page(EVERYTHING, limit=3, offset=offset) for offset in (0, 3, 6, 9)]
    assert [(row.run, row.no) for row in itertools.chain(*paged)] == everything


def test_each_field_of_the_filter_restricts(store: Store) -> None:
    """Values of one field are alternatives, fields are conditions that all hold."""
    run_id, other = create(store), create(store, "other")
    store.responses.add(run_id, [*(answer(no) for no in range(22)), answer(22, finish=Finish.LENGTH), failure(23)])
    assert numbers(store, ResponseFilter(runs=(other,))) == []
    assert numbers(store, ResponseFilter(banks=("letters",))) == list(range(24))
    assert numbers(store, ResponseFilter(banks=("nothing",))) == []
    assert numbers(store, ResponseFilter(templates=("letter1",), models=("base",))) == [3, 4, 5, 9, 10, 11]
    assert numbers(store, ResponseFilter(groups=("man",), models=("base",))) == [1, 4, 7, 10]
    assert numbers(store, ResponseFilter(groups=("man", "woman"), templates=("letter0",), models=("base",))) == [
        0,
        1,
        6,
        7,
    ]
    assert numbers(store, ResponseFilter(decodings=("greedy, 16 tokens",))) == list(range(12, 24))
    assert numbers(store, ResponseFilter(formats=("plain",))) == []
    assert numbers(store, ResponseFilter(finishes=("length", "failed"))) == [22, 23]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("FINE", [1]),
        ("éclair", [0]),
        ("nurse (1)", [3, 4, 5]),
        ("100%", [4]),
        ("100_", []),
        (".*", []),
        ("'; DROP TABLE responses; --", [5]),
        ("as a NURSE", [0, 1, 3, 4, 5, 6]),
        ("$search", []),
        ("[", []),
        ("\\", [6]),
    ],
)
def test_search_looks_for_the_words_as_they_are(store: Store, search: str, found: list[int]) -> None:
    """Searching ignores case, reads prompt and response, and gives no character a meaning."""
    run_id = store.runs.create("x", spec(), bank(), cells(), [], {})
    texts = {0: "ÉCLAIR", 1: "fine", 3: "", 4: "100% sure", 5: "x'; drop table responses; --", 6: "C:\\temp"}
    store.responses.add(run_id, [answer(no, text) for no, text in texts.items()])
    assert numbers(store, ResponseFilter(search=search)) == found


def test_facets_list_what_there_is(store: Store) -> None:
    """Each field of the filter offers its values with how many cells have them."""
    run_id = create(store)
    store.responses.add(run_id, [answer(0), answer(1), failure(2)])
    assert store.responses.facets() == {
        "runs": [(run_id, 24)],
        "banks": [("letters", 24)],
        "templates": [("letter0", 12), ("letter1", 12)],
        "groups": [("man", 8), ("nonbinary", 8), ("woman", 8)],
        "models": [("base", 12), ("chatty", 12)],
        "formats": [("chat", 24)],
        "decodings": [("T 0.8, top-p 0.9, top-k 40, penalty 1.1, 32 tokens", 12), ("greedy, 16 tokens", 12)],
        "finishes": [("failed", 1), ("stop", 2)],
    }


def test_outcomes_account_for_every_cell(store: Store) -> None:
    """Stopped, cut off, empty, failed and pending cells of each group add up to the grid."""
    run_id = create(store)
    store.responses.add(
        run_id,
        [answer(0), answer(3, finish=Finish.LENGTH), answer(6, " \n\u00a0"), answer(9, "", Finish.LENGTH), failure(1)],
    )
    counts = store.responses.outcomes(ResponseFilter(models=("base",)))
    assert sorted(counts) == [
        ("man", "failed", 1),
        ("man", "pending", 3),
        ("nonbinary", "pending", 4),
        ("woman", "cut off", 1),
        ("woman", "empty", 2),
        ("woman", "stopped", 1),
    ]
    assert sum(count for _, _, count in store.responses.outcomes(EVERYTHING)) == 24
    assert store.responses.outcomes(ResponseFilter(finishes=("length",), templates=("letter1",))) == [
        ("woman", "cut off", 1),
        ("woman", "empty", 1),
    ]


def test_a_matched_set_has_all_its_members(store: Store) -> None:
    """Members without an answer are there, without a response."""
    run_id = create(store)
    store.responses.add(run_id, [answer(3), failure(4)])
    members = store.responses.matched_set(run_id, "base-1")
    assert [member.cell.group for member in members] == list(GROUPS)
    assert [member.response and member.response.finish for member in members] == [Finish.STOP, Finish.FAILED, None]


def test_the_same_cell_is_found_in_other_models_and_runs(store: Store) -> None:
    """Prompt, format, decoding and seed must agree; a different decoding is another cell."""
    both = [*cells(model="base"), *cells(model="chatty"), *cells(model="greedy", decoding=GREEDY)]
    first = store.runs.create("first", spec(), bank(), both, [], {})
    second = store.runs.create("second", spec(), bank(), cells(), [], {})
    store.responses.add(first, [answer(4)])
    same = store.responses.same_cell(first, 4)
    assert [(row.run, row.no, row.response is None) for row in same] == [
        (second, 4, True),
        (first, 4, False),
        (first, 16, True),
    ]


def test_provenance_names_everything_that_determined_a_response(store: Store) -> None:
    """Cell, response, model as catalogued and loaded, bank and environment are all there."""
    run_id = create(store)
    store.runs.record_facts(run_id, FACTS)
    store.responses.add(run_id, [answer(4)])
    found = store.responses.provenance(run_id, 4)
    assert found["run"]["id"] == run_id
    assert found["cell"]["seed"] == 2**62 + 1
    assert found["response"]["text"] == "A fine person."
    assert found["model"]["entry"]["location"] == "lab/base"
    assert found["model"]["facts"]["revision"] == "abc"
    assert (found["bank"]["digest"], found["bank"]["licence"]) == ("d1", "CC0-1.0")
    assert found["environment"]["libraries"] == {"duckdb": "2.0.0"}
    pending = store.responses.provenance(run_id, 12)
    assert (pending["response"], pending["answered"], pending["model"]["facts"]) == (None, None, None)
    with pytest.raises(RunError, match="0 to 23"):
        store.responses.provenance(run_id, 24)


@pytest.mark.parametrize("seed", range(12))
def test_counts_agree_with_a_plain_dictionary(store: Store, seed: int) -> None:
    """Whatever order answers, failures and retries come in, in groups of any size, nothing is lost or doubled."""
    random = Random(seed)
    answered: set[int] = set()
    failed: set[int] = set()
    run_id = store.runs.create("x", spec(), bank(), cells(), [], {})
    for _ in range(random.randint(1, 8)):
        arrived = [random.choice((answer, failure))(random.randrange(12)) for _ in range(random.randint(1, 5))]
        store.responses.add(run_id, arrived)
        answered |= {response.no for response in arrived if response.finish is not Finish.FAILED}
        failed = (failed | {response.no for response in arrived}) - answered
        if random.random() < 0.3:
            assert store.runs.retry_failed(run_id) == len(failed)
            failed = set()
    run = store.runs.get(run_id)
    assert (run.done, run.failed) == (len(answered), len(failed))
    assert numbers(store, EVERYTHING) == sorted(answered | failed)
    assert {job.no for job in store.runs.pending(run_id, "base")} == set(range(12)) - answered - failed
