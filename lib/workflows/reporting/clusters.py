"""The maps that an audit's responses are on, and which groups their regions hold more of."""

from lib.errors import AuditError
from lib.types import MapStatus
from lib.workflows import map_findings, map_subjects, maps
from lib.workflows.atlas import OpenMap
from lib.workflows.attributes import Attribute
from lib.workflows.question import default_reference
from lib.workflows.reporting.evidence import MapEvidence
from lib.workflows.workbench import Workbench


def clusters(workbench: Workbench, run_id: str, attribute: Attribute | None) -> list[MapEvidence]:
    """Every finished map with responses of a run, the newest first."""
    found = []
    for info in maps.all(workbench):
        if (
            info.status is not MapStatus.DONE
            or not info.points
            or (info.filter.runs and run_id not in info.filter.runs)
        ):
            continue
        opened = maps.open_map(workbench, info.id)
        if run_id in opened.runs:
            found.append(of_map(workbench, run_id, opened, attribute))
    return found


def of_map(workbench: Workbench, run_id: str, opened: OpenMap, attribute: Attribute | None) -> MapEvidence:
    """What one map says of the attribute."""
    others = len(opened.runs) - 1
    subject = next(
        (
            known.id
            for known, runs in map_subjects.with_runs(workbench, opened)
            if attribute and run_id in runs and known.id.partition("@")[0] == attribute.id
        ),
        "",
    )
    if not attribute or not subject:
        return MapEvidence(opened.info, None, "Nothing that this report compares varies between its responses.", others)
    try:
        reference = default_reference(attribute)
        return MapEvidence(
            opened.info, map_findings.finding(workbench, opened, subject, reference=reference), others=others
        )
    except AuditError as trouble:
        return MapEvidence(opened.info, None, f"{trouble.thing}: {trouble.cause}. {trouble.remedy}", others)
