"""The words by which a bank's prompts, and answers to them, tell a group."""

from lib.scorers.neutralise import identity_words
from lib.types import Bank


def identity_words_of(bank: Bank) -> frozenset[str]:
    """Every word of a bank's terms and their forms, pronouns and gendered words, in lower case."""
    return identity_words(
        words
        for attribute in bank.attributes
        for group in attribute.groups
        for term in group.terms
        for words in (term.text, *term.forms.values())
    )
