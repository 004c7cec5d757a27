"""A small Hugging Face Hub on loopback: repositories are folders, one commit each."""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

COMMIT = "0123456789abcdef0123456789abcdef01234567"


class Hub(BaseHTTPRequestHandler):
    """What huggingface_hub asks for when it fetches a snapshot: model info, tree, files."""

    root: Path
    served: list[str]

    def do_GET(self) -> None:
        parts = [unquote(part) for part in urlsplit(self.path).path.strip("/").split("/")]
        if parts[:2] == ["api", "models"]:
            self.answer_api("/".join(parts[2:4]), parts[4:])
        else:
            self.answer_file("/".join(parts[:2]), parts[4:])

    do_HEAD = do_GET

    def answer_api(self, repo: str, rest: list[str]) -> None:
        files = sorted((self.root / repo).glob("*"))
        if repo == "closed/gated":
            self.send(403, b"{}", {"X-Error-Code": "GatedRepo", "X-Error-Message": "gated"})
        elif not files:
            self.send(404, b"{}", {"X-Error-Code": "RepoNotFound"})
        elif rest[:1] == ["revision"] and rest[1] not in ("main", COMMIT):
            self.send(404, b"{}", {"X-Error-Code": "RevisionNotFound"})
        elif rest[:1] == ["tree"]:
            listing = [{"type": "file", "path": f.name, "size": f.stat().st_size, "oid": etag(f)} for f in files]
            self.send(200, json.dumps(listing).encode())
        else:
            info = {"id": repo, "sha": COMMIT, "siblings": [{"rfilename": f.name} for f in files]}
            self.send(200, json.dumps(info).encode())

    def answer_file(self, repo: str, rest: list[str]) -> None:
        path = self.root / repo / rest[0]
        self.served.append(rest[0])
        self.send(200, path.read_bytes(), {"ETag": f'"{etag(path)}"', "X-Repo-Commit": COMMIT})

    def send(self, status: int, content: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""


def etag(path: Path) -> str:
    return hashlib.sha1(path.read_bytes()).hexdigest()


@contextmanager
def serving(root: Path) -> Iterator[tuple[str, list[str]]]:
    """Serve the folder until the block ends; gives the address and the names of the files that were fetched."""
    served: list[str] = []
    handler = type("Handler", (Hub,), {"root": root, "served": served})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", served
        server.shutdown()
