"""Who annotates: a name that can be told from others, written and shown."""

import unicodedata

from lib.errors import AnnotationError
from lib.workflows.workbench import Workbench

LONGEST_NAME = 80


def checked_name(name: str) -> str:
    """The name without spaces around it; raises AnnotationError when it is none."""
    name = unicodedata.normalize("NFC", " ".join(name.split()))
    if not name:
        raise AnnotationError("annotator's name", "it is empty", "Write your name, or a pseudonym that only you use.")
    if len(name) > LONGEST_NAME:
        cause = f"it has {len(name):,} characters, more than the {LONGEST_NAME} allowed"
        raise AnnotationError("annotator's name", cause, "Write a shorter one.")
    if hidden := next((letter for letter in name if unicodedata.category(letter).startswith("C")), ""):
        cause = f"it holds a character that nobody sees (U+{ord(hidden):04X})"
        raise AnnotationError("annotator's name", cause, "Type the name again by hand.")
    return name


def join(workbench: Workbench, name: str) -> str:
    """The annotator of that name, known from now on; the name as it was first written."""
    name = checked_name(name)
    workbench.refuse_when_read_only("store annotations")
    return workbench.store.annotators.join(name)


def pseudonyms(names: list[str]) -> dict[str, str]:
    """“Annotator 1” and so on, in the order given, by name."""
    return {name: f"Annotator {number}" for number, name in enumerate(names, 1)}
