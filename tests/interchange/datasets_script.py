"""Run with the library datasets, not with our own environment: what it reads from a folder of ours."""

import json
import sys
from pathlib import Path

from datasets import get_dataset_config_names, load_dataset

folder = Path(sys.argv[1])
found = {}
for name in get_dataset_config_names(str(folder / "set")):
    rows = load_dataset(str(folder / "set"), name, split="train", cache_dir=str(folder / "cache"))
    first = {column: value for column, value in rows[0].items() if column != "created"}
    found[name] = {"rows": rows.num_rows, "columns": rows.column_names, "first": first}
whole = load_dataset(str(folder / "set"), split="train", cache_dir=str(folder / "cache"))
(folder / "report.json").write_text(json.dumps({"parts": found, "default": whole.num_rows}), encoding="utf-8")
