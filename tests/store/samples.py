"""Small runs to store: three groups in each matched set, two models, real enough to be filtered."""

from collections.abc import Iterator

from lib.store.store import Store
from lib.types import (
    Attribute,
    Bank,
    Cell,
    Decoding,
    Finish,
    GridSpec,
    Group,
    ModelEntry,
    ModelFacts,
    PromptFormat,
    Response,
    Severity,
    Term,
)

GROUPS = ("woman", "man", "nonbinary")
MODELS = ("base", "chatty")
GREEDY = Decoding(temperature=0.0, max_new_tokens=16)
SAMPLED = Decoding(temperature=0.8, top_p=0.9, top_k=40, repetition_penalty=1.1, max_new_tokens=32)
ENTRIES = [ModelEntry(model, model.title(), "hub", f"lab/{model}", parameters=135_000_000) for model in MODELS]
FACTS = ModelFacts("base", "hub", revision="abc", dtype="fp32", versions={"torch": "2.13.0"})
ENVIRONMENT = {"evenhand": "0.1.0", "libraries": {"duckdb": "2.0.0"}}


def bank(digest: str = "d1") -> Bank:
    """A bank; its digest is what tells it from another."""
    groups = tuple(Group(name, name.title(), (Term(name),)) for name in GROUPS)
    return Bank(
        id="letters",
        title="Letters of reference",
        question="Does it praise alike?",
        source="made up",
        licence="CC0-1.0",
        notice="Mild.",
        severity=Severity.MILD,
        attributes=(Attribute("gender", "Gender", groups),),
        contexts=(),
        templates=(),
        text="id: letters\n",
        digest=digest,
    )


def spec(name: str = "Hiring letters") -> GridSpec:
    """A grid with a value of every shape that JSON would change: tuples, enums, nested mappings."""
    return GridSpec(
        name,
        "letters",
        ("gender",),
        MODELS,
        groups={"gender": GROUPS},
        contexts={"job": ("nurse", "pilot")},
        formats=(PromptFormat.CHAT,),
        decodings=(GREEDY, SAMPLED),
        repeats=2,
        seed=7,
    )


def cells(sets: int = 4, model: str = "base", decoding: Decoding = SAMPLED) -> Iterator[Cell]:
    """Matched sets of three cells each for one model."""
    for number in range(sets):
        for group in GROUPS:
            yield Cell(
                id=f"{model}-{number}-{group}",
                set_id=f"{model}-{number}",
                template=f"letter{number % 2}",
                context={"job": "nurse"},
                group=group,
                groups={"gender": group},
                terms={"gender": group},
                model=model,
                format=PromptFormat.CHAT,
                decoding=decoding,
                repeat=number,
                seed=2**62 + number,
                prompt=f"Describe the {group} as a nurse ({number}).",
                system="Be brief.",
            )


def create(store: Store, name: str = "Hiring letters", **replaced: object) -> str:
    """A run of twelve cells for the base model, then twelve for the chatty one."""
    both = [*cells(), *cells(model="chatty", decoding=GREEDY)]
    return store.runs.create(name, spec(name), bank(), both, ENTRIES, ENVIRONMENT, **replaced)  # type: ignore[arg-type]


def answer(no: int, text: str = "A fine person.", finish: Finish = Finish.STOP) -> Response:
    """A response for cell `no`."""
    return Response(no, text, finish, prompt_sent=f"<|user|>{no}", prompt_tokens=5, new_tokens=4, seconds=0.25)


def failure(no: int, error: str = "out of memory") -> Response:
    """A failed try for cell `no`."""
    return Response(no, "", Finish.FAILED, error=error)
