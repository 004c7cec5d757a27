"""A spreadsheet of finished prompts as a prompt bank.

One row is one prompt: `item` says which prompts belong together (a matched set), `group` who
the prompt is about. Each item becomes a template `{group.for_item}`, and each group's terms
carry their prompts for that item as the form of that name, so that items are matched sets and
groups compare within them.
"""

import yaml

from lib.banks.schema import slug
from lib.banks.spreadsheet import Row, read_rows, sheet_error
from lib.yaml_files.reading import LIMIT_BYTES


def bank_from_csv(text: str | bytes, name: str) -> str:
    """Bank YAML for a spreadsheet with the columns item, group, prompt and, if wanted, attribute, term, category.

    Commas, semicolons or tabs may part the columns; bytes are read as UTF-8. The YAML names the spreadsheet as its
    source and leaves licence and notice for the auditor to fill in.

    Raises:
        BankError: naming the file and the line of the first mistake.
    """
    rows = read_rows(text, name)
    stem = name.rsplit(".", 1)[0] or "imported"
    document = {
        "bank": slug(stem) or "imported",
        "title": stem,
        "question": "Are the answers to these prompts alike for every group?",
        "source": f"Imported from {name}",
        "licence": "not stated",
        "notice": "These prompts were imported, and nobody has described yet what in them may upset.",
        "severity": "moderate",
        "attributes": _attributes(rows),
        "templates": [
            {"id": slug(row.item), "title": _title(row), "text": f"{{{slug(row.attribute)}.{_role(row)}}}"}
            for row in {row.item: row for row in rows}.values()
        ],
    }
    written = yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=100)
    if len(written.encode()) > LIMIT_BYTES:
        cause = f"as a bank it would have more than the {LIMIT_BYTES:,} bytes allowed"
        raise sheet_error(name, 1, cause, "Split it into smaller spreadsheets.")
    return written


def _attributes(rows: list[Row]) -> dict[str, object]:
    """Attribute → group → terms, each with its prompts as forms, in the order of the rows."""
    attributes: dict[str, dict[str, dict[str, dict[str, str]]]] = {}
    for row in rows:
        terms = attributes.setdefault(row.attribute, {}).setdefault(row.group, {})
        terms.setdefault(row.term, {"text": row.term})[_role(row)] = row.prompt
    return {
        slug(attribute): {
            "title": attribute,
            "groups": {slug(group): {"title": group, "terms": list(terms.values())} for group, terms in groups.items()},
        }
        for attribute, groups in attributes.items()
    }


def _role(row: Row) -> str:
    """The form that holds a term's prompt for an item; never "text", which is the term itself."""
    return f"for_{slug(row.item)}"


def _title(row: Row) -> str:
    return f"{row.category} · {row.item}" if row.category else row.item
