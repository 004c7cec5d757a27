"""What a Python file imports, read from its source: also of files whose names cannot be imported."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCREENS = [ROOT / "Home.py", ROOT / "asgi.py", *sorted((ROOT / "pages").glob("*.py"))]
LIBRARY = sorted((ROOT / "lib").rglob("*.py"))


def imports(source: str, *, at_import: bool = False) -> set[str]:
    """Dotted names that `source` imports, anywhere, or with `at_import` only those that importing it loads.

    `from lib.ui import frame` counts as lib.ui.frame, so that a package cannot hide its modules.
    """
    found: set[str] = set()
    for node in _nodes(ast.parse(source), at_import):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports are not used here"
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def _nodes(node: ast.AST, at_import: bool) -> Iterator[ast.AST]:
    yield node
    children = ast.iter_child_nodes(node)
    if at_import and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return
    if at_import and isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        children = iter(node.orelse)
    for child in children:
        yield from _nodes(child, at_import)


def within(name: str, packages: tuple[str, ...]) -> bool:
    """Whether a dotted name is one of `packages` or inside one."""
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def module_name(path: Path) -> str:
    """The dotted name of a file under lib/."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
