"""What is said of a response in small print."""

from dataclasses import replace

import pytest

from lib.types import Cell, Decoding, Finish, PromptFormat, Response, StoredResponse
from lib.ui.response_detail import note

CELL = Cell("c", "s", "t", {}, "woman", {}, {}, "m", PromptFormat.PLAIN, Decoding(), 0, 7, "Say something.")
ROW = StoredResponse("r", 0, CELL, "bank", Response(0, "Something.", Finish.STOP, new_tokens=3))


@pytest.mark.parametrize(
    ("seed", "response", "said"),
    [
        (7, {}, "3 tokens · seed 7"),
        (-1, {"new_tokens": 0}, "length not recorded · seed not recorded"),
        (7, {"new_tokens": 0, "text": ""}, "0 tokens · seed 7"),
    ],
)
def test_what_nobody_recorded_is_no_number(seed, response, said):
    """An imported answer has neither a length nor a seed unless its file said so; an empty one has no tokens."""
    row = replace(ROW, cell=replace(CELL, seed=seed), response=replace(ROW.response, **response))
    assert note(row).endswith(said)
