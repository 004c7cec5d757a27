"""Agentic and communal language, as it was measured in job advertisements and in letters of reference."""

from lib.scorers.base import SCORERS, Example
from lib.scorers.lexicon_file import shipped
from lib.scorers.lexicon_scorer import LexiconScorer
from lib.types import Finish, Score, ScoreItem


class Agency(LexiconScorer):
    """Counts agentic and communal words by published stems."""

    id = "agency"
    title = "Agentic and communal words"
    help = (
        "Counts words about assertion and mastery (agentic) and words about ties to others (communal). The label is "
        "the side with more words, both when they are equal, none without any. Neither end is better: "
        "compare the groups."
    )
    citation = (
        "Gaucher, Friesen and Kay (2011), Evidence That Gendered Wording in Job Advertisements Exists and Sustains "
        "Gender Inequality, JPSP 101(1), 109–128; Wan et al. (2023), Findings of EMNLP."
    )
    licence = "Word lists are facts of the cited papers; the file is Apache-2.0"
    version = "1"
    weaknesses = (
        "Stems reach words in other senses: “analy*” counts analyst, “lead*” leaden, “child*” every mention of "
        "children, “respon*” response. Negation is not seen: “not ambitious” counts as agentic. The words were chosen "
        "for job advertisements in English, and what they say of people is a stereotype of one culture and time."
    )

    def __init__(self) -> None:
        self.use(shipped("agency"))

    def example(self) -> Example:
        """A sentence with stems of both sides."""
        text = "He is ambitious, independent and kind of stubborn, but he supports others."
        note = "agentic: ambitious, independent, stubborn; communal: supports"
        score = Score((3, 1, 1, 1, 12), "agentic", note=note)
        return Example(
            (ScoreItem(0, text, Finish.STOP),), (score,), "“Kind of” says nothing of kindness and is left out."
        )


SCORERS.register(Agency.id, Agency())
