"""Whatever models and users write is shown as inert text, and a policy stands behind that."""

import http.client

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hostile import LAST_WORDS, MILLION, fill
from tests.browser.reading import PAGES, accept_notice, open_first_row, settle

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Everything on the page that would load or lead to the listener, shadow roots included.
LOADED = """listener => {
    const found = [];
    const walk = root => {
        for (const element of root.querySelectorAll('*')) {
            for (const name of ['src', 'href', 'srcset', 'action', 'data'])
                if ((element.getAttribute(name) || '').includes(listener)) found.push(element.outerHTML.slice(0, 200));
            if (element.shadowRoot) walk(element.shadowRoot);
        }
    };
    walk(document);
    return found;
}"""


def assert_inert(tab: Page, listener) -> None:
    """Nothing on the page came alive."""
    assert tab.evaluate(LOADED, listener.url) == []
    assert tab.evaluate("window.__pwned") is None
    assert listener.requests == []


def test_hostile_text_is_inert_everywhere(folder, serve, tab, listener):
    """On no page, in no label, title, table, card or notice does hostile text load, link or run anything."""
    run_id = fill(folder / "audits.duckdb", listener.url)
    server = serve()
    for page in PAGES:
        tab.goto(f"{server.url}/{page}")
        settle(tab)
        assert_inert(tab, listener)
    tab.goto(f"{server.url}/Prompt_banks?bank=hostile")
    settle(tab)
    assert tab.get_by_text("/markdown-question").count()
    assert_inert(tab, listener)
    tab.get_by_role("button", name="Build a grid with it").click()
    tab.get_by_text("What will be asked").wait_for()
    settle(tab)
    assert_inert(tab, listener)
    tab.goto(f"{server.url}/Models?model=evil")
    settle(tab)
    assert tab.get_by_text("/markdown-model-note").count()
    assert_inert(tab, listener)
    tab.goto(f"{server.url}/Run?run={run_id}")
    settle(tab)
    tab.get_by_text("failed").last.click()
    assert_inert(tab, listener)
    tab.goto(f"{server.url}/Responses?run={run_id}")
    accept_notice(tab)
    open_first_row(tab)
    assert tab.get_by_text("/markdown-response").count()
    assert_inert(tab, listener)
    for view in ("Same cell elsewhere", "Provenance", "Matched set"):
        tab.get_by_text(view, exact=True).click()
        settle(tab)
        tab.wait_for_timeout(500)
        assert_inert(tab, listener)


def test_control_and_direction_characters_are_symbols(folder, serve, tab, listener):
    """What a model writes to hide or reorder text is shown as symbols that stand for it."""
    run_id = fill(folder / "audits.duckdb", listener.url)
    tab.goto(f"{serve().url}/Responses?run={run_id}&no=1")
    accept_notice(tab)
    symbols = "␀␇␛[2J ⟨U+202E⟩right to left⟨U+202C⟩ ⟨U+2066⟩isolate⟨U+2069⟩ ⟨U+FEFF⟩"
    expect(tab.locator("article").filter(has_text=symbols).first).to_be_visible()


def test_a_million_characters_are_cut_until_asked_for(folder, serve, tab, listener):
    """A very long response opens quickly, cut; the whole of it is a switch away."""
    run_id = fill(folder / "audits.duckdb", listener.url)
    tab.goto(f"{serve().url}/Responses?run={run_id}&no=2")
    accept_notice(tab)
    tab.locator("article").first.wait_for()
    assert max(map(len, tab.locator("article").all_text_contents())) < 12_000
    tab.get_by_text("Show all of it").click()
    expect(tab.locator("article").filter(has_text=LAST_WORDS)).to_have_count(1)
    assert max(map(len, tab.locator("article").all_text_contents())) > MILLION
    assert_inert(tab, listener)


def test_the_policy_stands_behind_it(serve, tab, listener):
    """Even markup that got onto the page could load nothing from elsewhere and run no script."""
    server = serve()
    response = tab.goto(server.url)
    assert response
    assert "img-src 'self' data: blob:" in response.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in response.headers["content-security-policy"]
    assert response.headers["x-content-type-options"] == "nosniff"
    settle(tab)
    tab.evaluate(
        """listener => {
            document.body.insertAdjacentHTML('beforeend',
                `<img src="${listener}/img"><img src="x:" onerror="window.__pwned = 1">`);
            document.body.insertAdjacentHTML('beforeend', `<iframe src="${listener}/frame"></iframe>`);
            const script = document.createElement('script');
            script.textContent = 'window.__pwned = 1';
            document.body.append(script);
            fetch(listener + '/fetch').catch(() => {});
        }""",
        listener.url,
    )
    tab.wait_for_timeout(1500)
    assert tab.evaluate("window.__pwned") is None
    assert listener.requests == []


@pytest.mark.parametrize(("host", "status"), [("localhost", 101), ("evil.example", 403)])
def test_another_host_name_is_refused(host, status, serve):
    """A page elsewhere cannot reach the dashboard under a name of its own (DNS rebinding)."""
    connection = http.client.HTTPConnection(serve().url.removeprefix("http://"), timeout=10)
    upgrade = {
        "Host": host,
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
    }
    connection.request("GET", "/_stcore/stream", headers=upgrade)
    assert connection.getresponse().status == status
    connection.close()
