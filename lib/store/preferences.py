"""What the program remembers for itself, by key."""

import json
from typing import Any

from lib.store.database import Database


class Preferences:
    """Plain JSON values by key."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, key: str, default: Any = None) -> Any:
        """The value under `key`, or `default`."""
        text = self._database.value("SELECT value FROM settings WHERE key = ?", (key,))
        return default if text is None else json.loads(text)

    def set(self, key: str, value: Any) -> None:
        """Remember `value`, anything JSON can say, under `key`."""
        self._database.write("INSERT OR REPLACE INTO settings VALUES (?, ?)", (key, json.dumps(value)))
