"""Facts of the run itself: what was asked, what came back, what it took; and the constants of the method."""

from collections import Counter

from lib.workflows.agreement_words import FEW_ITEMS, RELIABLE, TENTATIVE, number
from lib.workflows.reporting.energy import HOSTED, SOURCE
from lib.workflows.reporting.evidence import Evidence
from lib.workflows.reporting.facts import Facts
from lib.workflows.reporting.recording import imported, values
from lib.workflows.reporting.slides import EXAMPLE_WORDS, short
from lib.workflows.score_frame import UNIT

STORED = "lib.store: as stored with the run"
CONSTANT = "fixed in the method"


def add(found: Facts, evidence: Evidence) -> None:
    """All facts of the run."""
    of_method(found)
    of_names(found, evidence)
    of_cells(found, evidence)
    of_energy(found, evidence)
    for place, each in enumerate(evidence.scorers):
        texts = {"caveat": each.caveat, "weaknesses": each.weaknesses}
        found.counts(f"scorers/{place}", {name: text for name, text in texts.items() if text}, "the scorer's own words")
    whole = evidence.origin | imported(evidence)
    origin = {name: value for name, value in whole.items() if isinstance(value, str | int)}
    origin |= {f"unknown/{name}": count for name, count in dict(whole.get("unknown") or {}).items()}
    found.counts("origin", origin, "as stored with an imported audit")
    found.counts("lacking", evidence.lacking, "lib.workflows.reporting.lacking.lacking")
    said = {str(place): text for place, text in enumerate(evidence.problems)}
    found.counts("problems", said, "lib.workflows.reporting.gaps.gaps: why a measure was not compared")


def of_method(found: Facts) -> None:
    """Numbers that belong to the method and not to this audit."""
    found.counts(
        "method",
        {
            "level": "95 % interval",
            "alpha": "5 % after correction",
            "greedy": "temperature 0",
            "reliable": number(RELIABLE),
            "tentative": number(TENTATIVE),
            "few": f"{FEW_ITEMS} items with two answers",
            "few_such": f"{FEW_ITEMS} such items",
            "chance": "50 % means that position does nothing",
            "holm": "Holm 1979",
            "efron": "Efron 1979",
            "ppi": "Angelopoulos, Duchi and Zrnic 2023",
            "gwet": "Gwet’s AC1",
            "f1": "F1",
            "sha256": "SHA-256",
        },
        CONSTANT,
    )


def of_names(found: Facts, evidence: Evidence) -> None:
    """What people called things: a number in a name is no claim."""
    names = [evidence.run.name, evidence.run.id, evidence.bank.title, evidence.bank.id, evidence.bank.source]
    names += [evidence.bank.licence, evidence.bank.question, evidence.by_title, evidence.digest]
    names += [text for each in evidence.models for text in (each.title, each.id, each.revision, each.licence)]
    names += [title for attribute in evidence.bank.attributes for title in (attribute.title, attribute.id)]
    names += [group.title for attribute in evidence.bank.attributes for group in attribute.groups]
    names += [text for each in evidence.bank.templates for text in (each.title or each.id, each.id)]
    names += [text for each in evidence.bank.contexts for text in (each.title, *(value.text for value in each.values))]
    names += list(evidence.titles.values())
    for made in evidence.comparisons:
        names += [made.attribute.title, made.choice.measure.title, made.choice.measure.unit, made.choice.scorer_title]
        names += [title for _, title in made.attribute.groups]
        names += list(made.categories.values())
    for each in evidence.maps:
        names += [each.info.name, *({row.title for row in each.finding.rows} if each.finding else ())]
    for said in evidence.annotations:
        names += [said.assignment.spec.name, said.assignment.codebook_title]
        fields = said.agreement.fields if said.agreement else ()
        names += [text for one in fields for text in (one.field.title, *(label.title for label in one.field.labels))]
        names += list(said.agreement.annotators) if said.agreement else []
    names += [short(prompt, EXAMPLE_WORDS) for _, prompt in evidence.prompts]
    kept = sorted({name for name in names if any(letter.isdigit() for letter in name)})
    for place, name in enumerate(kept):
        found.add(f"names/{place}", name, "a name as it is stored")


def of_cells(found: Facts, evidence: Evidence) -> None:
    """Cells, outcomes, and what the grid was made of."""
    run, grid = evidence.run, evidence.run.grid
    found.counts(
        "run",
        {
            "cells": run.total,
            "responses": run.done,
            "failed": run.failed,
            "pending": run.total - run.done - run.failed,
            "repeats": grid.repeats,
            "seed": None if imported(evidence) else grid.seed,
            "unanswered": run.total - run.done,
            "models": len(evidence.models),
            "hosted": sum(entry.backend == HOSTED for entry in evidence.models),
            "digests": sum(bool(facts.weights_digest) for facts in evidence.loaded),
            "templates": len(evidence.bank.templates),
            "decodings": len(grid.decodings),
            "groups": len(evidence.attribute.groups) if evidence.attribute else 0,
            "terms": evidence.attribute.terms if evidence.attribute else 0,
            "created": run.created.date().isoformat(),
            "started": run.started.date().isoformat() if run.started else None,
            "finished": run.finished.date().isoformat() if run.finished else None,
        },
        STORED,
    )
    if evidence.comparisons:
        frame = evidence.comparisons[0].frame
        found.add("run/sets", int(frame["set_id"].nunique()), "different matched sets of the first measure's frame")
        found.add("run/units", int(frame[UNIT].nunique()), "matched sets, repeats at temperature 0 counted once")
    for place, decoding in enumerate(grid.decodings):
        found.counts(
            f"decoding/{place}",
            values(evidence, decoding),
            STORED,
        )
    whole: Counter[str] = Counter()
    groups: Counter[str] = Counter()
    for group, outcome, count in evidence.outcomes:
        whole[outcome] += count
        groups[group] += count
    how = "lib.workflows.read.outcomes(ResponseFilter(runs=(run,)))"
    for outcome, count in whole.items():
        found.add(f"outcomes/all/{outcome}", count, how, n=run.total, unit="cells")
    for group, outcome, count in evidence.outcomes:
        found.add(f"outcomes/{group}/{outcome}", count, how, n=groups[group], unit="cells")


def of_energy(found: Facts, evidence: Evidence) -> None:
    """What the run took."""
    energy = evidence.energy
    how = (
        "lib.workflows.reporting.energy.energy: the union of the spans from (stored − seconds) to stored of every "
        f"response of a local model on a processor. {SOURCE}"
    )
    found.add("energy/seconds", energy.seconds, how, n=energy.responses, unit="responses")
    found.add("energy/minutes", energy.seconds / 60, how, n=energy.responses, unit="responses")
    found.counts(
        "energy",
        {
            "responses": energy.responses,
            "unmeasured": energy.unmeasured,
            "cores": energy.cores,
            "watts_low": energy.watts_low,
            "watts_high": energy.watts_high,
            "source": SOURCE,
            "low": energy.low,
            "high": energy.high,
        },
        how,
    )
