"""The grid page: choosing, seeing what it comes to, keeping, carrying as a file."""

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lib.types import Decoding
from lib.ui.grid_draft import KEY
from lib.workflows import build
from lib.workflows.workbench import open_workbench
from tests.pages.conftest import Open

PAGE = "pages/1_Build_grid.py"


def metrics(test: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in test.metric}


def key(test: AppTest, name: str) -> str:
    """The key a widget has in the draft's present revision."""
    return test.session_state[KEY].key(name)


def test_a_new_grid_can_be_run_as_it_is(database, open_at: Open):
    """Whoever opens the page sees a whole grid: sets, cells, and its prompts rendered."""
    test = open_at(PAGE)
    assert int(metrics(test)["Matched sets"]) > 0
    assert int(metrics(test)["Cells"]) > int(metrics(test)["Matched sets"])
    assert not test.button(key="grid-run").disabled


def test_another_bank_starts_the_choice_anew(database, open_at: Open):
    """Choosing another bank takes its own attribute and templates, and keeps the models."""
    test = open_at(PAGE)
    models = test.session_state[KEY].spec.models
    test.selectbox(key=key(test, "bank")).select("reference_letters").run()
    spec = test.session_state[KEY].spec
    assert spec.bank == "reference_letters"
    assert (spec.templates, spec.contexts, spec.models) == ((), {}, models)
    assert not test.error


def test_every_bank_opens(database, open_at: Open):
    """No shipped bank makes the page stumble."""
    test = open_at(PAGE)
    for bank in test.selectbox(key=key(test, "bank")).options:
        picker = test.selectbox(key=key(test, "bank"))
        picker.select_index(picker.options.index(bank)).run()
        assert not test.exception, bank
        assert not test.error, bank
        assert "Cells" in metrics(test), bank


def test_fewer_groups_make_fewer_cells(database, open_at: Open):
    """Taking a group away is seen in the number of cells at once."""
    test = open_at(PAGE)
    before = int(metrics(test)["Cells"])
    test.pills(key=key(test, "groups-gender")).set_value(["woman", "man"]).run()
    assert int(metrics(test)["Cells"]) == before // 2


def test_settings_are_added_and_removed(database, open_at: Open):
    """A second decoding setting doubles the cells; removing it halves them again."""
    test = open_at(PAGE)
    before = int(metrics(test)["Cells"])
    test.button(key=key(test, "add-decoding")).click().run()
    assert int(metrics(test)["Cells"]) == 2 * before
    test.button(key=key(test, "drop-0")).click().run()
    assert int(metrics(test)["Cells"]) == before
    assert [setting.temperature for setting in test.session_state[KEY].spec.decodings] == [0.0]


def test_what_cannot_be_run_says_why(database, open_at: Open):
    """Without a model there is a message with a remedy, and nothing to press."""
    test = open_at(PAGE)
    test.multiselect(key=key(test, "models")).set_value([]).run()
    assert len(test.error) == 1
    assert test.button(key="grid-run").disabled


def test_a_number_typed_just_before_saving_is_saved(database: Path, open_at: Open):
    """Save keeps what stands in the form, the last keystroke included, under an address of its own."""
    test = open_at(PAGE)
    test.number_input(key=key(test, "seed")).set_value(99)
    test.text_input(key=key(test, "name")).input("Mine")
    test.button(key="grid-save").click().run()
    with open_workbench(database) as workbench:
        (saved,) = build.saved(workbench)
    assert (saved.spec.name, saved.spec.seed) == ("Mine", 99)
    assert test.query_params["grid"] in (saved.id, [saved.id])


def test_an_address_opens_its_grid(database: Path, open_at: Open):
    """Whoever is sent the address of a saved grid sees that grid."""
    test = open_at(PAGE)
    test.text_input(key=key(test, "name")).input("Shared").run()
    test.button(key="grid-save").click().run()
    other = open_at(PAGE, grid=test.session_state[KEY].grid_id)
    assert other.text_input(key=key(other, "name")).value == "Shared"


def test_copies_and_deletes_leave_the_other_alone(database: Path, open_at: Open):
    """A duplicate is a grid of its own: deleting it leaves the first."""
    test = open_at(PAGE)
    test.button(key="grid-save").click().run()
    first = test.session_state[KEY].grid_id
    test.button(key="grid-duplicate").click().run()
    assert test.session_state[KEY].grid_id not in ("", first)
    test.button(key="grid-delete").click().run()
    with open_workbench(database) as workbench:
        assert [saved.id for saved in build.saved(workbench)] == [first]


def test_a_page_change_loses_nothing(database, open_at: Open):
    """What was chosen and not saved is there again when the page is."""
    test = open_at(PAGE)
    test.number_input(key=key(test, "repeats")).set_value(3).run()
    test.switch_page("pages/11_Models.py").run()
    test.switch_page(PAGE).run()
    assert test.number_input(key=key(test, "repeats")).value == 3


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, ""),
        ({"bank": "no_such_bank"}, "no_such_bank"),
        ({"models": ("no-such-model",)}, "no-such-model"),
        ({"groups": {"gender": ("woman", "nobody")}}, "nobody"),
        ({"decodings": (Decoding(top_p=7.0),)}, "7.0"),
        ({"seed": 2**60}, "seed"),
    ],
)
def test_only_a_grid_that_can_be_run_is_opened(change, told, database, open_at: Open):
    """A file that names something unknown or impossible is refused in words, and the form stays as it was."""
    test = open_at(PAGE)
    before = test.session_state[KEY].spec
    text = build.to_yaml(replace(before, **change)) if change else "name: ["
    test.file_uploader(key="grid-upload").upload("mine.yaml", text.encode(), "application/yaml").run()
    test.button(key="grid-import").click().run()
    (error,) = test.error
    assert error.proto.title != "Something went wrong"
    assert told in (error.proto.title + error.value).replace("\\", "")
    assert test.session_state[KEY].spec == before


def test_a_file_opens_as_it_was_saved(database, open_at: Open):
    """A grid that goes out as YAML comes back the same."""
    test = open_at(PAGE)
    spec = test.session_state[KEY].spec
    test.number_input(key=key(test, "seed")).set_value(5).run()
    test.file_uploader(key="grid-upload").upload("g.yaml", build.to_yaml(spec).encode(), "application/yaml").run()
    test.button(key="grid-import").click().run()
    assert test.session_state[KEY].spec == spec
    assert not test.error
