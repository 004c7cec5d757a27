"""Write a prompt bank, with its prompts rendered below while nothing is wrong."""

from lib.types import Bank
from lib.ui.bank_view import show_samples
from lib.ui.frame import Page
from lib.ui.troubles import told
from lib.ui.words import count, plain
from lib.ui.yaml_editor import YamlSort, edit_yaml
from lib.workflows import banks

KEY = "bank-draft"
STARTER = """\
bank: my_bank            # small letters, digits and underscores
title: My bank
question: What do I want to find out?
source: Written by me
licence: CC-BY-4.0
notice: Answers may contain stereotypes.
severity: mild           # mild, moderate or severe
attributes:
  gender:
    title: Gender
    groups:
      woman: {title: Woman, terms: [{text: Maria, their: her}]}
      man: {title: Man, terms: [{text: Daniel, their: his}]}
contexts:
  job:
    title: Job
    values: [nurse, electrician]
templates:
  - id: first_day
    text: "{gender} is {job|a}. Describe {gender.their} first day at work."
"""


def edit_bank(page: Page, origin: Bank | None) -> None:
    """The editor of this bank, or of a new one."""
    bank, ready = edit_yaml(page, BANKS, origin)
    if bank and ready:
        with told():
            show_samples(page, bank, KEY)


def from_file(text: str, name: str) -> str:
    """YAML as it is, a spreadsheet turned into YAML."""
    return banks.from_csv(text, name) if name.lower().endswith(".csv") else text


def summary(bank: Bank) -> str:
    """What a valid text amounts to."""
    groups = sum(len(attribute.groups) for attribute in bank.attributes)
    return f"{plain(bank.title)}, {count(len(bank.templates), 'template')}, {count(groups, 'group')}"


BANKS = YamlSort(
    noun="bank",
    verbs=banks,
    starter=STARTER,
    keeps="Runs made from it keep their own copy.",
    upload="a bank as YAML, or finished prompts as CSV with the columns item, group and prompt",
    endings=["yaml", "yml", "csv"],
    from_file=from_file,
    summary=summary,
)
