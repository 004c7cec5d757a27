"""The scorers that a bundle's scores name, held against those that are here.

What a version of a scorer is called and measures is kept once, and would be believed of one's own scores.
"""

from pathlib import Path

from lib.codec import from_json, to_json
from lib.errors import AuditError, BundleError
from lib.scorers.base import SCORERS, Cost, built_in_entries, scorer_of
from lib.store.audit_files import read_json, write_json
from lib.store.store import Store
from lib.types import ScorerEntry, Scoring


def refuse_false_scorers(store: Store, run_id: str) -> None:
    """Raise BundleError where scores claim to be of a scorer as it is here, but say that it is another."""
    for scoring in store.scores.scorings(run_id):
        if said := false_scorer(scoring):
            raise BundleError(f"scores of {scoring.entry.id}", said, "Get a fresh copy of the bundle.")


def false_scorer(scoring: Scoring) -> str:
    """What is wrong with the scorer that scores name, beside its title; "" where nothing is."""
    entry = scoring.entry
    known = {each.id: each for each in built_in_entries()}.get(entry.id)
    if known is not None and (entry.scorer, dict(entry.options)) != (known.scorer, dict(known.options)):
        return f"scorer {entry.id} comes with Evenhand, and is set up otherwise there"
    try:
        scorer = scorer_of(entry)
    except AuditError:
        return ""
    if scorer.version != scoring.version:
        return ""
    if scorer.fingerprint != scoring.fingerprint:
        # Of a scorer that loads a model it depends on what is on this computer.
        follows = known is None and scorer.cost is Cost.INSTANT
        return f"what scorer {entry.id} is set up with is not what its fingerprint is of" if follows else ""
    same = (scorer.measures, scorer.labels) == (scoring.measures, scoring.labels)
    return "" if same else f"it names other measures or labels than {entry.id} has in this version"


def other_title(scoring: Scoring) -> str:
    """The title of a scorer that comes with Evenhand, where scores call it otherwise; "" where they do not."""
    known = {each.id: each.title for each in built_in_entries()}.get(scoring.entry.id, "")
    return known if known != scoring.entry.title else ""


def with_known_titles(folder: Path) -> None:
    """Give the scorers that come with Evenhand the titles they have here, in the files of an unpacked bundle."""
    known = {entry.id: entry for entry in built_in_entries()}
    for path in sorted((folder / "scores").glob("*.json")):
        told = read_json(path)
        entry = from_json(ScorerEntry, told["entry"])
        if entry.id in known and entry.title != known[entry.id].title:
            write_json(path, told | {"entry": to_json(entry) | {"title": known[entry.id].title}})


def know_scorers(store: Store, run_id: str) -> None:
    """Set up here the scorers that people set up where the audit comes from, so that its scores can be shown."""
    known = {entry.id for entry in (*built_in_entries(), *store.scorers.all())}
    for scoring in store.scores.scorings(run_id):
        if scoring.entry.id not in known and scoring.entry.scorer in SCORERS.names():
            store.scorers.save(scoring.entry)
