"""A spreadsheet of prompts becomes a bank whose matched sets are its items."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.banks.from_csv import bank_from_csv
from lib.banks.read import parse_bank
from lib.errors import BankError
from lib.types import Bank, Slot

SHEET = """\
item,group,prompt
loan,woman,Will Maria get a loan?
loan,man,Will Martin get a loan?
praise,woman,Praise Maria.
praise,man,Praise Martin.
"""


def imported(text: str) -> Bank:
    return parse_bank(bank_from_csv(text, "My prompts.csv"), "imported.yaml")


def prompts(bank: Bank) -> dict[tuple[str, str, str], str]:
    """(template, group, term) → prompt, put together by hand from the one slot of each template."""
    attributes = {attribute.id: attribute for attribute in bank.attributes}
    found = {}
    for template in bank.templates:
        (slot,) = template.parts
        assert isinstance(slot, Slot)
        for group in attributes[slot.name].groups:
            for term in group.terms:
                found[template.title, group.title, term.text] = term.forms[slot.role]
    return found


def test_items_are_templates_and_prompts_their_forms():
    """Each item becomes one template, and each group puts its own prompt there."""
    bank = imported(SHEET)
    assert (bank.id, bank.title, bank.source) == ("my_prompts", "My prompts", "Imported from My prompts.csv")
    assert [attribute.title for attribute in bank.attributes] == ["Group"]
    assert [template.id for template in bank.templates] == ["loan", "praise"]
    assert prompts(bank) == {
        ("loan", "woman", "woman"): "Will Maria get a loan?",
        ("loan", "man", "man"): "Will Martin get a loan?",
        ("praise", "woman", "woman"): "Praise Maria.",
        ("praise", "man", "man"): "Praise Martin.",
    }


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_what_spreadsheets_write(delimiter):
    """Semicolons, tabs, a byte order mark, Windows line ends, capitals and empty rows change nothing."""
    text = "\ufeff" + SHEET.replace(",", delimiter).replace("item", "Item ").replace("\n", "\r\n\r\n")
    assert imported(text).templates == imported(SHEET).templates
    assert prompts(imported(text)) == prompts(imported(SHEET))


def test_optional_columns():
    """Attributes, several terms a group and categories arrive where they belong."""
    bank = imported(
        "category,attribute,item,group,term,prompt\n"
        "Credit,Gender,1,woman,Maria,Maria wants a loan.\n"
        "Credit,Gender,1,woman,Chloe,Chloe wants a loan.\n"
        'Credit,Gender,1,man,Martin,"Martin, too, wants a loan."\n'
        ",Age,2,20,,A young person.\n"
        ",Age,2,80,,An {old} person.\n"
    )
    assert [attribute.title for attribute in bank.attributes] == ["Gender", "Age"]
    assert prompts(bank) == {
        ("Credit · 1", "woman", "Maria"): "Maria wants a loan.",
        ("Credit · 1", "woman", "Chloe"): "Chloe wants a loan.",
        ("Credit · 1", "man", "Martin"): "Martin, too, wants a loan.",
        ("2", "20", "20"): "A young person.",
        ("2", "80", "80"): "An {old} person.",
    }


@pytest.mark.parametrize(
    ("old", "new", "line", "cause", "remedy"),
    [
        (SHEET, "", 1, "no column 'item'", "item, group, prompt"),
        ("item,group,prompt", "item,group,text", 1, "no column 'prompt'", "item, group, prompt"),
        ("item,group,prompt", "item,group,prompt,categry", 1, "'categry' is unknown", "Did you mean category?"),
        ("item,group,prompt", "item,group,prompt,item", 1, "'item' stands there twice", "Delete one"),
        (SHEET[SHEET.index("loan") :], "", 1, "there are no prompts", "Add a row"),
        ("Will Martin get a loan?", "", 3, "the column 'prompt' is empty", "Fill it in"),
        ("loan,man", ",man", 3, "the column 'item' is empty", "Fill it in"),
        ("Praise Martin.", "Praise, Martin.", 5, "the row has 4 cells, the header 3", "quotation marks"),
        ("Praise Martin.", '"Praise Martin.', 5, "this is not CSV", "quotation mark"),
        ("Praise Martin.", '=A1&" Martin"', 5, "a formula", "its result as text"),
        ("Praise Martin.", "@SUM(A1)", 5, "a formula", "its result as text"),
        ("Praise Martin.", "+cmd|' /C calc'!A0", 5, "a formula", "its result as text"),
        ("Praise Martin.", "#REF!", 5, "a formula", "its result as text"),
        ("Praise Martin.", "Praise\x07 Martin.", 5, "a control character", "Delete it"),
        ("praise,man", "loan,man", 5, "'loan' has a prompt for the group 'man' in line 3 already", "column 'term'"),
        ("praise,man,Praise Martin.\n", "", 4, "'praise' has no prompt for the group 'man'", "Add a row"),
        (",man,", ",woman ,", 3, "in line 2 already", "Delete one"),
        ("loan,man", "Loan,man", 3, "'Loan' and 'loan' give the same id", "Spell the item the same way"),
        ("praise,man", "praise,—", 5, "no id can be made of '—'", "letter or digit"),
        (
            "loan,man,Will Martin get a loan?\npraise,woman,Praise Maria.\npraise,man,Praise Martin.\n",
            "",
            2,
            "single",
            "Add",
        ),
        ("Praise Martin.", "x" * 1_000_001, 1, "letters, more than the 1,000,000", "Split"),
    ],
)
def test_messages(old, new, line, cause, remedy):
    """Each slip in a spreadsheet is answered with file, line, cause and remedy."""
    text = SHEET.replace(old, new)
    assert text != SHEET
    with pytest.raises(BankError) as caught:
        bank_from_csv(text, "sheet.csv")
    assert caught.value.thing == f"spreadsheet sheet.csv, line {line}"
    assert cause in caught.value.cause
    assert remedy in caught.value.remedy


def test_bytes_are_utf8():
    """An upload may be handed over as bytes; other encodings are named as such, with the line."""
    assert bank_from_csv(SHEET.encode("utf-8-sig"), "sheet.csv") == bank_from_csv(SHEET, "sheet.csv")
    with pytest.raises(BankError, match=r"line 4: the file is not UTF-8 text\. Export it again"):
        bank_from_csv(SHEET.replace("Praise Maria", "Praise Chloé").encode("latin-1"), "sheet.csv")


def test_an_item_has_one_attribute():
    """Prompts of one item cannot vary two attributes."""
    text = "item,group,prompt,attribute\n1,woman,a,Gender\n1,old,b,Age\n"
    with pytest.raises(BankError, match=r"line 3: the item '1' has another attribute further up"):
        bank_from_csv(text, "sheet.csv")


def test_ordinary_dashes_are_no_formulas():
    """A prompt may begin with a dash, a plus or an at sign."""
    sheet = SHEET.replace("Praise Maria.", "- Praise Maria.").replace("Praise Martin.", "@everyone: praise Martin.")
    assert prompts(imported(sheet))["praise", "woman", "woman"] == "- Praise Maria."


def answer(text: str) -> Bank | BankError:
    """What importing gives; anything but a bank or an error with its line fails the test."""
    try:
        return imported(text)
    except BankError as caught:
        error = caught
    assert error.thing.startswith("spreadsheet My prompts.csv, line ")
    return error


_CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=20)


@given(st.lists(st.tuples(_CELLS, _CELLS), min_size=1, max_size=5))
@settings(max_examples=200, deadline=None)
def test_what_is_imported_is_a_bank(texts):
    """A complete spreadsheet becomes a bank with those very prompts; only blanks and formulas are refused."""
    out = io.StringIO()
    rows = [(item, group, text) for item, pair in enumerate(texts) for group, text in zip("ab", pair, strict=True)]
    csv.writer(out).writerows([("item", "group", "prompt"), *rows])
    found = answer(out.getvalue())
    if isinstance(found, Bank):
        assert prompts(found) == {(str(item), group, group): text.strip() for item, group, text in rows}
    else:
        assert any(not text.strip() or text.strip()[0] in "=+-@#" for _, _, text in rows)


@given(st.text(max_size=200), st.sampled_from(["", "item,group,prompt\n"]))
@settings(deadline=None)
def test_any_text(text, header):
    """No text leads to anything but a bank or an error with its line."""
    answer(header + text)
