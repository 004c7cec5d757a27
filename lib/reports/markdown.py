"""Markdown as GitHub reads it. Figures are told in words and numbers; what a model wrote stands in fenced blocks."""

import re
from collections.abc import Iterator

from lib.reports import tree, walk
from lib.reports.base import FORMATS, Format
from lib.types import Document

SPECIAL = re.compile(r"([\\`*_\[\]<>|~&$!])")
BEGINS = re.compile(r"^(?=[-+=#]|:\s)|^(\d{1,9})(?=[.)](?:\s|$))", re.MULTILINE)
# GitHub looks for addresses, names and :emoji: again after escapes were resolved. An invisible word joiner keeps them
# from matching.
SEEN_AGAIN = re.compile(r":(?=//|[\w+-]+:)|@(?=\S)|#(?=\d)|\bwww(?=\.)", re.IGNORECASE)
JOINER = "\u2060"
DEEPEST = 3


def write(document: Document) -> bytes:
    """The Markdown of a document, in UTF-8."""
    laid = walk.laid_out(document)
    return ("\n\n".join(blocks(laid)) + "\n").encode("utf-8")


def blocks(laid: tree.Tree) -> Iterator[str]:
    """The text in blocks that blank lines part."""
    yield f"# {inline(laid.title)}"
    if laid.subtitle:
        yield inline(laid.subtitle)
    yield f"Audit {inline(laid.run)} · made with Evenhand"
    if laid.missing:
        gaps = [
            f"- {inline(where)}: " + "; ".join(f"[{inline(gap.title)}](#{gap.anchor})" for gap in gaps)
            for where, gaps in walk.missing_by_place(laid)
        ]
        lead = "Only its author can write these, and has not yet:"
        yield boxed("Still missing", "\n".join([lead, "", *gaps]))
    if laid.listed:
        yield "## Contents"
        parts = walk.parts(laid.parts, DEEPEST)
        yield "\n".join(f"{'  ' * (part.level - 1)}- [{inline(part.title)}](#{part.anchor})" for part in parts)
    for part in laid.parts:
        yield from of_block(part)


def of_block(block: tree.Block) -> Iterator[str]:
    """One node of the tree."""
    match block:
        case tree.Part():
            yield f"{'#' * min(block.level + 1, 6)} {named(block.anchor)}{inline(block.title)}"
            for inner in block.blocks:
                yield from of_block(inner)
            if block.notes:
                yield f"**Speaker notes.** {text(block.notes)}"
        case tree.Line():
            yield f"**{inline(block.text)}**" if block.lead else text(block.text)
        case tree.List():
            marks = (f"{number}." if block.ordered else "-" for number in range(1, len(block.items) + 1))
            yield "\n".join(f"{mark} {inline(item.text)}" for mark, item in zip(marks, block.items, strict=True))
        case tree.Grid():
            yield from of_grid(block)
        case tree.Drawing():
            yield f"{named(block.anchor)}**{block.label}.** {inline(block.caption)}"
            yield f"In words: {text(block.alt)}"
            yield from of_grid(block.numbers)
        case tree.Quotation():
            yield from of_quotation(block)
        case tree.Box():
            yield boxed(inline(block.title), text(block.text))
        case tree.Answer(anchor=""):
            yield f"**{inline(block.title)}**"
            yield text(block.text)
        case tree.Answer():
            yield boxed(f"{named(block.anchor)}To be written: {inline(block.title)}", text(block.help))


def of_grid(grid: tree.Grid) -> Iterator[str]:
    """A table with its caption above and its note below."""
    yield f"{named(grid.anchor)}**{grid.label}.** {inline(grid.caption)}"
    heads = " | ".join(inline(head.title) for head in grid.heads)
    sides = " | ".join("---:" if head.number else ":---" for head in grid.heads)
    rows = [" | ".join(map(of_cell, row)) for row in grid.rows]
    yield "\n".join(f"| {row} |" for row in (heads, sides, *rows))
    if grid.note:
        yield text(grid.note)


def of_cell(cell: tree.Cell) -> str:
    """A value within a table, whose lines are broken by the one element that cells take."""
    said = "<br>".join(map(inline, cell.text.split("\n")))
    return f"{named(cell.anchor)}**{said}**" if cell.anchor else said


def of_quotation(quote: tree.Quotation) -> Iterator[str]:
    """What a model answered to what, letter by letter."""
    if quote.about:
        yield text(quote.about)
    for name, said in (("Prompt", quote.prompt), ("Answer", quote.text)):
        yield f"**{name}**"
        yield fenced(said)
    if quote.note:
        yield text(quote.note)


def fenced(said: str) -> str:
    """A block of code whose fence is longer than any in the text."""
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", said) or [""]))
    return f"{fence}text\n{said}\n{fence}"


def boxed(title: str, body: str) -> str:
    """A notice: a block quote that begins with its title. Both are Markdown already."""
    lines = [f"**{title}**", *(["", *body.split("\n")] if body else [])]
    return "\n".join(f"> {line}".rstrip() for line in lines)


def named(anchor: str) -> str:
    """A place that links lead to."""
    return f'<a id="{anchor}"></a>' if anchor else ""


def inline(said: str) -> str:
    """A text on one line, shown letter by letter."""
    return escaped(" ".join(said.split()))


def text(said: str) -> str:
    """A text with its line breaks, shown letter by letter; blank lines are left out."""
    return "\\\n".join(escaped(line.strip()) for line in said.split("\n") if line.strip())


def escaped(line: str) -> str:
    """One line in which nothing is read as Markdown, HTML, mathematics, an address or a name."""
    safe = BEGINS.sub(lambda match: f"{match[1] or ''}\\", SPECIAL.sub(r"\\\1", line))
    return SEEN_AGAIN.sub(lambda match: match[0] + JOINER, safe)


FORMATS.register(
    "md",
    Format(
        "md",
        "Markdown",
        "md",
        "text/markdown",
        "Plain text for repositories and model cards; figures as words and numbers.",
        write,
    ),
)
