"""A filter as a condition in SQL, its values always bound."""

from typing import Any

from lib.types import ResponseFilter

# Which column of strata (s), runs (r) or outcomes (o) each field of the filter asks for.
STRATUM_FIELDS = {
    "runs": "r.id",
    "banks": "r.bank",
    "templates": "s.template",
    "groups": "s.group_id",
    "models": "s.model",
    "formats": "s.format",
    "decodings": "s.decoding_label",
}


def strata_condition(wanted: ResponseFilter) -> tuple[str, dict[str, Any]]:
    """The condition on strata `s` and runs `r` for all but finish, search and selection, with its parameters."""
    chosen = {name: list(getattr(wanted, name)) for name in STRATUM_FIELDS if getattr(wanted, name)}
    conditions = [f"list_contains(${name}, {STRATUM_FIELDS[name]})" for name in chosen]
    return " AND ".join(conditions) or "true", chosen


def outcome_condition(wanted: ResponseFilter) -> tuple[str, dict[str, Any]]:
    """The condition on outcomes `o` for the whole filter, with its parameters."""
    of_strata, parameters = strata_condition(wanted)
    conditions = []
    strata = f"SELECT s.stratum FROM strata s JOIN runs r ON r.run_no = s.run_no WHERE {of_strata}"  # noqa: S608 - our own conditions
    if parameters:
        conditions.append(f"o.stratum IN ({strata})")
    if wanted.finishes:
        conditions.append("list_contains($finishes, o.finish)")
        parameters["finishes"] = list(wanted.finishes)
    if wanted.search:
        # A case-blind regular expression of the escaped words runs twice as fast as lower() or ILIKE.
        found = "regexp_matches({}, regexp_escape($search), 'i')"
        in_prompt = f"SELECT c.run_no, c.no FROM cells c WHERE {found.format('c.prompt')}"  # noqa: S608 - our own conditions
        conditions.append(f"({found.format('o.text')} OR (o.run_no, o.no) IN ({in_prompt}))")
        parameters["search"] = wanted.search
    if wanted.selection:
        picked = "SELECT c.run_no, c.no FROM selection_cells c JOIN selections USING (selection) WHERE id = $selection"
        conditions.append(f"(o.run_no, o.no) IN ({picked})")
        parameters["selection"] = wanted.selection
    return " AND ".join(conditions) or "true", parameters
