"""What the author of an audit's reports can choose and write, and the way it is kept."""

from dataclasses import replace

from lib.errors import ReportError
from lib.registry import suggest
from lib.types import ReportKind, ReportSettings
from lib.workflows.attributes import Attribute
from lib.workflows.attributes import attributes as varied
from lib.workflows.question import MeasureChoice, categories, choices
from lib.workflows.reporting.evidence import Example
from lib.workflows.workbench import Workbench

LONGEST_TEXT = 20_000
"""Characters of one field."""


def settings(workbench: Workbench, run_id: str) -> ReportSettings:
    """What is chosen for an audit's reports; what is empty is left to Evenhand."""
    return workbench.store.reports.settings(run_id)


def choose(workbench: Workbench, run_id: str, settings: ReportSettings) -> None:
    """Keep the author's choices.

    Raises:
        ReportError: something chosen is not there; the message has the nearest names.
        StoreError: the database may only be read.
    """
    workbench.refuse_when_read_only("keep what was chosen for a report")
    refuse_unknown("attribute", (settings.attribute,), [each.id for each in attributes(workbench, run_id)])
    refuse_unknown("way to split gaps", (settings.by,), list(by(workbench, run_id)))
    refuse_unknown("measure", settings.measures, [each.id for each in measures(workbench, run_id)])
    # Sections are chosen once for all kinds of report.
    every = [id for kind in ReportKind for id, _ in sections(kind)]
    refuse_unknown("section that can be left out", settings.without, every)
    cells = workbench.store.runs.get(run_id).total
    if stray := [no for no in settings.examples if not 0 <= no < cells]:
        raise ReportError(f"example {stray[0]}", f"this audit has cells 0 to {cells - 1:,}", "Choose one of them.")
    kept = replace(
        settings,
        without=tuple(dict.fromkeys(settings.without)),
        measures=tuple(dict.fromkeys(settings.measures)),
        examples=tuple(dict.fromkeys(settings.examples)),
    )
    workbench.store.reports.choose(run_id, kept)


def refuse_unknown(sort: str, chosen: tuple[str, ...], known: list[str]) -> None:
    """Raise ReportError with the nearest names for anything chosen that is not there; "" leaves the choice open."""
    for id in filter(None, chosen):
        if id not in known:
            raise ReportError(f"{sort} {id}", "this audit has none of that name", suggest(id, known))


def write_field(workbench: Workbench, run_id: str, field_id: str, text: str, author: str) -> None:
    """Keep what an author wrote in a field; "" takes back what stood there.

    Raises:
        ReportError: the text is too long, or nobody is named who wrote it.
        StoreError: the database may only be read.
    """
    workbench.refuse_when_read_only("keep what you wrote")
    if not author.strip():
        raise ReportError("text for a report", "it is not known who wrote it", "Say who you are first.")
    if len(text) > LONGEST_TEXT:
        cause = f"it has {len(text):,} characters, more than the {LONGEST_TEXT:,} that a field takes"
        raise ReportError("text for a report", cause, "Shorten it.")
    workbench.store.reports.write(run_id, field_id, text.strip(), author.strip())


def sections(kind: ReportKind) -> list[tuple[str, str]]:
    """(id, title) of what can be left out of a kind of report; of the deck and the card nothing can."""
    from lib.workflows.reporting import audit

    return list(audit.SECTIONS) if kind is ReportKind.AUDIT else []


def measures(workbench: Workbench, run_id: str) -> list[MeasureChoice]:
    """The measures that have scores, the most telling scorers first."""
    return choices(workbench, run_id)


def attributes(workbench: Workbench, run_id: str) -> list[Attribute]:
    """What varies inside the audit's matched sets."""
    return varied(workbench, run_id)


def by(workbench: Workbench, run_id: str) -> dict[str, str]:
    """What gaps can be split by, as title by id."""
    return categories(workbench, run_id)


def candidates(workbench: Workbench, run_id: str) -> list[Example]:
    """Responses that could be quoted: what would be by itself, without the author's choice of examples.

    Any other response can be chosen by its number as well.

    Raises:
        ReportError: nothing was answered yet.
    """
    from lib.workflows.reporting.evidence import gather_examples

    return gather_examples(workbench, run_id, replace(settings(workbench, run_id), examples=()))
