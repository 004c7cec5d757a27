"""What parent and worker say to each other, in lines of JSON.

| to the worker | |
|---|---|
| `load` | everything `open_generator` needs, and `share`: how much of its usual memory to plan with |
| `generate` | `jobs` |
| `open` | `kind` of task, and everything `open_task` needs for it |
| `do` | `id`, `task` |
| `close` | finish and leave |

| to the parent | |
|---|---|
| `loaded` | `facts` of the model |
| `learned` | `facts`, once the model has told more about itself |
| `refused` | `thing`, `cause`, `remedy`: the model does not load, or a task failed |
| `did` | `id`, `result` |
| `want` | `count`: how many more jobs there is room for |
| `response` | `response` |
"""

import json
from collections.abc import Iterator
from typing import IO

from lib.types import Json


def write_message(stream: IO[bytes], message: Json) -> None:
    """Send one message; raises OSError when the other side is gone."""
    stream.write(json.dumps(message).encode("ascii") + b"\n")
    stream.flush()


def read_messages(stream: IO[bytes]) -> Iterator[Json]:
    """Every message until the other side closes; a line cut short by its death is no message."""
    for line in stream:
        if line.endswith(b"\n"):
            yield json.loads(line)
