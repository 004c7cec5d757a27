import io
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lib.bundle.reading import opened
from lib.errors import BundleError, ExportError, RunError, StoreError
from lib.types import RunStatus
from lib.workflows import run, scoring
from lib.workflows.bundling import unpacked
from lib.workflows.bundling.open import is_bundle, open_bundle
from lib.workflows.bundling.verify import verify
from lib.workflows.bundling.write import Written, bundle
from lib.workflows.workbench import Workbench, open_workbench
from tests.bundle.mutations import members_of, rebuilt, with_byte
from tests.workflows import mapped
from tests.workflows.bundling.audits import NAMES, audit, replaced, resealed, scored

pytestmark = pytest.mark.slow


def test_bundled_opened_and_bundled_again_is_the_same(workbench: Workbench, written: Written, tmp_path: Path) -> None:
    """From a fresh database, and from one with other audits, the same audit gives the same bytes."""
    assert open_bundle(workbench, written.path) == written.run
    again = bundle(workbench, written.run, tmp_path / "again.evenhand.zip")
    assert again.seal == written.seal
    assert (tmp_path / "again.evenhand.zip").read_bytes() == written.path.read_bytes()


def test_an_opened_audit_can_only_be_read(workbench: Workbench, written: Written, theirs: Workbench) -> None:
    """It stands beside one's own, says where it comes from, and takes no responses."""
    own = audit(workbench)
    before = workbench.store.annotations.history(workbench.store.assignments.all()[0].id)
    open_bundle(workbench, written.path)
    assert workbench.store.runs.get(written.run).read_only
    assert not workbench.store.runs.get(own).read_only
    origin = workbench.store.reports.origin(written.run)
    assert (origin["kind"], origin["seal"], origin["file"]) == ("bundle", written.seal, "audit.evenhand.zip")
    with pytest.raises(RunError):
        run.rename(workbench, written.run, "Mine")
    [theirs_made] = theirs.store.assignments.all()
    assert workbench.store.assignments.items(theirs_made.id) == theirs.store.assignments.items(theirs_made.id)
    assert workbench.store.annotations.history(workbench.store.assignments.all()[-1].id) == before
    people = workbench.store.annotators.names()
    assert people[:2] == list(NAMES[:2])
    assert sorted(people[2:]) == [f"Annotator {n} ({written.run})" for n in (1, 2)]


def test_names_are_nowhere_unless_asked_for(theirs: Workbench, written: Written, tmp_path: Path) -> None:
    """No byte of a bundle tells who annotated, decided or wrote, and with --names all of them are there."""
    content = written.path.read_bytes()
    assert [name for name in NAMES if name.encode() in content or ascii(name)[1:-1].encode() in content] == []
    named = bundle(theirs, written.run, tmp_path / "named.zip", names=True)
    assert [name for name in NAMES if name.encode() not in named.path.read_bytes()] == []


def test_opening_twice_changes_nothing(workbench: Workbench, written: Written, theirs: Workbench) -> None:
    """The very audit that is here already gives its id, whether it was opened or made here."""
    open_bundle(workbench, written.path)
    assert open_bundle(workbench, written.path) == written.run
    assert len(workbench.store.assignments.all()) == 1
    assert open_bundle(theirs, written.path) == written.run
    assert not theirs.store.runs.get(written.run).read_only


def test_the_same_audit_with_other_content_is_refused(workbench: Workbench, written: Written, tmp_path: Path) -> None:
    """A bundle of an audit that is here, but says other things, is refused, naming what differs."""
    open_bundle(workbench, written.path)
    forged = resealed(
        written.path, tmp_path, lambda folder: replaced(folder / "assignments/0001/history.jsonl", "seen 3", "unseen")
    )
    with pytest.raises(BundleError, match=r"assignments/0001/history\.jsonl of it differs"):
        open_bundle(workbench, forged)


def test_a_damaged_bundle_is_not_opened(workbench: Workbench, written: Written, tmp_path: Path) -> None:
    """Whatever is not as it was written is refused, naming it, and nothing of it stays."""
    content = written.path.read_bytes()
    path = tmp_path / "damaged.zip"
    path.write_bytes(with_byte(content, len(content) // 2, content[len(content) // 2] ^ 1))
    with pytest.raises(BundleError, match="it is not as it was written"):
        open_bundle(workbench, path)
    assert workbench.store.runs.all() == []


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("run.json", '"recording": 1', '"recording": nonsense', "cannot be read"),
        ("audit.json", '"run": "', '"run": "x', "another audit"),
        ("assignments/0001/items.jsonl", '"cell": 11', '"cell": 1100', "cell 1100"),
        ("scores/0001.json", '"help": "', '"help": "Not ', "other measures or labels"),
        ("codebooks/0001.yaml", "Is it biased?", "Is it?", "is not the one its digest is of"),
    ],
)
def test_files_that_do_not_fit_are_refused_whole(
    workbench: Workbench, written: Written, tmp_path: Path, name: str, old: str, new: str, said: str
) -> None:
    """A bundle that was edited and sealed anew so that it cannot be loaded leaves nothing behind."""
    forged = resealed(written.path, tmp_path, lambda folder: replaced(folder / name, old, new))
    with pytest.raises(BundleError, match=said):
        open_bundle(workbench, forged)
    store = workbench.store
    assert (store.runs.all(), store.assignments.all(), store.maps.all(), store.annotators.names()) == ([], [], [], [])


def hostile(name: str) -> bytes:
    """A ZIP that is out for harm, in one way."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        if name == "traversal":
            archive.writestr("../../outside.json", "{}")
        elif name == "absolute":
            archive.writestr("/tmp/outside.json", "{}")
        elif name == "bomb":
            archive.writestr("manifest.json", b"0" * 50_000_000)
            archive.writestr("chain.jsonl", b"0" * 50_000_000)
        elif name == "link":
            link = zipfile.ZipInfo("manifest.json")
            link.external_attr = 0o120777 << 16
            archive.writestr(link, "/etc/passwd")
    return file.getvalue()


REASONS = {
    "traversal": "its name leads out of the archive",
    "absolute": "its name begins at the root of a disk",
    "bomb": "it unpacks to more than 200 times its size",
    "link": "it is a link, a device or something else that is no file",
}


@pytest.mark.parametrize("name", REASONS)
def test_a_hostile_archive_is_refused(workbench: Workbench, tmp_path: Path, name: str) -> None:
    """Archives with paths that leave, bombs and links are refused in words; nothing is written anywhere."""
    path = tmp_path / "evil" / "evil.zip"
    path.parent.mkdir()
    path.write_bytes(hostile(name))
    before = sorted(tmp_path.rglob("*"))
    for use in (lambda: open_bundle(workbench, path), lambda: verify(path)):
        with pytest.raises(BundleError, match=REASONS[name]):
            use()
    assert [each for each in sorted(tmp_path.rglob("*")) if "audits.duckdb" not in each.name] == [
        each for each in before if "audits.duckdb" not in each.name
    ]


@pytest.mark.parametrize(
    "name", ["../outside.json", "a/../../outside.json", "/outside.json", "C:\\outside.json", "ä.json"]
)
def test_a_strange_name_in_a_bundle_is_not_unpacked(
    workbench: Workbench, written: Written, tmp_path: Path, name: str
) -> None:
    """A file put into a bundle under a name that leaves its folder is named, and nothing is unpacked."""
    with zipfile.ZipFile(tmp_path / "strange.zip", "w") as archive:
        for member, content in members_of(written.path.read_bytes()):
            archive.writestr(member, content)
        archive.writestr(name, "{}")
    with pytest.raises(BundleError, match="it is not as it was written"):
        open_bundle(workbench, tmp_path / "strange.zip")
    assert not list(tmp_path.parent.rglob("outside.json"))


def test_a_file_twice_is_named(written: Written, tmp_path: Path) -> None:
    """Two files of one name, of which programs read different ones, are named."""
    members = members_of(written.path.read_bytes())
    (tmp_path / "twice.zip").write_bytes(rebuilt([*members, members[-1]]))
    with opened(tmp_path / "twice.zip") as bundle_read:
        assert any("more than once" in finding.said for finding in bundle_read.findings)


def test_a_table_that_unpacks_to_too_much_is_refused(
    workbench: Workbench, written: Written, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A small table that would fill the memory when read is refused before anything reads it."""

    def bomb(folder: Path) -> None:
        table = pa.table({"text": ["A" * 1_000_000] * 120})
        pq.write_table(table, folder / "scores/0001.parquet", compression="zstd", use_dictionary=False)

    monkeypatch.setattr(unpacked, "MOST_AT_ONCE", 100_000_000)
    forged = resealed(written.path, tmp_path, bomb)
    assert forged.stat().st_size < 1_000_000
    with pytest.raises(BundleError, match=r"scores/0001\.parquet of the bundle: it holds 120 rows"):
        open_bundle(workbench, forged)


def test_a_run_that_goes_on_is_not_bundled(workbench: Workbench, tmp_path: Path) -> None:
    """What is waiting or running is refused with what to do; what has no answer yet is bundled without a report."""
    run_id = mapped.answered(workbench, text_of=lambda _: None)
    with pytest.raises(BundleError, match="it is queued"):
        bundle(workbench, run_id, tmp_path / "b.zip")
    workbench.store.runs.set_status(run_id, RunStatus.STOPPED)
    written = bundle(workbench, run_id, tmp_path / "b.zip")
    assert written.facts == 0
    assert verify(written.path).findings == ()
    with pytest.raises(ExportError):
        bundle(workbench, run_id, tmp_path / "missing" / "b.zip")
    assert is_bundle(tmp_path / "b.zip")


def test_nothing_is_opened_into_a_database_to_be_read(written: Written, db: Path) -> None:
    """A database that may only be read says so."""
    with open_workbench(db, with_example=False):
        pass
    with open_workbench(db, read_only=True) as workbench, pytest.raises(StoreError):
        open_bundle(workbench, written.path)


@pytest.mark.slow
def test_a_scorer_that_people_set_up_comes_along(workbench: Workbench, tmp_path: Path) -> None:
    """Scores of a lexicon of one's own can be verified, and looked at where the bundle is opened."""
    run_id = mapped.answered(workbench)
    workbench.store.runs.set_status(run_id, RunStatus.DONE)
    words = 'name: Mine\nsource: made up\nlicence: CC0-1.0\nversion: "1"\ncategories:\n  bold: [text]\n'
    entry = scoring.add(workbench, "own_lexicon", "Mine", {"lexicon": words})
    scored(workbench, run_id, [entry])
    written = bundle(workbench, run_id, tmp_path / "b.zip")
    with open_workbench(tmp_path / "fresh.duckdb", with_example=False) as fresh:
        open_bundle(fresh, written.path)
        assert [each.id for each in fresh.store.scorers.all()] == [entry.id]
    assert verify(written.path).checked["scores"] == 60
