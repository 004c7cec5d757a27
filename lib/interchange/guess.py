"""What the columns of a file seem to mean: by their names, and by what all its rows say of them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from lib.interchange.evidence import Naming, Row, Sharing, Slots, Watch, Wording, Words
from lib.interchange.names import CLEAR, NAMES, VAGUE, named, one_text_is_the_prompt, plain, unmeant, wide_endings
from lib.interchange.recorded import MEANINGS, Mapping

OWN_COLUMNS = {"run", "no", "cell", "set_id", "bank", "template", "group", "model", "prompt", "text", "finish"}
OWN = Mapping(
    prompt="prompt",
    completion="text",
    model="model",
    set="set_id",
    group="group",
    template="template",
    seed="seed",
    repeat="repeat",
    system="system",
    finish="finish",
    error="error",
    temperature="temperature",
    top_p="top_p",
    top_k="top_k",
    max_tokens="max_new_tokens",
)
"""The columns of Evenhand's own exports."""


def guess(columns: Sequence[str], rows: Iterable[Row]) -> Mapping:
    """The meaning of columns: those of our own exports are known, others are guessed and meant to be looked at.

    A column names the sets where it has a name for that and groups share its values. What sets have in common is
    never guessed, but for the variables that fill the slots of a template.

    Args:
        rows: all of them if they shall count; they are gone through once.
    """
    if set(columns) >= OWN_COLUMNS:
        return Mapping(**{name: at for name in MEANINGS if (at := getattr(OWN, name)) in columns})
    found, wide = _by_name(columns)
    fields: dict[str, Any] = found | {"wide": wide}
    return _by_rows(Mapping(**fields), columns, rows)


def _by_name(columns: Sequence[str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """The column of each meaning but the set, and the endings of a wide table."""
    found: dict[str, str] = {}
    names = {column: plain(column) for column in columns}
    wide, stems = wide_endings(names)
    candidates = stems | names
    for meaning in NAMES:
        free = unmeant(named(candidates, meaning), found.values())
        if free and meaning != "set":
            found[meaning] = free[0]
    if "completion" in found and "prompt" not in found and found["completion"] not in stems:
        found = one_text_is_the_prompt(found, names)
    if wide and (sets := unmeant(named(candidates, "set"), found.values())):
        found["set"] = sets[0]
    return found, wide


def _by_rows(mapping: Mapping, columns: Sequence[str], rows: Iterable[Row]) -> Mapping:
    """What is named so far, with what needs a look at the rows."""
    if mapping.wide:
        return mapping
    group, prompt = mapping.group, mapping.prompt
    free = unmeant(columns, [getattr(mapping, name) for name in MEANINGS])
    sharing = [Sharing(column, group) for column in named({column: plain(column) for column in free}, "set")]
    worded = [*free, *filter(None, [mapping.term])] if group and prompt else []
    wording = [Wording(column, group, prompt) for column in worded]
    naming, words, slots = Naming(group, prompt), Words(mapping.term, group), Slots(mapping.template)
    watches: list[Watch] = [*sharing, *wording, naming, words, slots]
    for row in rows:
        for watch in watches:
            watch.see(row)
    set = next((each.column for each in sharing if each.names_sets(clear=_inner(each.column) in CLEAR)), "")
    told = [each.column for each in wording if each.told and each.column != set]
    term = mapping.term if words.holds else ""
    if naming.holds and _inner(term) in VAGUE and not (_inner(term) == "name" and term in told):
        term = ""  # the group is named already, so a "word" may be any other
    elif not term and not naming.holds and len(told) == 1:
        term = told[0]  # of several that go with the group each may be about something else
    mapping = replace(mapping, set=set, term=term)
    return mapping if set or not group else replace(mapping, same=_variables(slots, mapping, columns))


def _inner(column: str) -> str:
    """The plain name of a column, or of the field that it is of a value."""
    return plain(column.rpartition(".")[2] or column)


def _variables(slots: Slots, mapping: Mapping, columns: Sequence[str]) -> tuple[str, ...]:
    """The variables of templates that a set has in common; nothing where one of them is no column.

    Nothing either where none of them varies with the group: then only the prompts can say what belongs together.
    """
    known = {slot: next((name for name in (f"{slot} (variable)", slot) if name in columns), "") for slot in slots.names}
    about = {mapping.group, mapping.term} & set(known.values())
    if not slots.everywhere or "" in known.values() or not about - {""}:
        return ()
    return tuple(column for column in known.values() if column not in about)
