"""What belongs to an audit's reports: the author's choices and texts, and where the audit came from."""

import json

from lib.codec import dump, parse
from lib.store.clock import aware, now
from lib.store.database import Database
from lib.store.lookup import run_number
from lib.store.outcomes import storable
from lib.types import FieldText, Json, ReportSettings


class Reports:
    """Reports by the run they are about. All raise RunError when there is no such run.

    Audits that may only be read can be reported on: their responses stay as they are.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def settings(self, run_id: str) -> ReportSettings:
        """What the author chose; the defaults where nobody chose yet."""
        number = run_number(self._database, run_id)
        text = self._database.value("SELECT settings FROM report_settings WHERE run_no = ?", (number,))
        return parse(ReportSettings, text) if text else ReportSettings()

    def choose(self, run_id: str, settings: ReportSettings) -> None:
        """Keep the author's choices in place of earlier ones."""
        number = run_number(self._database, run_id)
        self._database.write("INSERT OR REPLACE INTO report_settings VALUES (?, ?)", (number, dump(settings)))

    def write(self, run_id: str, field: str, text: str, author: str) -> None:
        """Keep what an author wrote in a field; what stood there stays in the history."""
        self._database.write(
            "INSERT INTO report_texts (run_no, field, text, author, created) VALUES (?, ?, ?, ?, ?)",
            (run_number(self._database, run_id), storable(field), storable(text), storable(author), now()),
        )

    def texts(self, run_id: str) -> dict[str, str]:
        """What stands in each field that has a text, by the field's id."""
        written = {event.field: event.text for event in self.history(run_id)}
        return {field: text for field, text in written.items() if text}

    def history(self, run_id: str) -> list[FieldText]:
        """Everything ever written in the fields, in order."""
        rows = self._database.rows(
            "SELECT field, text, author, created, event FROM report_texts WHERE run_no = ? ORDER BY event",
            (run_number(self._database, run_id),),
        )
        return [FieldText(field, text, author, aware(created), event) for field, text, author, created, event in rows]

    def origin(self, run_id: str) -> Json:
        """Where an audit that was not made here came from; empty for one that was."""
        number = run_number(self._database, run_id)
        text = self._database.value("SELECT origin FROM origins WHERE run_no = ?", (number,))
        origin: Json = json.loads(text) if text else {}
        return origin

    def set_origin(self, run_id: str, origin: Json) -> None:
        """Note where an audit came from."""
        number = run_number(self._database, run_id)
        self._database.write("INSERT OR REPLACE INTO origins VALUES (?, ?)", (number, dump(origin)))
