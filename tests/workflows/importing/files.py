"""Small files of recorded outputs."""

import csv
import json
from pathlib import Path

HEADER = ["case", "gender", "topic", "model", "prompt", "completion"]


def write_csv(path: Path, rows, header=HEADER) -> Path:
    """Rows as a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def write_jsonl(path: Path, rows) -> Path:
    """Dicts as lines of JSON."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def pairs(cases: int = 3, said=lambda case, group: f"Case {case}: the {group} is kind."):
    """Rows of complete pairs about a woman and a man, on two topics in turn."""
    return [
        [
            f"c{case}",
            group,
            ("work", "home")[case % 2],
            "m1",
            f"Describe the {group} of case {case}.",
            said(case, group),
        ]
        for case in range(cases)
        for group in ("woman", "man")
    ]
