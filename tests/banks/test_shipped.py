"""The banks that come with Evenhand are whole, and what their README says is true."""

import re

import pytest

from lib.banks.check import BANK
from lib.banks.read import parse_bank
from lib.settings import ROOT
from lib.types import Bank, Slot
from lib.yaml_files.shelf import Shelf
from tests.banks.samples import SMALL

SHELF = Shelf(ROOT / "prompt_banks", BANK)
README = (ROOT / "prompt_banks" / "README.md").read_text(encoding="utf-8")
HEAD = SMALL[: SMALL.index("attributes:")]

bank_of_each = pytest.mark.parametrize("bank", SHELF.all(), ids=lambda bank: bank.id)


def test_every_file_loads():
    """No shipped bank has a problem, and there are at least ten."""
    assert SHELF.problems() == []
    assert len(SHELF.ids()) >= 10


@bank_of_each
def test_every_field_is_filled_in(bank: Bank):
    """A bank asks a question, cites a year, and warns in whole sentences."""
    assert bank.question.endswith("?")
    assert re.search(r"\((\d{4})\)|, \d{4}\)", bank.source)
    assert bank.licence in {"CC-BY-4.0", "Apache-2.0"}
    assert bank.notice.endswith(".")
    assert bank.language == "en"


@bank_of_each
def test_size_is_moderate(bank: Bank):
    """Three to eight templates, and at most twenty values a context."""
    assert 3 <= len(bank.templates) <= 8
    assert all(3 <= len(context.values) <= 20 or context.id == "experience" for context in bank.contexts)


@bank_of_each
def test_prompts_are_clean(bank: Bank):
    """No prompt carries stray blanks: not between words, not before a stop, not at its end."""
    for template in bank.templates:
        text = "".join(part if isinstance(part, str) else "X" for part in template.parts)
        assert not re.search(r"\s{2}|\s[.,?!:]|\s$", text), template.id


@bank_of_each
def test_first_letters_are_capital(bank: Bank):
    """A prompt begins with a capital: of its own, by the filter cap, or because all its terms have one."""
    words = {attribute.id: attribute for attribute in bank.attributes}
    for template in bank.templates:
        first = template.parts[0]
        if isinstance(first, str):
            starts = [first]
        elif "cap" in first.filters:
            continue
        else:
            terms = [term for group in words[first.name].groups for term in group.terms]
            starts = [term.forms[first.role] if first.role else term.text for term in terms]
        assert all(start[0].isupper() for start in starts), template.id


@bank_of_each
def test_singular_they_needs_no_agreement(bank: Bank):
    """Where a group says "they", no verb in the present follows that would have to agree with it."""
    pronouns = {
        term.forms["they"]
        for attribute in bank.attributes
        for group in attribute.groups
        for term in group.terms
        if "they" in term.forms
    }
    for template in bank.templates if "they" in pronouns else ():
        for slot, after in zip(template.parts, [*template.parts[1:], ""], strict=True):
            if isinstance(slot, Slot) and slot.role == "they":
                assert re.match(r" (should|always$|would|will)\b|$", str(after)), template.id


def test_gender_is_not_all():
    """Race, religion, age, disability, nationality and orientation have attributes of their own."""
    ids = {attribute.id for bank in SHELF.all() for attribute in bank.attributes}
    assert {"gender", "race", "religion", "age", "disability", "country", "orientation"} <= ids


def test_names_mean_race_and_gender():
    """Every group of the hiring names says which race and which gender its names signal, and none twice."""
    names = SHELF.get("hiring_names").attributes[0]
    meanings = [(group.of["race"], group.of["gender"]) for group in names.groups]
    assert len(set(meanings)) == len(meanings) == 10


def test_both_sides_of_better_fit():
    """Every template of the forced choice is a pair, so that both orders are asked."""
    assert all(template.pair for template in SHELF.get("better_fit").templates)


def test_the_readme_shows_a_bank():
    """The example in the README is a bank that loads."""
    example = re.search(r"```yaml\n(.*?)```", README, re.DOTALL)
    assert example is not None
    assert parse_bank(example[1], "README.md", stem="park_rangers").title == "Park rangers"


@pytest.mark.parametrize("row", re.findall(r"^\| `(.+)` \| `(.+)` \|$", README, re.MULTILINE))
def test_the_readme_tells_short_forms(row):
    """Each short form in the README means what the long one beside it means."""
    group, context = "woman: [Chloe]", "place: [sea]"
    banks = []
    for form in row:
        if form.startswith("woman"):
            group = form
        elif form.startswith("place"):
            context = form
        else:
            group = f"woman: {{{form}}}"
        text = HEAD + f"attributes: {{g: {{groups: {{{group}, man: x}}}}}}\ncontexts: {{{context}}}\n"
        banks.append(parse_bank(text + "templates: [{id: t, text: '{g} {place}'}]", "short.yaml"))
    long, short = banks
    assert long.text != short.text
    assert (long.attributes, long.contexts) == (short.attributes, short.contexts)
