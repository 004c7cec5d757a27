"""From ids, which people see, to the short numbers that rows carry."""

from lib.errors import AnnotationError, MapError, RunError
from lib.registry import suggest
from lib.store.database import Database


def run_number(database: Database, run_id: str) -> int:
    """The number of a run; raises RunError with the nearest ids when there is none."""
    number: int | None = database.value("SELECT run_no FROM runs WHERE id = ?", (run_id,))
    if number is None:
        known = [known_id for (known_id,) in database.rows("SELECT id FROM runs ORDER BY created")]
        raise RunError(f"run {run_id}", "there is none of that id", suggest(run_id, known))
    return number


def changeable_run(database: Database, run_id: str) -> int:
    """Like `run_number`, for what changes the run; raises RunError when it may only be read."""
    number = run_number(database, run_id)
    if database.value("SELECT read_only FROM runs WHERE run_no = ?", (number,)):
        raise RunError(f"run {run_id}", "it was recorded elsewhere and may only be read", "Run its grid again instead.")
    return number


def assignment_number(database: Database, assignment_id: str) -> int:
    """The number of an assignment; raises AnnotationError with the nearest ids when there is none."""
    number: int | None = database.value("SELECT assignment FROM assignments WHERE id = ?", (assignment_id,))
    if number is None:
        known = [known_id for (known_id,) in database.rows("SELECT id FROM assignments ORDER BY created")]
        raise AnnotationError(f"assignment {assignment_id}", "there is none of that id", suggest(assignment_id, known))
    return number


def map_number(database: Database, map_id: str) -> int:
    """The number of a map; raises MapError with the nearest ids when there is none."""
    number: int | None = database.value("SELECT map FROM maps WHERE id = ?", (map_id,))
    if number is None:
        known = [known_id for (known_id,) in database.rows("SELECT id FROM maps ORDER BY created")]
        raise MapError(f"map {map_id}", "there is none of that id", suggest(map_id, known))
    return number
