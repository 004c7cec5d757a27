"""Which outputs of a file belong together.

A matched set is what shares the recorded set, the template, what is held fixed, the model and how it decoded; the
n-th sample of each of its prompts makes its n-th repeat. Sets whose prompts are the same are samples of each other,
whatever they are called. What is kept of an output are a few numbers, never its texts, so that memory grows little
with a file.
"""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass

from lib.interchange.recorded import RecordedOutput
from lib.workflows.importing.labels import tidy
from lib.workflows.importing.placing import UNGROUPED, Placed


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an output belongs: its matched set, which sample of its prompt it is, and the name of its case.

    `again`: its place in the set was taken, though the file says which repeat it is.
    """

    set_id: str
    repeat: int
    case: str
    again: bool


@dataclass(frozen=True, slots=True)
class Sets:
    """How many matched sets there are: with all groups of their template, with some, with a single one."""

    complete: int
    incomplete: int
    alone: int
    split: int  # recorded sets whose members differ in what should be held fixed


class Book:
    """Learns from each output once (`learn`), then, from the first one on again, tells where each belongs (`spot`)."""

    def __init__(self) -> None:
        self._taken: Counter[int] = Counter()
        self._members: set[int] = set()
        self._prompts: dict[int, int] = {}  # by set: its different prompts, in whatever order they come
        self._names: dict[int, str] = {}  # by set: what it is called
        self._cases: dict[int, str] = {}  # by such prompts: what the first set with them is called
        self._held: dict[int, dict[str, int]] = {}  # by recorded set: what its first member is held to, by slot
        self._split: set[int] = set()
        self._differing: dict[str, None] = {}
        self._places: dict[str, int] = {}
        self._groups: dict[int, tuple[str, int]] = {}  # by matched set: its template, and a bit for each group

    def learn(self, output: RecordedOutput, placed: Placed, asked: tuple[object, ...], number: int) -> Spot:
        """Take output `number` in; `asked` is all it was asked with. The case it gives may still change."""
        whole, own, prompt = self._keys(output, placed, asked)
        if (member := own ^ prompt) not in self._members:
            self._members.add(member)
            self._prompts[own] = self._prompts.get(own, 0) ^ prompt
            self._names.setdefault(own, tidy(output.set) or f"output {number + 1}")
        if output.set:
            self._compare(whole, placed)
        spot = self._spot(output, own, prompt)
        if output.set and placed.label != UNGROUPED:
            place = self._places.setdefault(placed.label, len(self._places))
            matched = key(spot.set_id)
            template, groups = self._groups.get(matched, (placed.template, 0))
            self._groups[matched] = template, groups | 1 << place
        return spot

    @property
    def differing(self) -> tuple[str, ...]:
        """The slots in which members of a recorded set differ; "" for the template."""
        return tuple(self._differing)

    def again(self) -> None:
        """The outputs come from the first one on again."""
        self._taken.clear()
        self._members.clear()
        for own, prompts in self._prompts.items():
            self._cases.setdefault(prompts, self._names[own])

    def spot(self, output: RecordedOutput, placed: Placed, asked: tuple[object, ...]) -> Spot:
        """Where an output belongs; to be asked in the order in which they were learnt."""
        _, own, prompt = self._keys(output, placed, asked)
        return self._spot(output, own, prompt)

    def sets(self) -> Sets:
        """The matched sets among the outputs that name a set and a group."""
        whole: dict[str, int] = {}
        for template, groups in self._groups.values():
            whole[template] = whole.get(template, 0) | groups
        pairs = sum(1 << place for label, place in self._places.items() if ">" in label)
        counts = Counter(
            "alone"
            if groups.bit_count() == 1
            else "complete"
            if groups == whole[template] or groups & pairs == groups  # a couple has its two orders, and no others
            else "incomplete"
            for template, groups in self._groups.values()
        )
        return Sets(counts["complete"], counts["incomplete"], counts["alone"], len(self._split))

    def _compare(self, whole: int, placed: Placed) -> None:
        """Note in what a member differs from the first one of its recorded set."""
        held = {"": hash((placed.template, placed.apart))} | {slot: hash(each) for slot, each in placed.held.items()}
        first = self._held.setdefault(whole, held)
        if first != held:
            self._split.add(whole)
            self._differing |= dict.fromkeys(slot for slot in first | held if first.get(slot) != held.get(slot))

    def _keys(self, output: RecordedOutput, placed: Placed, asked: tuple[object, ...]) -> tuple[int, int, int]:
        """Numbers for the recorded set, for what is held fixed in it too, and for the output's prompt."""
        prompt = key([placed.label, sorted(placed.terms.items()), output.prompt, output.system])
        whole = key([["set", output.set] if output.set else ["prompt", prompt], asked])
        return whole, key([whole, placed.template, placed.apart, sorted(placed.held.items())]), prompt

    def _spot(self, output: RecordedOutput, own: int, prompt: int) -> Spot:
        stated = output.repeat or 0
        place = key([own, prompt, stated])
        before = self._taken[place]
        self._taken[place] += 1
        case = self._cases.get(self._prompts[own], "")
        set_id = f"{key([own, stated, before]):016x}"
        return Spot(set_id, stated + before, case, again=before > 0 and output.repeat is not None)


def key(value: object) -> int:
    """A number that stands for a value of plain JSON."""
    text = _encoded(value).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest())


_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
