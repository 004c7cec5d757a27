"""How outputs were put into matched sets, and what is not held fixed in them, in words."""

from collections.abc import Iterator

from lib.interchange.outputs import derives, wording
from lib.workflows.importing.labels import tidy
from lib.workflows.importing.study import Study

SHOWN = 8


def told_of_sets(study: Study) -> Iterator[str]:
    """What people should know of the sets of a file that was read through; it limits nothing."""
    yield from how_paired(study)
    if study.apart and study.apart.columns:
        columns = ", ".join(tidy(column) for column in study.apart.columns)
        yield (
            f"Not held fixed, but kept as it is, because it differs within matched sets, as what is said of an answer "
            f"does: {columns}."
        )


def how_paired(study: Study) -> Iterator[str]:
    """What pairs outputs; nothing where a column or a row does."""
    if not derives(study.mapping) or not study.counts.outputs:
        return
    sets = study.book.sets()
    if not sets.complete + sets.incomplete:
        return
    if study.mapping.same:
        columns = ", ".join(tidy(column) for column in study.mapping.same)
        yield f"No column names the pairs: outputs belong together that agree in their template and in {columns}."
        return
    marks = sorted({mark for marks in wording(study.recording, study.mapping).marks.values() for mark in marks})
    also = f", among them {', '.join(f'“{tidy(mark)}”' for mark in marks[:SHOWN])}" if marks else ""
    yield (
        "No column names the pairs: outputs belong together whose prompts are the same but for the words for their "
        f"groups{also}."
    )
