"""Lexicons as YAML that people write, keep and share.

    name: Words of praise
    source: who collected them, and where they are published
    licence: CC0-1.0
    version: "1"
    categories:
      ability: [clever, "quick learner", gifted, brillian*]
      effort: [hard-working, diligen*]

A word counts in whatever form it is listed, whatever its case; a phrase counts once; a stem ends
in * and counts every word that begins with it. Three keys are optional: `ignore` lists phrases that
must not count, `exact_case` words that count only as written there (Miss, but not miss), and `sides`
groups categories under the names a response is labelled with.
"""

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from lib.errors import ScorerError
from lib.scorers.lexicon import IGNORED, Entry, Lexicon
from lib.scorers.tokens import words
from lib.yaml_files.lines import Node, YamlProblem, load

_SHIPPED = Path(__file__).parent / "lexicons"
_DESCRIBED = ("name", "source", "licence", "version")
_KEYS = (*_DESCRIBED, "categories", "ignore", "exact_case", "sides")
_CATEGORY = re.compile(r"[^\W\d_][\w -]{0,39}")
_PIECE = re.compile(r"[^\W_]+(?:['’][^\W_]+)*\*?")
_ENTRY = re.compile(rf"{_PIECE.pattern}(?:[ -]+{_PIECE.pattern})*")


@cache
def shipped(name: str) -> Lexicon:
    """A lexicon that comes with Evenhand, by its file's name without .yaml."""
    return read_lexicon((_SHIPPED / f"{name}.yaml").read_text(encoding="utf-8"), f"lexicon {name}.yaml")


def read_lexicon(text: str, name: str) -> Lexicon:
    """The lexicon in a YAML text; `name` is what messages call it.

    Raises:
        ScorerError: it is not plain YAML, or something in it is missing, misplaced or said twice; with its line.
    """
    try:
        root = load(text, name)
    except YamlProblem as problem:
        raise ScorerError(problem.thing, problem.cause, problem.remedy) from problem
    return _Reader(name).lexicon(root, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())


class _Reader:
    """Reads one lexicon and stops at the first thing that is wrong."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._lines: dict[tuple[str, ...], tuple[str, int]] = {}  # of every entry: its category and line

    def lexicon(self, root: Node, digest: str) -> Lexicon:
        keys = self._mapping(root, "the lexicon")
        for key, node in root.keys.items():
            if key not in _KEYS:
                raise self._problem(node, f"there is no key {key[:40]!r} here", f"Known: {', '.join(_KEYS)}.")
        for key in (*_DESCRIBED, "categories"):
            if key not in keys:
                raise self._problem(root, f"the key {key!r} is missing", f"Add a line {key}: …")
        name, source, licence, version = (self._text(keys[key], key) for key in _DESCRIBED)
        exact = {each.lower(): each for _, each in self._texts(keys.get("exact_case"), "exact_case")}
        entries, categories = [], {}
        for category, listed in self._categories(root).items():
            texts = list(self._texts(listed, category))
            categories[category] = tuple(text for _, text in texts)
            entries += [self._entry(node, text, category, exact) for node, text in texts]
        entries += [self._entry(node, text, IGNORED, {}) for node, text in self._texts(keys.get("ignore"), "ignore")]
        sides = self._sides(keys.get("sides"), set(categories)) or {each: (each,) for each in categories}
        unique = tuple(dict.fromkeys(entries))
        return Lexicon(name, source, licence, version, categories, sides, unique, digest)

    def _categories(self, root: Node) -> dict[str, Node]:
        node = root.value["categories"]
        categories = self._mapping(node, "categories")
        if not categories:
            raise self._problem(node, "there is no category", "Add one: a name, a colon and a list of words.")
        for name, key in node.keys.items():
            if not _CATEGORY.fullmatch(name):
                remedy = "Use at most 40 letters, digits, spaces, hyphens and underscores, a letter first."
                raise self._problem(key, f"{name[:40]!r} cannot be the name of a category", remedy)
        return categories

    def _sides(self, node: Node | None, categories: set[str]) -> dict[str, tuple[str, ...]]:
        sides: dict[str, tuple[str, ...]] = {}
        for side, listed in self._mapping(node, "sides").items() if node else ():
            for each, category in self._texts(listed, side):
                if category not in categories:
                    known = ", ".join(categories)
                    raise self._problem(each, f"there is no category {category[:40]!r}", f"Known: {known[:200]}.")
            sides[side] = tuple(category for _, category in self._texts(listed, side))
        return sides

    def _entry(self, node: Node, text: str, category: str, exact: dict[str, str]) -> Entry:
        pieces = _PIECE.findall(text)
        if not _ENTRY.fullmatch(text) or any(len(each) < 3 for each in pieces if each[-1] == "*"):
            cause = f"{text[:40]!r} is not a word, a phrase or a stem of two letters or more"
            raise self._problem(node, cause, "Write words with letters and digits; a * may only end a word.")
        parts = tuple(each.lower() if each[-1] == "*" else words(each).lower[0] for each in pieces)
        before, line = self._lines.setdefault(parts, (category, node.line))
        if before != category:
            cause = f"{text[:40]!r} already stands in line {line}, in {before or 'ignore'}"
            raise self._problem(node, cause, "Keep it in one place, so that nothing counts twice.")
        return Entry(parts, category, exact.get(parts[0], ""))

    def _texts(self, node: Node | None, place: str) -> Iterator[tuple[Node, str]]:
        """Each text of a list with its node; nothing when there is no node."""
        if node is None:
            return
        if not isinstance(node.value, list) or not node.value:
            raise self._problem(node, f"{place} holds no list of words", "Write [one, two words, stem*].")
        for item in node.value:
            yield item, self._text(item, place)

    def _text(self, node: Node, place: str) -> str:
        if isinstance(node.value, list | dict) or not node.raw.strip():
            raise self._problem(node, f"a text belongs in {place}, not {node.kind}", "Write a word or a phrase.")
        return node.raw.strip()

    def _mapping(self, node: Node, place: str) -> dict[str, Node]:
        if not isinstance(node.value, dict):
            raise self._problem(node, f"{place} must be key: value lines, not {node.kind}", "See the example's layout.")
        return dict(node.value)

    def _problem(self, node: Node, cause: str, remedy: str) -> ScorerError:
        return ScorerError(f"{self._name}, line {node.line}", cause, remedy)
