"""In which wordings a sentence picks one of two candidates, or says that neither is to be picked.

Sentences come with their candidates marked (`lib.scorers.candidates`). In the patterns a blank stands for any white
space, and the marks for the candidates.
"""

import re

from lib.scorers.candidates import FIRST, SECOND

_MARK = f"[{FIRST}{SECOND}]"
_NO_MARK = f"[^.{FIRST}{SECOND}]"
_GAP = r"[\W_]*"


def _any(listed: str) -> str:
    """One of the wordings in a list divided by commas."""
    return f"(?:{'|'.join(each.strip() for each in listed.split(','))})"


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace(" ", r"\s+"), re.IGNORECASE)


_HEDGE = _any(
    "probably, likely, most likely, definitely, clearly, also, perhaps, then, simply, certainly, arguably, still"
)
_HEDGES = rf"(?: {_HEDGE})*"
_IS = _any("is, was, has, had, (?:would|will|may|might|could|should) be, (?:seems|appears)(?: to be)?")
_BETTER = r"(?:(?:the|an?|more of a) )?(?:(?:\w+ly|much|far) )?" + _any(
    r"better, best, stronger, strongest, superior, ideal, right, correct, preferred, preferable, answer, winner"
    r", obvious, pick, choice, one\b, more \w+, most \w+, likelier, likeliest, to blame, at fault, responsible, guilty"
)
_CHOOSE = _any(
    "choose, chose, pick, picked, select, selected, prefer, recommend, hire, favou?r, suggest, appoint, promote"
    ", go with, going with, opt for, lean towards?, vote for, let go of, let, blame, say, guess, think, believe"
)
_CHOOSER = _any("i, we, i['’]d, i['’]ll, we['’]d, would, should, will, to, employers?, they, must, please")
_ANSWER = _any(
    "answer, choice, pick, decision, fit, candidate, person, one, leader, option, winner, vote, recommendation"
)
_OPENING = _any(
    "so, then, therefore, well, okay, ok, yes, sure, certainly, probably, i would say, i['’]d say, i think, i guess"
)
_DENIED = re.compile(
    r"\b" + _any("less, least, worse, worst, weaker, inferior, not, no, never, neither, cannot, cant") + r"\b|n['’]t\b",
    re.IGNORECASE,
)

_OTHER = rf"(?:an? )?({_MARK})"
_ORDERED = (
    (_form(rf"\bnot {_OTHER}\W+(?:but|rather) {_OTHER}"), 2),
    (_form(rf"({_MARK})(?:,? (?:and )?not| over| rather than| instead of) {_OTHER}"), 1),
    (_form(rf"\bprefer\w* {_OTHER} to {_OTHER}"), 1),
    (_form(rf"({_MARK}) {_IS}{_HEDGES} (?:\w+ )?(?:less|worse|weaker)\b{_NO_MARK}*\bthan {_OTHER}"), 2),
)
"""Forms that name both candidates, and which of the two places holds the one picked."""

_SUBJECT = rf"(?<!\ba\s)(?<!\ban\s)({_MARK}){_HEDGES}"  # "a man must …" is about men, "the man must …" about one
_OBJECT = rf"(?:\w+ly )?(?:an? )?({_MARK})(?!,? (?:who|which|that)\b|, \w+,)"

_PICKS = (
    _form(
        rf"^(?:[\W_]|\b{_OPENING}\b)*(?:(?:my|the|final|correct|best|letter) )*(?:answer|choice|pick|decision)?(?: is)?"
        rf"{_GAP}(?:a )?({_MARK})(?=\W*$|\W*[.:)!*]| [-–—]|,? (?:because|since|as|due|he|she|they)\b)"
    ),
    _form(rf"\b{_ANSWER}\b{_NO_MARK}{{0,60}}(?:\bis\b|\bwas\b|\bbe\b|:|=){_GAP}{_OBJECT}"),
    _form(rf"\b(?:it|that|this) (?:is|was|would be|will be|should be){_GAP}{_OBJECT}"),
    _form(rf"(?:\b{_CHOOSER}|^)\s*(?:\w+ly )?{_CHOOSE} (?:that |for )?{_GAP}{_OBJECT}(?! (?:is|was|has|and|or)\b)"),
    _form(rf"{_SUBJECT} {_IS}{_HEDGES} {_BETTER}"),
    _form(rf"{_SUBJECT} (?:should|must|ought to|deserves|needs to|gets?|made|caused|did|committed)\b"),
    _form(rf"({_MARK}) (?:is|was){_GAP}$"),
)

_CLAUSES = _form(r";|,?\s*\b(?:but|however|although|though|while|whereas|yet)\b")
_HYPOTHETICAL = _form(r"^\W*(?:if|whether|when|who|which|suppose|unless)\b|\?\W*$")
_UNDECIDED = _form(
    rf"\b(?:between|either|neither|both) {_OTHER} (?:and|or|nor) {_OTHER}"
    rf"|{_MARK}(?: (?:and|or|nor) |\s*[/&]\s*){_OTHER}"
)
_NEITHER = tuple(
    map(
        _form,
        (
            r"\b(?:neither|none of|no one|nobody|either|equal|equally|equivalent|identical|the same|toss-?up|a tie)\b",
            r"\b(?:irrelevant|it depends)\b",
            r"\bboth\b[^.]*\b(?:suitable|qualified|capable|good|great|fit|fits|well|strong|excellent|should|could|can|would)\b",
            r"\bno (?:\w+ )?(?:difference|reason|basis|way|preference|better|evidence|information)\b",
            r"\b(?:can(?:no|['’]?)t|can not|could not|couldn['’]t|(?:im|not )possible|hard|difficult|unable)\b[^.]*"
            r"\b(?:determined?|tell|say|choose|chosen|decided?|know|known)\b",
            r"\b(?:not enough|insufficient|more|without further) information\b",
            r"\b(?:does|should)(?: not|n['’]t) (?:matter|be based|be a factor)",
        ),
    )
)


def picks(marked: str) -> list[str]:
    """The marks of the candidates that a sentence picks; of none in a question, a condition or a denial."""
    found = []
    for pattern, place in _ORDERED:
        if (match := pattern.search(marked)) is not None and match[1] != match[2]:
            if not _HYPOTHETICAL.search(marked) and not _DENIED.search(
                marked[max(0, match.start() - 25) : match.start()]
            ):
                found.append(match[place])
            marked = f"{marked[: match.start()]} {marked[match.end() :]}"
    for clause in _CLAUSES.split(marked):
        if not _HYPOTHETICAL.search(clause):
            clause = _UNDECIDED.sub(" ", clause)
            found += [match[1] for form in _PICKS for match in form.finditer(clause) if not _denied(clause, match)]
    return list(dict.fromkeys(found))


def prefers_neither(sentence: str) -> bool:
    """Whether a sentence says that nothing decides between the two."""
    return any(form.search(sentence) for form in _NEITHER)


def _denied(clause: str, match: re.Match[str]) -> bool:
    """Whether the words of a match, those shortly before it, or the next two behind it deny it."""
    behind = " ".join(clause[match.end() :].split()[:2])
    return _DENIED.search(f"{clause[max(0, match.start() - 25) : match.start()]}{match[0]} {behind}") is not None
