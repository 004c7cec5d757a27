"""The clusters page in a real browser: from responses to a map, from the map to annotations, and hostile text on it."""

import re
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Locator, Page, expect

from lib.types import Finish, Response
from lib.workflows import example, maps, run
from lib.workflows.workbench import open_workbench
from tests.browser.hostile import attack
from tests.browser.reading import settle
from tests.browser.test_annotate_keyboard import press, start
from tests.browser.test_safety import assert_inert
from tests.pages.mapped import plant
from tests.seeding import seed

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MAP_MILLISECONDS = 120_000
OVERRIDE = "\u202e"
POINT = "path[aria-roledescription=point]"


def picture(tab: Page) -> Locator:
    """The map, once it is drawn."""
    chart = tab.get_by_test_id("stVegaLiteChart").first
    chart.locator(POINT).first.wait_for()
    settle(tab)
    return chart


def past_notice(tab: Page) -> None:
    """Read on past the content notice, where it comes."""
    tab.get_by_role("button", name="Show the responses").click(timeout=MAP_MILLISECONDS)


def plot(tab: Page) -> dict[str, float]:
    """Where on the screen the points lie, a little more than all of them."""
    boxes = [box for point in picture(tab).locator(POINT).all() if (box := point.bounding_box())]
    left, top = min(box["x"] for box in boxes) - 8, min(box["y"] for box in boxes) - 8
    right = max(box["x"] + box["width"] for box in boxes) + 8
    bottom = max(box["y"] + box["height"] for box in boxes) + 8
    return {"left": left, "top": top, "right": right, "bottom": bottom}


def drag(tab: Page, share: float) -> None:
    """Drag a box over the left part of the points."""
    area = plot(tab)
    right = area["left"] + share * (area["right"] - area["left"])
    tab.mouse.move(area["left"], area["top"])
    tab.mouse.down()
    tab.mouse.move((area["left"] + right) / 2, (area["top"] + area["bottom"]) / 2, steps=4)
    tab.mouse.move(right, area["bottom"], steps=4)
    tab.mouse.up()
    expect(tab).to_have_url(re.compile("show=box"))
    settle(tab)


def picked_out(tab: Page) -> int:
    """The number in the heading of what is picked out."""
    heading = tab.get_by_text(re.compile(r"^[\d,]+ responses? in the box$"))
    heading.wait_for()
    return int(heading.inner_text().split()[0].replace(",", ""))


def corners(address: str) -> tuple[float, float, float, float]:
    """The box of an address: left, right, bottom, top."""
    found = re.search(r"show=box(?::|%3A)([^&]+)", address)
    assert found
    left, right, bottom, top = map(float, re.split(",|%2C", found[1]))
    return left, right, bottom, top


def inside(points: pd.DataFrame, address: str) -> set[tuple[str, int]]:
    """(run, cell) of the points in the box of an address."""
    left, right, bottom, top = corners(address)
    there = points[points["x"].between(left, right) & points["y"].between(bottom, top)]
    return set(zip(there["run"], there["no"].tolist(), strict=True))


def test_from_responses_over_a_map_to_annotations(serve, tab, folder: Path):
    """A newcomer maps the recorded examples, boxes some, reads one, and has these and no others annotated."""
    server = serve()
    tab.goto(f"{server.url}/Clusters")
    settle(tab)
    tab.get_by_role("tab", name="New map").click()
    tab.get_by_role("button", name="Map", exact=True).click()
    expect(tab.get_by_test_id("stProgress")).to_contain_text(re.compile(r"of \d+ texts"))
    past_notice(tab)
    chart = picture(tab)
    mapped = int(re.findall(r"Map of (\d+) responses", chart.inner_html() + chart.evaluate("e => e.outerHTML"))[0])
    assert chart.locator(POINT).count() == mapped
    drag(tab, 0.5)
    boxed, count = tab.url, picked_out(tab)
    assert 0 < count < mapped

    chart.locator(POINT).last.click(force=True)
    expect(tab).to_have_url(re.compile("open="))
    expect(tab.get_by_text(re.compile(r"Its matched set: \d+ prompts"))).to_be_visible()
    expect(tab.locator("article").first).to_be_visible()
    settle(tab)
    opened = tab.url
    tab.get_by_role("button", name="Close").click()
    expect(tab).not_to_have_url(re.compile("open="))
    settle(tab)
    picture(tab).locator(POINT).last.click(force=True)
    expect(tab).to_have_url(opened)  # the same point, a second time
    settle(tab)

    tab.get_by_role("radio", name="Picked out").click()
    assert picked_out(tab) == count
    tab.get_by_role("button", name="Annotate").click()
    expect(tab).to_have_url(re.compile("/Assignments.*selection="))
    settle(tab)
    expect(tab.get_by_text(f"{count} responses picked out on a map")).to_be_visible()
    expect(tab.get_by_test_id("stMetric").filter(has_text="Responses")).to_contain_text(str(count))
    tab.get_by_role("button", name="Make the assignment").click()
    expect(tab).to_have_url(re.compile("assignment="))
    settle(tab)
    assignment = re.search(r"assignment=([^&]+)", tab.url)
    assert assignment
    start(tab, f"{server.url}/Annotate?assignment={assignment[1]}")
    press(tab, "2", "Enter")
    expect(tab.get_by_test_id("stProgress")).to_contain_text(re.compile(rf"^1 of {count} done"))

    server.process.terminate()
    server.process.wait(60)
    with open_workbench(folder / "audits.duckdb") as workbench:
        (info,) = maps.all(workbench)
        expected = inside(workbench.store.maps.points(info.id).to_pandas(), boxed)
        items = {item.no: (item.run, item.cell) for item in workbench.store.assignments.items(assignment[1])}
        (event,) = workbench.store.annotations.history(assignment[1])
    assert len(expected) == count
    assert set(items.values()) == expected
    assert event.annotator == "Ada"
    assert event.answer.labels == {"bias": ("no",)}
    assert items[event.item] in expected


def test_hostile_text_on_a_map_stays_letters(serve, tab, listener, folder: Path):
    """Responses and the names of map, region and run that attack come alive neither on the map nor beside it."""
    with open_workbench(folder / "audits.duckdb", with_example=False) as workbench:
        spec = example.spec()
        run_id = run.create(workbench, spec, f"{OVERRIDE}{attack(listener.url, 'run')}")
        jobs = workbench.store.runs.pending(run_id, spec.models[0])
        texts = [f"\x1b[2J {OVERRIDE}{job.no} {attack(listener.url, 'response')}" for job in jobs]
        responses = [Response(job.no, text, Finish.STOP) for job, text in zip(jobs, texts, strict=True)]
        workbench.store.responses.add(run_id, responses)
        names = (f"{OVERRIDE}{attack(listener.url, 'region')}", "image")
        map_id = plant(workbench, run_id, attack(listener.url, "map"), names=names)
        workbench.store.maps.propose_name(map_id, 0, attack(listener.url, "proposed"))
    server = serve()
    tab.on("dialog", lambda dialog: pytest.fail(dialog.message))
    tab.goto(f"{server.url}/Clusters?map={map_id}&colour=region&show=region:0")
    past_notice(tab)
    picture(tab).locator(POINT).last.hover(force=True)
    tooltip = tab.locator("#vg-tooltip-element")
    expect(tooltip).to_contain_text("⟨U+202E⟩")
    expect(tooltip).to_contain_text("<img src=")
    assert_inert(tab, listener)
    tab.get_by_text("Words of each group in it").click()
    settle(tab)
    tab.get_by_role("button", name="More", exact=False).first.click()
    assert_inert(tab, listener)
    tab.keyboard.press("Escape")
    picture(tab).locator(POINT).last.click(force=True)
    expect(tab.locator("article", has_text="/markdown-response").first).to_be_visible()
    assert_inert(tab, listener)
    for view in ("Finding", "Two models", "Picked out"):
        tab.get_by_role("radio", name=view, exact=True).click()
        settle(tab)
        assert_inert(tab, listener)
    tab.get_by_role("button", name="Leave out").click()
    expect(tab).to_have_url(re.compile("without="))
    settle(tab)
    assert_inert(tab, listener)
    tab.get_by_role("tab", name="New map").click()
    expect(tab.get_by_role("button", name="Map", exact=True)).to_be_visible()
    assert_inert(tab, listener)
    assert tab.get_by_test_id("stAlertContentError").all_inner_texts() == []


def test_an_address_shows_the_same_to_somebody_else(serve, tab, browser, folder: Path):
    """With box, colour and reference in it, an address opened in a fresh session shows the same number and colours."""
    with open_workbench(folder / "audits.duckdb", with_example=False) as workbench:
        map_id = plant(workbench, seed(workbench))
    tab.goto(f"{serve().url}/Clusters?map={map_id}&colour=region&against=man")
    past_notice(tab)
    drag(tab, 0.5)
    count, address = picked_out(tab), tab.url
    assert count
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    other = context.new_page()
    other.goto(address)
    past_notice(other)
    faint = [shown.locator(f"{POINT}[opacity='0.08']").count() for shown in (picture(tab), picture(other))]
    assert picked_out(other) == count
    assert faint[0] == faint[1] > 0
    expect(picture(other)).to_have_accessible_name(re.compile("coloured by Region"))
    expect(other.get_by_role("combobox", name="Against")).to_have_value("Man")
    assert other.url == address
    context.close()
