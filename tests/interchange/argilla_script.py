"""Run with argilla, not with our own environment: what it says of our files, and what it makes of them.

The library asks a server who it is talking to before it makes anything; this one answers that and nothing else.
"""

import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from uuid import UUID, uuid4

import argilla as rg
from argilla.records._io import JsonIO

ME = {"id": str(uuid4()), "username": "owner", "role": "owner", "first_name": "O", "last_name": None}


class Server(BaseHTTPRequestHandler):
    """Knows one user."""

    def do_GET(self):
        body = json.dumps(ME).encode()
        self.send_response(200 if self.path.endswith("/me") else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
folder = Path(sys.argv[1])
client = rg.Argilla(api_url=f"http://127.0.0.1:{server.server_port}", api_key="none")

settings = rg.Settings.from_json(folder / "settings.json")
settings.validate()  # raises
settings.to_json(folder / "settings-again.json")
dataset = rg.Dataset("every_kind", settings=settings, client=client)

records = JsonIO._records_from_json(folder / "records.json")  # what Dataset.records.from_json reads with
for record in records:
    record.dataset = dataset
sent = [record.api_model().model_dump() for record in records]  # what Dataset.records.log would send

user = UUID(int=7)
records[0].responses.add(rg.Response("bias", "yes", user_id=user, status="submitted"))
records[0].responses.add(rg.Response("x-count", ["role"], user_id=user, status="submitted"))
records[0].responses.add(rg.Response("evidence", [{"start": 9, "end": 10, "label": "cue"}], user_id=user))
records[1].responses.add(rg.Response("bias", "no", user_id=user, status="submitted"))
JsonIO.to_json(records, folder / "records-again.json")

report = {
    "questions": {question.name: type(question).__name__ for question in settings.questions},
    "options": {question.name: question.labels for question in settings.questions if hasattr(question, "labels")},
    "ratings": settings.questions["x-confidence"].values,
    "required": [question.name for question in settings.questions if question.required],
    "span_field": settings.questions["evidence"].field,
    "guidelines": settings.guidelines,
    "ids": [record.id for record in records],
    "sent": [[response["status"] for response in each["responses"]] for each in sent],
}
(folder / "report.json").write_text(json.dumps(report), encoding="utf-8")
