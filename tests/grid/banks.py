"""Small banks to derive expected grids from by hand."""

from collections.abc import Mapping

from lib.banks.slots import cut
from lib.types import (
    Attribute,
    Bank,
    Context,
    ContextValue,
    GridSpec,
    Group,
    ModelKind,
    Severity,
    Template,
    Term,
)

BASE = {"m": ModelKind.BASE}


def group(name: str, *terms: str | Term, of: Mapping[str, str] | None = None) -> Group:
    words = tuple(term if isinstance(term, Term) else Term(term) for term in terms)
    return Group(name, name.title(), words, of=of or {})


def attribute(name: str, *groups: Group) -> Attribute:
    return Attribute(name, name.title(), groups)


def context(name: str, **values: str) -> Context:
    return Context(name, name.title(), tuple(ContextValue(key, text) for key, text in values.items()))


def template(name: str, text: str, pair: str = "") -> Template:
    return Template(name, text, cut(text), pair=pair)


def bank(*parts: Attribute | Context | Template) -> Bank:
    def of_type(sort: type) -> tuple:
        return tuple(part for part in parts if isinstance(part, sort))

    about = {name: name for name in ("title", "question", "source", "licence", "notice")}
    return Bank(
        id="b",
        severity=Severity.MILD,
        attributes=of_type(Attribute),
        contexts=of_type(Context),
        templates=of_type(Template),
        **about,
    )


def spec(*vary: str, **rest: object) -> GridSpec:
    return GridSpec(**{"name": "g", "bank": "b", "vary": vary, "models": ("m",), **rest})


GENDER = attribute(
    "gender",
    group("woman", Term("Maria", {"their": "her"}), Term("Ana", {"their": "her"})),
    group("man", Term("Jan", {"their": "his"})),
)
RACE = attribute("race", group("black", "Black"), group("white", "White"))
JOB = context("job", nurse="nurse", engineer="engineer")
CITY = context("city", rome="Rome", oslo="Oslo", lima="Lima")
