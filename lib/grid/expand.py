"""A prompt grid becomes cells, one at a time."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from lib.errors import GridError
from lib.grid.axes import Option
from lib.grid.ids import Setting, cell_id, seed_of, set_id
from lib.grid.layout import Layout, MatchedSet
from lib.grid.render import render
from lib.grid.size import layouts_of, size
from lib.registry import suggest
from lib.types import Bank, Cell, GridSpec, ModelKind, PromptFormat


def expand(bank: Bank, spec: GridSpec, kinds: Mapping[str, ModelKind]) -> Iterator[Cell]:
    """The cells of a grid, lazily; a cell's place in this order is its number within a run.

    The order is the same every time: model, format, decoding, template, what is held fixed, repeat,
    and innermost the members of a matched set. So a worker loads each model once, and a run
    cut short leaves whole sets behind.

    Args:
        kinds: base or chat for each model of the grid; decides what the format AUTO becomes.

    Raises:
        GridError: at once where the grid is not valid or too large, or a model is not in `kinds`;
            while expanding, where a term lacks a form that its template asks for.
    """
    size(bank, spec)
    for model in spec.models:
        if model not in kinds:
            raise GridError(f"prompt grid {spec.name!r}", f"there is no model {model!r}", suggest(model, list(kinds)))
    layouts, _ = layouts_of(bank, spec)
    return _cells(spec, layouts, kinds)


def _cells(spec: GridSpec, layouts: Sequence[Layout], kinds: Mapping[str, ModelKind]) -> Iterator[Cell]:
    for model, format, decoding in product(spec.models, spec.formats, spec.decodings):
        setting = Setting(model, _for_kind(format, kinds[model]), decoding)
        for layout in layouts:
            for matched in layout.matched_sets():
                for repeat in range(spec.repeats):
                    yield from _members(spec, layout, matched, setting, repeat)


def _for_kind(format: PromptFormat, kind: ModelKind) -> PromptFormat:
    if format is not PromptFormat.AUTO:
        return format
    return PromptFormat.CHAT if kind is ModelKind.CHAT else PromptFormat.PLAIN


def _members(spec: GridSpec, layout: Layout, matched: MatchedSet, setting: Setting, repeat: int) -> Iterator[Cell]:
    template = layout.template
    seed = seed_of(spec, template, matched.held, setting.decoding, repeat)
    matched_id = set_id(spec, template, matched.held, setting, repeat, seed)
    context = {pick.key: pick.id for pick in matched.shared}
    for group, own in matched.members():
        picks = (*own, *matched.shared)
        prompt = render(template, {pick.key: pick.term for pick in picks})
        yield Cell(
            id=cell_id(spec, setting, prompt, seed),
            set_id=matched_id,
            template=template.id,
            context=context,
            group=group,
            groups=_groups(picks),
            terms={pick.key: pick.term.text for pick in picks},
            model=setting.model,
            format=setting.format,
            decoding=setting.decoding,
            repeat=repeat,
            seed=seed,
            prompt=prompt,
            system=spec.system,
        )


def _groups(picks: Option) -> dict[str, str]:
    """Attribute → group, marginal memberships included; what a slot says itself outweighs a membership."""
    memberships = {key: group for pick in picks for key, group in pick.of.items()}
    return memberships | {pick.key: pick.id for pick in picks if pick.is_group}
