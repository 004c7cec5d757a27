"""Scoring: which scorers there are, what lacks a score, and scoring it in the background."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from lib.errors import AuditError, ScorerError
from lib.models.catalogue import slug
from lib.scorers.base import SCORERS, Cost, Judge, LanguageModel, Scorer, Unit, built_in_entries, scorer_of
from lib.types import Finish, Score, ScoreItem, ScorerEntry
from lib.workflows.workbench import Workbench

POLL_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class ScorerView:
    """A scorer as a screen shows it. `ready` says whether everything it needs is here, `detail` what is missing."""

    entry: ScorerEntry
    scorer: Scorer
    ready: bool
    detail: str
    added: bool


@dataclass(frozen=True, slots=True)
class ScoreState:
    """How far one scorer is with one run; `answered` counts the run's responses."""

    entry: ScorerEntry
    scored: int
    answered: int
    older_versions: int


@dataclass(frozen=True, slots=True)
class ScoringProgress:
    """What is being scored now: `done` of `total` (responses × scorers), `left` seconds; `problems` by scorer."""

    run: str
    running: bool
    done: int
    total: int
    rate: float | None
    seconds_left: float | None
    activity: str
    problems: tuple[tuple[str, str], ...]


def views(workbench: Workbench) -> list[ScorerView]:
    """Every scorer set up here, the ones that need no options first."""
    added = {entry.id for entry in workbench.store.scorers.all()}
    return [view(entry, entry.id in added) for entry in entries(workbench)]


def view(entry: ScorerEntry, added: bool) -> ScorerView:
    """One entry with what it lacks; one whose options no longer fit is shown unconfigured, with the reason."""
    try:
        scorer = scorer_of(entry)
    except AuditError as problem:
        return ScorerView(entry, SCORERS.get(entry.scorer), False, str(problem), added)
    try:
        scorer.check()
    except AuditError as problem:
        return ScorerView(entry, scorer, False, str(problem), added)
    return ScorerView(entry, scorer, True, "", added)


def entries(workbench: Workbench) -> list[ScorerEntry]:
    """What can be asked for by id: the scorers that need no options, then those that people set up."""
    return [*built_in_entries(), *(entry for entry in workbench.store.scorers.all() if entry.scorer in SCORERS.names())]


def entry_of(workbench: Workbench, entry_id: str) -> ScorerEntry:
    """One entry by id; raises ScorerError with the known ids when there is none."""
    known = {entry.id: entry for entry in entries(workbench)}
    if entry_id not in known:
        raise ScorerError(f"scorer {entry_id}", "there is none of that id", f"Known: {', '.join(known)}.")
    return known[entry_id]


def kinds() -> list[Scorer]:
    """Every registered scorer, also those that cannot be used before their options are set."""
    return list(SCORERS)


def add(workbench: Workbench, scorer: str, title: str, options: dict[str, str]) -> ScorerEntry:
    """Set a scorer up with options and keep it; raises ScorerError naming the option that is wrong."""
    workbench.refuse_when_read_only("add a scorer")
    kind = SCORERS.get(scorer)
    given = {name: value for name, value in options.items() if value.strip()}
    configured = kind.configured(given)
    configured.check()
    for option in kind.options:
        if option.kind == "model" and option.name in given:
            workbench.catalogue.get(given[option.name])
    title = title.strip() or configured.title
    entry = ScorerEntry(f"{scorer}-{slug(title)}".replace(".", "-"), scorer, title, given)
    if entry.id in {known.id for known in entries(workbench)}:
        raise ScorerError(f"scorer {title}", f"the id {entry.id} is taken", "Give it another title.")
    workbench.store.scorers.save(entry)
    return entry


def remove(workbench: Workbench, entry_id: str) -> None:
    """Take an added scorer away; its scores stay with their runs."""
    workbench.refuse_when_read_only("remove a scorer")
    if entry_id not in {entry.id for entry in workbench.store.scorers.all()}:
        raise ScorerError(f"scorer {entry_id}", "it comes with Evenhand", "Leave it; nobody has to use it.")
    workbench.store.scorers.delete(entry_id)


def states(workbench: Workbench, run_id: str) -> list[ScoreState]:
    """How far every scorer is with a run."""
    answered = workbench.store.scores.answered(run_id)
    counts = workbench.store.scores.counts(run_id)
    scorings = workbench.store.scores.scorings(run_id)
    found = []
    for entry in entries(workbench):
        current = current_scoring(workbench, entry)
        older = sum(scoring.entry.id == entry.id and scoring.no != current for scoring in scorings)
        found.append(ScoreState(entry, counts.get(current, 0) if current is not None else 0, answered, older))
    return found


def current_scoring(workbench: Workbench, entry: ScorerEntry) -> int | None:
    """The number under which today's version of a scorer keeps its scores; None when it never made any."""
    try:
        scorer = scorer_of(entry)
    except AuditError:
        return None
    known = workbench.store.scores.known(entry.id, scorer.version, scorer.fingerprint)
    return known.no if known else None


def start(workbench: Workbench, run_id: str, entry_ids: list[str]) -> None:
    """Score in the background what lacks a score; what is asked for while it works is done after it."""
    workbench.refuse_when_read_only("score a run")
    workbench.store.runs.get(run_id)
    workbench.scoring.submit(run_id, [entry_of(workbench, entry_id) for entry_id in entry_ids])


def instant(workbench: Workbench) -> list[str]:
    """The ids of the scorers that take no model and ask nobody."""
    return [entry.id for entry in entries(workbench) if SCORERS.get(entry.scorer).cost is Cost.INSTANT]


def score(
    workbench: Workbench, run_id: str, entry_ids: list[str], follow: Callable[[ScoringProgress], None]
) -> ScoringProgress:
    """Like `start`, but wait for the end, calling `follow` a few times a second."""
    start(workbench, run_id, entry_ids)
    while (now := progress(workbench, run_id)) is not None and now.running:
        follow(now)
        time.sleep(POLL_SECONDS)
    assert now is not None
    follow(now)
    return now


def start_instant(workbench: Workbench, run_id: str) -> bool:
    """Start those scorers that take no model, where something lacks their score; whether there was any."""
    if workbench.read_only:
        return False
    unasked = instant(workbench)
    lacking = [
        state.entry.id
        for state in states(workbench, run_id)
        if state.entry.id in unasked and state.scored < state.answered
    ]
    tried = workbench.scoring.latest(run_id)
    if not lacking or (tried and tried.ended and tried.problems):  # once it failed, a person has to ask for it
        return False
    start(workbench, run_id, lacking)
    return True


def progress(workbench: Workbench, run_id: str) -> ScoringProgress | None:
    """What is being scored in a run, or was last; None when nothing was since the program started."""
    request = workbench.scoring.latest(run_id)
    if request is None:
        return None
    rate = None if request.ended else request.recent.per_second()
    return ScoringProgress(
        run_id,
        not request.ended,
        request.done,
        request.total,
        rate,
        (request.total - request.done) / rate if rate else None,
        request.activity,
        tuple(request.problems.items()),
    )


def stop(workbench: Workbench) -> None:
    """End the scoring that goes on; what is stored stays."""
    workbench.scoring.stop()


def try_out(workbench: Workbench, entry_id: str, text: str) -> Score:
    """What an instant scorer says of one text, at once; nothing is stored.

    Raises:
        ScorerError: the scorer takes a model, or asks somebody else.
    """
    scorer = scorer_of(entry_of(workbench, entry_id))
    if scorer.cost is not Cost.INSTANT or scorer.unit is not Unit.RESPONSE or isinstance(scorer, Judge):
        raise ScorerError(f"scorer {scorer.title}", "it cannot be tried on one text at once", "Score an audit with it.")
    [score] = scorer.open(no_model)([ScoreItem(0, text, Finish.STOP)])
    return score


def no_model(model_id: str) -> LanguageModel:
    """Stands where instant scorers need no model."""
    raise ScorerError(f"model {model_id}", "models are loaded in worker processes only", "Score an audit with it.")
