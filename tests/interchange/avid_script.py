"""Run with avidtools, not with our own environment: whether its data model takes our record, and what comes back."""

import json
import sys
from pathlib import Path

from avidtools.datamodels.report import Report
from pydantic import ValidationError

folder = Path(sys.argv[1])
record = json.loads((folder / "record.json").read_text(encoding="utf-8"))
report = Report.parse_obj(record)
report.save(str(folder / "record-again.json"))


def refused(change) -> bool:
    """Whether it refuses the record with something changed."""
    changed = json.loads(json.dumps(record))
    change(changed)
    try:
        Report.parse_obj(changed)
    except ValidationError:
        return True
    return False


refuses = {
    "an unknown class": refused(lambda each: each["problemtype"].update(classof="Audit")),
    "an unknown part of the taxonomy": refused(lambda each: each["impact"]["avid"].update(sep_view=["E9999: Other"])),
    "no date": refused(lambda each: each.update(reported_date="soon")),
}
(folder / "report.json").write_text(json.dumps({"refuses": refuses}), encoding="utf-8")
