"""A real server on a database of its own, a real browser, and a listener that nothing may reach."""

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from lib import settings

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
START_SECONDS = 60


@dataclass
class Server:
    """A running dashboard."""

    url: str
    process: subprocess.Popen[bytes]


@dataclass
class Listener:
    """What reached a server on loopback that no page may ever ask for anything."""

    url: str
    requests: list[str] = field(default_factory=list)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def listener() -> Iterator[Listener]:
    """A web server that writes down every request it gets."""
    heard = Listener("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.requests.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Stay quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    heard.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield heard
    server.shutdown()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where test and server keep the database (audits.duckdb), the banks (banks/) and the codebooks (codebooks/)."""
    shutil.copytree(settings.ROOT / "prompt_banks", tmp_path / "banks")
    monkeypatch.setenv("EVENHAND_DB", str(tmp_path / "audits.duckdb"))
    shutil.copytree(settings.ROOT / "codebooks", tmp_path / "codebooks")
    monkeypatch.setenv("EVENHAND_BANKS", str(tmp_path / "banks"))
    monkeypatch.setenv("EVENHAND_CODEBOOKS", str(tmp_path / "codebooks"))
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    return tmp_path


@pytest.fixture
def serve(folder: Path) -> Iterator[Callable[[], Server]]:
    """Start the dashboard on the folder, as a user would; it is stopped after the test."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> Server:
        port = free_port()
        command = [sys.executable, "-m", "streamlit", "run", "asgi.py"]
        options = [f"--server.port={port}", "--server.headless=true"]
        with (folder / "server.log").open("ab") as log:
            process = subprocess.Popen([*command, *options], cwd=settings.ROOT, stdout=log, stderr=log)
        started.append(process)
        url = f"http://localhost:{port}"
        wait_for(f"{url}/_stcore/health")
        return Server(url, process)

    yield start
    for process in started:
        process.terminate()
        process.wait(30)


def wait_for(url: str) -> None:
    """Return once the address answers."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


@pytest.fixture(scope="module")  # Playwright keeps an event loop going in this thread: other tests need theirs
def browser() -> Iterator[Browser]:
    """Debian's Chromium; where there is none the test is skipped, but not in CI."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if executable is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no Chromium is installed: apt-get install chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A window of its own, without cookies or history."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield page
    context.close()
