"""Slides about how it was done: what was asked, of what, how groups were compared, and what answers look like."""

from itertools import combinations

from lib.types import NoticeKind, Quote
from lib.workflows.reporting.evidence import Evidence, Example
from lib.workflows.reporting.fact_words import say
from lib.workflows.reporting.notices import notices
from lib.workflows.reporting.risk import listed
from lib.workflows.reporting.slides import Slide, lacks, points, sentence, short

MOST_NAMES, MOST_PROMPTS, EXAMPLE_WORDS = 6, 3, 12
LONGEST = 160
CUT = " […]"


def question(evidence: Evidence) -> Slide:
    """The title, what was asked, and what to know before reading on."""
    return Slide(
        "question",
        f"{evidence.run.name}: what was asked",
        (
            sentence(evidence, evidence.bank.question),
            *notices(evidence, NoticeKind.CONTENT, NoticeKind.DISCLAIMER),
        ),
        f"Audit {evidence.run.id}. Prompt bank: {evidence.bank.title}; source: {evidence.bank.source}; licence: "
        f"{evidence.bank.licence}.",
    )


def tested(evidence: Evidence) -> Slide:
    """Model, prompts and how many answers."""
    run, attribute = evidence.run, evidence.attribute
    models = [model.title for model in evidence.models]
    named = listed(models) if len(models) <= MOST_NAMES else f"{len(models):,} models"
    times = f"{run.grid.repeats:,} times" if run.grid.repeats > 1 else "once"
    texts = [
        f"{'Model' if len(models) == 1 else 'Models'}: {named}.",
        f"{run.done:,} answers stored of {run.total:,} asked for.",
        f"{len(evidence.bank.templates):,} wordings from the prompt bank “{evidence.bank.title}”."
        if len(evidence.bank.templates) > 1
        else f"One wording from the prompt bank “{evidence.bank.title}”.",
        groups(evidence),
        f"Each prompt was asked {times}.",
    ]
    facts = ("run/cells", "run/responses", "run/failed", "run/templates", "run/repeats", "run/seed")
    recorded = notices(evidence, NoticeKind.WARNING)
    varied = f"What varies: {attribute.title}." if attribute else "Nothing varies inside its matched sets."
    return Slide("tested", "What we tested", (points(evidence, texts, "run/"), *recorded), varied, facts)


def groups(evidence: Evidence) -> str:
    """Which groups the prompts name."""
    if evidence.attribute is None:
        return "The prompts name no groups that could be compared."
    titles = [title for _, title in evidence.attribute.groups]
    named = listed(titles) if len(titles) <= MOST_NAMES else f"{len(titles):,} groups"
    return f"{evidence.attribute.title}: {named}."


def compared(evidence: Evidence) -> Slide:
    """How groups are compared, with one matched set in words."""
    texts = [
        "We ask the same thing about each group: only the group changes.",
        "So a difference in the answers comes from the group, or from chance.",
        "Asking many times tells the two apart.",
    ]
    prompts = dict(reversed(evidence.prompts))  # the first of each group
    told = [f"{group}: “{short(prompts[group], EXAMPLE_WORDS)}”" for group in dict(evidence.prompts)][:MOST_PROMPTS]
    example = (
        say(evidence, f"For example, {'; '.join(told)}")
        if len(told) > 1
        else lacks("No example", "No two prompts of this audit differ in the group alone: vary an attribute.")
    )
    notes = (
        "Prompts that differ in the group alone are called a matched set: same wording, same context, same settings, "
        "same seed. Every difference is computed inside matched sets, and how sure it is by drawing matched sets again "
        "and again (bootstrap)."
    )
    facts = ("run/sets", "run/units") if "run/sets" in evidence.facts else ()
    return Slide("compared", "How we compared", (points(evidence, texts), example), notes, facts)


def answers(evidence: Evidence) -> Slide:
    """Two answers to one prompt, or what there is."""
    [content] = notices(evidence, NoticeKind.CONTENT)
    shown = two(evidence.examples) or tuple(evidence.examples[:1])
    if not shown:
        missing = evidence.lacking.get("examples", "No response is quoted. Choose some on the Report page.")
        return Slide("answers", "What answers look like", (content, lacks("No answer is quoted", missing)))
    quotes = tuple(
        Quote(cut(each.text), cut(each.prompt), f"{each.group}; {each.context}; {each.model}; cell {each.no}", each.why)
        for each in shown
    )
    notes = "These answers are examples, not evidence of how often such answers come. " + " ".join(
        dict.fromkeys(f"Cell {each.no}: {each.why}" for each in shown)
    )
    return Slide("answers", "What answers look like", (content, *quotes), notes)


def two(examples: list[Example]) -> tuple[Example, ...]:
    """The first two examples of one matched set that are about different groups; empty where there are none."""
    pairs = combinations(examples, 2)
    return next(((one, other) for one, other in pairs if one.set_id == other.set_id and one.group != other.group), ())


def cut(text: str) -> str:
    """A text as it was written, its beginning where it is long."""
    return text if len(text) <= LONGEST else text[:LONGEST] + CUT
