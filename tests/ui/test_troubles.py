"""Errors as words on the screen."""

from streamlit.testing.v1 import AppTest


def audit_error() -> None:
    from lib.errors import BankError
    from lib.ui.troubles import told

    with told():
        raise BankError("bank ![x](http://example.org/x.png)", "it has *no* groups", "Add some")


def bug() -> None:
    import streamlit as st

    from lib.ui.troubles import told

    with told():
        raise KeyError("<b>missing</b>")
    st.text("after")


def test_an_audit_error_is_told_as_thing_cause_and_remedy():
    """The thing is the title; cause and remedy are sentences; nothing in them is Markdown."""
    (told,) = AppTest.from_function(audit_error).run().error
    assert told.proto.title.startswith(r"bank \!\[x\]")
    assert told.value == r"It has \*no\* groups\. Add some\."


def test_a_bug_is_an_apology_with_details_to_copy():
    """An unexpected error gives no traceback on the page, but one to copy, and the page goes on."""
    test = AppTest.from_function(bug).run()
    assert not test.exception
    assert test.error[0].proto.title == "Something went wrong"
    assert "KeyError" in test.expander[0].code[0].value
    assert test.text[0].value == "after"
