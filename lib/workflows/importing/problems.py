"""What limits an import, in words: said before anything is stored, and kept with the audit."""

from collections.abc import Iterator

from lib.interchange.outputs import derives
from lib.workflows.importing.extras import LONGEST
from lib.workflows.importing.labels import tidy
from lib.workflows.importing.placing import UNGROUPED
from lib.workflows.importing.study import Study

LEFT_OUT = "kept, and left out of comparisons."
UNPAIRED = (
    "Outputs cannot be paired, so groups cannot be compared: no column names their cases, and no prompts of different "
    "groups are the same but for the words for their groups. Map a pair or case id, or the columns that are equal "
    "within a matched set."
)
UNSHARED = (
    "No matched set has outputs of two groups, so groups cannot be compared: map another pair or case id, or other "
    "columns that are equal within a matched set."
)
EXCERPT = 100


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
        completions = several(counts.outputs, "completion is", "completions are")
        yield f"{counts.empty:,} of {completions} empty: kept, and counted as such."
    if counts.failed:
        yield f"{several(counts.failed, 'output is a failure', 'outputs are failures')}, kept with the reason."
    if counts.unfinished:
        yield (
            f"Of {several(counts.unfinished, 'output', 'outputs')} the file does not say why they ended. "
            "They count as ended by the model itself, though some may be cut off."
        )


def _of_groups(study: Study) -> Iterator[str]:
    counts = study.counts
    if counts.ungrouped == counts.outputs:
        yield "No output has a group, so nothing can be compared: map the column that says whom a prompt is about."
        return
    if counts.ungrouped:
        yield f"{several(counts.ungrouped, 'output has', 'outputs have')} no group: {LEFT_OUT}"
    if len(study.groups.keys() - {UNGROUPED}) == 1:
        yield "There is one group only, so nothing can be compared."


def _of_sets(study: Study) -> Iterator[str]:
    counts, sets = study.counts, study.book.sets()
    if counts.unset == counts.outputs and not derives(study.mapping):
        yield "Nothing says which outputs belong together, so groups cannot be compared: map a pair or case id."
        return
    if not sets.complete + sets.incomplete and len(study.groups.keys() - {UNGROUPED}) > 1:
        yield UNPAIRED if derives(study.mapping) and not study.mapping.same else UNSHARED
    elif counts.unset:
        yield f"{several(counts.unset, 'output belongs', 'outputs belong')} to no matched set: {LEFT_OUT}"
    if sets.incomplete:
        lacking = several(sets.incomplete, "matched set lacks", "matched sets lack")
        yield f"{lacking} some groups: compared as far as they go."
    if sets.alone and sets.complete + sets.incomplete:
        yield f"{several(sets.alone, 'matched set has', 'matched sets have')} one group only: nothing to compare with."
    if sets.split:
        members = several(sets.split, "recorded set has", "recorded sets have")
        yield (
            f"{members} members that differ in what is held fixed ({', '.join(_differing(study))}). Each becomes "
            "several matched sets: choose fewer categories if that is not meant."
        )
    if counts.again:
        stand = several(counts.again, "output stands", "outputs stand")
        yield f"{stand} where another one of the same prompt, group and repeat stands already: kept as further samples."
    if study.likeness.unlike:
        yield _unlike(study)


def _differing(study: Study) -> list[str]:
    """The columns in which members of recorded sets differ."""
    contexts = study.placer.parts.contexts
    return [contexts[slot].title if slot in contexts else slot or "template" for slot in study.book.differing]


def _unlike(study: Study) -> str:
    example = study.likeness.example
    told = " and ".join(f"“{tidy(prompt)[:EXCERPT]}”" for prompt in example) if example else ""
    check = "the columns that sets have in common" if study.mapping.same else "the case column"
    return (
        f"The prompts of {several(study.likeness.unlike, 'matched set', 'matched sets')} have little in common: "
        f"check {check if study.mapping.set or study.mapping.same else 'what pairs them'}."
        + (f" For example: {told}." if told else "")
    )


def _of_settings(study: Study) -> Iterator[str]:
    counts = study.counts
    if counts.of_unknown_temperature == counts.outputs:
        yield "The file does not say at what temperature the models answered."
    elif counts.of_unknown_temperature:
        yield f"Of {several(counts.of_unknown_temperature, 'output', 'outputs')} the temperature is not recorded."
    if not study.mapping.model and len(study.models) == 1:
        yield "No column names the model: all outputs count as those of one model that is not stated."


def _of_extras(study: Study) -> Iterator[str]:
    if long := [tidy(name) for name, was_cut in study.extras.items() if was_cut]:
        yield f"Of values beyond {LONGEST:,} characters the beginning is kept, in these columns: {', '.join(long)}."


def several(number: int, one: str, many: str) -> str:
    """A number with words that agree with it: 1 output is, 2 outputs are."""
    return f"{number:,} {one if number == 1 else many}"
