"""Grids are planned, previewed, measured and kept through the workflows."""

from dataclasses import replace

import pytest

from lib.errors import GridError, ModelError, StoreError
from lib.types import GridSpec
from lib.workflows import build
from lib.workflows.workbench import Workbench, open_workbench


def test_plan_counts_sets_cells_and_prompts(workbench: Workbench, spec: GridSpec) -> None:
    """Three occupations and two groups for one model, twice: 6 sets, 12 cells, 6 prompts."""
    plan = build.plan(workbench, replace(spec, repeats=2))
    assert (plan.sets, plan.cells, plan.prompts) == (6, 12, 6)


def test_plan_without_a_rate_says_what_to_do(workbench: Workbench, spec: GridSpec) -> None:
    """A model never timed here has no time estimate, and is named."""
    plan = build.plan(workbench, spec)
    assert plan.seconds is None
    assert plan.unmeasured == spec.models
    assert "Measure" in plan.basis


def test_preview_marks_only_what_varies(workbench: Workbench, spec: GridSpec) -> None:
    """The members of a matched set differ in the group's word alone."""
    (shown,) = build.preview(workbench, spec)
    differing = [[piece.text for piece in member.pieces if piece.differs] for member in shown.members]
    assert differing == [["woman"], ["man"]]
    assert [member.group for member in shown.members] == ["Woman", "Man"]


def test_preview_starts_where_it_is_told(workbench: Workbench, spec: GridSpec) -> None:
    """The sets after the first come from the number given."""
    titles = [shown.title for shown in build.preview(workbench, spec, start=1, sets=5)]
    assert titles == ["Works · engineer", "Works · judge"]


def test_a_grid_is_kept_copied_and_deleted(workbench: Workbench, spec: GridSpec) -> None:
    """What is saved comes back equal; a copy lives on when the original is deleted."""
    kept = build.save(workbench, spec)
    copy = build.duplicate(workbench, kept)
    build.delete(workbench, kept)
    assert [grid.id for grid in build.saved(workbench)] == [copy]
    assert replace(build.load(workbench, copy), name=spec.name) == spec


def test_a_grid_travels_as_yaml(spec: GridSpec) -> None:
    """Export and import give the same grid."""
    assert build.from_yaml(build.to_yaml(spec), "grid.yaml") == spec


def test_an_unknown_model_is_named(workbench: Workbench, spec: GridSpec) -> None:
    """A grid for a model the catalogue lacks is refused with the nearest names."""
    with pytest.raises(ModelError, match="tini"):
        build.plan(workbench, replace(spec, models=("tini",)))


def test_an_unknown_group_is_named(workbench: Workbench, spec: GridSpec) -> None:
    """A grid for a group the bank lacks is refused."""
    with pytest.raises(GridError, match="womam"):
        build.plan(workbench, replace(spec, groups={"gender": ("womam", "man")}))


def test_nothing_is_saved_in_a_read_only_database(workbench: Workbench, spec: GridSpec) -> None:
    """A read-only database still plans, and says why it does not save."""
    path = workbench.path
    workbench.close()
    with open_workbench(path, read_only=True) as reading:
        assert build.plan(reading, spec).cells == 6
        with pytest.raises(StoreError, match="reading only"):
            build.save(reading, spec)


@pytest.mark.slow
def test_measuring_gives_the_plan_a_time(workbench: Workbench, spec: GridSpec) -> None:
    """A warm-up stores a rate, from which the plan tells a time, and stores no response."""
    seen: list[tuple[int, int]] = []
    build.measure(workbench, spec, lambda done, total: seen.append((done, total)))
    plan = build.plan(workbench, spec)
    assert plan.seconds is not None
    assert plan.seconds > 0
    assert seen[-1] == (build.WARM_UP_CELLS, build.WARM_UP_CELLS)
    assert workbench.store.runs.all() == []
