"""What columns seem to mean, settled by all rows of a file instead of its first ones."""

from collections.abc import Iterator
from dataclasses import replace

from lib.errors import InterchangeError
from lib.interchange.evidence import Row
from lib.interchange.guess import OWN, guess
from lib.interchange.outputs import outputs
from lib.interchange.recorded import Mapping, Recording


class AllRows:
    """The values of every row, each time anew."""

    def __init__(self, recording: Recording) -> None:
        self._recording = recording

    def __iter__(self) -> Iterator[Row]:
        return (values for _, values in self._recording.rows())


def settled(recording: Recording) -> Recording:
    """The recording with what all of its rows suggest; a category that would take sets apart is none.

    Raises:
        InterchangeError: a row cannot be read.
    """
    mapping = recording.suggested
    if recording.count > len(recording.sample):
        mapping = guess(recording.columns, AllRows(recording))
    if mapping.category and mapping.group and mapping.completion and mapping != OWN and splits(recording, mapping):
        mapping = replace(mapping, category="")
    return replace(recording, suggested=mapping)


def splits(recording: Recording, mapping: Mapping) -> bool:
    """Whether the category differs between outputs of a set."""
    first: dict[int, int] = {}
    try:
        for output in outputs(recording, mapping):
            category = hash(output.category.strip())
            if output.set and first.setdefault(hash((output.model, output.set)), category) != category:
                return True
    except InterchangeError:
        pass  # a column does not hold what its name says: whoever reads on is told
    return False
