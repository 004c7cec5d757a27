"""The prompt bank page: reading, writing, and never losing what was written."""

from pathlib import Path

from lib.ui.bank_editor import KEY, STARTER
from lib.workflows import banks
from tests.pages.conftest import Open

PAGE = "pages/10_Prompt_banks.py"
NEW = "＋ Write a new bank"


def write(test, text: str) -> None:
    """Put a text in the editor of the new bank; the browser tests type it."""
    draft = test.session_state[KEY][""]
    draft.text, draft.revision = text, draft.revision + 1
    test.run()


def new_bank(open_at: Open):
    test = open_at(PAGE)
    return test.selectbox(key="banks-bank").select(NEW).run()


def test_the_starter_is_a_valid_bank():
    """What a new bank begins with can be saved as it is."""
    assert banks.check(STARTER, "starter.yaml") == []


def test_an_address_shows_its_bank(database, open_at: Open):
    """`?bank=…` opens that bank with its question, source and a sample."""
    test = open_at(PAGE, bank="reference_letters")
    assert test.selectbox(key="banks-bank").value == "reference_letters"
    assert any("Licence:" in text.value for text in test.text)


def test_a_file_that_does_not_load_is_told_beside_the_others(database: Path, open_at: Open):
    """One broken file is named with its line, and hides no other bank."""
    (database.parent / "banks" / "broken.yaml").write_text("bank: broken\ntitle: [", encoding="utf-8")
    test = open_at(PAGE)
    assert "broken" in test.error[0].proto.title
    assert len(test.selectbox(key="banks-bank").options) > 10


def test_problems_are_listed_and_saving_waits(database, open_at: Open):
    """A wrong text is told line by line, cannot be saved, and stays."""
    test = new_bank(open_at)
    write(test, STARTER.replace("severity: mild ", "severity: awful"))
    assert any(text.value.startswith("line 7") for text in test.text)
    assert test.button(key="bank-save").disabled
    test.switch_page("Home.py").run()
    test.switch_page(PAGE).run()
    assert "awful" in test.session_state[KEY][""].text


def test_a_valid_bank_is_saved_as_a_file(database: Path, open_at: Open):
    """Saved, the bank is a file of its own, and is shown."""
    test = new_bank(open_at)
    test.button(key="bank-save").click().run()
    assert (database.parent / "banks" / "my_bank.yaml").read_text(encoding="utf-8") == STARTER
    assert test.selectbox(key="banks-bank").value == "my_bank"


def test_saving_over_another_bank_must_be_meant(database: Path, open_at: Open):
    """Save as new refuses an id that is taken and keeps the text; Replace replaces."""
    new_bank(open_at).button(key="bank-save").click().run()
    test = new_bank(open_at)
    write(test, STARTER.replace("title: My bank", "title: Changed"))
    test.button(key="bank-save").click().run()
    assert "already" in test.error[0].value
    assert "Changed" in test.session_state[KEY][""].text
    test.button(key="bank-replace").click().run()
    assert "Changed" in (database.parent / "banks" / "my_bank.yaml").read_text(encoding="utf-8")


def test_a_spreadsheet_becomes_a_bank(database, open_at: Open):
    """Finished prompts as CSV open in the editor as YAML."""
    test = new_bank(open_at)
    rows = b"item,group,prompt\n1,woman,Praise her.\n1,man,Praise him.\n"
    test.file_uploader(key="bank-upload").upload("mine.csv", rows, "text/csv").run()
    test.button(key="bank-open").click().run()
    assert not test.error
    assert "Praise her." in test.session_state[KEY][""].text


def test_a_file_that_is_no_text_is_refused(database, open_at: Open):
    """Bytes that are not UTF-8 give a message, and the editor keeps what it had."""
    test = new_bank(open_at)
    test.file_uploader(key="bank-upload").upload("mine.yaml", b"\xff\xfe\x00", "application/yaml").run()
    test.button(key="bank-open").click().run()
    assert "UTF" in test.error[0].value
    assert test.session_state[KEY][""].text == STARTER


def test_a_deleted_bank_can_be_brought_back(database: Path, open_at: Open):
    """Undo after a deletion restores the file as it was."""
    path = database.parent / "banks" / "reference_letters.yaml"
    before = path.read_text(encoding="utf-8")
    test = open_at(PAGE, bank="reference_letters")
    test.button(key="bank-delete").click().run()
    assert not path.exists()
    test.button(key="bank-undo").click().run()
    assert path.read_text(encoding="utf-8") == before
