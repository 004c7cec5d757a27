"""The words every room shares: frozen dataclasses and enums, and nothing that computes.

Mappings inside are treated as immutable by convention. Identifiers (`id`) are short,
stable strings; `title` is what a person reads on the screen.
"""

from collections.abc import Callable
from typing import Any

from lib.types.annotation import (
    Act,
    AnnotationEvent,
    AnnotationItem,
    Answer,
    Assignment,
    AssignmentSpec,
    Codebook,
    CodebookField,
    Decision,
    FieldKind,
    GoldSource,
    ItemKind,
    ItemState,
    Label,
    Sampling,
    Span,
)
from lib.types.banks import (
    Attribute,
    Bank,
    Context,
    ContextValue,
    Group,
    Severity,
    Slot,
    Template,
    Term,
)
from lib.types.grids import (
    Cell,
    Decoding,
    Dtype,
    GridSpec,
    PromptFormat,
)
from lib.types.jobs import (
    Finish,
    Generator,
    Job,
    Response,
    TakeJobs,
)
from lib.types.maps import (
    UNCLUSTERED,
    MapInfo,
    MapQuality,
    MapSettings,
    MapStatus,
    Projection,
    Region,
    Selection,
)
from lib.types.models import (
    ModelEntry,
    ModelFacts,
    ModelKind,
)
from lib.types.runs import (
    Piece,
    Rate,
    ResponseFilter,
    RunInfo,
    RunStatus,
    StoredResponse,
)
from lib.types.scores import (
    Direction,
    Measure,
    MeasureKind,
    Score,
    ScoreItem,
    ScoreOutcome,
    ScorerEntry,
    Scoring,
)

Json = dict[str, Any]
Progress = Callable[[int, int], None]

__all__ = [
    "UNCLUSTERED",
    "Act",
    "AnnotationEvent",
    "AnnotationItem",
    "Answer",
    "Assignment",
    "AssignmentSpec",
    "Attribute",
    "Bank",
    "Cell",
    "Codebook",
    "CodebookField",
    "Context",
    "ContextValue",
    "Decision",
    "Decoding",
    "Direction",
    "Dtype",
    "FieldKind",
    "Finish",
    "Generator",
    "GoldSource",
    "GridSpec",
    "Group",
    "ItemKind",
    "ItemState",
    "Job",
    "Json",
    "Label",
    "MapInfo",
    "MapQuality",
    "MapSettings",
    "MapStatus",
    "Measure",
    "MeasureKind",
    "ModelEntry",
    "ModelFacts",
    "ModelKind",
    "Piece",
    "Progress",
    "Projection",
    "PromptFormat",
    "Rate",
    "Region",
    "Response",
    "ResponseFilter",
    "RunInfo",
    "RunStatus",
    "Sampling",
    "Score",
    "ScoreItem",
    "ScoreOutcome",
    "ScorerEntry",
    "Scoring",
    "Selection",
    "Severity",
    "Slot",
    "Span",
    "StoredResponse",
    "TakeJobs",
    "Template",
    "Term",
]
