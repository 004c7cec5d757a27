"""What every format comes down to: rows with named values, and the outputs they become once columns have a meaning."""

from collections.abc import Callable, Iterator
from collections.abc import Mapping as Named
from dataclasses import dataclass, field, fields
from typing import Any

Row = tuple[str, Named[str, Any]]
"""Where it stands ("line 12"), and its values by column."""


@dataclass(frozen=True, slots=True)
class RecordedOutput:
    """One completion that another program recorded.

    Attributes:
        set: what the outputs of one matched set share, "" where nothing says.
        template: the prompt before its variables were filled in, or its name.
        finish: "stop", "length", "empty", "error", or "" where the file does not say.
        extra: every value that has no meaning of its own here, as text.
        place: where it stands in the file.
    """

    prompt: str
    completion: str
    model: str = ""
    set: str = ""
    group: str = ""
    term: str = ""
    category: str = ""
    template: str = ""
    seed: int | None = None
    repeat: int | None = None
    system: str = ""
    finish: str = ""
    error: str = ""
    temperature: float | None = None
    top_p: float | None = None
    top_k: int | None = None
    max_tokens: int | None = None
    extra: Named[str, str] = field(default_factory=dict)
    place: str = ""


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which column means what; "" for none. Other columns are kept as extras.

    Attributes:
        same: columns that are equal within a matched set, used where no column names the set.
        wide: endings of columns that hold one output each of the same row, such as ("_a", "_b"); `prompt`,
            `completion` and the others then name the columns without their ending, or whole ones they share.
    """

    prompt: str = ""
    completion: str = ""
    model: str = ""
    set: str = ""
    group: str = ""
    term: str = ""
    category: str = ""
    template: str = ""
    seed: str = ""
    repeat: str = ""
    system: str = ""
    finish: str = ""
    error: str = ""
    temperature: str = ""
    top_p: str = ""
    top_k: str = ""
    max_tokens: str = ""
    same: tuple[str, ...] = ()
    wide: tuple[str, ...] = ()


MEANINGS = tuple(one.name for one in fields(Mapping) if one.name not in ("same", "wide"))


@dataclass(frozen=True, slots=True)
class Recording:
    """A file of another program, read and checked as far as its form goes.

    Attributes:
        format, title: id and title of its format.
        file: its name, for messages.
        columns: what a mapping can name. count: how many rows; a row of a wide table holds several outputs.
        sample: the first rows. suggested: what the columns seem to mean.
        rows: gives every row anew each time it is called.
        models: the settings of each model, as recorded.
        notes: what the file says of itself, and what was noticed while reading it.
        learnt: what was found out about all rows under a mapping, so that they are read for it once.
    """

    format: str
    title: str
    file: str
    columns: tuple[str, ...]
    count: int
    sample: tuple[Named[str, Any], ...]
    suggested: Mapping
    rows: Callable[[], Iterator[Row]]
    models: Named[str, Named[str, Any]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    learnt: dict[Mapping, Any] = field(default_factory=dict, compare=False, repr=False)
