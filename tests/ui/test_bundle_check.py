from streamlit.testing.v1 import AppTest


def page(findings: bool, uncompared: bool) -> None:
    from lib.bundle.findings import Finding
    from lib.ui.bundle_check import show_verification
    from lib.workflows.bundling.verification import Verification

    wrong = (Finding("number", "report/facts.json, a", "it is 1, and comes out as 2"),) if findings else ()
    unclear = (Finding("number", "report/audit.json, b", "it is <b>x</b>"),) if uncompared else ()
    show_verification(Verification("b.zip", "r1", "ab" * 32, wrong, unclear, "git checkout abc", (), {"bytes": 1}))


def shown(*, findings: bool = False, uncompared: bool = False) -> AppTest:
    return AppTest.from_function(page, kwargs={"findings": findings, "uncompared": uncompared}).run()


def test_a_whole_bundle_is_green() -> None:
    """Only where everything was compared and nothing differs is a bundle called verified."""
    test = shown()
    assert ([each.proto.title for each in test.success], len(test.warning), len(test.error)) == (["Verified"], 0, 0)


def test_what_could_not_be_compared_is_amber() -> None:
    """What could not be compared is neither well nor wrong: it is listed, with how to be certain."""
    test = shown(uncompared=True)
    assert (len(test.success), len(test.error)) == (0, 0)
    assert test.warning[0].proto.title == "Not everything could be compared"
    assert "git checkout abc" in test.warning[0].value
    assert list(test.dataframe[0].value["Where"]) == ["report/audit.json, b"]


def test_a_finding_is_red_whatever_else_there_is() -> None:
    """Something that is wrong comes first, and what could not be compared stands below it."""
    test = shown(findings=True, uncompared=True)
    assert (len(test.success), len(test.error), len(test.warning)) == (0, 1, 1)
    assert [list(each.value["Where"]) for each in test.dataframe] == [
        ["report/facts.json, a"],
        ["report/audit.json, b"],
    ]
