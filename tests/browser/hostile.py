"""Text that tries to become more than text, in every place where users or models can put some."""

import json
from dataclasses import replace
from pathlib import Path

from lib.store.store import Store
from lib.types import Decoding, Finish, GridSpec, ModelEntry, Response, RunStatus
from lib.workflows import banks, build, run
from lib.workflows.workbench import open_workbench

MILLION = 1_000_000
LAST_WORDS = "the last words"


def attack(listener: str, place: str) -> str:
    """HTML, Markdown and links that would tell `listener` about it, named after where they stand."""
    return (
        f'<img src="{listener}/html-{place}" onerror="window.__pwned=1"><script>window.__pwned=1</script>'
        f"![x]({listener}/markdown-{place}) [click]({listener}/link-{place}) <{listener}/auto-{place}> "
        f"<style>@import '{listener}/css-{place}'</style><iframe src='{listener}/frame-{place}'></iframe> "
        f"{listener}/bare-{place} :red[colour] $x^2$ `code` | a | b |"
    )


def bank_text(listener: str) -> str:
    """A valid bank all of whose texts attack; YAML reads JSON."""

    def evil(place: str) -> str:
        return attack(listener, place)

    groups = {
        name: {"title": evil(f"group-{name}"), "terms": [f"{name} {evil('term').replace('{', '')}"]}
        for name in ("one", "two")
    }
    bank = {
        "bank": "hostile",
        "title": evil("bank-title"),
        "question": evil("question"),
        "source": evil("source"),
        "licence": evil("licence"),
        "notice": evil("notice"),
        "severity": "severe",
        "attributes": {"kind": {"title": evil("attribute"), "groups": groups}},
        "contexts": {"job": {"title": evil("context"), "values": [{"id": "nurse", "text": evil("value")}]}},
        "templates": [{"id": "first", "title": evil("template"), "text": "{kind} works as {job}."}],
    }
    return json.dumps(bank, ensure_ascii=False)


def fill(database: Path, listener: str) -> str:
    """A database in which everything that can hold text holds an attack; gives the run's id."""
    with open_workbench(database, with_example=False) as workbench:
        banks.save(workbench, bank_text(listener))
        model = ModelEntry(
            "evil",
            attack(listener, "model"),
            "endpoint",
            "http://127.0.0.1:9/v1",
            served_name="x",
            licence=attack(listener, "model-licence"),
            note=attack(listener, "model-note"),
            method=attack(listener, "method"),
            parent="smollm2-135m-instruct-q4_1",
        )
        workbench.store.models.save(model)
        spec = GridSpec(
            attack(listener, "grid"),
            "hostile",
            ("kind",),
            ("evil",),
            decodings=(Decoding(), Decoding(temperature=0)),
            repeats=2,
            system=attack(listener, "system"),
        )
        build.save(workbench, spec)
        run_id = run.create(workbench, spec, attack(listener, "run"))
        answer(workbench.store, run_id, listener)
        workbench.store.runs.set_status(run_id, RunStatus.DONE, attack(listener, "run-note"))
        run.create(workbench, replace(spec, repeats=1), attack(listener, "waiting"))
        return run_id


def answer(store: Store, run_id: str, listener: str) -> None:
    """Responses with markup, control and direction characters, a million letters, and a failure."""
    texts = [
        attack(listener, "response"),
        "\x00\x07\x1b[2J \u202eright to left\u202c \u2066isolate\u2069 \ufeff" + attack(listener, "control"),
        attack(listener, "long") + "x" * MILLION + LAST_WORDS,
    ]
    jobs = store.runs.pending(run_id, "evil")
    responses = [Response(job.no, text, Finish.STOP, job.prompt) for job, text in zip(jobs, texts, strict=False)]
    failed = [Response(job.no, "", Finish.FAILED, error=attack(listener, "error")) for job in jobs[len(texts) :]]
    store.responses.add(run_id, [*responses, *failed])
