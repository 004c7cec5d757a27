"""The responses page: notice, filters, addresses and the opened response."""

import pytest

from lib.workflows import read
from lib.workflows.workbench import open_workbench
from tests.pages.conftest import Open

PAGE = "pages/4_Responses.py"


def accepted(test):
    return test.button(key="accept-notice").click().run()


def test_the_notice_stands_in_front(seeded, open_at: Open):
    """Before the notice was accepted, no response is on the page; afterwards the table is."""
    test = open_at(PAGE)
    assert not test.dataframe
    accepted(test)
    assert len(test.dataframe) == 1
    assert "Response" in test.dataframe[0].value.columns


def test_the_notice_is_accepted_once(seeded, open_at: Open):
    """Accepting holds for the session, over page changes."""
    test = accepted(open_at(PAGE))
    test.switch_page("pages/2_Run.py").run()
    test.switch_page(PAGE).run()
    assert len(test.dataframe) == 1


def test_filters_narrow_the_table(seeded, open_at: Open):
    """Only rows of the chosen group are left, and the address says which."""
    test = accepted(open_at(PAGE))
    test.multiselect(key="responses-group").select("woman").run()
    assert set(test.dataframe[0].value["Group"]) == {"woman"}
    assert test.query_params["group"] in ("woman", ["woman"])


def test_an_address_sets_the_filters(seeded, open_at: Open):
    """An address opens what it names; a value that does not exist is left out."""
    test = accepted(open_at(PAGE, group="man", model="no-such-model"))
    assert test.multiselect(key="responses-group").value == ["man"]
    assert test.multiselect(key="responses-model").value == []
    assert set(test.dataframe[0].value["Group"]) == {"man"}


def test_filters_survive_a_page_change(seeded, open_at: Open):
    """Coming back, the filter is as it was left."""
    test = accepted(open_at(PAGE))
    test.text_input(key="responses-search").input("nurse").run()
    shown = len(test.dataframe[0].value)
    test.switch_page("pages/2_Run.py").run()
    test.query_params.clear()
    test.switch_page(PAGE).run()
    assert test.text_input(key="responses-search").value == "nurse"
    assert len(test.dataframe[0].value) == shown


def test_nothing_found_says_what_to_do(seeded, open_at: Open):
    """A filter that nothing passes gives a hint, not an empty table."""
    test = accepted(open_at(PAGE))
    test.text_input(key="responses-search").input("no response has this").run()
    assert not test.dataframe
    assert "filter" in test.info[0].value


def test_the_address_of_a_response_opens_it(seeded, database, open_at: Open):
    """`?run=…&no=…` shows that response with its provenance a click away."""
    test = accepted(open_at(PAGE, run=seeded, no="2"))
    assert any("Response 2" in part.value for part in test.markdown)
    test.segmented_control(key="response-view").set_value("Provenance").run()
    with open_workbench(database) as workbench:
        expected = read.provenance(workbench, seeded, 2)
    assert expected["cell"]["prompt"] in test.json[0].value
    assert any(code.value.endswith(f"?run={seeded}&no=2") for code in test.code)


def test_closing_goes_back_to_the_filter(seeded, open_at: Open):
    """Closed, the response leaves the address."""
    test = accepted(open_at(PAGE, run=seeded, no="2"))
    test.button(key="response-close").click().run()
    assert not any("Response 2" in part.value for part in test.markdown)
    assert "no" not in test.query_params


@pytest.mark.parametrize("no", ["999999", "-1", "x"])
def test_an_address_of_nothing_is_told(no, seeded, open_at: Open):
    """A number that no cell has never gives more than a message."""
    test = accepted(open_at(PAGE, run=seeded, no=no))
    assert not test.exception
    assert all(error.proto.title != "Something went wrong" for error in test.error)


def test_another_filter_closes_the_response(seeded, open_at: Open):
    """A response that was opened under one filter does not stay open under another."""
    test = accepted(open_at(PAGE, run=seeded, no="2"))
    test.multiselect(key="responses-group").select("woman").run()
    assert not any("Response 2" in part.value for part in test.markdown)
    assert test.query_params["group"] in ("woman", ["woman"])
