"""Prompt grids: plan, preview, measure, keep, and carry from one place to another as YAML."""

from dataclasses import dataclass, replace
from itertools import cycle, groupby, islice

from lib.errors import RunError
from lib.grid.expand import expand
from lib.grid.plan import estimate
from lib.grid.size import size
from lib.grid.specfile import spec_from_yaml, spec_to_yaml
from lib.models.catalogue import Catalogue
from lib.runs.execute import Control
from lib.store.grids import SavedGrid
from lib.types import Bank, Cell, GridSpec, Job, ModelKind, Piece, Progress, Response
from lib.workflows import power
from lib.workflows.execution import answer
from lib.workflows.workbench import Workbench

WARM_UP_CELLS = 16
"""Enough to tell a rate from, and over in seconds."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a grid comes to. `seconds` and `cost` (US dollars) are None where `basis` says why.

    `skipped_templates` gives for each template that has no part the reason; `unmeasured` are
    the models without a stored rate. `detectable` says which gap between two groups can be found with one model,
    and `detectable_points` how many percentage points of a share that is (None: none can be).
    """

    sets: int
    cells: int
    prompts: int
    skipped_templates: dict[str, str]
    warnings: tuple[str, ...]
    seconds: float | None
    cost: float | None
    basis: str
    unmeasured: tuple[str, ...]
    detectable: str = ""
    detectable_points: float | None = None


@dataclass(frozen=True, slots=True)
class PreviewMember:
    """One prompt of a matched set; `pieces` is the prompt cut into what is shared and what varies."""

    group: str
    prompt: str
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class PreviewSet:
    """A matched set as the grid page shows it."""

    title: str
    members: list[PreviewMember]


def kinds(catalogue: Catalogue, spec: GridSpec) -> dict[str, ModelKind]:
    """Base or chat for each model of a grid; raises ModelError for one the catalogue lacks."""
    return {model: catalogue.get(model).kind for model in spec.models}


def plan(workbench: Workbench, spec: GridSpec, *, bank: Bank | None = None) -> Plan:
    """Size, time and cost of a grid, at once; `bank` where it is not on the shelf (yet).

    Raises:
        GridError, BankError, ModelError: the grid cannot be run as it is.
    """
    bank = bank or workbench.shelf.get(spec.bank)
    sizes = size(bank, spec)
    entries = {model: workbench.catalogue.get(model) for model in spec.models}
    rates = workbench.store.rates.latest()
    guess = estimate(sizes, spec, rates, entries)
    detectable, points = power.detectable(bank, spec, sizes)
    return Plan(
        sets=sizes.sets,
        cells=sizes.cells,
        prompts=sizes.prompts,
        skipped_templates=sizes.skipped_templates,
        warnings=sizes.warnings,
        seconds=guess.seconds,
        cost=guess.cost,
        basis=guess.basis,
        unmeasured=tuple(model for model in spec.models if (model, spec.dtype.value) not in rates),
        detectable=detectable,
        detectable_points=points,
    )


def preview(
    workbench: Workbench, spec: GridSpec, *, start: int = 0, sets: int = 1, bank: Bank | None = None
) -> list[PreviewSet]:
    """The matched sets number `start` and following, with what differs between members marked.

    `bank` is needed where it is not on the shelf (yet).
    """
    bank = bank or workbench.shelf.get(spec.bank)
    cells = expand(bank, spec, kinds(workbench.catalogue, spec))
    matched = (list(members) for _, members in groupby(cells, key=lambda cell: cell.set_id))
    return [preview_set(bank, members) for members in islice(matched, start, start + sets)]


def preview_set(bank: Bank, members: list[Cell]) -> PreviewSet:
    """One matched set, titled by what its members share."""
    from lib.grid.diff import mark_differences  # needs NumPy, which the first page should not wait for

    first = members[0]
    template = next(template for template in bank.templates if template.id == first.template)
    shared = [template.title or template.id, *(first.terms.get(slot, value) for slot, value in first.context.items())]
    pieces = mark_differences([cell.prompt for cell in members])
    return PreviewSet(
        " · ".join(shared),
        [
            PreviewMember(group_title(bank, cell), cell.prompt, marked)
            for cell, marked in zip(members, pieces, strict=True)
        ],
    )


def group_title(bank: Bank, cell: Cell) -> str:
    """The label of a cell's group in the words of its bank: "Muslim + Woman", "Woman, then Man"."""
    titles = {(attribute.id, group.id): group.title for attribute in bank.attributes for group in attribute.groups}
    own = {group: titles.get((slot.partition("#")[0], group), group) for slot, group in cell.groups.items()}
    if ">" in cell.group:
        return ", then ".join(own[group] for group in cell.group.split(">"))
    return " + ".join(own[group] for group in cell.group.split("+"))


def measure(workbench: Workbench, spec: GridSpec, progress: Progress = lambda *_: None) -> None:
    """Time a short warm-up of each model that has no stored rate; nothing of it is kept but the rate.

    Raises:
        RunError: a run is going on, and would be slowed and mistimed.
        ModelError: a model does not load.
    """
    workbench.refuse_when_read_only("measure a model")
    if workbench.queue.live():
        raise RunError("the warm-up", "a run is going on", "Wait until it is done, or pause it.")
    wanted = plan(workbench, spec).unmeasured
    done = 0

    def count(responses: list[Response]) -> None:
        nonlocal done
        done += len(responses)
        progress(done, WARM_UP_CELLS * len(wanted))

    for model in wanted:
        jobs = warm_up_jobs(workbench, spec, model)
        entry = workbench.catalogue.get(model)
        _, rate = answer(workbench.catalogue, entry, spec.dtype, jobs, control=Control(), keep=count)
        if rate:
            workbench.store.rates.record(rate)


def warm_up_jobs(workbench: Workbench, spec: GridSpec, model: str) -> list[Job]:
    """The first cells of a grid for one model, repeated until there are enough to time."""
    bank = workbench.shelf.get(spec.bank)
    cells = list(islice(expand(bank, replace(spec, models=(model,)), kinds(workbench.catalogue, spec)), WARM_UP_CELLS))
    return [
        Job(no, cell.prompt, cell.format, cell.decoding, cell.seed, cell.system)
        for no, cell in enumerate(islice(cycle(cells), WARM_UP_CELLS))
    ]


def saved(workbench: Workbench) -> list[SavedGrid]:
    """Every kept grid, the one last changed first."""
    return workbench.store.grids.all()


def save(workbench: Workbench, spec: GridSpec, grid_id: str = "") -> str:
    """Keep a grid, under a new id or in place of `grid_id`; gives the id."""
    workbench.refuse_when_read_only("save a grid")
    return workbench.store.grids.save(spec, grid_id)


def load(workbench: Workbench, grid_id: str) -> GridSpec:
    """A kept grid; raises GridError when there is none of that id."""
    return workbench.store.grids.get(grid_id).spec


def duplicate(workbench: Workbench, grid_id: str) -> str:
    """Keep a copy of a grid under a name of its own; gives the copy's id."""
    workbench.refuse_when_read_only("copy a grid")
    return workbench.store.grids.duplicate(grid_id)


def delete(workbench: Workbench, grid_id: str) -> None:
    """Delete a kept grid; runs made from it keep their own copy."""
    workbench.refuse_when_read_only("delete a grid")
    workbench.store.grids.delete(grid_id)


def to_yaml(spec: GridSpec) -> str:
    """A grid as the YAML that `python -m lib run` accepts."""
    return spec_to_yaml(spec)


def from_yaml(text: str, name: str) -> GridSpec:
    """The grid a YAML text describes; raises GridError naming file and line."""
    return spec_from_yaml(text, name)
