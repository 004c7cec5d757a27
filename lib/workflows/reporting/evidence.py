"""Evidence: everything the reports about one audit rest on, computed once from what is stored.

The same audit with the same settings gives the same evidence, number for number: a bundle is verified that way.
"""

from dataclasses import dataclass, field, replace

import pandas as pd

from lib.errors import ReportError, StatsError
from lib.types import (
    Assignment,
    Bank,
    Fact,
    Json,
    MapInfo,
    ModelEntry,
    ModelFacts,
    ReportSettings,
    ResponseFilter,
    RunInfo,
    ScorerEntry,
)
from lib.workflows import course, positions, read
from lib.workflows.agreement import Agreements
from lib.workflows.attributes import Attribute, bank_of
from lib.workflows.comparison import Comparison, GapRow
from lib.workflows.course import CourseTable
from lib.workflows.gold import GoldTable
from lib.workflows.human_labels import Correction
from lib.workflows.map_findings import Finding
from lib.workflows.positions import OrderEffects
from lib.workflows.reporting.outcomes import OutcomeGaps
from lib.workflows.workbench import Workbench


@dataclass(frozen=True, slots=True)
class MapEvidence:
    """One map with this audit on it and its finding; `problem` says why there is none.

    `others` is how many other audits are on it: the finding is over all of them.
    """

    info: MapInfo
    finding: Finding | None
    problem: str = ""
    others: int = 0


@dataclass(frozen=True, slots=True)
class AnnotationEvidence:
    """One assignment with this audit's responses: agreement, gold, and the gaps corrected with it.

    `corrections` are by the measure's id, `meanings` what people said that counts as the measure; `problems` say what
    could not be told, in words.
    """

    assignment: Assignment
    people: int
    agreement: Agreements | None
    gold: GoldTable | None
    corrections: dict[str, Correction]
    problems: tuple[str, ...] = ()
    meanings: dict[str, str] = field(default_factory=dict)

    @property
    def answered(self) -> bool:
        """Whether anybody has answered any of it."""
        return self.people > 0 and self.agreement is not None and self.agreement.answered > 0


@dataclass(frozen=True, slots=True)
class Example:
    """One response quoted with its context. `labels` say what people decided, `why` why it was chosen."""

    no: int
    text: str
    prompt: str
    group: str
    context: str
    model: str
    set_id: str
    labels: str
    why: str


@dataclass(frozen=True, slots=True)
class Energy:
    """What the run took, estimated from measured compute time.

    Attributes:
        seconds: in which at least one worker with a local model was at work; what overlaps counts once.
        responses: whose time was measured; `unmeasured` are those of hosted models, of models on other devices than a
            processor, and those that came without a time.
        watts_low, watts_high: assumed power of a core at work.
        low, high: watt-hours, from one core at the lower to all `cores` at the upper power; None where no time was
            measured.
    """

    seconds: float
    responses: int
    unmeasured: int
    watts_low: float
    watts_high: float
    low: float | None
    high: float | None
    cores: int = 1


@dataclass(frozen=True, slots=True)
class UsedScorer:
    """A scorer whose measures are in the report, with what its numbers mean and what it is known to get wrong."""

    entry: ScorerEntry
    version: str
    fingerprint: str
    help: str
    citation: str
    weaknesses: str
    caveat: str
    cost: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the reports about one audit rest on.

    Attributes:
        texts: what the author wrote, by field id.
        outcomes: responses by group and outcome, as `read.outcomes` gives them.
        outcome_gaps: how unequally outcomes come, within matched sets; a family of their own.
        comparisons: one a measure of the report, their p-values and `clear` corrected over all `family` gaps together:
            those that have a p-value.
        problems: measures that could not be compared, with the reason.
        sensitivity: how far the gap of each measure moves from template to template; columns measure, template, group,
            reference, estimate, low, high, sets.
        lacking: what this audit does not have, by section id, and what to do about it.
        facts: every number a sentence may name, by id; `lib.workflows.reporting.facts` says how ids are made.
        attribute: what is compared; None where nothing varies. by, by_title: what gaps are split by.
        titles: of the groups in `outcomes`, by group.
        scorers: those whose measures are in the report. digest: SHA-256 of the bank's text.
        prompts: of the run's first matched set, as (group's title, prompt).
    """

    run: RunInfo
    bank: Bank
    models: list[ModelEntry]
    loaded: list[ModelFacts]
    environment: Json
    origin: Json
    settings: ReportSettings
    texts: dict[str, str]
    outcomes: list[tuple[str, str, int]]
    comparisons: list[Comparison]
    family: int
    problems: tuple[str, ...]
    sensitivity: pd.DataFrame
    course: list[CourseTable]
    order: OrderEffects | None
    maps: list[MapEvidence]
    annotations: list[AnnotationEvidence]
    examples: list[Example]
    energy: Energy
    lacking: dict[str, str]
    facts: dict[str, Fact] = field(default_factory=dict)
    attribute: Attribute | None = None
    by: str = ""
    by_title: str = ""
    titles: dict[str, str] = field(default_factory=dict)
    scorers: list[UsedScorer] = field(default_factory=list)
    digest: str = ""
    prompts: tuple[tuple[str, str], ...] = ()
    outcome_gaps: OutcomeGaps = field(default_factory=OutcomeGaps)

    @property
    def rows(self) -> list[GapRow]:
        """The gaps of all comparisons."""
        return [row for made in self.comparisons for row in made.rows]

    @property
    def labelled(self) -> list[AnnotationEvidence]:
        """The assignments that people have answered."""
        return [each for each in self.annotations if each.answered]


def gather(workbench: Workbench, run_id: str) -> Evidence:
    """Compute the evidence of an audit by the settings kept with it.

    Raises:
        RunError: there is no such run.
        ReportError: nothing in it was answered yet.
    """
    from lib.workflows.reporting import lacking  # these rooms build on the types above
    from lib.workflows.reporting.annotations import annotations
    from lib.workflows.reporting.clusters import clusters
    from lib.workflows.reporting.energy import energy
    from lib.workflows.reporting.examples import examples
    from lib.workflows.reporting.facts import facts
    from lib.workflows.reporting.gaps import gaps, tested
    from lib.workflows.reporting.outcomes import outcome_gaps
    from lib.workflows.reporting.scorers import scorers
    from lib.workflows.reporting.sensitivity import sensitivity
    from lib.workflows.reporting.subject import subject
    from lib.workflows.reporting.titles import group_titles

    store = workbench.store
    run = store.runs.get(run_id)
    if not run.done:
        raise ReportError(f"audit {run.name}", "nothing in it was answered yet", "Run it first.")
    settings, bank, entries = store.reports.settings(run_id), bank_of(workbench, run_id), store.runs.entries(run_id)
    loaded, environment = store.runs.facts(run_id), store.runs.environment(run_id)
    asked = subject(workbench, run_id, settings)
    comparisons, problems = gaps(workbench, run_id, asked)
    said = annotations(workbench, run_id, comparisons, names=settings.names)
    counted = read.outcomes(workbench, ResponseFilter(runs=(run_id,)))
    evidence = Evidence(
        run=run,
        bank=bank,
        models=entries,
        loaded=loaded,
        environment=environment,
        origin=store.reports.origin(run_id),
        settings=settings,
        texts=store.reports.texts(run_id),
        outcomes=counted,
        comparisons=comparisons,
        family=tested([row for each in comparisons for row in each.rows]),
        problems=(*asked.problems, *problems),
        sensitivity=sensitivity(comparisons),
        course=course.tables(workbench, run_id, attribute=asked.attribute.id) if asked.attribute else [],
        order=order(workbench, run_id, asked.attribute),
        maps=clusters(workbench, run_id, asked.attribute),
        annotations=said,
        examples=examples(workbench, run_id, settings, bank, entries, comparisons, said),
        energy=energy(store.responses.times(run_id), entries, loaded, environment),
        lacking={},
        attribute=asked.attribute,
        by=asked.by,
        by_title=asked.by_title,
        titles=group_titles(bank, (group for group, *_ in counted)),
        scorers=scorers(comparisons),
        digest=store.runs.bank(run_id).digest,
        prompts=first_set(workbench, run_id, bank),
        outcome_gaps=outcome_gaps(workbench, run_id, asked),
    )
    evidence = replace(evidence, lacking=lacking.lacking(evidence))
    return replace(evidence, facts=facts(evidence))


def gather_examples(workbench: Workbench, run_id: str, settings: ReportSettings) -> list[Example]:
    """The responses that reports with some settings would quote, without gathering everything else.

    Raises:
        RunError: there is no such run.
    """
    from lib.workflows.reporting.annotations import annotations
    from lib.workflows.reporting.examples import examples
    from lib.workflows.reporting.gaps import gaps
    from lib.workflows.reporting.subject import subject

    asked = subject(workbench, run_id, settings)
    comparisons, _ = gaps(workbench, run_id, replace(asked, measures=asked.measures[:1]))
    said = annotations(workbench, run_id, (), names=False)
    bank, entries = bank_of(workbench, run_id), workbench.store.runs.entries(run_id)
    return examples(workbench, run_id, settings, bank, entries, comparisons, said)


def first_set(workbench: Workbench, run_id: str, bank: Bank) -> tuple[tuple[str, str], ...]:
    """(group, prompt) of each different prompt of the run's first matched set."""
    from lib.workflows.reporting.titles import group_title

    responses = workbench.store.responses
    members = responses.matched_set(run_id, responses.get(run_id, 0).cell.set_id)
    return tuple(dict.fromkeys((group_title(bank, each.cell.group), each.cell.prompt) for each in members))


def order(workbench: Workbench, run_id: str, attribute: Attribute | None) -> OrderEffects | None:
    """What decided where two groups are compared inside a prompt; None where none are, or nothing was scored."""
    if not attribute or not attribute.pair:
        return None
    try:
        return positions.order_effects(workbench, run_id)
    except StatsError:
        return None
