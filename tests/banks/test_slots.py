"""Template texts are cut into literals and slots."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.banks.slots import FILTERS, SlotProblem, cut
from lib.grid.render import FILTERS as RENDERED
from lib.types import Slot


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("no slot", ("no slot",)),
        ("{name}", (Slot("name"),)),
        ("a {name} b", ("a ", Slot("name"), " b")),
        ("{name.their}", (Slot("name", role="their"),)),
        ("{name#2}", (Slot("name", number=2),)),
        ("{name#1.their|a|cap}", (Slot("name", "their", 1, ("a", "cap")),)),
        ("{a}{b}", (Slot("a"), Slot("b"))),
        ("{{not a slot}}", ("{not a slot}",)),
        ("{{{name}}}", ("{", Slot("name"), "}")),
        ("", ()),
    ],
)
def test_parts(text, parts):
    """Each form of a slot is read as its parts, and doubled braces are literal."""
    assert cut(text) == parts


@pytest.mark.parametrize(
    ("text", "cause", "remedy"),
    [
        ("to {name", "never closed", "Close the slot with }"),
        ("to {name and {other}", "never closed", "{{"),
        ("to {name {{", "never closed", "{{"),
        ("name}", "no opening one", "Write }}"),
        ("{}", "{} is not a slot", "Write {name}"),
        ("{Name}", "{Name} is not a slot", "small letters"),
        ("{name#3}", "{name#3} is not a slot", "{name#1}"),
        ("{name.a.b}", "is not a slot", "{name.role}"),
        ("{name!r}", "is not a slot", "{name}"),
        ("{name.__class__.__mro__}", "is not a slot", "{name}"),
        ("{name|upper}", "the filter 'upper', which does not exist", "a, cap"),
        ("{" + "n" * 61 + "}", "is not a slot", "{name}"),
    ],
)
def test_messages(text, cause, remedy):
    """What cannot be a slot is answered with what is wrong and how to write it."""
    with pytest.raises(SlotProblem) as caught:
        cut(text)
    assert cause in caught.value.args[0]
    assert remedy in caught.value.args[1]


def test_filters_are_those_that_prompts_are_rendered_with():
    """A bank may ask for exactly the filters that the grid can apply; the rooms cannot see each other."""
    assert set(FILTERS) == set(RENDERED)


_NAMES = st.from_regex(r"[a-z0-9_]{1,8}", fullmatch=True)
_SLOTS = st.builds(
    Slot,
    _NAMES,
    st.one_of(st.just(""), _NAMES),
    st.sampled_from([0, 1, 2]),
    st.lists(st.sampled_from(FILTERS), max_size=3).map(tuple),
)


def _source(part: str | Slot) -> str:
    if isinstance(part, str):
        return part.replace("{", "{{").replace("}", "}}")
    number = f"#{part.number}" if part.number else ""
    role = f".{part.role}" if part.role else ""
    return "{" + part.name + number + role + "".join(f"|{name}" for name in part.filters) + "}"


@given(st.lists(st.one_of(_SLOTS, st.text(min_size=1)), max_size=8))
@settings(deadline=None)
def test_every_text_and_slot_can_be_written(parts):
    """Any literals and slots, written out and cut again, come back as they were."""
    joined: list[str | Slot] = []
    for part in parts:
        if joined and isinstance(part, str) and isinstance(joined[-1], str):
            joined[-1] += part
        else:
            joined.append(part)
    assert cut("".join(map(_source, joined))) == tuple(joined)
