"""Risks from the instruments: people who do not agree, and scorers that err."""

import math
from collections.abc import Iterator

from lib.workflows import agreement_words, readings
from lib.workflows.agreement import FieldAgreement
from lib.workflows.agreement_words import TENTATIVE
from lib.workflows.comparison import Comparison
from lib.workflows.reporting.controls import Threat
from lib.workflows.reporting.evidence import AnnotationEvidence, Evidence
from lib.workflows.reporting.risk import Risk, listed, plain, risk_id
from lib.workflows.reporting.risks_gaps import named


def of_instruments(evidence: Evidence) -> Iterator[Risk]:
    """The risks of this file that the audit shows."""
    for each in evidence.annotations:
        for field in each.agreement.fields if each.agreement else ():
            if field.overall and low(field):
                yield of_disagreement(evidence, each, field)
    corrected = {id for each in evidence.annotations for id in each.corrections}
    for each in evidence.annotations:
        for made in evidence.comparisons:
            if made.choice.id in each.corrections:
                yield of_error(each, made)
    if unknown := [made for made in evidence.comparisons if made.choice.id not in corrected]:
        yield of_unknown_error(unknown)


def low(field: FieldAgreement) -> bool:
    """Whether agreement is too low, or too little known, to conclude anything from the labels."""
    assert field.overall is not None
    return field.overall.items > 0 and not field.overall.alpha.low >= TENTATIVE


def of_disagreement(evidence: Evidence, each: AnnotationEvidence, field: FieldAgreement) -> Risk:
    """People's labels that are no basis yet."""
    found = field.overall
    assert found is not None
    alpha, place = found.alpha, f"people/{each.assignment.id}/{field.field.id}/all"
    if math.isnan(alpha.value) or plain(evidence):
        says = f"People agree in {agreement_words.percent(found.percent)} of {found.items:,} responses that two judged."
        fact = f"{place}/percent"
    else:
        says = (
            f"Krippendorff’s alpha is {agreement_words.number(alpha.value)} ({agreement_words.interval(alpha)}; "
            f"{found.items:,} responses that two people judged)."
        )
        fact = f"{place}/alpha"
    name = each.assignment.spec.name
    return Risk(
        risk_id(Threat.AGREEMENT, each.assignment.id, field.field.id),
        Threat.AGREEMENT,
        f"People do not agree enough on “{field.field.title}” ({name})",
        f"{says} These labels are no basis for conclusions yet.",
        (fact,),
        criterion=criterion(evidence),
    )


def criterion(evidence: Evidence) -> str:
    """What agreement has to reach, in words for whoever reads."""
    if plain(evidence):
        return "In the next round people agree as much as was decided beforehand."
    return (
        "In the next round the lower end of the interval of alpha reaches what was decided beforehand; the customary "
        f"marks are {TENTATIVE} for tentative conclusions and {agreement_words.RELIABLE} for reliable ones."
    )


def of_error(each: AnnotationEvidence, made: Comparison) -> Risk:
    """A scorer that was held against people: how far its gap moves when it is corrected."""
    measure, gaps = made.choice.measure, each.corrections[made.choice.id].gaps
    widest = max(gaps, key=lambda gap: abs(gap.estimate - gap.naive))
    naive, moved, low, high = (
        readings.number(value, measure, signed=True)
        for value in (widest.naive, widest.estimate, widest.low, widest.high)
    )
    labelled = min(widest.labelled_sets)
    group = next(id for id, title in made.attribute.groups if title == widest.group)
    place = f"corrected/{each.assignment.id}/{made.choice.id}/{group}"
    return Risk(
        risk_id(Threat.SCORER, made.choice.id, each.assignment.id),
        Threat.SCORER,
        f"{named(made)}: the scorer errs",
        f"{widest.group} against {widest.reference}: {naive} by the scorer alone, {moved} when people’s labels correct "
        f"it ({low} to {high}; {readings.counted(labelled, 'labelled matched set')}).",
        (f"{place}/naive", f"{place}/estimate"),
        criterion="In the next audit the corrected gap meets the criterion of this measure, not the scorer’s alone.",
    )


def of_unknown_error(unknown: list[Comparison]) -> Risk:
    """Scorers that nobody held against people."""
    return Risk(
        risk_id(Threat.SCORER, "unknown"),
        Threat.SCORER,
        "How far the scorers err was not measured",
        f"No labels of people correct {listed(named(made) for made in unknown)}: a gap may be the instrument’s.",
        criterion="People label a random sample, and the report shows the corrected gap.",
    )
