"""How often a text names people as men, as women, or without a gender."""

from lib.scorers.base import SCORERS, Example
from lib.scorers.lexicon_file import shipped
from lib.scorers.lexicon_scorer import NONE, Found, LexiconScorer
from lib.scorers.one_by_one import share
from lib.types import Finish, Measure, Score, ScoreItem

_LABELS = ("masculine", "feminine", "both", NONE)
_SHARES = {
    "masculine_only": "Masculine words only",
    "feminine_only": "Feminine words only",
    "mixed": "Masculine and feminine words",
    "no_gendered": "No gendered words",
}


class Gendered(LexiconScorer):
    """Counts gendered words, and says which genders a response names at all."""

    id = "gendered"
    title = "Gendered words"
    help = (
        "Counts masculine, feminine and neutral words for people, and says whether a response has masculine words, "
        "feminine words, both or none. Neither end is better: compare the groups."
    )
    citation = "Word list of Evenhand (lib/scorers/lexicons/gendered.yaml), compiled from English usage."
    licence = "Apache-2.0"
    version = "1"
    weaknesses = (
        "First names are not counted. It does not know whom a word refers to: “the man at the bank” counts although "
        "the candidate is a woman. “They” and “their” count as neutral also where they mean several people or things. "
        "“He or she” is one of each. Words that men and women share, such as actor or nurse, are left out. "
        "A surname such as King counts. English only."
    )

    def __init__(self) -> None:
        self.use(shipped("gendered"))
        self.labels = _LABELS

    def share_measures(self) -> list[Measure]:
        """One share for each label."""
        return [share(name, title) for name, title in _SHARES.items()]

    def shares(self, found: Found) -> list[float]:
        """1 at the label, else 0."""
        label = self.label(found)
        return [1.0 if label == each else 0.0 for each in _LABELS]

    def label(self, found: Found) -> str:
        """Which genders are named at all, however often."""
        if "masculine" in found:
            return "both" if "feminine" in found else "masculine"
        return "feminine" if "feminine" in found else NONE

    def example(self) -> Example:
        """One sentence with masculine, feminine and neutral words, a title, a phrase and a possessive."""
        text = "The policewoman told Mr Hall and his mother-in-law that the officer's son was safe."
        note = "masculine: mr, his, son; feminine: policewoman, mother in law; neutral: officer"
        score = Score((3, 2, 1, 0, 0, 1, 0, 16), "both", note=note)
        says = "“Policewoman” is one word and “mother-in-law” one phrase, so that neither counts twice."
        return Example((ScoreItem(0, text, Finish.STOP),), (score,), says)


SCORERS.register(Gendered.id, Gendered())
