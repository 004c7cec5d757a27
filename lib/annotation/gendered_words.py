"""English words that say a person's gender, for exchanging a woman and a man in a text.

The lists are Evenhand's own. The kind of list is that of counterfactual data augmentation (Lu, Mardziel, Wu, Amancharla
and Datta 2020, Gender bias in neural natural language processing), kept small: every pair here can be exchanged both
ways, whatever stands around it.
"""

from enum import StrEnum


class Gender(StrEnum):
    """Of the person a text is about, as far as the prompt says it."""

    WOMAN = "woman"
    MAN = "man"
    NONBINARY = "nonbinary"
    UNKNOWN = "unknown"


def words(text: str) -> frozenset[str]:
    """The words of `text`."""
    return frozenset(text.split())


_WITH_PLURAL = (
    "aunt uncle, bride bridegroom, daughter son, female male, girl boy, girlfriend boyfriend, granddaughter grandson, "
    "grandma grandpa, grandmother grandfather, mom dad, mother father, niece nephew, queen king, schoolgirl schoolboy, "
    "sister brother, stepdaughter stepson, stepmother stepfather, widow widower"
)
_AS_LISTED = (
    "actress actor, actresses actors, businesswoman businessman, businesswomen businessmen, chairwoman chairman, "
    "chairwomen chairmen, congresswoman congressman, congresswomen congressmen, duchess duke, duchesses dukes, "
    "feminine masculine, femininity masculinity, ladies gentlemen, lady gentleman, madam sir, maternal paternal, "
    "maternity paternity, mommies daddies, mommy daddy, motherhood fatherhood, ms mr, policewoman policeman, "
    "policewomen policemen, princess prince, princesses princes, saleswoman salesman, saleswomen salesmen, "
    "spokeswoman spokesman, spokeswomen spokesmen, sportswoman sportsman, sportswomen sportsmen, waitress waiter, "
    "waitresses waiters, wife husband, wives husbands, woman man, womanhood manhood, women men"
)


def _split(pairs: str) -> dict[str, str]:
    return {feminine: masculine for feminine, _, masculine in (pair.partition(" ") for pair in pairs.split(", "))}


_SINGLE = _split(_WITH_PLURAL)
_PAIRS = _split(_AS_LISTED) | _SINGLE | {f"{feminine}s": f"{masculine}s" for feminine, masculine in _SINGLE.items()}

COUNTERPART = _PAIRS | {masculine: feminine for feminine, masculine in _PAIRS.items()}
"""Each word's counterpart of the other gender, in lower case."""

TITLES = words("ms mr")
ADDRESSES = words("madam sir")

PRONOUNS = {
    Gender.WOMAN: words("she her hers herself"),
    Gender.MAN: words("he him his himself"),
    Gender.NONBINARY: words("they them their theirs themself themselves"),
}

WORDS = {
    Gender.WOMAN: frozenset(_PAIRS) | PRONOUNS[Gender.WOMAN],
    Gender.MAN: frozenset(_PAIRS.values()) | PRONOUNS[Gender.MAN],
}
"""What says that a text is about a woman, or a man, in lower case."""

UNPAIRED = words(
    "ballerina beard bearded breastfed breastfeeding bro bros chap chick chicks cowboy cowboys cowgirl craftsman "
    "craftsmen dame dude dudes feminism feminist feminists fiance fiancee fiancé fiancée fireman firemen fisherman "
    "fishermen foreman foremen freshman freshmen gal gals goddess groom grooms guy guys handyman heiress heroine "
    "heroines hostess househusband housewife housewives hubby lad lads landlady landlord lass lesbian lesbians ma'am "
    "ma’am maam mailman mama man-made mankind manpower menopause menstrual menstruation midwife missus mistress monk "
    "monks moustache mrs mum mummy mums mustache mx nun nuns ovarian ovaries papa postman pregnancies pregnancy "
    "pregnant priestess prostate seamstress sissy stewardess testicular tomboy transgender uterus witch wizard womb"
)
"""Words that tell a gender, or go with one, and have no counterpart that fits wherever they stand."""

BOUND = words(
    "bee board cell cells city cities companies company country earth land lode nature organisation organisations "
    "organization organizations school schools ship site sites size sized tongue tongues"
)
"""After “mother”, “sister”, “king” and the like they make another thing of it: a mother tongue has no father."""
