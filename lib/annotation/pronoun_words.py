"""Words that stand next to “her”, for telling an object (“told her”) from a possessive (“her car”).

The lists are Evenhand's own.
"""

from lib.annotation.gendered_words import words

AFTER_OBJECT = words(
    "a about after again against alone along although am among an and another any apart appeared are aren't as aside "
    "asleep at away awake be because been before between but by came cannot could couldn't did didn't do "
    "does doesn't don't during each either felt for from had has hasn't have haven't he here how i if in into is isn't "
    "it its itself like looked my myself nor of off on onto or our ours out per sat seemed she should "
    "shouldn't since so some stood than that the them themselves there these they this those though through throughout "
    "to today together tomorrow tonight too toward towards under unless until up upon us via was wasn't we went "
    "were weren't what whatever when whenever where whether which while who whom whose why with within without would "
    "wouldn't yesterday yet you your yours"
)
"""Words that may follow “him” and never “his”."""

UNSURE = words(
    "above abroad all always around back badly below best better beyond both can down enough even ever every fast few "
    "first forward free full-time further half hard home indoors inside instead just last late later less likewise "
    "long-term many may maybe might more most much near never next no not now often once only outdoors outside over "
    "part-time past perhaps quite rather right safe second sick sometimes soon still straight then third twice very "
    "well will wrong"
)
"""Words that may follow either."""

AFTER_POSSESSIVE = words(
    "accomplished advanced amazing assembly beginning beloved breed clothing daily dedicated detailed dignified "
    "distinguished earring educated elderly engineering esteemed evening extended family feed feeling friendly greed "
    "hundred informed kindred lovely marketing morning need nuanced ongoing outstanding polished programming renowned "
    "reply ring seed shed speed spring supply talented training ugly understanding unmatched untapped unwavering "
    "upbringing varied wedding wing"
)
"""Nouns and adjectives on -ly, -ed and -ing; any other word on these may be an adverb or a verb."""

_REGULAR = words(
    "address allocate allot allow appoint ask assign award believe bill call cater cause charge consider cook crown "
    "declare deem deny describe discover drop earn elect email envy excuse expect fear forgive forward gain grant "
    "guarantee hand help hire imagine judge keep label land lend mail name need nominate notice observe offer order "
    "overhear owe paint pardon pass perceive permit picture prefer promise prove pull push quote rank rate recall "
    "record refuse remember render report reserve save secure serve show spare suppose suspect text toss treat turn "
    "view vote wait want watch wish witness"
)
_IRREGULAR = words(
    "bet bets bought bring bringing brings brought build building builds built buy "
    "buying buys catch catches catching caught cost costs costing did do does doing done drive driven drives driving "
    "drove fed feed feeding feeds feel feeling feels felt find finding finds found gave get gets getting give given "
    "gives giving got gotten had has have having hear heard hearing hears kept leave leaves leaving left lent let lets "
    "letting made make makes making paid pay paying pays put puts putting read reading reads sang sing singing sings "
    "saw see seeing seen sees sell selling sells send sending sends sent set sets setting showed shown sold take taken "
    "takes taking taught teach teaches teaching tell telling tells think thinking thinks thought threw throw throwing "
    "thrown throws told took win winning wins without won write writes writing written wrote"
)


def _inflected(verb: str) -> set[str]:
    """The forms of a regular verb, and some that nobody writes."""
    short = verb.removesuffix("e")
    other = verb[:-1] + "i" if verb.endswith("y") else verb
    return {verb, f"{verb}s", f"{other}es", f"{other}ed", f"{short}ed", f"{short}ing", f"{verb}{verb[-1]}ed"}


TWO_OBJECTS = _IRREGULAR.union(*map(_inflected, _REGULAR))
"""Words after which “her” may be an object although a noun follows: “gave her books”, “let her work”."""
