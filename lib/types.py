"""The words every room shares: frozen dataclasses and enums, and nothing that computes.

Mappings inside are treated as immutable by convention. Identifiers (`id`) are short,
stable strings; `title` is what a person reads on the screen.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

# --- prompt banks -----------------------------------------------------------------


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


@dataclass(frozen=True, slots=True)
class Bank:
    """A prompt bank: templates, attributes and context slots, with source and licence.

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


# --- prompt grids -----------------------------------------------------------------


class PromptFormat(StrEnum):
    """How the rendered prompt is wrapped before a model reads it."""

    AUTO = "auto"  # chat for chat models, plain for base models
    PLAIN = "plain"
    CHAT = "chat"  # the model's own chat template
    INSTRUCTION = "instruction"  # "### Instruction: … ### Response:"


class Dtype(StrEnum):
    """Number format of a local model's weights; fp32 is the default for evidence."""

    FP32 = "fp32"
    BF16 = "bf16"


@dataclass(frozen=True, slots=True)
class Decoding:
    """Decoding settings. `temperature` 0 is greedy; `top_k` 0 and `top_p` 1 are off."""

    temperature: float = 1.0
    top_p: float = 1.0
    top_k: int = 0
    repetition_penalty: float = 1.0
    max_new_tokens: int = 64


@dataclass(frozen=True, slots=True)
class GridSpec:
    """A prompt grid: bank × chosen groups × contexts × models × decoding settings × repeats.

    `vary` lists the attributes whose groups differ inside a matched set; every other
    attribute a template mentions is held fixed, like a context. An empty tuple, or a missing
    key, means "all of them" for `groups`, `contexts` and `templates`.
    `terms_per_group` 0 means all terms.
    """

    name: str
    bank: str
    vary: tuple[str, ...]
    models: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    contexts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    templates: tuple[str, ...] = ()
    formats: tuple[PromptFormat, ...] = (PromptFormat.AUTO,)
    decodings: tuple[Decoding, ...] = (Decoding(),)
    repeats: int = 1
    terms_per_group: int = 0
    seed: int = 0
    system: str = ""
    dtype: Dtype = Dtype.FP32


@dataclass(frozen=True, slots=True)
class Cell:
    """One prompt for one model with one decoding setting and one seed.

    `id` hashes everything that determines the text; `set_id` is shared by the members of a
    matched set. `group` names what varied ("woman", "muslim+woman", and "woman>man" where a
    pair is compared inside the prompt, first named first). `groups` maps every attribute, marginal
    memberships included, to the group; `terms` maps each slot to the words put there;
    `context` maps each held slot to its value id. `seed` is shared by a matched set.
    """

    id: str
    set_id: str
    template: str
    context: Mapping[str, str]
    group: str
    groups: Mapping[str, str]
    terms: Mapping[str, str]
    model: str
    format: PromptFormat
    decoding: Decoding
    repeat: int
    seed: int
    prompt: str
    system: str = ""


# --- models -----------------------------------------------------------------------


class ModelKind(StrEnum):
    """Whether a model was tuned to converse; decides what `PromptFormat.AUTO` means."""

    BASE = "base"
    CHAT = "chat"


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """One model of the catalogue.

    `backend` names a registered backend (bundled, hub, folder, gguf, adapter, endpoint);
    `location` is what that backend needs: a hub id, a path or a base URL. `served_name` is the
    model's name at an endpoint, `key_env` the environment variable or Streamlit secret that
    holds its key (never the key). Prices are US dollars per million tokens.
    `parent` is the catalogue id of the model this one was made from (an adapter's base, a
    mitigation's base), `method` how.
    """

    id: str
    title: str
    backend: str
    location: str
    kind: ModelKind = ModelKind.BASE
    revision: str = ""
    served_name: str = ""
    key_env: str = ""
    licence: str = ""
    source: str = ""
    note: str = ""
    parameters: int | None = None
    size_bytes: int | None = None
    price_in: float | None = None
    price_out: float | None = None
    max_concurrency: int = 8
    parent: str = ""
    method: str = ""


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """What was really loaded: recorded with every run and printed in every report."""

    model: str
    backend: str
    revision: str = ""
    weights_digest: str = ""  # SHA-256 over the weight files
    tokenizer_digest: str = ""
    chat_template_digest: str = ""
    dtype: str = ""
    device: str = ""
    device_reason: str = ""
    parameters: int | None = None
    note: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)


# --- jobs and responses -----------------------------------------------------------


class Finish(StrEnum):
    """Why a response ended."""

    STOP = "stop"  # the model ended it
    LENGTH = "length"  # cut off at the token limit
    FAILED = "failed"  # no text; `error` says why


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker needs to generate one cell; `no` is the cell's number within its run."""

    no: int
    prompt: str
    format: PromptFormat
    decoding: Decoding
    seed: int
    system: str = ""


@dataclass(frozen=True, slots=True)
class Response:
    """What came back for one job. `text` is the completion alone; times are seconds.

    `prompt_sent` is the exact text the model read, wrapper or chat template included.
    """

    no: int
    text: str
    finish: Finish
    prompt_sent: str = ""
    prompt_tokens: int = 0
    new_tokens: int = 0
    seconds: float = 0.0
    error: str = ""


class TakeJobs(Protocol):
    """How a generator asks for work: at most `n` jobs.

    With `wait` it blocks until there is at least one, and an empty list then means that no
    more will come; without `wait` an empty list only means that none is there yet.
    """

    def __call__(self, n: int, *, wait: bool) -> list[Job]:
        """At most `n` jobs."""


class Generator(Protocol):
    """A loaded model that answers jobs, in whatever order they finish."""

    facts: ModelFacts

    def generate(self, take: TakeJobs) -> Iterator[Response]:
        """Responses as they finish, until `take` says that no more jobs will come."""


# --- runs -------------------------------------------------------------------------


class RunStatus(StrEnum):
    """The state of a run. INTERRUPTED: the program ended while it ran; resume finishes it."""

    QUEUED = "queued"
    RUNNING = "running"
    PAUSED = "paused"
    INTERRUPTED = "interrupted"
    STOPPED = "stopped"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class RunInfo:
    """A run and how far it is. `done` counts stored responses, `failed` cells whose last try failed."""

    id: str
    name: str
    status: RunStatus
    grid: GridSpec
    bank_title: str
    total: int
    done: int
    failed: int
    position: int
    created: datetime
    started: datetime | None = None
    finished: datetime | None = None
    note: str = ""
    read_only: bool = False


@dataclass(frozen=True, slots=True)
class StoredResponse:
    """A cell with its response (or with none yet), as the pages and exports read it."""

    run: str
    no: int
    cell: Cell
    bank: str
    response: Response | None
    created: datetime | None = None


@dataclass(frozen=True, slots=True)
class ResponseFilter:
    """Which stored responses to show; an empty tuple or string does not restrict.

    `group` values are those of `Cell.group`; `search` is matched, ignoring case, in the
    response and the prompt.
    """

    runs: tuple[str, ...] = ()
    banks: tuple[str, ...] = ()
    templates: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    decodings: tuple[str, ...] = ()
    finishes: tuple[str, ...] = ()
    search: str = ""


@dataclass(frozen=True, slots=True)
class Rate:
    """How fast a model answered here before, for time estimates."""

    model: str
    dtype: str
    cells_per_second: float
    tokens_per_second: float
    measured: datetime


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one of several texts shown side by side: shared by all of them, or not."""

    text: str
    differs: bool


# --- scores -----------------------------------------------------------------------


class MeasureKind(StrEnum):
    """What is compared between groups: a share of responses, a mean, or a count per exposure."""

    PROPORTION = "proportion"  # 0 or 1 for each response
    MEAN = "mean"  # a number for each response
    RATE = "rate"  # a count for each response over an exposure (its words): sums are divided, not responses


class Direction(StrEnum):
    """Which end of a measure one would wish for, as people read it."""

    LOWER = "lower is better"
    HIGHER = "higher is better"
    NEITHER = "neither end is better"


@dataclass(frozen=True, slots=True)
class Measure:
    """One number a scorer gives each response.

    `unit` completes the number ("words", "per 100 words"). A RATE divides by the measure whose id
    is `exposure` and is shown per `per` of it. `low` and `high` bound the number where it has bounds.
    """

    id: str
    title: str
    kind: MeasureKind
    direction: Direction = Direction.NEITHER
    unit: str = ""
    exposure: str = ""
    per: float = 1.0
    low: float | None = None
    high: float | None = None
    help: str = ""


class ScoreOutcome(StrEnum):
    """What became of the attempt to score a response."""

    SCORED = "scored"
    NOTHING = "nothing to score"  # an empty text, or one the scorer does not apply to
    UNPARSABLE = "unparsable"  # a judge's verdict that does not keep to its rubric


@dataclass(frozen=True, slots=True)
class Score:
    """What one scorer says of one response.

    `values` follow the order of the scorer's measures, None where a measure is not defined for
    this response. `label` is one of the scorer's labels or "". `note` says why, or quotes a judge.
    """

    values: tuple[float | None, ...]
    label: str = ""
    outcome: ScoreOutcome = ScoreOutcome.SCORED
    note: str = ""


@dataclass(frozen=True, slots=True)
class ScoreItem:
    """One response as a scorer reads it. Only `text`, the completion, is measured.

    The rest places it: `groups` and `terms` as in `Cell`, `set_id` its matched set, and `family`
    what is shared by matched sets that differ in the repeat alone, so that two items of one family
    with the same `prompt` are two samples of one prompt.
    """

    no: int
    text: str
    finish: Finish
    prompt: str = ""
    group: str = ""
    groups: Mapping[str, str] = field(default_factory=dict)
    terms: Mapping[str, str] = field(default_factory=dict)
    set_id: str = ""
    family: str = ""


@dataclass(frozen=True, slots=True)
class ScorerEntry:
    """A scorer set up for use: which one, and with what options (a lexicon, a classifier's folder, a rubric).

    `id` is what addresses and the terminal use.
    """

    id: str
    scorer: str
    title: str
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scoring:
    """One version of one scorer as it was used here; its scores stay when a newer version comes.

    `version` is the scorer's own; `fingerprint` hashes whatever else changes its numbers
    (lexicon, rubric, weights). `measures` and `labels` are those of that version.
    """

    no: int
    entry: ScorerEntry
    version: str
    fingerprint: str
    measures: tuple[Measure, ...]
    labels: tuple[str, ...]
    created: datetime | None = None


Json = dict[str, Any]
Progress = Callable[[int, int], None]
