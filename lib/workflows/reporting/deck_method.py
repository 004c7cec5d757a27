"""Slides about how it was done: what was asked, of what, how groups were compared, and what answers look like."""

from itertools import combinations

from lib.types import Notice, NoticeKind, Paragraph, Quote
from lib.workflows.reporting.evidence import Evidence, Example
from lib.workflows.reporting.fact_words import say
from lib.workflows.reporting.notices import notices
from lib.workflows.reporting.recording import imported, unrecorded
from lib.workflows.reporting.risk import listed
from lib.workflows.reporting.slides import EXAMPLE_WORDS, Slide, lacks, points, sentence, short

MOST_NAMES, MOST_PROMPTS = 6, 3
LONGEST, LONGEST_PROMPT = 280, 160
CUT = " […]"
EXAMPLES_ONLY = "These are examples, not evidence of how often such answers come."
SHORT = "Evenhand did not make these answers: they were imported, and how they came about was not checked."


def question(evidence: Evidence) -> Slide:
    """The title, what was asked, and what to know before reading on."""
    return Slide(
        "question",
        "What was asked",
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
    theirs, times = imported(evidence), f"{run.grid.repeats:,} times" if run.grid.repeats > 1 else "once"
    texts = [
        f"{'Model' if len(models) == 1 else 'Models'}: {named}.",
        f"{run.done:,} answers of {run.total:,} in the recording."
        if theirs
        else f"{run.done:,} answers stored of {run.total:,} asked for.",
        f"{len(evidence.bank.templates):,} wordings from the prompt bank “{evidence.bank.title}”."
        if len(evidence.bank.templates) > 1
        else f"One wording from the prompt bank “{evidence.bank.title}”.",
        groups(evidence),
        f"Each prompt is answered {'up to ' if run.grid.repeats > 1 else ''}{times} in it."
        if theirs
        else f"Each prompt was asked {times}.",
    ]
    facts = ("run/cells", "run/responses", "run/failed", "run/templates", "run/repeats", "run/seed")
    recorded = (Notice(NoticeKind.WARNING, "Recorded elsewhere", SHORT),) if theirs else ()
    varied = f"What varies: {attribute.title}." if attribute else "Nothing varies inside its matched sets."
    varied = " ".join([varied, *(unrecorded(evidence) if theirs else ())])
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
    same = "same settings as far as they are recorded" if imported(evidence) else "same settings, same seed"
    notes = (
        f"Prompts that differ in the group alone are called a matched set: same wording, same context, {same}. Every "
        "difference is computed inside matched sets, and how sure it is by drawing matched sets again and again "
        "(bootstrap)."
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
        Quote(
            cut(each.text),
            cut(each.prompt, LONGEST_PROMPT),
            placed(evidence, each),
        )
        for each in shown
    )
    notes = " ".join(dict.fromkeys(f"Cell {each.no}: {each.why}" for each in shown))
    return Slide("answers", "What answers look like", (content, Paragraph(EXAMPLES_ONLY), *quotes), notes)


def placed(evidence: Evidence, example: Example) -> str:
    """Where an example stands, in few words: its prompt tells the rest."""
    model = example.model if len(evidence.models) > 1 else ""
    return "; ".join(filter(None, (example.group, model, f"cell {example.no}")))


def two(examples: list[Example]) -> tuple[Example, ...]:
    """The first two examples of one matched set that are about different groups; empty where there are none."""
    pairs = combinations(examples, 2)
    return next(((one, other) for one, other in pairs if one.set_id == other.set_id and one.group != other.group), ())


def cut(text: str, longest: int = LONGEST) -> str:
    """A text as it was written, its beginning with a mark where it is long."""
    return text if len(text) <= longest else text[: longest - len(CUT)].rstrip() + CUT
