"""Verify a bundle: every byte, every score that can be had at once, every number of its report, and on request some
responses, generated again.
"""

from pathlib import Path

from lib.bundle import reading
from lib.bundle.layout import is_plain_name
from lib.bundle.reading import Bundle
from lib.errors import BundleError
from lib.store.audit_files import AUDIT, read_json
from lib.types import Json
from lib.workflows.bundling.consistency import check_cells, check_files, check_texts
from lib.workflows.bundling.made_with import certainty, differences, made_with
from lib.workflows.bundling.numbers_again import check_numbers
from lib.workflows.bundling.rerun import Sample, check_responses
from lib.workflows.bundling.scores_again import check_scores
from lib.workflows.bundling.temporary import temporary
from lib.workflows.bundling.unpacked import loaded, refuse_too_large
from lib.workflows.bundling.verification import Progress, Protocol, Verification

TOLERANCE = 1e-9
"""How far, relative to themselves, numbers may be apart that other libraries computed."""

MAPS = "That maps were drawn from these texts: their points and regions are as they were recorded."


def verify(
    path: Path,
    *,
    expect: str = "",
    rerun: int = 0,
    seed: int = 0,
    hosted: bool = False,
    models: Path | None = None,
    progress: Progress = lambda _: None,
) -> Verification:
    """Check the bundle at `path`, as far as it can be checked.

    Args:
        expect: the seal that was published with the report; "" where none is known.
        rerun: how many responses to generate again, drawn by `seed`.
        hosted: whether models that are asked over a network may be, too: the bundle says at which address, and a key
            that it names goes there.
        models: the folder in which models lie here that are files or folders: a bundle has their names alone. None
            looks in the current one.

    What other code or libraries made is compared as far as that goes; what cannot be compared is named
    (`Verification.uncompared`), and the bundle then is neither whole nor accused.

    Raises:
        BundleError: it is no bundle, or cannot be read.
    """
    protocol = Protocol(progress)
    with reading.opened(path) as bundle, temporary() as place:
        progress("checking every byte")
        protocol.findings += bundle.findings
        protocol.count("bytes", bundle.size)
        protocol.count("entries", len(bundle.entries))
        if expect and expect.strip().lower() != bundle.seal:
            protocol.found("chain", "the seal", f"it is {bundle.seal}, and {expect.strip()} was expected")
        try:
            _check_content(bundle, place, Sample(rerun, seed, hosted, models), protocol)
        except (BundleError, FileNotFoundError, ValueError, KeyError, TypeError, AttributeError) as problem:
            said = _problem_said(problem, place / "audit")
            if protocol.findings:
                protocol.note(f"The rest was not checked: {said}")
            else:
                protocol.found("data", "the audit in the bundle", said)
        except OSError as problem:
            remedy = "Make room where temporary files go, or name another place with TMPDIR."
            raise BundleError(
                "unpacking the bundle", f"a file cannot be written ({problem.strerror})", remedy
            ) from problem
        return Verification(
            path.name,
            str(bundle.manifest.get("run", "")),
            bundle.seal,
            tuple(protocol.findings),
            tuple(protocol.uncompared),
            protocol.certainty if protocol.uncompared else "",
            tuple(protocol.notes),
            protocol.checked,
            tuple(protocol.cannot),
        )


def _check_content(bundle: Bundle, temporary: Path, sample: Sample, protocol: Protocol) -> None:
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
        check_texts(folder, about, protocol)
        check_cells(workbench, run_id, about, protocol)
        check_scores(workbench, run_id, temporary / "anew", tolerance, protocol)
        protocol.progress("computing the report's numbers again")
        check_numbers(workbench, run_id, folder, tolerance, protocol)
        if workbench.store.maps.all():
            protocol.cannot.append(MAPS)
        if sample.many > 0:
            check_responses(workbench, run_id, sample, protocol)


def _tolerance(manifest: Json, protocol: Protocol) -> float:
    """0 where the code and the libraries that made the bundle are those that check it."""
    recorded = manifest.get("made_with")
    recorded = recorded if isinstance(recorded, dict) else {}
    if apart := differences(recorded, made_with()):
        apart_by = f"numbers may be apart by {TOLERANCE:g} of themselves"
        protocol.note(f"It was not made with what checks it ({'; '.join(apart)}): {apart_by}.")
        protocol.certainty = certainty(recorded, made_with())
        return TOLERANCE
    return 0.0


def _problem_said(problem: Exception, folder: Path) -> str:
    """Why the content of a bundle cannot be checked, naming the file where one is missing."""
    if isinstance(problem, BundleError):
        return str(problem)
    if isinstance(problem, FileNotFoundError) and problem.filename:
        missing = Path(problem.filename)
        return (
            f"{missing.relative_to(folder).as_posix() if missing.is_relative_to(folder) else missing.name} is missing"
        )
    return f"it cannot be read ({problem!r})"


def _check_manifest(manifest: Json, about: Json, name: str, protocol: Protocol) -> None:
    told = {"run": about.get("run"), "name": name, "names": about.get("names")}
    for key, value in told.items():
        if manifest.get(key) != value:
            protocol.found("data", "manifest.json", f"its {key} is {manifest.get(key)!r}, and the audit's {value!r}")
