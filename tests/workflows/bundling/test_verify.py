import json
from collections.abc import Callable
from pathlib import Path

import pytest

from lib.bundle.reading import opened
from lib.bundle.zipped import by_directory
from lib.errors import BundleError
from lib.workflows.bundling.open import open_bundle
from lib.workflows.bundling.verification import alike
from lib.workflows.bundling.verify import verify
from lib.workflows.bundling.write import Written, bundle
from lib.workflows.importing.create import import_file
from lib.workflows.workbench import Workbench, open_workbench
from tests.bundle.mutations import members_of, rebuilt, with_byte
from tests.workflows.bundling.audits import replaced, resealed, scored, with_value
from tests.workflows.importing.files import pairs, write_csv

SCORE = "scores/0001.parquet"


def test_a_bundle_verifies(written: Written) -> None:
    """A bundle as it was written has no finding: every byte, score and number comes out the same."""
    found = verify(written.path, expect=written.seal.upper())
    assert found.findings == ()
    assert found.whole
    assert (found.run, found.seal) == (written.run, written.seal)
    assert (found.checked["responses"], found.checked["cells"], found.checked["scores"]) == (60, 60, 180)
    assert found.checked["bytes"] == written.bytes
    assert found.checked["numbers"] > written.facts > 100
    assert "That the author ran no other audits and left them out." in found.cannot


def a_score(folder: Path) -> None:
    with_value(folder / SCORE, 7, "numbers", lambda numbers: [*numbers[:-1], 40.0])


def a_response(folder: Path) -> None:
    with_value(folder / "responses.parquet", 7, "text", lambda _: "She leads, decides and commands with ambition.")


def a_fact(folder: Path) -> None:
    facts = json.loads((folder / "report/facts.json").read_text(encoding="utf-8"))
    fact = next(
        each for each in facts["facts"] if each["id"].endswith("/estimate") and isinstance(each["value"], float)
    )
    old = json.dumps(fact, ensure_ascii=False, indent=1)
    new = json.dumps(fact | {"value": fact["value"] + 0.5}, ensure_ascii=False, indent=1)
    line = next(one for one, other in zip(old.splitlines(), new.splitlines(), strict=True) if one != other)
    text = (folder / "report/facts.json").read_text(encoding="utf-8")
    head, tail = text.split(f'"id": "{fact["id"]}"', 1)
    changed = line.replace(json.dumps(fact["value"]), json.dumps(fact["value"] + 0.5))
    (folder / "report/facts.json").write_text(
        f'{head}"id": "{fact["id"]}"' + tail.replace(line.strip(), changed.strip(), 1), encoding="utf-8"
    )


def a_label(folder: Path) -> None:
    replaced(folder / "assignments/0001/history.jsonl", '"biased": ["yes"]', '"biased": ["no"]')


def a_prompt(folder: Path) -> None:
    with_value(folder / "responses.parquet", 3, "prompt", lambda prompt: prompt.replace("works", "worked"))


def a_seed(folder: Path) -> None:
    with_value(folder / "responses.parquet", 3, "seed", lambda seed: seed ^ 1)


def a_bank(folder: Path) -> None:
    replaced(folder / "bank.yaml", "Does it run?", "Does it walk?")


def a_codebook(folder: Path) -> None:
    replaced(folder / "codebooks/0001.yaml", "Is it biased?", "Is it fair?")


def a_sentence(folder: Path) -> None:
    replaced(folder / "report/audit.json", "Not before it is mended.", "It can be used.")


@pytest.mark.slow  # all of them together
@pytest.mark.parametrize(
    ("edit", "what", "where", "said"),
    [
        (a_score, "score", f"{SCORE}, cell 7", "is 40.0, and comes out as"),
        (a_response, "score", "cell 7", "comes out as"),
        (a_fact, "number", "/estimate", "and comes out as"),
        (a_label, "number", "report/facts.json, ", "comes out as"),
        (a_prompt, "data", "responses.parquet, cell 3", "its prompt is"),
        (a_seed, "data", "responses.parquet, cell 3", "its seed is"),
        (a_bank, "data", "bank.yaml, line 3", "Does it walk?"),
        (a_codebook, "data", "codebooks/0001.yaml", "digest"),
        (a_sentence, "number", "report/audit.json", "It can be used."),
    ],
)
def test_a_forger_who_seals_anew_is_found_out(
    written: Written, tmp_path: Path, edit: Callable[[Path], None], what: str, where: str, said: str
) -> None:
    """Whoever edits a bundle and makes its chain fit again is caught by what the data give, and it is named."""
    found = verify(resealed(written.path, tmp_path, edit))
    assert not {finding.what for finding in found.findings} & {"container", "chain", "file"}
    told = [finding for finding in found.findings if finding.what == what]
    assert any(where in finding.where and said in finding.said for finding in told), found.findings


@pytest.mark.slow
def test_a_free_text_is_only_told_by_the_published_seal(written: Written, tmp_path: Path) -> None:
    """What no number follows from can be changed and sealed anew; the seal in the report tells."""
    forged = resealed(
        written.path, tmp_path, lambda folder: replaced(folder / "assignments/0001/history.jsonl", "seen 3", "unseen")
    )
    assert verify(forged).findings == ()
    [finding] = verify(forged, expect=written.seal).findings
    assert (finding.what, finding.where) == ("chain", "the seal")
    assert written.seal in finding.said


@pytest.mark.slow
def test_a_number_edited_without_the_chain_is_named_twice(written: Written, tmp_path: Path) -> None:
    """A digit of a fact changed in place: the byte is named, and the number too."""
    content = written.path.read_bytes()
    facts = next(member for member in by_directory(memoryview(content)) if member.name == "report/facts.json")
    at = content.index(b'"value": 0.', facts.start) + len(b'"value": 0.')
    path = tmp_path / "edited.evenhand.zip"
    path.write_bytes(with_byte(content, at, 0x39 if content[at] != 0x39 else 0x38))
    findings = verify(path).findings
    assert findings[0].what == "file"
    assert findings[0].where == "report/facts.json"
    assert f"(byte {at:,} of the bundle)" in findings[0].said
    assert [finding.what for finding in findings[1:]] == ["number"]


@pytest.mark.slow
def test_a_removed_annotation_is_named(written: Written, tmp_path: Path) -> None:
    """A line taken out of a history is named, though the rest cannot be loaded any more."""
    members = dict(members_of(written.path.read_bytes()))
    name = "assignments/0001/history.jsonl"
    lines = members[name].splitlines(keepends=True)
    members[name] = b"".join(lines[:4] + lines[5:])
    path = tmp_path / "less.evenhand.zip"
    path.write_bytes(rebuilt(list(members.items())))
    found = verify(path)
    assert (found.findings[0].where, found.findings[0].said) == (f"{name}, line 5", "it was taken out")
    assert any(note.startswith("The rest was not checked") for note in found.notes)


def test_what_is_no_bundle_is_an_error(tmp_path: Path) -> None:
    """A file that is no bundle, or not there, is refused in words."""
    (tmp_path / "text.zip").write_text("hello")
    for name in ("text.zip", "missing.zip"):
        with pytest.raises(BundleError):
            verify(tmp_path / name)


@pytest.mark.slow
def test_other_code_compares_numbers_within_a_tolerance(written: Written, tmp_path: Path) -> None:
    """A bundle of another version says so, and a number that both know still has to come out."""
    older = {"made_with": {"evenhand": "0.0.1", "libraries": {"numpy": "1.0"}}}
    found = verify(resealed(written.path, tmp_path, a_fact, **older))
    assert {each.what for each in found.findings} == {"number"}
    assert any("evenhand 0.0.1" in note and "numpy 1.0" in note for note in found.notes)

    def hardly(folder: Path) -> None:
        path = folder / "report/facts.json"
        told = json.loads(path.read_text(encoding="utf-8"))
        fact = next(each for each in told["facts"] if isinstance(each["value"], float) and each["value"])
        fact["value"] *= 1 + 1e-12
        path.write_text(json.dumps(told), encoding="utf-8")

    assert verify(resealed(written.path, tmp_path, hardly, **older)).whole
    assert not verify(resealed(written.path, tmp_path, hardly)).whole


@pytest.mark.slow
def test_an_imported_audit_keeps_its_origin(workbench: Workbench, tmp_path: Path) -> None:
    """Outputs recorded elsewhere are whole, and what nobody can know of their prompts is said; opened they stay so."""
    run_id = import_file(workbench, write_csv(tmp_path / "outputs.csv", pairs(4)))
    scored(workbench, run_id)
    written = bundle(workbench, run_id, tmp_path / "b.evenhand.zip")
    found = verify(written.path)
    assert (found.findings, found.uncompared, found.whole) == ((), (), True)
    assert any("as the file recorded them" in each for each in found.cannot)
    assert "cells" not in found.checked
    with open_workbench(tmp_path / "fresh.duckdb", with_example=False) as fresh:
        open_bundle(fresh, written.path)
        again = bundle(fresh, run_id, tmp_path / "again.evenhand.zip")
    assert again.seal == written.seal
    with opened(again.path) as read:
        assert json.loads(read.read("audit.json"))["origin"]["file"] == "outputs.csv"


def test_values_are_alike_within_a_tolerance() -> None:
    """Numbers may be apart by the tolerance, words and whole numbers not at all."""
    assert alike(0.1, 0.1 + 1e-12, 1e-9)
    assert not alike(0.1, 0.1 + 1e-12, 0.0)
    assert not alike(0.1, 0.1 + 1e-6, 1e-9)
    assert not alike(3, 4, 1.0)
    assert not alike("a", None, 1.0)
    assert not alike(True, 1, 1.0)
