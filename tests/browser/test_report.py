"""From an audit to what is handed in, and from there to somebody else who checks it, in a real browser."""

import io
import json
import re
from pathlib import Path

import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from lib.types import Decoding, Finish, GridSpec, ReportKind, Response, RunStatus
from lib.workflows import banks, run, scoring
from lib.workflows.reporting import choices
from lib.workflows.workbench import open_workbench
from tests.browser.hostile import attack, bank_text
from tests.browser.reading import settle
from tests.browser.test_safety import assert_inert
from tests.seeding import WORDS, seed

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WORDING = "Not to be used for hiring before the next audit."
KINDS = ("Mitigation plan", "Committee deck", "Model card", "Audit report")
LONG = 120_000  # milliseconds: everything is scored and computed for the first time


@pytest.fixture
def seeded(folder: Path) -> str:
    """A finished run with every score that the page would start by itself; gives its id."""
    with open_workbench(folder / "audits.duckdb", with_example=False) as workbench:
        run_id = seed(workbench)
        scoring.score(workbench, run_id, scoring.instant(workbench), lambda _: None)
    return run_id


def left(tab: Page) -> int:
    """How many fields are still to be written."""
    line = tab.get_by_text(re.compile(r"\d+ of \d+ fields? still to be written"))
    expect(line).to_be_visible(timeout=LONG)
    return int(line.inner_text().split(" of ")[0])


def pressed(tab: Page, button: str) -> bytes:
    """What a download button gives."""
    with tab.expect_download(timeout=LONG) as started:
        tab.get_by_role("button", name=button, exact=True).click()
    return Path(started.value.path()).read_bytes()


def chosen_file(tab: Page, name: str, content: bytes) -> None:
    """Hand a file over on the import page."""
    tab.locator("input[type=file]").set_input_files({"name": name, "mimeType": "", "buffer": content})
    settle(tab)


def test_from_the_recorded_example_to_a_reviewer_who_checks_it(serve, tab, folder, monkeypatch):
    """A newcomer writes a field, takes files and a bundle along; a reviewer verifies the bundle and opens it."""
    server = serve()
    tab.goto(server.url)
    tab.get_by_text("Open its report").click()
    before = left(tab)
    tab.get_by_role("button", name="Show them").click()
    tab.get_by_role("link", name="Conclusion: Conclusion").click()
    written = tab.get_by_role("textbox", name="Conclusion", exact=True)
    expect(written).to_be_focused()
    tab.keyboard.type(WORDING)
    tab.keyboard.press("Control+Enter")
    expect(tab.get_by_text(f"{before - 1} of ")).to_be_attached()
    settle(tab)
    page = pressed(tab, "HTML").decode("utf-8")
    assert WORDING in page
    text = " ".join(part.extract_text() for part in pypdf.PdfReader(io.BytesIO(pressed(tab, "PDF"))).pages)
    assert WORDING in " ".join(text.split())
    tab.get_by_role("button", name="Bundle").click()
    tab.get_by_role("button", name="Make the bundle").click()
    tab.get_by_role("button", name="Download the bundle").wait_for(timeout=LONG)
    seal = tab.get_by_test_id("stCode").inner_text().strip()
    sealed = pressed(tab, "Download the bundle")

    monkeypatch.setenv("EVENHAND_DB", str(folder / "reviewer.duckdb"))
    open_workbench(folder / "reviewer.duckdb", with_example=False).close()
    reviewer = serve()
    tab.goto(f"{reviewer.url}/Import")
    settle(tab)
    chosen_file(tab, "handed.evenhand.zip", sealed)
    tab.get_by_role("textbox", name="Seal that was published with the report").fill(seal)
    tab.keyboard.press("Enter")
    settle(tab)
    tab.get_by_role("button", name="Verify").click()
    expect(tab.get_by_text("Nothing differs")).to_be_visible(timeout=LONG)
    tab.get_by_role("button", name="Open the audit").click()
    expect(tab.get_by_text("to be read only. ")).to_be_visible(timeout=LONG)
    tab.get_by_text("Report on it").click()
    assert left(tab) == before - 1
    expect(tab.get_by_role("textbox", name="Conclusion", exact=True)).to_have_value(WORDING)


def test_recorded_outputs_become_an_audit_with_a_gap(serve, tab, folder):
    """A table with columns of other names is mapped, imported, and its gap stands on Charts."""
    open_workbench(folder / "audits.duckdb", with_example=False).close()
    rows = ["asked,said,who,case"]
    for case in range(8):
        rows += [f"About Maria {case}?,She is caring and kind.,woman,{case}"]
        rows += [f"About Peter {case}?,He is a strong and decisive leader.,man,{case}"]
    server = serve()
    tab.goto(f"{server.url}/Import")
    settle(tab)
    chosen_file(tab, "elsewhere.csv", "\n".join(rows).encode("utf-8"))
    for label, column in {"Prompt": "asked", "Completion": "said", "Group": "who"}.items():
        box = tab.get_by_role("combobox", name=label, exact=True)
        box.click()
        box.fill(column)
        tab.get_by_role("option", name=column, exact=True).click()
        settle(tab)
    complete = tab.get_by_test_id("stMetric").filter(has_text="Complete matched sets")
    expect(complete.get_by_test_id("stMetricValue")).to_have_text("8")
    tab.get_by_role("button", name="Import", exact=True).click()
    expect(tab.get_by_text("16 responses")).to_be_visible(timeout=LONG)
    tab.get_by_text("Compare groups").click()
    chart = tab.get_by_test_id("stVegaLiteChart").first
    expect(chart).to_be_visible(timeout=LONG)
    expect(tab.get_by_text(re.compile(r"higher for|lower for")).first).to_be_visible(timeout=LONG)


def test_the_outline_is_followed_by_keyboard(serve, tab, seeded):
    """The outline is followed by keyboard; tables and figures have words for those who cannot see them."""
    tab.goto(f"{serve().url}/Report?run={seeded}")
    left(tab)
    link = tab.get_by_role("navigation", name="Sections").get_by_role("link", name="Conclusion")
    link.focus()
    tab.keyboard.press("Enter")
    heading = tab.get_by_role("heading", name="Conclusion")
    expect(heading).to_be_in_viewport()
    expect(tab.get_by_role("table").first).to_be_attached()
    expect(tab.get_by_role("columnheader").first).to_be_attached()
    expect(tab.get_by_test_id("stVegaLiteChart").first).to_have_accessible_name(re.compile(r"\w+"))


def test_nothing_serious_stands_in_the_way_of_assistive_technology(serve, browser, seeded):
    """An accessibility checker has no serious finding on the report page, for any kind, and none on the import page."""
    server = serve()
    context = browser.new_context(bypass_csp=True)  # the checker is a script of its own
    tab = context.new_page()
    for place in (*(f"Report?run={seeded}&kind={kind.value}" for kind in ReportKind), "Import"):
        tab.goto(f"{server.url}/{place}")
        if "kind" in place:
            left(tab)
        settle(tab)
        found = Axe().run(tab, context="[data-testid=stMain]").response["violations"]
        grave = [each for each in found if each["impact"] in ("serious", "critical")]
        assert [(each["id"], each["nodes"][0]["html"]) for each in grave] == [], place
    context.close()


def test_hostile_words_stay_letters_in_a_report(serve, tab, listener, folder):
    """In no kind of report, in no field and in no file that is looked at does hostile text come alive."""
    evil = attack(listener.url, "field")
    with open_workbench(folder / "audits.duckdb", with_example=False) as workbench:
        banks.save(workbench, bank_text(listener.url))
        model = workbench.catalogue.all()[0].id
        decodings = (Decoding(), Decoding(temperature=0))
        spec = GridSpec(attack(listener.url, "grid"), "hostile", ("kind",), (model,), decodings=decodings, repeats=3)
        run_id = run.create(workbench, spec, attack(listener.url, "run"))
        jobs = workbench.store.runs.pending(run_id, model)
        answers = [f"{WORDS[job.no % len(WORDS)]} {attack(listener.url, 'response')}" for job in jobs]
        stored = zip(jobs, answers, strict=True)
        workbench.store.responses.add(run_id, [Response(job.no, text, Finish.STOP, job.prompt) for job, text in stored])
        workbench.store.runs.set_status(run_id, RunStatus.DONE)
        scoring.score(workbench, run_id, scoring.instant(workbench), lambda _: None)
        choices.write_field(workbench, run_id, "audit/conclusion", evil, attack(listener.url, "author"))
        choices.write_field(workbench, run_id, "plan/scope/use", evil, attack(listener.url, "author"))
    tab.on("dialog", lambda dialog: pytest.fail(dialog.message))
    tab.goto(f"{serve().url}/Report?run={run_id}")
    left(tab)
    tab.get_by_role("button", name="Show the responses").click()
    tab.locator("article").first.wait_for()
    assert_inert(tab, listener)
    expect(tab.get_by_role("textbox", name="Conclusion", exact=True)).to_have_value(evil)
    for kind in KINDS:
        tab.get_by_role("radio", name=kind, exact=True).click()
        left(tab)
        settle(tab)
        assert tab.get_by_test_id("stAlertContentError").all_inner_texts() == [], kind
        assert_inert(tab, listener)


def test_hostile_words_stay_letters_in_an_import(serve, tab, listener, folder):
    """Columns, groups, texts and the name of a file that attack stay letters before and after the import."""
    open_workbench(folder / "audits.duckdb", with_example=False).close()
    rows = [
        {"prompt": attack(listener.url, "prompt"), "completion": attack(listener.url, "text"), "set": "1", "group": who}
        | {attack(listener.url, "column"): f"{attack(listener.url, 'value')} {number}"}
        for number, who in enumerate((attack(listener.url, "group"), "man"))
    ]
    tab.on("dialog", lambda dialog: pytest.fail(dialog.message))
    tab.goto(f"{serve().url}/Import")
    settle(tab)
    chosen_file(tab, "![x](http:__127.0.0.1)<img>.jsonl", "\n".join(map(json.dumps, rows)).encode("utf-8"))
    assert_inert(tab, listener)
    tab.get_by_role("button", name="Import", exact=True).click()
    expect(tab.get_by_text("2 responses")).to_be_visible(timeout=LONG)
    assert_inert(tab, listener)
