"""The models page: what is there, adding and removing."""

from pathlib import Path

from lib.models.bundled import BUNDLED_ID
from lib.workflows import models
from lib.workflows.workbench import open_workbench
from tests.pages.conftest import Open

PAGE = "pages/11_Models.py"


def test_the_catalogue_says_what_is_here(database, open_at: Open):
    """The bundled model is here, with its licence, and cannot be removed."""
    test = open_at(PAGE, model=BUNDLED_ID)
    table = test.dataframe[0].value
    assert table.iloc[0]["Here"] == "here"
    assert any("Licence: Apache-2.0" in text.value for text in test.text)
    assert test.button(key="model-remove").disabled


def test_a_refused_model_leaves_what_was_typed(database, tmp_path: Path, open_at: Open):
    """A folder that holds no model is refused with cause and remedy, and the form keeps its text."""
    test = open_at(PAGE)
    test.selectbox(key="model-backend").select("folder").run()
    missing = str(tmp_path / "nowhere")
    test.text_input(key="model-folder-location").input(missing).run()
    test.button(key="model-add").click().run()
    assert len(test.error) == 1
    assert test.text_input(key="model-folder-location").value == missing


def test_an_endpoint_is_added_and_removed(database: Path, open_at: Open):
    """An added model is in the catalogue and shown; removed, it is gone."""
    test = open_at(PAGE)
    test.selectbox(key="model-backend").select("endpoint").run()
    test.text_input(key="model-title").input("Local server")
    test.text_input(key="model-endpoint-location").input("http://127.0.0.1:9/v1")
    test.text_input(key="model-endpoint-served_name").input("tiny")
    test.text_input(key="model-endpoint-price_in").input("0.5").run()
    test.button(key="model-add").click().run()
    assert not test.error
    with open_workbench(database) as workbench:
        (added,) = [view.entry for view in models.models(workbench) if view.added]
    assert (added.title, added.served_name, added.price_in) == ("Local server", "tiny", 0.5)
    assert test.selectbox(key="models-model").value == added.id
    test.button(key="model-remove").click().run()
    with open_workbench(database) as workbench:
        assert not [view for view in models.models(workbench) if view.added]


def test_a_price_that_is_no_number_is_told(database, open_at: Open):
    """A field that must be a number says so, and nothing is added."""
    test = open_at(PAGE)
    test.selectbox(key="model-backend").select("endpoint").run()
    test.text_input(key="model-endpoint-location").input("http://127.0.0.1:9/v1")
    test.text_input(key="model-endpoint-served_name").input("tiny")
    test.text_input(key="model-endpoint-price_in").input("cheap").run()
    test.button(key="model-add").click().run()
    assert "not a number" in test.error[0].value
