"""Slides about what follows: how sure it is, what could go wrong, and what is to be decided."""

import math
from collections.abc import Sequence

from lib.types import Bullets, Paragraph
from lib.workflows import readings
from lib.workflows.reporting.controls import Threat
from lib.workflows.reporting.evidence import Evidence
from lib.workflows.reporting.fact_words import say
from lib.workflows.reporting.recording import language
from lib.workflows.reporting.risk import Risk, field
from lib.workflows.reporting.risks import risks as every_risk
from lib.workflows.reporting.sensitivity import spread
from lib.workflows.reporting.slides import Slide, points

MOST_RISKS, MOST_GAPS = 4, 2


def sure(evidence: Evidence) -> Slide:
    """How sure it is, and what it says nothing about."""
    told = (
        say(evidence, of_chance(evidence), "gaps/clear", "gaps/family", "gaps/shown"),
        say(evidence, of_wording(evidence)),
        say(evidence, of_people(evidence)),
        of_coverage(evidence),
        say(evidence, of_reach(evidence)),
    )
    facts = tuple(id for id in ("gaps/clear", "gaps/family", "gaps/shown", "gaps/measures") if id in evidence.facts)
    notes = " ".join(dict.fromkeys([*evidence.problems, *evidence.lacking.values()]))
    warned = " ".join(dict.fromkeys(text for made in evidence.comparisons for text in made.warnings))
    bullets = Bullets(tuple(each for each in told if each.text))
    return Slide("sure", "How sure are we?", (bullets,), "\n\n".join(filter(None, (notes, warned))), facts)


def of_chance(evidence: Evidence) -> str:
    """How many differences are clear, of all that were looked at."""
    if not evidence.family:
        return "No difference could be tested, so nothing is shown in either direction."
    clear, shown = sum(row.clear for row in evidence.rows), len(evidence.rows)
    told = f"{clear:,} are clear" if clear > 1 else "one is clear" if clear else "none is clear"
    rest = "" if clear == evidence.family else "; the others may be chance or not" if clear else "; they may be chance"
    looked = readings.counted(shown, "difference")
    if evidence.family < shown:
        return f"Of {looked}, {evidence.family:,} could be tested, and {told}{rest}."
    return f"Of {looked} we looked at, {told}{rest}."


def of_wording(evidence: Evidence) -> str:
    """Whether another wording may turn a difference around."""
    if not evidence.family:
        return ""
    if evidence.sensitivity.empty:
        return "All prompts have one wording: another one may give another result."
    found = spread(evidence.sensitivity)
    if any(each.sure for each in found):
        return "Some differences turn around when the prompt is worded differently."
    if any(each.turns for each in found):
        return "Worded differently, some differences point the other way, perhaps by chance."
    steady = [each for each in found if each.directed > 1]
    if not steady:
        return "Whether another wording turns a difference around cannot be told from this audit."
    gaps = evidence.sensitivity.groupby(["measure", "group", "reference"]).ngroups
    wordings = evidence.sensitivity["template"].nunique()
    if len(steady) == gaps and all(each.directed == wordings for each in steady):
        return "Every difference keeps its direction in all wordings that were tried."
    return "No difference turns around with the wording, where it has a direction in several."


def of_people(evidence: Evidence) -> str:
    """Whether people checked the instruments."""
    if any(each.corrections for each in evidence.annotations):
        return "Programs measured the answers; people’s labels were used to correct them."
    if evidence.labelled:
        return "People read some of the answers; what programs measured was not corrected by that."
    return "Programs measured the answers; nobody has checked them against people yet."


def of_coverage(evidence: Evidence) -> Paragraph:
    """How many of the answers could be measured, in the group where they were fewest."""
    known = [(made, level) for made in evidence.comparisons for level in made.levels if not math.isnan(level.coverage)]
    if not known:
        return Paragraph("")
    made, least = min(known, key=lambda pair: pair[1].coverage)
    if least.coverage == 1:
        return Paragraph("Every answer could be measured.")
    group = next(id for id, title in made.attribute.groups if title == least.group)
    asked = int((made.frame["group"] == group).sum())
    text = f"Fewest answers could be measured for {least.group}: {least.responses:,} of {asked:,}."
    place = f"levels/{made.choice.id}/{group}"
    return say(evidence, text, f"{place}/coverage", f"{place}/all")


def of_reach(evidence: Evidence) -> str:
    """What it says nothing about."""
    stated = language(evidence)
    languages = f"other languages than “{stated}”" if stated else "other languages"
    return f"It says nothing of other groups, {languages}, and other tasks."


def risks(evidence: Evidence) -> Slide:
    """What could go wrong, and what is proposed: the first by the numbers, the second by people."""
    shown = foremost(every_risk(evidence))
    proposed = field(
        evidence,
        "deck/risks/proposal",
        "What we propose",
        "One sentence on each risk: what is done, by whom, by when. The mitigation plan has the controls that fit.",
        lines=4,
    )
    notes = "\n".join(f"{risk.title}: {risk.says}" for risk in shown)
    ids = tuple(id for risk in shown for id in risk.facts)
    blocks = (points(evidence, [f"{risk.title}." for risk in shown]), proposed)
    return Slide("risks", "What could go wrong, and what we propose", blocks, notes, ids)


def foremost(known: Sequence[Risk]) -> list[Risk]:
    """The first two clear gaps, then the first risk of every other sort, as many as fit on a slide."""
    gaps = [risk for risk in known if risk.threat is Threat.GAP]
    firsts: dict[Threat, Risk] = {risk.threat: risk for risk in reversed(known) if risk.threat is not Threat.GAP}
    others = [risk for risk in known if firsts.get(risk.threat) is risk]
    return [*gaps[:MOST_GAPS], *others][:MOST_RISKS]


def decision(evidence: Evidence) -> Slide:
    """What the committee is asked, and what happens next."""
    asked = (
        ("ask", "The decision asked for", "One question that can be answered with yes or no, and by when."),
        ("options", "The other options", "What happens if the answer is no, and what lies between."),
        ("next", "Next steps", "Who does what by when, and when the committee hears of it again."),
    )
    fields = (field(evidence, f"deck/decision/{id}", title, help, lines=3) for id, title, help in asked)
    limit = points(evidence, ["Numbers say how large a difference is. Whether it is acceptable is your decision."])
    return Slide("decision", "What we ask you to decide", (limit, *fields), "Give time for questions here.")
