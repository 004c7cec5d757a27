"""Short ways to read what a test has just written."""

from pathlib import Path

import pytest

from lib.errors import InterchangeError
from lib.interchange.formats import read_recording
from lib.interchange.outputs import outputs
from lib.interchange.recorded import Mapping, RecordedOutput

SAMPLES = Path(__file__).with_name("samples")


def written(path: Path, content: str | bytes) -> Path:
    """A file with this content."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def read(path: Path, mapping: Mapping | None = None) -> list[RecordedOutput]:
    """All outputs of a file."""
    return list(outputs(read_recording(path), mapping))


def refusal(path: Path, mapping: Mapping | None = None) -> str:
    """What is said of a file that must be refused."""
    with pytest.raises(InterchangeError) as raised:
        read(path, mapping)
    return str(raised.value)
