import pytest

from lib.annotation.gendered_words import COUNTERPART, WORDS, Gender
from lib.annotation.swap import Swapped, swap
from lib.grid.article import with_article

MARIA, JAMES = {"name": "Maria"}, {"name": "James"}
WOMAN_TO_MAN = (Gender.WOMAN, Gender.MAN)
ALIKE = (Gender.UNKNOWN, Gender.UNKNOWN)


def about_him(text: str) -> str | None:
    """The text about Maria as it is about James."""
    return words(swap(text, MARIA, JAMES, WOMAN_TO_MAN, with_article))


def about_her(text: str) -> str | None:
    """The text about James as it is about Maria."""
    return words(swap(text, JAMES, MARIA, (Gender.MAN, Gender.WOMAN), with_article))


def between(text: str, own: str, other: str, genders=ALIKE) -> str | None:
    """A text about one term as it is about the other."""
    return words(swap(text, {"group": own, "job": "nurse"}, {"group": other, "job": "nurse"}, genders, with_article))


def words(found: Swapped | None) -> str | None:
    return found.text if found else None


@pytest.mark.parametrize(
    ("hers", "his"),
    [
        ("Maria is a nurse.", "James is a nurse."),
        ("She fixed her car.", "He fixed his car."),
        ("I told her.", "I told him."),
        ("I told her that she won.", "I told him that he won."),
        ("We hired her, and she thrived", "We hired him, and he thrived"),
        ("It was hard for her to wait", "It was hard for him to wait"),
        ("I met her at work", "I met him at work"),
        ("I thanked her", "I thanked him"),
        ("I thanked her\n\nBest regards", "I thanked him\n\nBest regards"),
        ("“We trust her”, they said.", "“We trust him”, they said."),
        ("Her colleagues and her family love her!", "His colleagues and his family love him!"),
        ("She is known for her dedicated work in her own firm.", "He is known for his dedicated work in his own firm."),
        ("The idea was hers.", "The idea was his."),
        ("She taught herself", "He taught himself"),
        ("She's late, and she’d know; she'll call", "He's late, and he’d know; he'll call"),
        ("SHE SAID: “HERS!”", "HE SAID: “HIS!”"),
        ("Ms. Maria Keller met Ms Roe.", "Mr. James Keller met Mr Roe."),
        ("Maria's work, Maria’s team", "James's work, James’s team"),
        ("MARIA is the candidate.", "JAMES is the candidate."),
        ("Maria is a waitress and an actress.", "James is a waiter and an actor."),
        ("The queen's sister-in-law is a businesswoman.", "The king's brother-in-law is a businessman."),
        ("Mother of two, she works", "Father of two, he works"),
        ("Dear Madam,", "Dear Sir,"),
        ("My mother and my grandmothers, all women", "My father and my grandfathers, all men"),
        ("1. Her skills\n- Her strengths", "1. His skills\n- His strengths"),
    ],
)
def test_a_woman_and_a_man(hers: str, his: str):
    """Names, pronouns and gendered words are exchanged in both directions, with their case."""
    assert about_him(hers) == his
    assert about_her(his) == hers


@pytest.mark.parametrize(
    "text",
    [
        "I was annoyed by her being late.",
        "I saw her duck.",
        "We gave her books.",
        "They let her work.",
        "It made her manager happy.",
        "I told her quietly.",
        "She was offered her first job.",
        "I paid her more.",
        "She did her “thing”.",
        "I met her 3 times.",
        "I treat her well.",
        "It was with her\nthe day before.",
        "He or she may apply.",
        "Her husband is here.",
        "She told him.",
        "S/he, she/her",
        "A she-wolf",
        "She studied at Queen’s College.",
        "Queen Anne was here",
        "She met Mother Teresa",
        "Her mother tongue is German.",
        "The sister company hired her.",
        "She is pregnant.",
        "Mrs. Maria Keller",
        "Miss Maria",
        "Yes, ma'am, she did. Yes, ma’am",
        "She is a landlady.",
        "She is a noblewoman.",
        "Maria and James",
        "Write to maria@example.com. Maria will answer.",
        "maria is here",
    ],
)
def test_no_guess(text: str):
    """Where grammar leaves a doubt, both identities occur, or a word has no counterpart, there is no exchange."""
    assert about_him(text) is None


@pytest.mark.parametrize("text", ["I gave him flowers.", "His is the best.", "He is a fireman.", "James' car"])
def test_no_guess_about_a_man(text: str):
    """What could not be exchanged back is not exchanged either."""
    assert about_her(text) is None


def test_every_pair_goes_both_ways():
    """Each gendered word is exchanged for its counterpart and back, in small letters and in front of a sentence."""
    for word, counterpart in COUNTERPART.items():
        exchange, back = (about_him, about_her) if word in WORDS[Gender.WOMAN] else (about_her, about_him)
        for text, expected in ((f"the {word}", f"the {counterpart}"), (word.title(), counterpart.title())):
            assert exchange(text) == expected
            assert back(expected) == text


def test_pronouns_of_people_alike_stay():
    """Between two women pronouns stay as they are; the name and its parts are exchanged."""
    own, other = {"name": "Emily Walsh"}, {"name": "Lakisha Robinson"}
    same = (Gender.WOMAN, Gender.WOMAN)
    found = swap(
        "Emily Walsh left. Ms. Walsh's work: Emily, who met him, is her own boss.", own, other, same, with_article
    )
    assert found == Swapped(
        "Lakisha Robinson left. Ms. Robinson's work: Lakisha, who met him, is her own boss.", text_changed=True
    )


@pytest.mark.parametrize(
    "text",
    [
        "Emily lives in Walsh.",
        "Walsh Park",
        "Emily Carter",
        "Emily-Ann",
        "emily.walsh@example.com",
        "The Walshes came.",
        "Emily, unlike Robinson, left.",
    ],
)
def test_parts_of_names_may_be_other_names(text: str):
    """A surname that may be a place, or goes on with another name, is left alone, and so is the whole text."""
    own, other = {"name": "Emily Walsh"}, {"name": "Lakisha Robinson"}
    assert swap(text, own, other, (Gender.WOMAN, Gender.WOMAN), with_article) is None


@pytest.mark.parametrize(
    ("text", "own", "other", "expected"),
    [
        ("An Asian person came. Asian people", "Asian person", "Black person", "A Black person came. Black people"),
        ("A 26-year-old, AN 18", "26-year-old", "81-year-old", "An 81-year-old, AN 18"),
        ("The Muslims met a Muslim man.", "Muslim", "Hindu", "The Hindus met a Hindu man."),
        ("A Christian family: all are Christian.", "Christian", "Jewish", "A Jewish family: all are Jewish."),
        ("She is Christian.", "Christian", "not religious", "She is not religious."),
        ("I am new in this city, too.", "new in this city", "Muslim", "I am Muslim, too."),
        ("The Black person and the Black person's son", "the Black person", "the White person", None),
        (
            "Poland is far. From Poland",
            "Poland",
            "the United States",
            "The United States is far. From the United States",
        ),
        ("Candidates: the candidate", "candidate", "female candidate", "Female candidates: the female candidate"),
        ("a nurse", "Muslim", "Hindu", "a nurse"),
    ],
)
def test_other_groups(text: str, own: str, other: str, expected: str | None):
    """Terms of any kind are exchanged as whole words with plural, article and capital; the context stays."""
    if expected is None:
        expected = text.replace("Black", "White")
    assert between(text, own, other) == expected
    assert between(expected, other, own) == text


@pytest.mark.parametrize(
    ("text", "own", "other"),
    [
        ("She is a Christian.", "Christian", "Jewish"),
        ("The Christians", "Christian", "Jewish"),
        ("A Muslim man", "Muslim", "not religious"),
        ("He is Christian and studies Christianity.", "Christian", "Hindu"),
        ("Chinese food from China", "China", "Brazil"),
        ("A Jewish person keeps Shabbat.", "Jewish", "Sikh"),
        ("A Muslim person went to church.", "Muslim", "Christian"),
        ("From Poland, with Polish food", "Poland", "Brazil"),
        ("Black culture, for a Black person", "Black person", "Asian person"),
        ("A Muslim and a Hindu", "Muslim", "Hindu"),
        ("He is 19 years old, and 19 is young", "19 years old", "64 years old"),
    ],
)
def test_what_would_not_fit(text: str, own: str, other: str):
    """An adjective is no noun, and an identity that is named in other words, too, cannot be exchanged."""
    assert between(text, own, other) is None


@pytest.mark.parametrize(
    ("own", "other"),
    [
        (Gender.WOMAN, Gender.NONBINARY),
        (Gender.WOMAN, Gender.UNKNOWN),
        (Gender.UNKNOWN, Gender.MAN),
        (Gender.NONBINARY, Gender.UNKNOWN),
    ],
)
def test_pronouns_that_would_be_left_wrong(own: Gender, other: Gender):
    """Where not a woman and a man are exchanged, the term is, and there must be no pronoun or gendered word."""
    assert between("Amanda works hard.", "Amanda", "Avery", (own, other)) == "Avery works hard."
    for text in ("Amanda likes her job.", "Amanda: they work", "Amanda, mother of two", "Amanda is pregnant"):
        assert between(text, "Amanda", "Avery", (own, other)) is None


def test_a_text_that_names_nobody():
    """Without any identity in it a text stays, and says so: the prompt alone differs."""
    assert swap("I would say yes.", MARIA, JAMES, WOMAN_TO_MAN, with_article) == Swapped("I would say yes.", False)
    assert swap("", MARIA, JAMES, WOMAN_TO_MAN, with_article) == Swapped("", text_changed=False)
    assert swap("Maria", MARIA, MARIA, ALIKE, with_article) == Swapped("Maria", text_changed=False)


def test_terms_that_cannot_be_told_apart():
    """One word that would have to become two, or a term without a counterpart, is not exchanged."""
    own, other = {"a": "Kim", "b": "Kim"}, {"a": "Ana", "b": "Eva"}
    assert swap("Kim", own, other, ALIKE, with_article) is None
    assert swap("Kim", {"a": "Kim"}, {"b": "Ana"}, ALIKE, with_article) is None


def test_hostile_texts_do_no_harm():
    """Markup, patterns and odd characters are words like any others."""
    odd = "<b>Maria</b> (.*) \\1 \x00 ${name} 𝔐aria ﬁn\u202e she"
    assert about_him(odd) == odd.replace("Maria", "James").replace("she", "he")
    assert about_him("Maria" * 1_000) is None
    long = "She met her boss. " * 2_000
    assert about_him(long) == "He met his boss. " * 2_000
