"""The codebooks page: reading, trying, writing, and never losing what was written."""

import shutil
from pathlib import Path

import pytest

from lib.types import AnnotationItem, AssignmentSpec
from lib.ui.codebook_editor import STARTER
from lib.workflows import codebooks
from lib.workflows.workbench import open_workbench
from tests.pages.conftest import Open

PAGE = "pages/16_Codebooks.py"
NEW = "＋ Write a new codebook"
DRAFT = "codebook-draft"


@pytest.fixture
def folder(database: Path) -> Path:
    """The copy of the codebooks that the page uses."""
    return database.parent / "codebooks"


def write(test, text: str) -> None:
    """Put a text in the editor of the new codebook; the browser types it."""
    draft = test.session_state[DRAFT][""]
    draft.text, draft.revision = text, draft.revision + 1
    test.run()


def new_codebook(open_at: Open):
    return open_at(PAGE).selectbox(key="codebooks-codebook").select(NEW).run()


def test_the_starter_is_a_valid_codebook():
    """What a new codebook begins with can be saved as it is."""
    assert codebooks.check(STARTER, "starter.yaml") == []


def test_an_address_shows_its_codebook(folder, open_at: Open):
    """`?codebook=…` opens that codebook with its question, its labels and its source."""
    test = open_at(PAGE, codebook="harms")
    assert not test.exception
    assert test.selectbox(key="codebooks-codebook").value == "harms"
    assert any("Blodgett" in caption.value for caption in test.caption)
    assert any("Asked when “Which kind of harm" in caption.value for caption in test.caption)
    assert test.table[2].value["Label"].iloc[0] == "An opportunity"


def test_a_file_that_does_not_load_is_told_beside_the_others(folder: Path, open_at: Open):
    """One broken file is named with its line, and hides no other codebook."""
    (folder / "broken.yaml").write_text("codebook: broken\ntitle: [", encoding="utf-8")
    test = open_at(PAGE)
    assert "broken" in test.error[0].proto.title
    assert len(test.selectbox(key="codebooks-codebook").options) == 4


def test_without_codebooks_the_page_says_what_to_do(folder: Path, open_at: Open):
    """An empty folder leads to the editor of the first codebook."""
    shutil.rmtree(folder)
    test = open_at(PAGE)
    assert "write the first one" in test.info[0].value
    assert test.button(key="codebook-save")


def test_names_are_shown_letter_by_letter(folder: Path, open_at: Open):
    """Markdown and HTML in titles and labels stay what they are: signs."""
    text = STARTER.replace("title: My codebook", 'title: "**bold** <b>"').replace(
        "title: Unsure", 'title: "![x](http://x)"'
    )
    (folder / "my_codebook.yaml").write_text(text, encoding="utf-8")
    test = open_at(PAGE, codebook="my_codebook")
    assert not test.exception
    assert r"\!\[x\]\(" in test.table[0].value["Label"].iloc[2]


def test_problems_are_listed_and_saving_waits(folder, open_at: Open):
    """A wrong text is told line by line, cannot be saved, stays, and leaves the card as it was."""
    test = new_codebook(open_at)
    write(test, STARTER.replace("kind: single", "kind: simple"))
    assert any(text.value.startswith("line 9") for text in test.text)
    assert test.button(key="codebook-save").disabled
    assert any("before the mistake" in caption.value for caption in test.caption)
    test.switch_page("Home.py").run()
    test.switch_page(PAGE).run()
    assert "simple" in test.session_state[DRAFT][""].text


def test_a_valid_codebook_is_saved_as_a_file(folder: Path, open_at: Open):
    """Saved, the codebook is a file of its own, and is shown."""
    test = new_codebook(open_at)
    test.button(key="codebook-save").click().run()
    assert (folder / "my_codebook.yaml").read_text(encoding="utf-8") == STARTER
    assert test.selectbox(key="codebooks-codebook").value == "my_codebook"


def test_saving_over_another_codebook_must_be_meant(folder: Path, open_at: Open):
    """Save as new refuses an id that is taken and keeps the text; Replace replaces."""
    new_codebook(open_at).button(key="codebook-save").click().run()
    test = new_codebook(open_at)
    write(test, STARTER.replace("title: My codebook", "title: Changed"))
    test.button(key="codebook-save").click().run()
    assert "already" in test.error[0].value
    assert "Changed" in test.session_state[DRAFT][""].text
    test.button(key="codebook-replace").click().run()
    assert "Changed" in (folder / "my_codebook.yaml").read_text(encoding="utf-8")


def test_a_file_is_opened_in_the_editor(folder, open_at: Open):
    """An uploaded codebook stands in the editor; bytes that are no text give a message instead."""
    test = new_codebook(open_at)
    text = STARTER.replace("My codebook", "Uploaded").encode()
    test.file_uploader(key="codebook-upload").upload("mine.yaml", text, "application/yaml").run()
    test.button(key="codebook-open").click().run()
    assert "Uploaded" in test.session_state[DRAFT][""].text
    test.file_uploader(key="codebook-upload").upload("mine.yaml", b"\xff\xfe\x00", "application/yaml").run()
    test.button(key="codebook-open").click().run()
    assert "UTF" in test.error[0].value
    assert "Uploaded" in test.session_state[DRAFT][""].text


def test_a_deleted_codebook_can_be_brought_back(folder: Path, open_at: Open):
    """Undo after a deletion restores the file as it was."""
    path = folder / "harms.yaml"
    before = path.read_text(encoding="utf-8")
    test = open_at(PAGE, codebook="harms")
    test.button(key="codebook-delete").click().run()
    assert not path.exists()
    test.button(key="codebook-undo").click().run()
    assert path.read_text(encoding="utf-8") == before


def test_a_version_that_was_used_can_still_be_read(seeded, folder: Path, database: Path, open_at: Open):
    """After the file has changed, what an assignment was made with is a version to choose."""
    with open_workbench(database) as workbench:
        old = codebooks.codebook(workbench, "coursework")
        workbench.store.assignments.create(AssignmentSpec("Work"), old, [AnnotationItem(0, seeded, 0, f"{seeded}/0")])
        assert codebooks.of_digest(workbench, old.digest) == old
    path = folder / "coursework.yaml"
    path.write_text(old.text.replace("Is bias observed?", "Is there bias?"), encoding="utf-8")
    test = open_at(PAGE, codebook="coursework")
    asked = [text.value for text in test.markdown]
    assert any("Is there bias" in value for value in asked)
    versions = test.selectbox(key="codebook-version-coursework")
    assert len(versions.options) == 2
    test = versions.select_index(1).run()
    assert any("Is bias observed" in text.value for text in test.markdown)
