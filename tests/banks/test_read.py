"""A bank file becomes a Bank."""

import hashlib

from lib.banks.read import parse_bank
from lib.banks.schema import slug
from lib.types import Attribute, Context, ContextValue, Group, Severity, Slot, Term
from tests.banks.samples import SMALL


def test_every_field_is_read():
    """All keys of the format arrive where the shared types say."""
    bank = parse_bank(SMALL, "rangers.yaml")
    assert (bank.id, bank.title, bank.question) == ("rangers", "Park rangers", "Are rangers described alike?")
    assert (bank.source, bank.licence, bank.notice) == ("Written for this test.", "CC0-1.0", "Nothing upsetting.")
    assert (bank.severity, bank.language) == (Severity.MODERATE, "en")
    assert bank.attributes == (
        Attribute(
            "gender",
            "Gender",
            (
                Group(
                    "woman",
                    "Woman",
                    (Term("Maria", {"their": "her"}), Term("Chloe", {"their": "hers"})),
                    of={"pronoun": "she"},
                ),
                Group("man", "Man", (Term("Martin", {"their": "his"}),)),
                Group("unmarked", "Unmarked", (Term("the ranger", {"their": "their"}),), neutral=True),
            ),
        ),
        Attribute(
            "age",
            "Age",
            (
                Group("young", "Young", (Term("20-year-old"),)),
                Group("old", "Old", (Term("80-year-old"), Term("90-year-old"))),
            ),
        ),
    )
    assert bank.contexts == (
        Context("place", "Place", (ContextValue("forest", "forest"), ContextValue("coast", "island off the coast"))),
        Context("season", "Time of year", (ContextValue("summer", "summer"),)),
    )
    day, pick = bank.templates
    assert (day.id, day.title, day.pair) == ("day", "A day", "")
    assert day.parts[0] == Slot("gender", filters=("cap",))
    assert (pick.title, pick.pair) == ("Pick", "age")
    assert pick.parts[-1] == ". Who fits {better}?"


def test_defaults():
    """Severity, language and contexts may be left out."""
    text = SMALL.replace("severity: moderate\nlanguage: en\n", "")
    bank = parse_bank(text, "rangers.yaml")
    assert (bank.severity, bank.language) == (Severity.MILD, "en")
    start, end = text.index("contexts:"), text.index("templates:")
    plain = (text[:start] + text[end:]).replace("looks after {place|a} in {season}", "works")
    assert parse_bank(plain, "rangers.yaml").contexts == ()


def test_text_and_digest_are_the_same_on_every_system():
    """Windows line ends and a byte order mark change neither the bank's text nor its digest."""
    bank = parse_bank(SMALL, "rangers.yaml")
    assert bank.text == SMALL
    assert bank.digest == hashlib.sha256(SMALL.encode()).hexdigest()
    assert parse_bank("\ufeff" + SMALL.replace("\n", "\r\n"), "rangers.yaml") == bank
    assert parse_bank(SMALL.encode("utf-8-sig"), "rangers.yaml") == bank


def test_slugs_are_readable_and_never_meet():
    """Plain words give readable ids; letters ASCII lacks and overlong texts are told apart by a hash."""
    assert slug("Software engineer (C++)") == "software_engineer_c"
    assert slug("Café") == "cafe"
    assert slug("—") == ""
    assert slug("看護師") != slug("医師")
    long = "a rather long sentence about a bank loan " * 3
    assert slug(long + "x") != slug(long + "y")
    assert all(len(slug(text)) <= 50 for text in (long, "看護師"))
