"""Verify a bundle: every byte, every score that can be had at once, every number of its report, and on request some
responses, generated again.
"""

import tempfile
from pathlib import Path

from lib.bundle import reading
from lib.bundle.layout import is_plain_name
from lib.bundle.reading import Bundle
from lib.errors import BundleError
from lib.store.audit_files import AUDIT, read_json
from lib.types import Json
from lib.workflows.bundling.consistency import check_cells, check_files, check_texts
from lib.workflows.bundling.made_with import differences, made_with
from lib.workflows.bundling.numbers_again import check_numbers
from lib.workflows.bundling.rerun import check_responses
from lib.workflows.bundling.scores_again import check_scores
from lib.workflows.bundling.unpacked import loaded, refuse_too_large
from lib.workflows.bundling.verification import Progress, Protocol, Verification

TOLERANCE = 1e-9
"""How far, relative to themselves, numbers may be apart that other libraries computed."""


def verify(
    path: Path,
    *,
    expect: str = "",
    rerun: int = 0,
    seed: int = 0,
    hosted: bool = False,
    progress: Progress = lambda _: None,
) -> Verification:
    """Check the bundle at `path`, as far as it can be checked.

    Args:
        expect: the seal that was published with the report; "" where none is known.
        rerun: how many responses to generate again, drawn by `seed`.
        hosted: whether models that are asked over a network may be, too: the bundle says at which address, and a key
            that it names goes there.

    Raises:
        BundleError: it is no bundle, or cannot be read.
    """
    protocol = Protocol(progress)
    with reading.opened(path) as bundle, tempfile.TemporaryDirectory(prefix="evenhand-verify-") as temporary:
        progress("checking every byte")
        protocol.findings += bundle.findings
        protocol.count("bytes", bundle.size)
        protocol.count("entries", len(bundle.entries))
        if expect and expect.strip().lower() != bundle.seal:
            protocol.found("chain", "the seal", f"it is {bundle.seal}, and {expect.strip()} was expected")
        try:
            _check_content(bundle, Path(temporary), protocol, rerun=rerun, seed=seed, hosted=hosted)
        except (BundleError, ValueError, KeyError, TypeError, AttributeError) as problem:
            said = str(problem) if isinstance(problem, BundleError) else f"it cannot be read ({problem!r})"
            if protocol.findings:
                protocol.note(f"The rest was not checked: {said}")
            else:
                protocol.found("data", "the audit in the bundle", said)
        return Verification(
            path.name,
            str(bundle.manifest.get("run", "")),
            bundle.seal,
            tuple(protocol.findings),
            tuple(protocol.notes),
            protocol.checked,
        )


def _check_content(bundle: Bundle, temporary: Path, protocol: Protocol, *, rerun: int, seed: int, hosted: bool) -> None:
    """Load what the bundle holds, and hold it against itself and against what this code computes of it."""
    if strange := [name for name in bundle.names if not is_plain_name(name)]:
        raise BundleError(
            f"file {strange[0]!r} of the bundle", "no bundle has a file of such a name", "Do not unpack it."
        )
    folder = temporary / "audit"
    bundle.unpack(folder)
    refuse_too_large(folder)
    tolerance = _tolerance(bundle.manifest, protocol)
    protocol.progress("loading the audit")
    with loaded(folder, temporary / "audit.duckdb") as (workbench, run_id):
        about = read_json(folder / AUDIT)
        _check_manifest(bundle.manifest, about, workbench.store.runs.get(run_id).name, protocol)
        protocol.count("responses", workbench.store.scores.answered(run_id))
        protocol.progress("checking that the data fit each other")
        check_files(workbench, run_id, folder, temporary / "anew", about, protocol)
        check_texts(workbench, run_id, folder, about, protocol)
        check_cells(workbench, run_id, about, protocol)
        check_scores(workbench, run_id, folder, tolerance, protocol)
        protocol.progress("computing the report's numbers again")
        check_numbers(workbench, run_id, folder, tolerance, same_code=not tolerance, protocol=protocol)
        if rerun > 0:
            check_responses(workbench, run_id, rerun, seed, hosted=hosted, protocol=protocol)


def _tolerance(manifest: Json, protocol: Protocol) -> float:
    """0 where the code and the libraries that made the bundle are those that check it."""
    recorded = manifest.get("made_with")
    if apart := differences(recorded if isinstance(recorded, dict) else {}, made_with()):
        apart_by = f"numbers may be apart by {TOLERANCE:g} of themselves"
        protocol.note(f"It was not made with what checks it ({'; '.join(apart)}): {apart_by}.")
        return TOLERANCE
    return 0.0


def _check_manifest(manifest: Json, about: Json, name: str, protocol: Protocol) -> None:
    told = {"run": about.get("run"), "name": name, "names": about.get("names")}
    for key, value in told.items():
        if manifest.get(key) != value:
            protocol.found("data", "manifest.json", f"its {key} is {manifest.get(key)!r}, and the audit's {value!r}")
