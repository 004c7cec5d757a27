"""What a forger can do who has our code, edits what he likes, computes all numbers anew and seals again."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from lib.__main__ import app
from lib.errors import BundleError
from lib.scorers.base import built_in_entries
from lib.types import RunStatus
from lib.workflows import scoring
from lib.workflows.bundling.made_with import made_with
from lib.workflows.bundling.numbers import DOCUMENT, FACTS
from lib.workflows.bundling.open import open_bundle
from lib.workflows.bundling.verification import Outcome
from lib.workflows.bundling.verify import verify
from lib.workflows.bundling.write import Written, bundle
from lib.workflows.workbench import Workbench, open_workbench
from tests.workflows import mapped
from tests.workflows.bundling.audits import (
    in_json,
    renumbered,
    replaced,
    resealed,
    scored,
    scores_of,
    with_value,
    without_rows,
)

pytestmark = pytest.mark.slow

COMMIT = "a" * 40
OTHER = made_with() | {"evenhand": "0.0.9", "commit": COMMIT, "code": "0" * 64}
"""Code that nobody has here."""


def test_scores_that_were_picked_are_a_finding(written: Written, tmp_path: Path) -> None:
    """A forger who drops a scorer's scores of every third response is told how many lack one, and where."""

    def picked(folder: Path) -> None:
        without_rows(scores_of(folder, "agency"), lambda row: row["no"] % 3 != 0)
        renumbered(folder)

    found = verify(resealed(written.path, tmp_path, picked))
    [finding] = found.findings
    assert finding.what == "score"
    assert finding.said == (
        "20 of 60 responses have no score of agency, though the others have: cell 0, 3, 6, 9, 12, …"
    )


def test_a_scorer_that_was_never_used_is_no_finding(written: Written, tmp_path: Path) -> None:
    """Nobody has to use every scorer: without one, and with its numbers gone, a bundle is whole."""

    def fewer(folder: Path) -> None:
        last = sorted((folder / "scores").glob("*.parquet"))[-1]
        last.unlink()
        last.with_suffix(".json").unlink()
        renumbered(folder)

    found = verify(resealed(written.path, tmp_path, fewer))
    assert (found.findings, found.whole, found.checked["scores"]) == ((), True, 120)


@pytest.mark.parametrize(("endings", "named"), [((".json", ".parquet"), "scores/0001"), ((".parquet",), "scores/0001")])
def test_a_file_that_was_taken_out_is_named(
    written: Written, tmp_path: Path, endings: tuple[str, ...], named: str
) -> None:
    """Files of a scorer that are gone are a finding with their name, exit code 1, not a file that cannot be read."""

    def less(folder: Path) -> None:
        for ending in endings:
            (folder / f"scores/0001{ending}").unlink()

    done = CliRunner().invoke(app, ["verify", str(resealed(written.path, tmp_path, less)), "--json"])
    assert done.exit_code == 1
    told = json.loads(done.stdout)
    assert any(named in each["where"] or f"{named}.parquet is missing" in each["said"] for each in told["findings"])


def test_facts_taken_out_are_named(written: Written, tmp_path: Path) -> None:
    """A report's file that is gone is a finding with its name."""
    [finding] = verify(resealed(written.path, tmp_path, lambda folder: (folder / FACTS).unlink())).findings
    assert finding.said == "report/facts.json is missing"


def nothing(_: Path) -> None:
    """What an honest author of another version hands over."""


def an_invented_fact(folder: Path) -> None:
    fact = {"id": "gaps/invented", "value": 0.9, "how": "trust me", "n": 1000, "unit": "sets", "low": 0.8, "high": 0.95}
    in_json(folder / FACTS, lambda told: told["facts"].append(fact))


def adjusted_values_dropped(folder: Path) -> None:
    def edit(told: Any) -> None:
        kept = [fact for fact in told["facts"] if "/p_adjusted" not in fact["id"]]
        assert len(kept) < len(told["facts"])
        told["facts"] = kept

    in_json(folder / FACTS, edit)


def other_reasons(folder: Path) -> None:
    in_json(folder / FACTS, lambda told: told["facts"][0].update(how="as I say"))


def other_sentences(folder: Path) -> None:
    def edit(told: Any) -> None:
        next(fact for fact in told["facts"] if isinstance(fact["value"], str)).update(value="All is well.")

    in_json(folder / FACTS, edit)


def yes_for_no(folder: Path) -> None:
    def edit(told: Any) -> None:
        cells = [
            (row, at) for table in told["tables"] for row in table["rows"] for at, x in enumerate(row) if x == "no"
        ]
        assert cells
        for row, at in cells:
            row[at] = "yes"

    in_json(folder / FACTS, edit)


def a_table_less(folder: Path) -> None:
    in_json(folder / FACTS, lambda told: told["tables"].pop())


def a_row_less(folder: Path) -> None:
    in_json(folder / FACTS, lambda told: next(each for each in told["tables"] if each["id"] == "models")["rows"].pop())


def other_words(folder: Path) -> None:
    replaced(folder / DOCUMENT, '"title": "Method"', '"title": "A large proven gap"')


@pytest.mark.parametrize(
    ("edit", "where", "said"),
    [
        (an_invented_fact, "report/facts.json, fact gaps/invented", "the data do not give it"),
        (adjusted_values_dropped, "/p_adjusted", "it is missing, though the data give it"),
        (other_reasons, "report/facts.json, ", "its how is 'as I say'"),
        (other_sentences, "report/facts.json, ", "its value is 'All is well.'"),
        (yes_for_no, "report/facts.json, table ", "it is 'yes', and comes out as 'no'"),
        (a_table_less, "report/facts.json, table ", "it is missing, though the data give it"),
        (a_row_less, "report/facts.json, table models", "and comes out with"),
        (other_words, "report/audit.json", "A large proven gap"),
    ],
)
def test_naming_another_version_does_not_make_it_whole(
    written: Written, tmp_path: Path, edit: Callable[[Path], None], where: str, said: str
) -> None:
    """What other code may have made otherwise accuses nobody and confirms nothing; with the same code it is wrong."""
    found = verify(resealed(written.path, tmp_path, edit, made_with=OTHER))
    assert (found.findings, found.outcome, found.whole) == ((), Outcome.UNCOMPARED, False)
    assert any(where in each.where and said in each.said for each in found.uncompared), found.uncompared
    assert f"git checkout {COMMIT}" in found.certainty
    same = verify(resealed(written.path, tmp_path, edit))
    assert same.uncompared == ()
    assert any(where in each.where and said in each.said for each in same.findings), same.findings


def test_another_version_whose_all_comes_out_the_same_is_whole(written: Written, tmp_path: Path) -> None:
    """A bundle of other code or libraries is whole where every number and word comes out here, and says so."""
    apart = OTHER | {"libraries": {"numpy": "1.0"}}
    found = verify(resealed(written.path, tmp_path, nothing, made_with=apart))
    assert (found.findings, found.uncompared, found.whole, found.certainty) == ((), (), True, "")
    [note] = found.notes
    assert "evenhand 0.0.9 at aaaaaaaaaaaa" in note
    assert "numpy 1.0" in note


def no_facts(folder: Path) -> None:
    in_json(folder / FACTS, lambda told: told.update(facts=[]))


def no_tables(folder: Path) -> None:
    in_json(folder / FACTS, lambda told: told.update(tables=[]))


def a_fact_twice(folder: Path) -> None:
    in_json(folder / FACTS, lambda told: told["facts"].append(told["facts"][0] | {"how": "twice"}))


def other_counts(folder: Path) -> None:
    in_json(folder / FACTS, lambda told: told["facts"][0].update(n=7))


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (no_facts, "it has no facts, though the data give"),
        (no_tables, "it has no tables, though the data give"),
        (a_fact_twice, "it has a fact twice"),
        (other_counts, "its n is 7, and comes out as"),
    ],
)
def test_what_no_version_writes_is_a_finding(
    written: Written, tmp_path: Path, edit: Callable[[Path], None], said: str
) -> None:
    """A report without numbers, or with other ones under the same names, is wrong whatever made it."""
    found = verify(resealed(written.path, tmp_path, edit, made_with=OTHER))
    assert any(each.what == "number" and said in each.said for each in found.findings), found.findings


def test_the_terminal_says_what_could_not_be_compared(written: Written, tmp_path: Path) -> None:
    """`verify` then has an exit code of its own, and names each thing and how to be certain instead of what is well."""
    forged = resealed(written.path, tmp_path, other_words, made_with=OTHER)
    done = CliRunner().invoke(app, ["verify", str(forged)])
    assert done.exit_code == 3
    assert "Nothing differs" not in done.stdout
    assert "Could not be compared:" in done.stdout
    assert f"git checkout {COMMIT}" in " ".join(done.stdout.split())
    told = json.loads(CliRunner().invoke(app, ["verify", str(forged), "--json"]).stdout)
    assert (told["whole"], told["outcome"], told["findings"]) == (False, "uncompared", [])
    assert told["uncompared"][0]["where"].startswith("report/audit.json")


def test_scores_of_a_version_that_nobody_has_are_not_confirmed(written: Written, tmp_path: Path) -> None:
    """Calling the version of a scorer another one does not pass its scores by unsaid."""
    forged = resealed(
        written.path,
        tmp_path,
        lambda folder: in_json(folder / "scores/0001.json", lambda told: told.update(version="99")),
    )
    found = verify(forged)
    assert found.outcome is not Outcome.WHOLE
    assert any("version 99" in each.said for each in found.uncompared)


def other_prompts(folder: Path) -> None:
    for row in range(60):
        with_value(folder / "responses.parquet", row, "prompt", lambda prompt: prompt.replace("works", "worked"))


@pytest.mark.parametrize(
    ("origin", "said"),
    [
        ({"x": 1}, "no audit has such a one"),
        ({"kind": "import", "file": "x.csv"}, "was asked by Evenhand"),
    ],
)
def test_no_audit_passes_for_an_import(
    workbench: Workbench, written: Written, tmp_path: Path, origin: dict[str, object], said: str
) -> None:
    """An origin of no known kind, or one that the models refute, is a finding, and prompts are checked all the same."""

    def edit(folder: Path) -> None:
        in_json(folder / "audit.json", lambda told: told.update(origin=origin))
        other_prompts(folder)
        renumbered(folder)

    forged = resealed(written.path, tmp_path, edit)
    findings = verify(forged).findings
    assert any(each.where == "audit.json" and said in each.said for each in findings)
    assert any(each.where == "responses.parquet, cell 3" and "its prompt is" in each.said for each in findings)
    with pytest.raises(BundleError, match=said):
        open_bundle(workbench, forged)
    assert workbench.store.runs.all() == []


def a_bank_title(folder: Path) -> None:
    in_json(folder / "run.json", lambda told: told["bank"].update(title="Planted", notice="All fine", severity="mild"))
    renumbered(folder)


def a_codebook_title(folder: Path) -> None:
    in_json(folder / "audit.json", lambda told: told["codebooks"][0].update(title="Planted", licence="Planted"))
    renumbered(folder)


@pytest.mark.parametrize(
    ("edit", "file", "said"),
    [(a_bank_title, "run.json", "title of the prompt bank"), (a_codebook_title, "codebooks/0001.yaml", "its title is")],
)
def test_false_words_about_what_is_shared_are_not_taken_in(
    workbench: Workbench, written: Written, tmp_path: Path, edit: Callable[[Path], None], file: str, said: str
) -> None:
    """A title that the bank or codebook itself does not have is a finding, and nothing of the bundle is stored."""
    forged = resealed(written.path, tmp_path, edit)
    assert any(each.where == file and said in each.said for each in verify(forged).findings)
    with pytest.raises(BundleError, match=said):
        open_bundle(workbench, forged)
    assert workbench.store.runs.all() == []


def test_a_scorer_of_ours_keeps_its_title(workbench: Workbench, written: Written, tmp_path: Path) -> None:
    """A bundle that calls a built-in scorer otherwise is found out, and opened it does not change what it is called."""

    def edit(folder: Path) -> None:
        in_json(folder / "scores/0001.json", lambda told: told["entry"].update(title="Truth meter"))
        renumbered(folder)

    forged = resealed(written.path, tmp_path, edit)
    assert any("'Truth meter'" in each.said for each in verify(forged).findings)
    open_bundle(workbench, forged)
    titles = {entry.id: entry.title for entry in built_in_entries()}
    for kept in workbench.store.scores.scorings(written.run):
        assert kept.entry.title == titles[kept.entry.id]


def test_a_scorer_of_ours_cannot_be_set_up_otherwise(workbench: Workbench, written: Written, tmp_path: Path) -> None:
    """A bundle whose scorer has the name of a built-in one but is another is found out, and not opened."""
    forged = resealed(
        written.path,
        tmp_path,
        lambda folder: in_json(folder / "scores/0001.json", lambda told: told["entry"].update(scorer="sentiment")),
    )
    assert any("is set up otherwise there" in each.said for each in verify(forged).findings)
    with pytest.raises(BundleError, match="is set up otherwise there"):
        open_bundle(workbench, forged)
    assert workbench.store.scores.scorings() == []


LEXICON = 'name: {name}\nsource: made up\nlicence: CC0-1.0\nversion: "1"\ncategories:\n  bold: [{word}]\n'


def test_a_scorer_of_theirs_does_not_replace_ones_own(workbench: Workbench, tmp_path: Path) -> None:
    """A lexicon of the same id but with other words comes in beside one's own, which stays as it was set up."""
    run_id = mapped.answered(workbench)
    workbench.store.runs.set_status(run_id, RunStatus.DONE)
    theirs = scoring.add(workbench, "own_lexicon", "Mine", {"lexicon": LEXICON.format(name="A", word="text")})
    scored(workbench, run_id, [theirs])
    written = bundle(workbench, run_id, tmp_path / "b.zip")
    with open_workbench(tmp_path / "fresh.duckdb", with_example=False) as fresh:
        own = scoring.add(fresh, "own_lexicon", "Mine", {"lexicon": LEXICON.format(name="B", word="walks")})
        assert own.id == theirs.id
        open_bundle(fresh, written.path)
        assert fresh.store.scorers.all() == [own]
        [kept] = fresh.store.scores.scorings(run_id)
        assert kept.entry == theirs
        assert scoring.current_scoring(fresh, own) is None

    def other_words(folder: Path) -> None:
        options = {"lexicon": LEXICON.format(name="A", word="caring")}
        in_json(folder / "scores/0001.json", lambda told: told["entry"].update(options=options))

    forged = resealed(written.path, tmp_path, other_words)
    assert any("is not what its fingerprint is of" in each.said for each in verify(forged).findings)
    with open_workbench(tmp_path / "other.duckdb", with_example=False) as other:
        with pytest.raises(BundleError, match="is not what its fingerprint is of"):
            open_bundle(other, forged)
        assert other.store.scorers.all() == []
