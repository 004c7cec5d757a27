"""The library `datasets` reads our data sets; what a card says of words that are not ours."""

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from lib.interchange.huggingface import Card, Part, inert, licence_id, write_card
from lib.types import Answer, AssignmentSpec, ResponseFilter, Sampling
from lib.workflows import annotate, assignments, scoring
from lib.workflows.exporting.dataset import dataset
from lib.workflows.workbench import open_workbench

PART = Part("responses", "data/responses.parquet", 2_000, (("text", "string", "the response"),))


def card(**texts):
    """A card with some texts replaced."""
    plain = {
        "title": "Title", "question": "Alike?", "source": "Made up.", "licence": "MIT", "language": "en",
        "notice": "None.", "citation": "Nobody.",
    }  # fmt: skip
    return Card(**(plain | texts), made=("By hand.",), limits=("Few.",), parts=(PART,))


@pytest.fixture(scope="module")
def said(tool, report, tmp_path_factory):
    """What `datasets` read of an annotated, scored audit."""
    folder = tmp_path_factory.mktemp("datasets")
    with open_workbench(folder / "audits.duckdb") as workbench:
        run_id = next(info.id for info in workbench.store.runs.all() if "lending" in info.name)
        scoring.score(workbench, run_id, ["agency"], lambda _: None)
        spec = AssignmentSpec("All", sampling=Sampling.ALL, filter=ResponseFilter(runs=(run_id,)))
        assignment = assignments.create(workbench, spec, "gender_occupation")
        desk = annotate.join(workbench, assignment, "Ada")
        item = annotate.next_task(workbench, desk)
        annotate.submit(workbench, desk, item.item, Answer(discard="Not readable", note="=1"), "once", 1.0)
        dataset(workbench, run_id, folder / "set")
    report(tool("datasets", "datasets==5.2.0"), "datasets_script.py", folder)
    return json.loads((folder / "report.json").read_text(encoding="utf-8"))


@pytest.mark.slow
def test_every_part_loads(said):
    """Responses, scores and annotations by name, responses where none is named; slots are structures with names."""
    assert {name: part["rows"] for name, part in said["parts"].items()} == {
        "responses": 128,
        "scores": 128,
        "annotations": 1,
    }
    assert said["default"] == 128
    first = said["parts"]["responses"]["first"]
    assert first["groups"] == {"religion": "unmentioned", "gender": None}
    assert first["terms"]["loan"] == "a mortgage of 180,000 dollars for a house"
    assert "agency.communal" in said["parts"]["scores"]["columns"]
    assert said["parts"]["annotations"]["first"]["note"] == "=1"
    assert said["parts"]["annotations"]["first"]["annotator"] == "Annotator 1"


@pytest.mark.parametrize(
    ("licence", "id"),
    [("CC-BY-4.0", "cc-by-4.0"), ("Apache-2.0", "apache-2.0"), ("not stated", "other"), ("", "other")],
)
def test_licences_have_the_names_of_the_hub(licence, id):
    """What the Hub has no name for is "other", under the name the bank gives it."""
    assert licence_id(licence) == id
    front = yaml.safe_load(write_card(card(licence=licence)).split("---\n")[1])
    assert front["license"] == id
    assert ("license_name" in front) == (id == "other")


@given(st.text(max_size=80))
def test_no_text_breaks_a_card(text):
    """Whatever stands in a title, a notice or a source: the YAML keeps its keys, and no line begins with markup."""
    written = write_card(card(title=text, notice=text, source=text, licence=text, citation=text))
    _, front, body = written.split("---\n", 2)
    known = yaml.safe_load(front)
    assert list(known)[:2] == ["pretty_name", "license"]
    assert known["configs"][0]["config_name"] == "responses"
    headings = [line for line in body.splitlines() if line.startswith("#")]
    assert [line.partition(" ")[0] for line in headings] == ["#"] + ["##"] * 5
    written.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("# a", r"\# a"),
        ("1. a", r"1\. a"),
        ("a\n\n- b", "a - b"),
        ("<img src=x>", "&lt;img src=x>"),
        ("[a](http://b)", r"\[a\](http\://b)"),
        ("a | b `c` *d*", r"a \| b \`c\` \*d\*"),
        ("\u202eabc\x07", "abc"),
    ],
)
def test_markup_is_shown_and_not_followed(text, shown):
    """Every sort of markup is escaped, and a text stays on its line."""
    assert inert(text) == shown
