"""Two people annotate the same responses, a third decides where they disagree, and the page's figures are right."""

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from lib.annotation.codebook import parse_codebook
from lib.types import AnnotationItem, AssignmentSpec, GoldSource
from lib.workflows import gold, scoring
from lib.workflows.workbench import open_workbench
from tests.annotating import CODEBOOK
from tests.browser.reading import settle
from tests.browser.test_charts import downloaded, errors, first_chart
from tests.seeding import seed

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# What each says of the ten responses. They differ on number 4 and number 5.
ADA, BEN = "yyyyynnnnn", "yyyynynnnn"
KEYS = {"y": "1", "n": "2"}

# Ten responses, two people: both yes on 0 to 3, both no on 6 to 9, one each on 4 and 5. Of the answers half are yes.
#   Percent agreement       8 of 10                                                   = 0.8
#   Cohen's kappa           chance .5 × .5 + .5 × .5 = .5;  (.8 - .5) / (1 - .5)       = 0.6
#   Fleiss' kappa           the same chance, as both say yes as often                  = 0.6
#   Gwet's AC1, 3 labels    chance (.5 × .5 + .5 × .5 + 0 × 1) / (3 - 1) = .25;
#                           (.8 - .25) / (1 - .25) = 11 / 15                           = 0.7333
#   Gwet's AC1, yes or not  chance (.5 × .5 + .5 × .5) / (2 - 1) = .5;  .3 / .5        = 0.6
#   Krippendorff's alpha    1 - .2 / (2 × 10 × 10 / (20 × 19)) = 1 - .2 × 1.9          = 0.62
OVERALL = {"Percent agreement": 0.8, "Cohen’s kappa": 0.6, "Fleiss’ kappa": 0.6, "Gwet’s AC1": 11 / 15}
OVERALL |= {"Krippendorff’s alpha": 0.62}
YES = OVERALL | {"Gwet’s AC1": 0.6}

DECIDED = {4: ("1", "It says it of all women."), 5: ("2", "It names nobody.")}


@pytest.fixture
def assignment(folder: Path) -> str:
    """Ten responses that everybody gets, of a run that a scorer has read."""
    with open_workbench(folder / "audits.duckdb", with_example=False) as workbench:
        run = seed(workbench)
        scoring.score(workbench, run, ["agency"], lambda _: None)
        items = [
            AnnotationItem(no, run, no, f"{run}/set {no}", wanted=0, text=f"Number {no}: a <b>text</b> about people.")
            for no in range(len(ADA))
        ]
        codebook = parse_codebook(CODEBOOK, "short.yaml")
        return workbench.store.assignments.create(AssignmentSpec("Both read", pause_after=0), codebook, items)


def opened(browser: Browser, url: str) -> Page:
    """A window of somebody else."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.set_default_timeout(30_000)
    page.goto(url)
    return page


def begin(tab: Page, name: str) -> None:
    """Give a name and read on past the notice, in whichever order they are asked."""
    for _ in range(2):
        tab.locator("h1").first.wait_for()
        notice, field = (
            tab.get_by_role("button", name="Show the responses"),
            tab.get_by_role("textbox", name="Your name"),
        )
        expect(notice.or_(field).first).to_be_visible()
        if notice.is_visible():
            notice.press("Enter")
            expect(notice).to_have_count(0)
        else:
            field.fill(name)
            field.press("Enter")
            expect(field).to_have_count(0)
    text_of(tab).wait_for()


def text_of(tab: Page):
    return tab.locator(".evenhand-annotate .text")


def shown(tab: Page) -> int:
    """Which item is on the card."""
    found = re.match(r"Number (\d+):", text_of(tab).inner_text())
    assert found
    return int(found[1])


def answer(tab: Page, said: str) -> None:
    """Answer what is on the card, and wait until it is gone."""
    item = shown(tab)
    tab.keyboard.press(KEYS[said[item]])
    tab.keyboard.press("Enter")
    expect(tab.locator(".evenhand-annotate")).not_to_contain_text(f"Number {item}:")


def decide(tab: Page, item: int) -> None:
    """Choose a label; a decision without a reason is refused, and with one it is kept."""
    assert shown(tab) == item
    versions = tab.locator("article")
    expect(versions).to_have_count(2)
    assert sorted(versions.locator("mark", has_text=re.compile("^(Yes|No)$")).all_inner_texts()) == ["No", "Yes"]
    assert not re.search("Ada|Ben", tab.locator("body").inner_text())
    label, reason = DECIDED[item]
    tab.keyboard.press(label)
    tab.keyboard.press("Enter")
    expect(tab.locator(".evenhand-annotate .status")).to_contain_text("A decision needs a reason")
    tab.keyboard.type(reason)
    tab.keyboard.press("Enter")
    expect(tab.locator(".evenhand-annotate")).not_to_contain_text(f"Number {item}:")


def check_row(row: dict[str, str], expected: dict[str, float]) -> None:
    """A line of the table says what was derived by hand, each within its interval."""
    assert {name: float(row[name]) for name in expected} == pytest.approx(expected)
    for name, value in expected.items():
        assert float(row[f"{name}, low"]) <= value <= float(row[f"{name}, high"])
    assert (row["Items"], row["Annotators"]) == ("10", "2")


def test_two_annotators_a_disagreement_and_its_adjudication(serve, tab, browser, folder, assignment):
    """With the keyboard alone: both annotate in turn, the page computes by hand's numbers, and gold is as decided."""
    server = serve()
    address = f"{server.url}/Annotate?assignment={assignment}"
    people = {name: opened(browser, address) for name in ("Ada", "Ben")}
    for name, window in people.items():
        begin(window, name)
    for _ in range(len(ADA)):
        answer(people["Ada"], ADA)
        answer(people["Ben"], BEN)
    for window in people.values():
        expect(window.get_by_text("That was the last one. Thank you.")).to_be_visible()
        window.context.close()

    tab.goto(f"{server.url}/Agreement?assignment={assignment}")
    first_chart(tab)
    expect(tab.get_by_text(re.compile("Krippendorff’s alpha is 0.620"))).to_be_visible()
    expect(tab.get_by_text("The same label in 16 of 20 couples of answers")).to_be_visible()
    rows = list(csv.DictReader(io.StringIO(downloaded(tab, "CSV").decode("utf-8"))))
    check_row(next(row for row in rows if not row["Label"]), OVERALL)
    check_row(next(row for row in rows if row["Label"] == "Yes"), YES)

    tab.get_by_role("radio", name="Disagreements").click()
    begin(tab, "Judge")
    expect(tab.get_by_test_id("stProgress")).to_contain_text("0 of 2 decided")
    for item in DECIDED:
        decide(tab, item)
    expect(tab.get_by_text("Every disagreement is decided.")).to_be_visible()
    expect(tab.get_by_test_id("stProgress")).to_contain_text("2 of 2 decided, as Judge")

    tab.get_by_role("radio", name="Scorers against people").click()
    expect(tab.get_by_text(re.compile("2 adjudicated, .*8 by majority")).first).to_be_visible()
    settle(tab)
    assert errors(tab) == []
    server.process.terminate()
    server.process.wait(60)
    check_gold(folder / "audits.duckdb", assignment)


def check_gold(database: Path, assignment: str) -> None:
    """The first five are yes and the others no, two of them because the adjudicator said so, with a reason."""
    with open_workbench(database) as workbench:
        fields = {item.item: item.gold.fields["bias"] for item in gold.read(workbench, assignment).items}
        assert {item: field.value for item, field in fields.items()} == {
            item: ("yes",) if item < 5 else ("no",) for item in range(len(ADA))
        }
        adjudicated = [item for item, field in fields.items() if field.source is GoldSource.ADJUDICATED]
        assert adjudicated == list(DECIDED)
        decisions = workbench.store.adjudications.history(assignment)
        assert [(each.item, each.adjudicator, each.reason) for each in decisions] == [
            (item, "Judge", reason) for item, (_, reason) in DECIDED.items()
        ]
        assert len(workbench.store.annotations.history(assignment)) == 2 * len(ADA)
