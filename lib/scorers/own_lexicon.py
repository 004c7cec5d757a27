"""Somebody's own lexicon, from the same YAML as those that are shipped."""

import copy
from collections.abc import Mapping
from typing import Self

from lib.errors import ScorerError
from lib.scorers.base import SCORERS, Example, OpenModel, Option, ScoreBatch
from lib.scorers.lexicon_file import read_lexicon
from lib.scorers.lexicon_scorer import NONE, WORDS, LexiconScorer, slug
from lib.types import Finish, Score, ScoreItem

_EXAMPLE = """\
name: Words of praise
source: made up to show the layout
licence: CC0-1.0
version: "1"
categories:
  ability: [clever, gifted, quick learner, brillian*]
  effort: [hard-working, diligen*]
"""


class OwnLexicon(LexiconScorer):
    """Counts the words of a lexicon that the auditor brings."""

    id = "own_lexicon"
    title = "Own lexicon"
    help = (
        "Counts the words of your own lexicon, category by category. The label is the category (or side) with the "
        "most words, or none; which end is better is yours to say."
    )
    citation = "Whatever the lexicon names as its source."
    licence = "Whatever the lexicon names as its licence"
    version = "1"
    weaknesses = (
        "It counts words and sees neither negation nor whom they are about. A list made by looking at the responses "
        "it is then used on finds what it was made to find."
    )
    options = (
        Option(
            "lexicon",
            "Lexicon",
            "A YAML file with name, source, licence, version and categories of words, phrases and stems*.",
            kind="yaml",
            placeholder=_EXAMPLE,
        ),
    )
    measures = ()

    def configured(self, options: Mapping[str, str]) -> Self:
        """This scorer with the lexicon in option `lexicon`.

        Raises:
            ScorerError: the lexicon is missing or not right, with its line.
        """
        super().configured({name: text for name, text in options.items() if name != "lexicon"})
        if not options.get("lexicon", "").strip():
            raise ScorerError("own lexicon", "there is no lexicon", "Upload or paste a YAML file like the example.")
        configured = copy.copy(self)
        configured.use(read_lexicon(options["lexicon"], "own lexicon"))
        configured.citation, configured.licence = configured.lexicon.source, configured.lexicon.licence
        configured._refuse_doubles()
        return configured

    def check(self) -> None:
        """Raise ScorerError until there is a lexicon."""
        if not self.measures:
            raise ScorerError("own lexicon", "there is no lexicon", "Upload or paste a YAML file like the example.")

    def open(self, open_model: OpenModel) -> ScoreBatch:
        """The function that counts; raises ScorerError when no lexicon was set."""
        self.check()
        return super().open(open_model)

    def example_options(self) -> Mapping[str, str]:
        """A small lexicon of two categories."""
        return {"lexicon": _EXAMPLE}

    def example(self) -> Example:
        """A sentence with a phrase and a stem in it."""
        text = "Ana is a quick learner, brilliantly clever, and diligent."
        note = "ability: quick learner, brilliantly, clever; effort: diligent"
        score = Score((3, 1, 1, 1, 9), "ability", note=note)
        says = "“Brillian*” reaches “brilliantly”, and “quick learner” is one match."
        return Example((ScoreItem(0, text, Finish.STOP),), (score,), says)

    def _refuse_doubles(self) -> None:
        """Raise ScorerError when two measures or two labels would share a name."""
        taken: dict[str, str] = {WORDS.id: "the number of words"}
        for name in self.lexicon.categories:
            for identifier in (slug(name), f"any_{slug(name)}"):
                if identifier in taken:
                    cause = f"the category {name} is too much like {taken[identifier]}"
                    raise ScorerError("own lexicon", cause, "Give it another name.")
                taken[identifier] = name
        for side in self.lexicon.sides:
            if side in (self.tie, NONE):
                raise ScorerError(
                    "own lexicon", f"{side} is a label already", "Give the category or side another name."
                )


SCORERS.register(OwnLexicon.id, OwnLexicon())
