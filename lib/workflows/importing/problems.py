"""What limits an import, in words: said before anything is stored, and kept with the audit."""

from collections.abc import Iterator

from lib.workflows.importing.extras import LONGEST
from lib.workflows.importing.labels import tidy
from lib.workflows.importing.placing import UNGROUPED
from lib.workflows.importing.study import Study


def problems(study: Study) -> Iterator[str]:
    """What is missing in a file, or lies otherwise than an audit would want it; the gravest first."""
    if not study.counts.outputs:
        yield "No column is known to hold the completions: say which one does."
        return
    yield from _of_outputs(study)
    yield from _of_groups(study)
    yield from _of_sets(study)
    yield from _of_settings(study)
    yield from _of_extras(study)


def _of_outputs(study: Study) -> Iterator[str]:
    counts = study.counts
    if counts.empty + counts.failed == counts.outputs:
        yield f"Every completion is empty: see whether {study.mapping.completion} is the right column."
    elif counts.empty:
        yield f"{counts.empty:,} of {counts.outputs:,} completions are empty. They are kept and counted as empty."
    if counts.failed:
        yield f"{counts.failed:,} outputs are failures. They are kept with their reason."
    if counts.unfinished:
        yield (
            f"Of {counts.unfinished:,} outputs the file does not say why they ended. "
            "They count as ended by the model itself, though some may be cut off."
        )


def _of_groups(study: Study) -> Iterator[str]:
    counts = study.counts
    if counts.ungrouped == counts.outputs:
        yield "No output has a group, so nothing can be compared: map the column that says whom a prompt is about."
        return
    if counts.ungrouped:
        yield f"{counts.ungrouped:,} outputs have no group. They are kept, and left out of comparisons."
    if len(study.groups.keys() - {UNGROUPED}) == 1:
        yield "There is one group only, so nothing can be compared."


def _of_sets(study: Study) -> Iterator[str]:
    counts, sets = study.counts, study.book.sets()
    if counts.unset == counts.outputs:
        yield "Nothing says which outputs belong together, so groups cannot be compared: map a pair or case id."
        return
    if counts.unset:
        yield f"{counts.unset:,} outputs belong to no matched set. They are kept, and left out of comparisons."
    if sets.incomplete:
        yield f"{sets.incomplete:,} matched sets lack some of the groups. They are compared as far as they go."
    if sets.alone:
        yield f"{sets.alone:,} matched sets have one group only, and nothing to compare it with."
    if sets.split:
        yield (
            f"{sets.split:,} recorded sets have members that differ in what is held fixed. Each becomes several "
            "matched sets: choose fewer categories if that is not meant."
        )
    if counts.again:
        yield (
            f"{counts.again:,} outputs stand where another one of the same prompt, group and repeat stands already. "
            "They are kept as further samples of it."
        )


def _of_settings(study: Study) -> Iterator[str]:
    counts = study.counts
    if counts.of_unknown_temperature == counts.outputs:
        yield "The file does not say at what temperature the models answered."
    elif counts.of_unknown_temperature:
        yield f"Of {counts.of_unknown_temperature:,} outputs the temperature is not recorded."
    if not study.mapping.model and len(study.models) == 1:
        yield "No column names the model: all outputs count as those of one model that is not stated."


def _of_extras(study: Study) -> Iterator[str]:
    if long := [tidy(name) for name, was_cut in study.extras.items() if was_cut]:
        yield f"Of values beyond {LONGEST:,} characters the beginning is kept, in these columns: {', '.join(long)}."
