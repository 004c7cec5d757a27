"""The gates of a mitigation plan: what is run before what, who signs, and what happens if it fails."""

from collections.abc import Iterator
from dataclasses import dataclass

from lib.types import Table
from lib.workflows.reporting.checks import GapCheck, typed
from lib.workflows.reporting.evidence import Evidence
from lib.workflows.reporting.plan_tables import table
from lib.workflows.reporting.risk import field

TITLES = ("No", "Gate", "When", "What is run", "It passes when", "If it fails", "Who signs")


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate. `commands` are the arguments of each command, in order; `told` stands for them where given."""

    id: str
    title: str
    when: str
    commands: tuple[tuple[str, ...], ...]
    passes: str
    fails: str
    told: str = ""


def gates(evidence: Evidence, checks: dict[str, GapCheck]) -> tuple[Gate, ...]:
    """The gates of a plan, in the order in which they are passed."""
    return tuple(every(evidence, checks))


def every(evidence: Evidence, checks: dict[str, GapCheck]) -> Iterator[Gate]:
    """The gates one after the other."""
    run = evidence.run.id
    scorers = tuple(word for used in evidence.scorers for word in ("--scorer", used.entry.id))
    yield Gate(
        "scored",
        "Everything is scored",
        "Before anything is compared",
        (("show", run), ("score", run, *scorers)),
        "Both exit with 0, and refused, empty and cut-off answers are no more than accepted.",
        "Nothing is compared. Run or score what is missing.",
    )
    if evidence.labelled:
        yield Gate(
            "people",
            "People agree",
            "Before labels are used",
            tuple(("agreement", each.assignment.id) for each in evidence.labelled),
            "People agree as much as was decided beforehand, in every field that is used.",
            "Labels are not used. Sharpen the codebook and annotate again.",
        )
    if checks:
        yield Gate(
            "gaps",
            "Gaps are within what is accepted",
            "After each change of model, prompt or settings, on a new audit with the same grid",
            tuple(check.arguments for check in checks.values()),
            "Every command exits with 0, and somebody has read the intervals.",
            "The change is not released. Choose another control, or restrict the use.",
            f"The commands of criteria 1 to {len(checks)}." if len(checks) > 1 else "The command of criterion 1.",
        )
    yield Gate(
        "harm",
        "Nothing else got worse",
        "After each change",
        (("export", run, "--out", f"{run}.csv"),),
        "Answers drawn at random from before and after are as good, read without knowing which is which.",
        "The change is not released.",
    )
    yield Gate(
        "evidence",
        "Somebody else can check it",
        "Before the decision",
        (("bundle", run, "--out", bundle_name(run)), ("verify", bundle_name(run))),
        "Both exit with 0 on another computer as well.",
        "The decision waits until the difference is explained.",
    )
    yield Gate(
        "decision",
        "Decision",
        "Before first use, and at each review",
        (),
        "Those named here have read the report and this plan, and no field that matters to them is empty.",
        "The system is not used.",
        "People read.",
    )


def bundle_name(run: str) -> str:
    """What a bundle is called by default."""
    return f"{run}.evenhand.zip"


def gate_table(evidence: Evidence, known: tuple[Gate, ...]) -> Table:
    """The gates in order."""
    rows = tuple(
        (
            no,
            gate.title,
            gate.when,
            gate.told or "; ".join(typed(command) for command in gate.commands),
            gate.passes,
            gate.fails,
            field(
                evidence,
                f"plan/gate-{gate.id}/signs",
                f"Gate {no}, who signs",
                f"{gate.title}. A name and a part, such as head of data protection; not the one who makes the change.",
            ),
        )
        for no, gate in enumerate(known, start=1)
    )
    return table("plan-gates", "Validation gates, in order", TITLES, rows)
