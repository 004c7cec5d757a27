"""The dashboard's part of `bench.generation`: its memory while a run goes on, and the time to its first page.

The first page is timed on a server that was just started with a new database, from the request
until its content stands, in headless Chromium; the empty app has a title and nothing else. Both
are the median of several fresh starts, told once more with the server's own start.
"""

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from playwright.sync_api import Browser, sync_playwright

from bench.engine import fresh_workbench, peak_kib
from bench.letters import letters
from lib import settings
from lib.workflows import run

CHROMIUM = "/usr/bin/chromium"
STARTS = 5
EMPTY_APP = 'import streamlit as st\n\nst.title("Empty")\nst.subheader("What is stored")\n'
LANDMARK = "What is stored"
"""The last heading of the first page, and of the empty app."""


def main() -> None:
    """Measure, and print one JSON object."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        empty = Path(folder) / "empty.py"
        empty.write_text(EMPTY_APP, encoding="utf-8")
        apps = {"ours": settings.ROOT / "asgi.py", "empty": empty}
        times: dict[str, list[tuple[float, float]]] = {name: [] for name in apps}
        for number in range(STARTS):
            for name, script in apps.items():
                times[name].append(first_page(browser, script, Path(folder) / f"{name}{number}"))
        ours, bare = (medians(times[name]) for name in ("ours", "empty"))
        figures = {
            "server_peak_mib": round(server_peak_kib(browser, Path(folder) / "running") / 1024),
            "first_page_ratio": round(ours[0] / bare[0], 2),
            "first_page_seconds": round(ours[0], 2),
            "empty_app_seconds": round(bare[0], 2),
            "first_page_with_start_ratio": round(ours[1] / bare[1], 2),
            "first_page_with_start_seconds": round(ours[1], 2),
            "empty_app_with_start_seconds": round(bare[1], 2),
        }
        browser.close()
    print(json.dumps(figures))


def first_page(browser: Browser, script: Path, folder: Path) -> tuple[float, float]:
    """Seconds until the first page of a fresh server stands: from its request, and from the server's start."""
    folder.mkdir()
    begun = time.perf_counter()
    with server(script, folder) as (address, _):
        seconds = visit(browser, address)
        return seconds, time.perf_counter() - begun


def medians(times: list[tuple[float, float]]) -> tuple[float, float]:
    """The median of each of the two times."""
    from_request, from_start = zip(*times, strict=True)
    return statistics.median(from_request), statistics.median(from_start)


def server_peak_kib(browser: Browser, folder: Path) -> int:
    """The largest memory of the server process, seen with its page open, until a run of 256 cells is done."""
    folder.mkdir()
    with fresh_workbench(str(folder)) as workbench:
        run.create(workbench, letters())
    with server(settings.ROOT / "asgi.py", folder) as (address, process):
        visit(browser, address)
        wait_until(lambda: bool(workers(process)))
        visit(browser, address + "/Run")
        wait_until(lambda: not workers(process))
        visit(browser, address + "/Responses")
        return peak_kib(process.pid)


def visit(browser: Browser, address: str) -> float:
    """Seconds from asking for a page in a new session until its content stands."""
    page = browser.new_context().new_page()
    begun = time.perf_counter()
    page.goto(address)
    content = page.get_by_role("heading", name=LANDMARK) if address.count("/") == 2 else page.locator("h1")
    content.first.wait_for(timeout=60_000)
    page.locator('[data-testid="stStatusWidget"]').wait_for(state="detached", timeout=60_000)
    seconds = time.perf_counter() - begun
    page.context.close()
    return seconds


@contextmanager
def server(script: Path, folder: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A Streamlit server for `script` with a database in `folder`: its address and process."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    command += ["--server.headless", "true", "--browser.gatherUsageStats", "false"]
    environment = os.environ | {"EVENHAND_DB": str(folder / "audits.duckdb")}
    process = subprocess.Popen(command, cwd=settings.ROOT, env=environment, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until(lambda: answers(address + "/_stcore/health"))
        yield address, process
    finally:
        process.terminate()
        process.wait(timeout=30)


def workers(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """The worker processes of a server."""
    return psutil.Process(process.pid).children()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(address: str) -> bool:
    """Whether a server answers there."""
    try:
        return bool(urllib.request.urlopen(address, timeout=1).status == 200)
    except OSError:
        return False


def wait_until(condition: Callable[[], bool], seconds: float = 900.0) -> None:
    """Wait for a condition; raises TimeoutError."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("the server did not get there in time")
        time.sleep(0.1)


if __name__ == "__main__":
    main()
