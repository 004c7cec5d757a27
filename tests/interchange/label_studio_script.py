"""Run with label-studio-sdk, not with our own environment: what it says of our files, and what it makes of them."""

import json
import sys
from pathlib import Path

from label_studio_sdk.converter import Converter
from label_studio_sdk.label_interface import LabelInterface

folder = Path(sys.argv[1])
config = (folder / "config.xml").read_text(encoding="utf-8")
tasks = json.loads((folder / "tasks.json").read_text(encoding="utf-8"))

interface = LabelInterface(config)
interface.validate()  # raises
broken = LabelInterface(config.replace('toName="text"', 'toName="nothing"', 1))

report = {
    "controls": {name: sorted(interface.get_control(name).labels or []) for name in interface._controls},
    "multiple": [name for name, each in interface._controls.items() if getattr(each, "is_multiple_choice", False)],
    "objects": sorted(interface._objects),
    "refuses_a_broken_config": not broken.is_valid,
    "tasks_fit": [interface.validate_task({"data": task["data"]}) for task in tasks],
    "errors": [interface._validate_object(one, return_errors=True) for task in tasks for one in task["annotations"]],
    "annotations_fit": [interface.validate_annotation(one) for task in tasks for one in task["annotations"]],
}
wrong = json.loads(json.dumps(tasks[0]["annotations"][0]))
wrong["result"][0]["value"]["choices"] = ["nonsense"]
report["refuses_a_label_it_does_not_know"] = not interface.validate_annotation(wrong)

converter = Converter(config, str(folder))
converter.convert(str(folder / "tasks.json"), str(folder / "min"), "JSON_MIN", is_dir=False)
converter.convert(str(folder / "tasks.json"), str(folder / "csv"), "CSV", is_dir=False)
report["made"] = interface.generate_sample_annotation()
(folder / "report.json").write_text(json.dumps(report), encoding="utf-8")
