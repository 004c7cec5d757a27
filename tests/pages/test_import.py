"""The import page: what a file is, what its columns mean, what would be stored, and bundles that are checked."""

import time
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from lib.ui import frame
from lib.ui.import_upload import name_of
from lib.ui.import_work import Stopped, Work, carry_out, figures
from lib.workflows import read, run, scoring
from lib.workflows.bundling.write import bundle
from lib.workflows.workbench import open_workbench
from tests.pages.conftest import Open
from tests.seeding import seed

PAGE = "pages/17_Import.py"
EVIL = "![x](http://127.0.0.1:9/x.png) <img src=x onerror=alert(1)> \u202eevil"
SECONDS = 60
HEAD = "prompt,response,gender,pair,topic"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Outputs about a woman and a man in two complete matched sets, and a woman alone in a third."""
    rows = [
        HEAD,
        "Describe the nurse Maria,She is caring,woman,1,health",
        "Describe the nurse Peter,He is strong,man,1,health",
        "Describe the engineer Maria,She is kind,woman,2,tech",
        "Describe the engineer Peter,He leads,man,2,tech",
        "Describe the judge Maria,She is fair,woman,3,law",
    ]
    path = tmp_path / "recorded.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle of a finished run that is scored once."""
    folder = tmp_path_factory.mktemp("sealed")
    with open_workbench(folder / "audits.duckdb", with_example=False) as workbench:
        run_id = seed(workbench)
        scoring.score(workbench, run_id, ["length"], lambda _: None)
        return bundle(workbench, run_id, folder / "audit.evenhand.zip").path


def opened_on(open_at: Open, path: Path) -> AppTest:
    """The page with a file named by its path."""
    test = open_at(PAGE)
    return test.text_input(key="import-path").input(str(path)).run()


def ended(test: AppTest, label: str) -> AppTest:
    """The page after a button was pressed and what it began has ended."""
    (button,) = (each for each in test.button if each.label == label)
    work = button.key.removesuffix("-begin")
    button.click().run()
    deadline = time.monotonic() + SECONDS
    while not test.session_state[work].ended:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return test.run()


def box(test: AppTest, meaning: str):
    return next(each for each in test.selectbox if each.key.endswith(f"-{meaning}"))


def metrics(test: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in test.metric}


def test_an_empty_page_says_what_can_be_taken_in(database, open_at: Open):
    """Before a file is chosen, the page names the sorts of files."""
    test = open_at(PAGE)
    assert not test.error
    assert {"A bundle", "A table of outputs"} <= {
        part.value.split("**")[1] for part in test.markdown if "**" in part.value
    }


def test_a_path_of_nothing_is_told(database, tmp_path, open_at: Open):
    """A path that names no file is an error with cause and remedy."""
    test = opened_on(open_at, tmp_path / "nothing.csv")
    assert "no such file" in test.error[0].value


def test_columns_are_guessed_and_shown(database, table, open_at: Open):
    """The guess fills the boxes; the preview counts outputs, groups and matched sets, and says what limits them."""
    test = opened_on(open_at, table)
    assert not test.error
    guessed = {meaning: box(test, meaning).value for meaning in ("prompt", "completion", "group", "set", "category")}
    assert guessed == {
        "prompt": "prompt",
        "completion": "response",
        "group": "gender",
        "set": "pair",
        "category": "topic",
    }
    assert metrics(test) == {
        "Outputs": "5",
        "Models": "1",
        "Groups": "2",
        "Complete matched sets": "2",
        "Incomplete": "1",
    }
    assert "one group only" in test.warning[0].value
    assert test.dataframe[0].value["Completion"].iloc[0] == "She is caring"


def test_another_meaning_changes_the_preview(database, table, open_at: Open):
    """Taking the group away is answered at once: nothing can be compared then."""
    test = opened_on(open_at, table)
    box(test, "group").select("").run()
    assert not test.error
    assert metrics(test)["Groups"] == "0"
    assert "No output has a group" in test.warning[0].value


def test_a_mapping_that_does_not_fit_is_told(database, table, open_at: Open):
    """Without a completion nothing is shown but the reason, and the boxes stay to mend it."""
    test = opened_on(open_at, table)
    box(test, "completion").select("").run()
    assert len(test.error) == 1
    assert not test.metric
    box(test, "completion").select("response").run()
    assert not test.error
    assert test.metric


def test_a_wide_table_is_explained(database, tmp_path, open_at: Open):
    """A row with two completions becomes two outputs, and the page says how they are told apart."""
    path = tmp_path / "wide.csv"
    path.write_text(
        "case,prompt_a,completion_a,group_a,prompt_b,completion_b,group_b\n1,Maria?,Kind,woman,Peter?,Strong,man\n",
        encoding="utf-8",
    )
    test = opened_on(open_at, path)
    assert not test.error
    assert any("wide table" in part.value for part in test.info)
    assert metrics(test)["Outputs"] == "2"
    assert box(test, "completion").value == "completion"


def test_an_import_is_an_audit(database, table, open_at: Open):
    """What was imported is stored under the given name, to be read only, with the ways on."""
    test = opened_on(open_at, table)
    next(each for each in test.text_input if each.key.endswith("-name")).input("From elsewhere").run()
    test = ended(test, "Import")
    assert not test.error
    assert "5 responses" in test.success[0].value
    links = {link.proto.label for link in test.main.get("page_link")}
    assert links == {"Read the responses", "Compare groups", "Report on it"}
    (info,) = run.runs(frame.workbench())
    assert (info.name, info.done, info.read_only) == ("From elsewhere", 5, True)
    assert len({row.cell.set_id for row in read.responses(frame.workbench(), read.ResponseFilter()).rows}) == 3


def test_a_language_that_is_none_is_told(database, table, open_at: Open):
    """The field takes a tag; anything else is an error that says how to write one."""
    test = opened_on(open_at, table)
    field = next(each for each in test.text_input if each.key.endswith("-language"))
    field.input("in German").run()
    assert "It is no language tag" in test.error[0].value
    next(each for each in test.text_input if each.key.endswith("-language")).input("de").run()
    assert not test.error
    test = ended(test, "Import")
    (info,) = run.runs(frame.workbench())
    assert frame.workbench().store.runs.bank(info.id).language == "de"


def test_hostile_values_stay_letters(database, tmp_path, open_at: Open):
    """Names of columns, groups and texts that attack are shown letter by letter."""
    path = tmp_path / "evil.csv"
    cell = '"' + EVIL.replace('"', '""') + '"'
    path.write_text(
        f"prompt,completion,group,set,{cell}\n{cell},{cell},{cell},1,{cell}\nb,{cell},man,1,c\n", encoding="utf-8"
    )
    test = opened_on(open_at, path)
    assert not test.exception
    assert not test.error
    shown = " ".join(part.value for kind in ("markdown", "caption", "warning") for part in test.get(kind))
    assert "![x](" not in shown
    assert "<img" not in shown.replace("\\<", "")
    table = test.dataframe[0].value
    assert "⟨U+202E⟩evil" in table["Completion"].iloc[0]
    assert "\u202e" not in table.to_csv()


def test_a_file_of_no_known_format_is_told(database, tmp_path, open_at: Open):
    """What cannot be read is refused with the formats there are."""
    path = tmp_path / "picture.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    test = opened_on(open_at, path)
    assert not test.exception
    assert len(test.error) == 1


def test_a_whole_bundle_is_verified(database, sealed, open_at: Open):
    """A bundle as it was sealed is told as such, with how much was checked and what that cannot show."""
    test = ended(opened_on(open_at, sealed), "Verify")
    assert not test.error
    assert test.success[0].proto.title == "Verified"
    assert int(metrics(test)["Numbers"].replace(",", "")) > 100
    assert any("no verification" in part.label.lower() for part in test.expander)


def test_another_seal_is_a_finding(database, sealed, open_at: Open):
    """A bundle with another seal than the published one is not what it says."""
    test = opened_on(open_at, sealed)
    next(each for each in test.text_input if each.key.endswith("-seal")).input("ab" * 32).run()
    test = ended(test, "Verify")
    assert not test.success
    assert "not what it says" in test.error[0].value
    assert "the seal" in set(test.dataframe[0].value["Where"])


def test_a_changed_byte_is_named(database, sealed, tmp_path, open_at: Open):
    """A bundle with one byte flipped is refused for opening, and verifying says where it was changed."""
    data = bytearray(sealed.read_bytes())
    data[len(data) // 2] ^= 1
    path = tmp_path / "changed.evenhand.zip"
    path.write_bytes(data)
    test = ended(opened_on(open_at, path), "Verify")
    assert not test.success
    assert len(test.dataframe[0].value) >= 1
    test = ended(test, "Open the audit")
    assert any("not as it was written" in error.value for error in test.error)
    assert run.runs(frame.workbench()) == []


def test_a_bundle_opens_beside_ones_own(seeded, sealed, open_at: Open):
    """The audit in a bundle comes in to be read only, and its report is a link away."""
    test = ended(opened_on(open_at, sealed), "Open the audit")
    assert not test.error
    assert "to be read only" in test.success[0].value
    infos = run.runs(frame.workbench())
    assert len(infos) == 2
    assert {info.id: info.read_only for info in infos}[seeded] is False
    assert sum(info.read_only for info in infos) == 1


@pytest.mark.parametrize("button", ["Open the audit", "Import"])
def test_a_locked_database_takes_nothing_in(button, locked, sealed, table, open_at: Open):
    """Reading only, nothing is stored, with the reason; verifying is free."""
    test = opened_on(open_at, sealed if button == "Open the audit" else table)
    (pressed,) = (each for each in test.button if each.label == button)
    assert pressed.disabled
    assert "reading only" in pressed.help
    assert all(not each.disabled for each in test.button if each.label == "Verify")


def test_work_that_was_stopped_says_so():
    """Work ends where it next tells how far it is; nothing it did is kept."""
    work = Work("Reading")
    work.ending.set()
    carry_out(work, lambda work: work.progress(1, 2))
    assert work.ended
    assert work.stopped
    assert isinstance(work.problem, Stopped)
    assert work.result is None


def test_work_tells_how_far_it_is():
    """The line names what goes on, done of total, and the time left once that can be told."""
    work = Work("Reading", "row", begun=time.monotonic() - 5)
    carry_out(work, lambda work: work.progress(1, 4))
    assert figures(work) == "Reading · 1 of 4 rows · under a minute left"


@pytest.mark.parametrize(
    ("name", "kept"),
    [("../../etc/passwd", "_.._etc_passwd"), ("a\x00b.csv", "a_b.csv"), ("…", "_"), (" .csv", "csv"), ("", "file")],
)
def test_an_uploaded_name_leads_nowhere(name, kept):
    """Of an uploaded file's name only letters, digits and plain marks are kept."""
    assert name_of(name) == kept


@pytest.mark.parametrize(("address", "asked"), [("127.0.0.1", True), ("0.0.0.0", False), (None, False)])
def test_only_people_at_this_computer_name_a_path(open_at: Open, monkeypatch: pytest.MonkeyPatch, address, asked: bool):
    """A server that others can reach reads them none of its files."""
    real = st.get_option
    monkeypatch.setattr(st, "get_option", lambda name: address if name == "server.address" else real(name))
    assert [field.key for field in open_at(PAGE).text_input] == (["import-path"] if asked else [])
