"""Annotating in the browser with nothing but the keyboard."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lib.types import Act, AnnotationEvent
from lib.workflows.workbench import open_workbench
from tests.annotating import assign
from tests.seeding import seed

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ITEMS = 20
PHRASE = "too emotional"
TEXTS = [
    f"Number {item}: 🙂🙂 she is <b>{PHRASE}</b> to lead. \u202e<img src=x onerror='window.__pwned=1'> ![x](http://x.invalid)"
    for item in range(ITEMS)
]
SKIPPED, EDITED, TAKEN_BACK, DISCARDED, NOTED = 3, 4, 8, 12, 16


def start(tab: Page, url: str, name: str = "Ada") -> None:
    """Give a name and read on past the notice, by keyboard."""
    tab.goto(url)
    field = tab.get_by_role("textbox", name="Your name")
    field.fill(name)
    field.press("Enter")
    tab.get_by_role("button", name="Show the responses").press("Enter")
    text_of(tab).wait_for()


def text_of(tab: Page):
    return tab.locator(".evenhand-annotate .text")


def shown(tab: Page) -> int:
    """Which item is on the card."""
    found = re.match(r"Number (\d+):", text_of(tab).inner_text())
    assert found
    return int(found[1])


def press(tab: Page, *keys: str) -> None:
    for key in keys:
        tab.keyboard.press(key)


def submit(tab: Page, item: int) -> None:
    """Send, with Enter held down for longer than a moment, and wait until another response is there."""
    tab.keyboard.down("Enter")
    tab.keyboard.down("Enter")
    tab.keyboard.down("Enter")
    tab.keyboard.up("Enter")
    gone(tab, item)


def gone(tab: Page, item: int) -> None:
    card = tab.locator(".evenhand-annotate")
    expect(card).not_to_have_class(re.compile("waiting"))
    expect(card).not_to_contain_text(f"Number {item}:")


def label(item: int) -> str:
    """What is said of an item in the end."""
    return {SKIPPED: "unsure", EDITED: "yes"}.get(item, ("no", "yes", "unsure", "no")[item % 4])


def answer(tab: Page, item: int) -> None:
    """Annotate one item as a person would."""
    if item == SKIPPED:
        press(tab, "s")
        return gone(tab, item)
    if item == DISCARDED:
        press(tab, "d", "2")
        return gone(tab, item)
    press(tab, {"yes": "1", "no": "2", "unsure": "3"}["no" if item == EDITED else label(item)])
    if label(item) == "yes" and item != EDITED:
        press(tab, "2", "ArrowDown", *["ArrowRight"] * 7, "Shift+ArrowRight", "1")
    if label(item) == "unsure":
        press(tab, "u")
    if item == NOTED:
        press(tab, "n")
        tab.keyboard.type("nurses: u s d 1")
        press(tab, "Escape")
    submit(tab, item)
    if item == EDITED:
        press(tab, "Backspace")
        expect(text_of(tab)).to_contain_text(f"Number {item}:")
        expect(tab.locator(".state")).to_contain_text("You answered this one.")
        press(tab, "1")
        submit(tab, item)
    if item == TAKEN_BACK:
        press(tab, "z")
        expect(text_of(tab)).to_contain_text(f"Number {item}:")
        expect(tab.locator(".state")).to_have_count(0)
        press(tab, "2")
        submit(tab, item)
    return None


def test_a_session_of_twenty_with_the_keyboard_alone(serve, tab, folder: Path):
    """Every label is stored as pressed and none twice, with spans in code points, versions, skips, flags and undo."""
    database = folder / "audits.duckdb"
    with open_workbench(database, with_example=False) as workbench:
        assignment = assign(workbench, seed(workbench), TEXTS)
    server = serve()
    start(tab, f"{server.url}/Annotate?assignment={assignment}")
    for number in range(ITEMS):
        item = shown(tab)
        answer(tab, item)
        expect(tab.get_by_test_id("stProgress")).to_contain_text(
            re.compile(rf"^({number}|{number + 1}) of {ITEMS} done")
        )
    tab.get_by_role("button", name="Look at the 1 you skipped").press("Enter")
    tab.get_by_role("button", name=f"Number {SKIPPED}").press("Enter")
    expect(tab.locator(".state")).to_contain_text("You skipped this one.")
    press(tab, "3", "u")
    tab.keyboard.press("Enter")
    expect(tab.get_by_text("You have skipped nothing.")).to_be_visible()
    expect(tab.get_by_role("radio", name="Unsure 6")).to_be_visible()
    assert tab.evaluate("window.__pwned") is None
    server.process.terminate()
    server.process.wait(60)
    with open_workbench(database) as workbench:
        check(workbench.store.annotations.history(assignment))


def check(history: list[AnnotationEvent]) -> None:
    """What is stored, event by event."""
    acts: dict[int, list[Act]] = {}
    for event in history:
        acts.setdefault(event.item, []).append(event.act)
    once = {item: [Act.SUBMIT] for item in range(ITEMS)}
    assert acts == once | {
        SKIPPED: [Act.SKIP, Act.SUBMIT],
        EDITED: [Act.SUBMIT, Act.SUBMIT],
        TAKEN_BACK: [Act.SUBMIT, Act.WITHDRAW, Act.SUBMIT],
        DISCARDED: [Act.DISCARD],
    }
    last = {event.item: event.answer for event in history}
    assert last.pop(DISCARDED).discard == "Off topic"
    assert {item: its.labels["bias"] for item, its in last.items()} == {item: (label(item),) for item in last}
    assert {item for item, its in last.items() if its.unsure} == {item for item in last if label(item) == "unsure"}
    assert {item: its.note for item, its in last.items() if its.note} == {NOTED: "nurses: u s d 1"}
    for item, its in last.items():
        if label(item) == "yes" and item != EDITED:
            assert its.labels["kind"] == ("role",)
            (span,) = its.spans["evidence"]
            assert (span.start, span.end) == (at := TEXTS[item].index(PHRASE), at + len(PHRASE))
            assert span.label == "stereotype"
    assert all(0 < event.seconds < 60 for event in history if event.act is not Act.WITHDRAW)


def test_care_and_keys_of_ones_own(serve, tab, folder: Path):
    """Covered text takes no label, a key can be changed but not doubled, what is missing is said, a pause comes."""
    with open_workbench(folder / "audits.duckdb", with_example=False) as workbench:
        assignment = assign(workbench, seed(workbench), TEXTS[:4], blur=True, pause_after=1)
    start(tab, f"{serve().url}/Annotate?assignment={assignment}")
    card, status = tab.locator(".evenhand-annotate"), tab.locator(".evenhand-annotate .status")
    press(tab, "1")
    expect(status).to_have_text("The text is hidden. Press h to read it, or s to skip it.")
    press(tab, "h", "Enter")
    expect(status).to_have_text("“Is bias observed?” needs an answer.")
    press(tab, "?")
    tab.get_by_role("button", name="Change keys").press("Enter")
    tab.get_by_role("button", name="Mark as unsure: change its key").press("Enter")
    press(tab, "z")
    expect(tab.get_by_text("“z” is already: Take back the last thing you did.")).to_be_visible()
    tab.get_by_role("button", name="Mark as unsure: change its key").press("Enter")
    press(tab, "q", "Escape")
    expect(status).to_have_text("These are your keys from now on.")
    press(tab, "u", "q", "1", "Enter")
    expect(card).to_contain_text("You have read 1 hard one. Take a moment.")
    tab.wait_for_timeout(300)  # sooner than that nobody has seen it, and Enter means nothing yet
    press(tab, "1", "Enter")
    expect(text_of(tab)).to_have_class(re.compile("hidden"))
    expect(card.get_by_role("radio", checked=True)).to_have_count(0)
    expect(tab.get_by_role("radio", name="Unsure 1")).to_be_visible()
    tab.reload()
    tab.get_by_role("textbox", name="Your name").fill("Ada")
    press(tab, "Enter")
    tab.get_by_role("button", name="Show the responses").press("Enter")
    expect(card.get_by_role("button", name="Unsure q")).to_be_visible()
