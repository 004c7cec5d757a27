"""What an import would store, before anything is stored."""

from dataclasses import dataclass
from pathlib import Path

from lib.interchange.recorded import Mapping, RecordedOutput
from lib.types import Progress
from lib.workflows.importing.book import Sets
from lib.workflows.importing.cells import setting_of
from lib.workflows.importing.labels import tidy
from lib.workflows.importing.options import ImportOptions
from lib.workflows.importing.pairing import told_of_sets
from lib.workflows.importing.placing import UNGROUPED, Placed
from lib.workflows.importing.problems import problems
from lib.workflows.importing.study import FEW, Counts, Study, begin, learn
from lib.workflows.workbench import Workbench

SHOWN = 20


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One output as it would be stored; `outcome` is stopped, cut off, empty or failed."""

    place: str
    model: str
    group: str
    set: str
    held: str
    prompt: str
    completion: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What is in a file.

    Attributes:
        format: its id. title: the format's name.
        columns: what a mapping can name. mapping: what they mean, as somebody says or as they are guessed.
        rows: the first outputs. counts, sets: of all of them.
        models, groups: outputs by model, and by group as it is shown; those without one are left out of `groups`.
        extras: columns without a meaning whose values are kept with each output, as they are.
        choices: columns without a meaning that comparisons can be split by, with how many values each has.
        problems: what limits the import, in words. notes: what the file says of itself.
        attribute: what its groups are of, as a question on Charts names it.
        run: the run that the import makes; `here` says whether it is there already.
    """

    file: str
    format: str
    title: str
    columns: tuple[str, ...]
    mapping: Mapping
    rows: tuple[PreviewRow, ...]
    counts: Counts
    sets: Sets
    models: dict[str, int]
    groups: dict[str, int]
    choices: dict[str, int]
    extras: tuple[str, ...]
    problems: tuple[str, ...]
    notes: tuple[str, ...]
    attribute: str
    run: str
    here: bool = False


def preview(
    path: Path,
    mapping: Mapping | None = None,
    options: ImportOptions | None = None,
    *,
    format: str = "",
    workbench: Workbench | None = None,
    progress: Progress = lambda *_: None,
) -> Preview:
    """Look through a whole file.

    Args:
        mapping: what its columns mean; guessed where it is not given. Where nobody can guess which one holds the
            completions, what is given back says so and counts nothing.
        format: the id of one; found out where it is "".
        workbench: where to look whether it was imported already.

    Raises:
        InterchangeError: the file cannot be read, or the mapping does not fit it.
    """
    options = options or ImportOptions()
    found = begin(path, mapping, options, format)
    if mapping or found.mapping.completion:
        learn(found, sample=SHOWN, progress=progress)
    return Preview(
        file=found.source.file,
        format=found.recording.format,
        title=found.recording.title,
        columns=found.recording.columns,
        mapping=found.mapping,
        rows=tuple(row(output, placed, found) for output, placed in found.sample),
        counts=found.counts,
        sets=found.book.sets(),
        models=dict(found.models),
        groups={group_title(found, label): count for label, count in found.groups.items() if label != UNGROUPED},
        choices=choices(found),
        extras=tuple(found.extras),
        problems=tuple(problems(found)),
        notes=(*found.recording.notes, *told_of_sets(found)),
        attribute="+".join(found.placer.varied[:1]),
        run=found.run_id,
        here=workbench is not None and is_here(workbench, found.run_id),
    )


def is_here(workbench: Workbench, run_id: str) -> bool:
    """Whether there is a run of that id."""
    return any(info.id == run_id for info in workbench.store.runs.all())


def choices(found: Study) -> dict[str, int]:
    """The columns without a meaning that have a few values, with how many; none where the file says it all itself."""
    if found.own:
        return {}
    counts = {name: len(values) for name, values in found.few.items()}
    return {name: count for name, count in counts.items() if name and 1 < count <= FEW}


def row(output: RecordedOutput, placed: Placed, found: Study) -> PreviewRow:
    """One output as it would be stored."""
    failed, empty = output.finish == "error", not output.completion.strip()
    outcome = "failed" if failed else "empty" if empty else "cut off" if output.finish == "length" else "stopped"
    return PreviewRow(
        place=output.place,
        model=setting_of(output).model,
        group="" if placed.label == UNGROUPED else group_title(found, placed.label),
        set=tidy(output.set),
        held=", ".join(placed.terms.get(slot, value) for slot, value in placed.held.items()),
        prompt=output.prompt,
        completion=output.error if failed else output.completion,
        outcome=outcome,
    )


def group_title(found: Study, label: str) -> str:
    """The label of a cell's group ("woman", "muslim+woman", "woman>man") in the words of the file."""
    titles = {id: each.title for part in found.placer.parts.attributes.values() for id, each in part.groups.items()}
    if ">" in label:
        return ", then ".join(titles.get(id, id) for id in label.split(">"))
    return " + ".join(titles.get(id, id) for id in label.split("+"))
