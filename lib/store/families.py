"""Families: the matched sets of a run that differ in the repeat alone.

Whatever else tells sets apart (`lib/grid/layout.py`, `MatchedSet.held`) is read back from the cells:
the template and the setting, the id and the words of everything held fixed, and for a template that
compares a pair inside the prompt the couple, in whichever order it is named.
"""

import hashlib
import json

from lib.store.database import Database
from lib.types import EXTRA


class Families:
    """Gives each matched set of one run the name of its family; sets already seen cost a look-up."""

    def __init__(self, database: Database, run_no: int) -> None:
        settings = database.rows(
            """
            SELECT stratum, template, model, format, temperature, top_p, top_k, repetition_penalty, max_new_tokens
            FROM strata WHERE run_no = ?
            """,
            (run_no,),
        )
        self._settings = {stratum: setting for stratum, *setting in settings}
        self._known: dict[str, str] = {}

    def of(self, set_id: str, stratum: int, context: str, groups: str, terms: str) -> str:
        """The family of a set, from any one of its cells; context, groups and terms are their JSON as stored."""
        if set_id not in self._known:
            key = [
                self._settings[stratum],
                _held(json.loads(held_only(context)), json.loads(groups), json.loads(terms)),
            ]
            text = json.dumps(key, sort_keys=True, ensure_ascii=False)
            self._known[set_id] = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        return self._known[set_id]


def held_only(context: str) -> str:
    """The JSON of a context without the extras of an imported file: they hold nothing fixed."""
    if f'"{EXTRA}' not in context:
        return context
    kept = {slot: value for slot, value in json.loads(context).items() if not slot.startswith(EXTRA)}
    return json.dumps(kept, ensure_ascii=False)


def _held(context: dict[str, str], groups: dict[str, str], terms: dict[str, str]) -> list[object]:
    """What is fixed in a set: each held slot with its id and words, and the couple without its order."""
    slots = [[slot, value, terms.get(slot, "")] for slot, value in sorted(context.items())]
    # In a pair, groups also hold what a name merely signals; only the slot itself has a term.
    couple = sorted([groups[slot], words] for slot, words in terms.items() if "#" in slot)
    return [slots, couple]
