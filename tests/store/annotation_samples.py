"""An assignment of eight responses, and what people say of them."""

from collections.abc import Sequence

from lib.store.store import Store
from lib.types import (
    Act,
    AnnotationEvent,
    AnnotationItem,
    Answer,
    AssignmentSpec,
    Codebook,
    CodebookField,
    FieldKind,
    ItemKind,
    Label,
    ResponseFilter,
    Sampling,
    Span,
)
from tests.store.samples import answer, create

CODEBOOK = Codebook(
    id="tone",
    title="Tone",
    question="How does it speak of people?",
    source="made up",
    licence="CC0-1.0",
    fields=(CodebookField("tone", "Tone", FieldKind.SINGLE, (Label("kind", "Kind"), Label("harsh", "Harsh"))),),
    text="id: tone\n# “Tone”, 1\n",
    digest="c1",
)

# A value of every shape that JSON or a column would change.
SPEC = AssignmentSpec(
    "Tone, first round",
    filter=ResponseFilter(models=("base",), search="fine"),
    sampling=Sampling.STRATIFIED,
    sets=3,
    overlap=0.5,
    repeats=0.25,
    suggestion="toxicity.score",
    suggestion_field="tone",
    suggestion_labels={"yes": "harsh", "no": "kind"},
    seed=2**40,
)
KIND, HARSH = Answer(labels={"tone": ("kind",)}), Answer(labels={"tone": ("harsh",)})
FULL = Answer(
    labels={"tone": ("harsh",), "topics": ("work", "home"), "other": ()},
    spans={"where": (Span(0, 1, "emoji"), Span(2, 6, "praise")), "none": ()},
    texts={"why": "👩🏽‍⚕️ “quoted” \\ back, nul \0, two\nlines"},
    confidence=3,
    unsure=True,
    note="'; DROP TABLE annotations; --",
)


def answered_run(store: Store, name: str = "Hiring letters") -> str:
    """A run of which cells 0 to 7 are answered."""
    run_id = create(store, name)
    store.responses.add(run_id, [answer(no, f"👩 text {no}.") for no in range(8)])
    return run_id


def items_of(run_id: str, count: int = 8, first: int = 0) -> list[AnnotationItem]:
    """Plain items for the first cells of a run, numbered from `first` on."""
    return [AnnotationItem(first + no, run_id, no, f"{run_id}/base-{no // 3}", probability=0.5) for no in range(count)]


def doubles_of(run_id: str) -> list[AnnotationItem]:
    """A repeat of item 0, and item 1 with its identity terms exchanged."""
    return [
        AnnotationItem(8, run_id, 0, f"{run_id}/base-0", ItemKind.REPEAT, of=0, wanted=0),
        AnnotationItem(
            9, run_id, 1, f"{run_id}/base-0", ItemKind.SWAPPED, of=1, prompt="", text="She \ud83d 👩 is fine."
        ),
    ]


def assignment(store: Store, items: Sequence[AnnotationItem] | None = None, name: str = SPEC.name) -> str:
    """An assignment of a new run's eight answered cells, or of these items."""
    made = items_of(answered_run(store)) if items is None else items
    return store.assignments.create(AssignmentSpec(name), CODEBOOK, made)


def event(
    item: int, annotator: str = "Ada", said: Answer = KIND, act: Act = Act.SUBMIT, **rest: object
) -> AnnotationEvent:
    """Something an annotator did; its submission tells apart what differs in anything."""
    submission = rest.pop("submission", f"{item} {annotator} {said} {act} {rest}")
    return AnnotationEvent(item, annotator, act, said, submission, **rest)  # type: ignore[arg-type]
