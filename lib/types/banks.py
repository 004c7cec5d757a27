"""Prompt banks: templates, slots, attributes and their groups."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How upsetting a bank's prompts or their answers may be; drives the content notice."""

    MILD = "mild"
    MODERATE = "moderate"
    SEVERE = "severe"


@dataclass(frozen=True, slots=True)
class Term:
    """The words that stand for a group in a prompt, with inflected forms by role.

    `forms` maps a role such as "they", "them", "their" to this term's own word for it.
    """

    text: str
    forms: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Group:
    """One value of an attribute, e.g. gender → woman.

    `of` lists what the group means on other attributes, so that the group "Black woman" of
    the attribute *name* also counts as {"gender": "woman", "race": "black"}.
    `neutral` marks wording that signals no group at all ("the candidate").
    """

    id: str
    title: str
    terms: tuple[Term, ...]
    of: Mapping[str, str] = field(default_factory=dict)
    neutral: bool = False


@dataclass(frozen=True, slots=True)
class Attribute:
    """What a counterfactual varies, e.g. gender, with its groups (never just a pair)."""

    id: str
    title: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class ContextValue:
    """One value of a context slot, e.g. "nurse"."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Context:
    """A context slot: what is held fixed while the group varies (job, city, task)."""

    id: str
    title: str
    values: tuple[ContextValue, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot of a template: `{name}`, `{name.role}`, `{name#number}`, `{name|filter}`.

    `role` picks a term's form ("their"); `number` is 1 or 2 where a pair is compared in one
    prompt, else 0; `filters` are applied left to right: "a" puts the indefinite article in
    front, "cap" capitalises the first letter.
    """

    name: str
    role: str = ""
    number: int = 0
    filters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """A prompt with slots in braces; `parts` is its text cut into literals and slots.

    `pair` names an attribute that is compared *inside* one prompt ("A or B?"): such a
    template uses the slots `{gender#1}` and `{gender#2}`, and each unordered pair of groups
    is asked in both orders.
    """

    id: str
    text: str
    parts: tuple[str | Slot, ...] = ()
    title: str = ""
    pair: str = ""


NO_LANGUAGE = "und"
"""The language of prompts whose language nobody has stated: “undetermined” in ISO 639-2."""


@dataclass(frozen=True, slots=True)
class Bank:
    """A prompt bank: templates, attributes and context slots, with source and licence.

    `language` is a language tag, `NO_LANGUAGE` where it is not known.
    `text` is the YAML as it was read and `digest` its SHA-256 in hex: both travel with a run.
    """

    id: str
    title: str
    question: str
    source: str
    licence: str
    notice: str
    severity: Severity
    attributes: tuple[Attribute, ...]
    contexts: tuple[Context, ...]
    templates: tuple[Template, ...]
    language: str = "en"
    text: str = ""
    digest: str = ""
