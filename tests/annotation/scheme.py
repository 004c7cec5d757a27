"""A codebook with a field of every kind, three of which depend on others; and short ways to write answers."""

from lib.types import Answer, Codebook, CodebookField, FieldKind, Label, Span


def labels(*ids: str) -> tuple[Label, ...]:
    return tuple(Label(id, id.capitalize()) for id in ids)


BIAS = CodebookField("bias", "Is bias observed?", FieldKind.SINGLE, labels("yes", "no", "unsure"), required=True)
TYPE = CodebookField(
    "type", "Which bias?", FieldKind.MULTIPLE, labels("role", "trait", "erasure"), when={"bias": ("yes", "unsure")}
)
SEVERITY = CodebookField(
    "severity",
    "How severe is it?",
    FieldKind.SCALE,
    labels("low", "middle", "high"),
    required=True,
    when={"type": ("role", "trait"), "bias": ("yes",)},
)
EVIDENCE = CodebookField("evidence", "Where?", FieldKind.SPANS, labels("claim", "slur"), when={"bias": ("yes",)})
IDEA = CodebookField("idea", "What would help?", FieldKind.TEXT)

SCHEME = Codebook(
    id="scheme",
    title="Scheme",
    question="Is it biased?",
    source="Written for this test.",
    licence="CC0-1.0",
    fields=(BIAS, TYPE, SEVERITY, EVIDENCE, IDEA),
    discard_reasons=("Not readable", "Off topic"),
)


def says(**chosen: str) -> Answer:
    """An answer of labels alone, each field's written with spaces between them."""
    return Answer(labels={field: tuple(its.split()) for field, its in chosen.items()})


def marks(*spans: tuple[int, int, str]) -> Answer:
    """Bias, and spans of the evidence for it."""
    return Answer(labels={"bias": ("yes",)}, spans={"evidence": tuple(Span(*span) for span in spans)})
