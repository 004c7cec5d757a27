"""What a prompt grid comes to, by arithmetic: at once, however many cells it has."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from statistics import fmean

from lib.errors import GridError
from lib.grid.choose import choose
from lib.grid.layout import Layout, layout, why_skipped
from lib.grid.render import render
from lib.grid.validate import validate
from lib.types import Bank, GridSpec

MAX_CELLS = 2_000_000
SAMPLED_PROMPTS = 16


@dataclass(frozen=True, slots=True)
class GridSize:
    """Counts of a grid, equal to those of its expansion.

    `prompts` counts the prompts before they are multiplied by models, formats, decoding settings
    and repeats; `prompt_characters` is their mean length, judged by the first ones of each template.
    `groups` are the labels that `Cell.group` takes. `skipped_templates` gives for each template
    without a part the reason, and `warnings` are sentences to show.
    """

    sets: int
    cells: int
    prompts: int
    prompt_characters: float
    groups: tuple[str, ...]
    skipped_templates: dict[str, str]
    warnings: tuple[str, ...]


def size(bank: Bank, spec: GridSpec) -> GridSize:
    """Count the matched sets, prompts and cells of a grid.

    Raises:
        GridError: the grid is not valid, no template has a part in it, or it has more than MAX_CELLS cells.
    """
    layouts, skipped = layouts_of(bank, spec)
    per_prompt = math.prod(map(len, (spec.models, spec.formats, spec.decodings))) * spec.repeats
    prompts = sum(each.sets * each.members for each in layouts)
    cells = prompts * per_prompt
    if cells > MAX_CELLS:
        remedy = "Choose fewer groups, terms, contexts, models, settings or repeats, or cut it into several grids."
        raise GridError(f"prompt grid {spec.name!r}", f"it has {cells:,} cells, more than {MAX_CELLS:,}", remedy)
    groups = {each.template.id: list(each.labels()) for each in layouts}
    return GridSize(
        sets=sum(each.sets for each in layouts) * per_prompt,
        cells=cells,
        prompts=prompts,
        prompt_characters=sum(each.sets * each.members * _mean_length(each) for each in layouts) / prompts,
        groups=tuple(dict.fromkeys(chain.from_iterable(groups.values()))),
        skipped_templates=skipped,
        warnings=tuple(_warnings(spec, groups)),
    )


def layouts_of(bank: Bank, spec: GridSpec) -> tuple[list[Layout], dict[str, str]]:
    """The layout of each template that has a part in a grid, and the reason for each other one by its id.

    Raises:
        GridError: the grid is not valid, or no template has a part in it.
    """
    validate(bank, spec)
    chosen = choose(bank, spec)
    skipped = {each.id: why for each in chosen.templates if (why := why_skipped(each, chosen, spec.vary))}
    layouts = [layout(each, chosen, spec.vary) for each in chosen.templates if each.id not in skipped]
    if not layouts:
        cause = "every template is skipped: " + "; ".join(f"{name}, because {why}" for name, why in skipped.items())
        raise GridError(f"prompt grid {spec.name!r}", cause, "Vary another attribute, or choose other templates.")
    return layouts, skipped


def _mean_length(layout: Layout) -> float:
    """Mean characters of a template's first prompts."""
    prompts = (
        render(layout.template, {pick.key: pick.term for pick in (*own, *matched.shared)})
        for matched in layout.matched_sets()
        for _, own in matched.members()
    )
    return fmean(map(len, islice(prompts, SAMPLED_PROMPTS)))


def _warnings(spec: GridSpec, groups: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for template, labels in groups.items():
        if len(labels) == 1:
            yield f"Template {template} has only the group {labels[0]}: there is nothing to compare it with."
    if spec.repeats > 1 and any(decoding.temperature == 0 for decoding in spec.decodings):
        yield "Greedy decoding (temperature 0) gives the same response at each repeat: 1 repeat is enough."
