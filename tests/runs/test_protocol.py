"""Messages between parent and worker."""

import io

from hypothesis import given
from hypothesis import strategies as st

from lib.codec import from_json, to_json
from lib.runs.protocol import read_messages, write_message
from lib.types import Decoding, Job, PromptFormat

TEXT = st.text(st.characters())  # lone surrogates included


@given(TEXT, TEXT, st.integers(), st.floats(allow_nan=False))
def test_whatever_the_text_a_message_comes_back_equal(prompt, system, seed, temperature):
    """Jobs with any text, control characters and lone surrogates included, survive the trip as one line."""
    job = Job(1, prompt, PromptFormat.CHAT, Decoding(temperature=temperature), seed, system)
    stream = io.BytesIO()
    write_message(stream, {"op": "generate", "jobs": [to_json(job)]})
    assert stream.getvalue().count(b"\n") == 1
    stream.seek(0)
    [message] = read_messages(stream)
    assert from_json(Job, message["jobs"][0]) == job


def test_a_line_cut_short_by_death_is_no_message():
    """What a dying worker wrote of a line is ignored."""
    assert list(read_messages(io.BytesIO(b'{"event": "want"}\n{"event": "resp'))) == [{"event": "want"}]
