"""What computes a bundle's numbers: when it is the same, they have to be the same to the last digit."""

import platform

from lib.types import Json
from lib.workflows.environment import environment, installed

_LIBRARIES = ("numpy", "scipy", "pandas", "duckdb", "pyarrow")


def made_with() -> Json:
    """Code, libraries and kind of processor; no path, no name of a machine."""
    around = environment()
    return {
        "evenhand": around["evenhand"],
        "commit": around["commit"],
        "python": platform.python_version(),
        "machine": platform.machine(),
        "libraries": {name: installed(name) for name in _LIBRARIES},
    }


def differences(one: Json, other: Json) -> list[str]:
    """In which of these two differ, in words: "numpy 2.3.1, here 2.4.0"."""
    flat_one, flat_other = _flat(one), _flat(other)
    names = dict.fromkeys([*flat_one, *flat_other])
    return [
        f"{name} {flat_one.get(name) or '(none)'}, here {flat_other.get(name) or '(none)'}"
        for name in names
        if flat_one.get(name) != flat_other.get(name)
    ]


def _flat(about: Json) -> dict[str, str]:
    libraries = about.get("libraries", {})
    plain = {name: str(value) for name, value in about.items() if name != "libraries"}
    return plain | {name: str(value) for name, value in (libraries.items() if isinstance(libraries, dict) else ())}
