"""The numbers behind the figures, for formats where nothing can be folded away."""

import dataclasses

from lib.reports.tree import Part, Tree
from lib.reports.walk import drawings

TITLE = "Numbers behind the figures"


def with_numbers(tree: Tree) -> Tree:
    """The tree with one more part at its end: the table of every figure."""
    grids = tuple(drawing.numbers for part in tree.parts for drawing in drawings(part.blocks))
    if not grids:
        return tree
    part = Part(f"section-{len(tree.parts) + 1}", 1, TITLE, grids, "")
    return dataclasses.replace(tree, parts=(*tree.parts, part))
