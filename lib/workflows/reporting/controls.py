"""The controls a mitigation plan can choose from: what each does, what it costs, and what speaks for it."""

from dataclasses import dataclass
from enum import StrEnum

from lib.workflows.reporting.papers import PAPERS, Paper


class Threat(StrEnum):
    """What sort of risk something is; decides which controls fit it."""

    GAP = "gap"  # a clear difference between groups
    UNCLEAR = "unclear"  # a difference that can be neither shown nor ruled out
    NEUTRAL = "neutral"  # prompts that name nobody come back gendered
    PROMPT = "prompt"  # what a gap is hangs on the wording of the prompt
    OUTCOMES = "outcomes"  # refused, empty or cut-off answers differ by group
    AGREEMENT = "agreement"  # people do not agree on what they judge
    SCORER = "scorer"  # the instrument errs
    UNTESTED = "untested"  # nobody looked
    PRIVACY = "privacy"
    SECURITY = "security"
    LEGAL = "legal"
    ENERGY = "energy"


@dataclass(frozen=True, slots=True)
class Control:
    """One thing that can be done about a risk.

    Attributes:
        does: how it works, in a sentence. costs: what it takes and what it can break.
        evidence: what is known of it; names `papers` by how they are cited.
    """

    id: str
    title: str
    does: str
    threats: tuple[Threat, ...]
    costs: str
    evidence: str = ""
    cites: tuple[str, ...] = ()

    @property
    def papers(self) -> tuple[Paper, ...]:
        """The publications it rests on."""
        return tuple(PAPERS[name] for name in self.cites)

    @property
    def support(self) -> str:
        """What is known of it, with whom to ask."""
        cited = "; ".join(paper.cite for paper in self.papers)
        return " ".join(part for part in (self.evidence, f"({cited})" if cited else "") if part) or "Common practice."


SPOKEN = (Threat.GAP, Threat.NEUTRAL)

CONTROLS = (
    Control(
        "scope",
        "Restrict what it is used for",
        "The uses in which the difference would hurt are ruled out, in the terms of use and in the product itself.",
        (Threat.GAP, Threat.UNCLEAR, Threat.OUTCOMES, Threat.UNTESTED, Threat.LEGAL),
        "Costs the uses that are given up; does nothing about those that stay, and has to be enforced.",
        "Stating intended and unsuited uses is part of a model card.",
        ("mitchell",),
    ),
    Control(
        "instructions",
        "Instructions in the prompt",
        "The prompt asks for the same treatment of every group, or leaves the group out where it does not matter.",
        (*SPOKEN, Threat.PROMPT, Threat.OUTCOMES),
        "Cheap, and quick to take back. Small models follow it badly; a new wording can open a new gap: audit again.",
        "Large instruction-tuned models can lessen stereotyping when asked to; small ones could not.",
        ("ganguli",),
    ),
    Control(
        "templates",
        "Fix the wording of prompts",
        "Users fill in forms, and only wordings that were audited reach the model.",
        (Threat.PROMPT,),
        "Costs freedom of wording, and upkeep whenever a wording changes.",
        "Formatting alone can change what a model answers.",
        ("sclar",),
    ),
    Control(
        "review",
        "A person reads before anybody is affected",
        "Somebody with the time and the right to overrule reads each answer, without knowing whom it is about.",
        (*SPOKEN, Threat.OUTCOMES, Threat.LEGAL),
        "Costs working time at every use. People pass on what a machine proposes: measure how often they overrule.",
        "Oversight by people often fails to do what rules ask of it, so it must be tested like any other control.",
        ("green",),
    ),
    Control(
        "filter",
        "Filter or rewrite answers",
        "A scorer checks each answer; what crosses a mark is generated again, rewritten or held back.",
        (*SPOKEN,),
        "The filter errs too, perhaps more about one group: score its errors by group. Answers get slower.",
    ),
    Control(
        "cda",
        "Train on counterfactual data",
        "Sentences are added to the training data in which the words for groups are exchanged.",
        (*SPOKEN,),
        "Needs training, and grammatical swaps; exchanged facts can become false ones. Audit before and after.",
        "Lessens stereotyping on several measures; word lists alone make ungrammatical text in richly inflected "
        "languages. Benefits for other attributes than gender are less sure.",
        ("lu", "zmigrod", "meade"),
    ),
    Control(
        "dpo",
        "Train on preferences",
        "Pairs of answers, one preferred because it treats the groups alike, train the model directly.",
        (*SPOKEN, Threat.OUTCOMES),
        "Needs pairs that people agree on, and training; can teach refusals or a new one-sidedness.",
        "Trains on pairs without a separate reward model; what it does for gaps depends on the pairs.",
        ("rafailov",),
    ),
    Control(
        "self-debias",
        "Self-debiasing at decoding",
        "While it answers, the model is kept from what it finds likelier when told to be biased.",
        (*SPOKEN,),
        "No training, but every token takes more computing; needs access to probabilities. Text can get less fluent.",
        "The strongest of five techniques in a comparison on three benchmarks, at some cost in language modelling.",
        ("schick", "meade"),
    ),
    Control(
        "inlp",
        "Remove the attribute from representations",
        "Directions from which the attribute can be told linearly are projected out.",
        (*SPOKEN,),
        "Needs the model’s inner states; also removes what is legitimately tied to the attribute, and only linearly.",
        "Shown for word embeddings and classifiers; improvements on benchmarks can come with worse language modelling.",
        ("ravfogel", "meade"),
    ),
    Control(
        "gradiend",
        "Edit the weights that carry the attribute",
        "A feature learned from gradients finds the weights that encode the attribute, and changes them.",
        (*SPOKEN,),
        "Needs the weights and some training; a young method. Audit before and after, and what else changed.",
        "Published for gender in several transformer models.",
        ("drechsel",),
    ),
    Control(
        "more-sets",
        "Run more matched sets",
        "More repeats and contexts narrow the interval until the difference is shown or ruled out by a margin.",
        (Threat.UNCLEAR, Threat.PROMPT, Threat.OUTCOMES),
        "Costs computing time only. Decide on the margin first, and do not stop as soon as a result pleases.",
    ),
    Control(
        "codebook",
        "Sharpen the codebook and train annotators",
        "Disagreements are read together, definitions and examples rewritten, and the items annotated again.",
        (Threat.AGREEMENT, Threat.SCORER),
        "Costs annotators’ time; some disagreement is honest, and should be reported instead of trained away.",
        "Labels on which people agree too little are no basis for conclusions.",
        ("krippendorff",),
    ),
    Control(
        "correct",
        "Correct the scorer with human labels",
        "A random sample is labelled by people, and the gap is corrected by how the scorer errs in each group.",
        (Threat.SCORER,),
        "Costs labels: twenty matched sets in each group at least. The interval gets wider, and honest.",
        "Right on average whatever the scorer’s errors, if the sample is random.",
        ("angelopoulos",),
    ),
    Control(
        "broaden",
        "Audit what was left out",
        "Other groups, languages, tasks and a published benchmark are added before the use that needs them.",
        (Threat.UNTESTED,),
        "Costs prompt banks, which need people who know the groups and languages.",
        "Whose language the data hold limits what results say of others.",
        ("bender",),
    ),
    Control(
        "document",
        "Publish a model card and data statement",
        "What was measured, for whom, and what was not is handed on with the model.",
        (Threat.GAP, Threat.UNCLEAR, Threat.UNTESTED, Threat.LEGAL),
        "Cheap; changes nothing by itself, and goes stale when the model changes.",
        "Both are forms made for handing such knowledge on.",
        ("mitchell", "bender"),
    ),
    Control(
        "monitor",
        "Monitor in use, with a way to complain",
        "The audit is run again at every change and at set times; complaints reach somebody who can stop the use.",
        (*SPOKEN, Threat.UNCLEAR, Threat.PROMPT, Threat.OUTCOMES, Threat.LEGAL, Threat.SECURITY),
        "Costs somebody’s attention for as long as the system is used.",
        "Audits belong in the whole life of a system, with somebody answerable.",
        ("raji",),
    ),
    Control(
        "minimise",
        "Keep personal data out",
        "Prompts hold no personal data, answers are checked for it, and what is stored is deleted at a set time.",
        (Threat.PRIVACY,),
        "Costs a check on the way in and out; the check misses some.",
        "Text of real people can be drawn out of trained models.",
        ("carlini",),
    ),
    Control(
        "inert",
        "Treat answers and foreign text as data",
        "What a model writes is never run or rendered, and text from outside cannot give it rights or tools.",
        (Threat.SECURITY,),
        "Costs features that act on answers unasked.",
    ),
    Control(
        "counsel",
        "Legal review of the intended use",
        "Somebody qualified says which laws on equal treatment, data protection and automated decisions apply.",
        (Threat.LEGAL, Threat.PRIVACY),
        "Costs a fee and time; an audit’s numbers support such a review and do not replace it.",
    ),
    Control(
        "smaller",
        "Use less computing",
        "The smallest model that meets the criteria is used, answers are short, and audits reuse what is stored.",
        (Threat.ENERGY,),
        "A smaller model may treat groups differently: it needs an audit of its own.",
    ),
)


def fitting(threat: Threat) -> tuple[Control, ...]:
    """The controls that fit a sort of risk, in the catalogue's order."""
    return tuple(control for control in CONTROLS if threat in control.threats)
