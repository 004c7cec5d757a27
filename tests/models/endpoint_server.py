"""An OpenAI-compatible server on loopback that does what a test's script says, and keeps count."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from lib.types import Json


@dataclass
class Reply:
    """What the server sends; `content` that is not bytes goes out as JSON."""

    content: object
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0


@dataclass
class Seen:
    """One request as it arrived, header names in small letters, `at` in monotonic seconds."""

    path: str
    body: Json
    headers: dict[str, str]
    at: float


class Endpoint:
    """The running server: its address, what it saw, and how many requests it had in hand at once."""

    def __init__(self, script: Callable[[int, Seen], Reply]) -> None:
        """`script` gives the reply to request number n (from 0)."""
        self.script = script
        self.seen: list[Seen] = []
        self.busy = self.most = 0
        self.lock = threading.Lock()
        self.url = ""

    def handle(self, seen: Seen) -> Reply:
        with self.lock:
            number = len(self.seen)
            self.seen.append(seen)
            self.busy += 1
            self.most = max(self.most, self.busy)
        reply = self.script(number, seen)
        time.sleep(reply.delay)
        with self.lock:
            self.busy -= 1
        return reply


def said(text: str, *, reason: str = "stop", **message: object) -> Json:
    """A chat completion with usage and the server's names for itself."""
    return {
        "id": "1",
        "object": "chat.completion",
        "created": 0,
        "model": "m-2026",
        "system_fingerprint": "fp_1",
        "choices": [
            {"index": 0, "finish_reason": reason, "message": {"role": "assistant", "content": text, **message}},
        ],
        "usage": {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10},
    }


@contextmanager
def serving(script: Callable[[int, Seen], Reply]) -> Iterator[Endpoint]:
    """Run the server until the block ends."""
    endpoint = Endpoint(script)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            seen = Seen(
                self.path,
                json.loads(content or b"{}"),
                {name.lower(): value for name, value in self.headers.items()},
                time.monotonic(),
            )
            reply = endpoint.handle(seen)
            body = reply.content if isinstance(reply.content, bytes) else json.dumps(reply.content).encode()
            self.send_response(reply.status)
            headers = {"Content-Type": "application/json", "Content-Length": str(len(body)), **reply.headers}
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST

        def log_message(self, *_: object) -> None:
            """Keep the test's output clean."""

    class Server(ThreadingHTTPServer):
        request_queue_size = 64

        def handle_error(self, *_: object) -> None:
            """A client that no longer waits is part of some tests."""

    with Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        endpoint.url = f"http://127.0.0.1:{server.server_port}/v1"
        yield endpoint
        server.shutdown()
