"""The dashboard as a process: what it loads, and that every address opens on a fresh one."""

from pathlib import Path

import psutil
import pytest

from tests.browser.reading import PAGES, settle

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MIB = 2**20
MOST_MEMORY = 400 * MIB


def test_every_address_opens_and_no_torch_is_loaded(serve, tab):
    """Deep links work on a fresh server, which stays under 400 MiB and never maps torch."""
    server = serve()
    faults = []
    tab.on("pageerror", lambda fault: faults.append(str(fault)))
    for page in PAGES:
        tab.goto(f"{server.url}/{page}")
        settle(tab)
        assert tab.get_by_test_id("stException").count() == 0
        assert tab.get_by_test_id("stAlertContentError").count() == 0, page
    assert not faults
    maps = Path(f"/proc/{server.process.pid}/maps").read_text()
    assert "site-packages" in maps
    assert "libtorch" not in maps
    assert psutil.Process(server.process.pid).memory_info().rss < MOST_MEMORY
