"""The words by which a bank's prompts, and answers to them, tell a group."""

from lib.banks.read import parse_bank
from lib.scorers.neutralise import identity_words
from lib.store.store import Store
from lib.types import Bank


def identity_words_in(store: Store, run_id: str) -> frozenset[str]:
    """Those of the bank a run was made from, as it was then."""
    kept = store.runs.bank(run_id)
    return identity_words_of(parse_bank(kept.text, kept.id))


def identity_words_of(bank: Bank) -> frozenset[str]:
    """Every word of a bank's terms and their forms, pronouns and gendered words, in lower case."""
    return identity_words(
        words
        for attribute in bank.attributes
        for group in attribute.groups
        for term in group.terms
        for words in (term.text, *term.forms.values())
    )
