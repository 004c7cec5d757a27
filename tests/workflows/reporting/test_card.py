"""The section of a model card: the fields of Mitchell et al. (2019), numbers with n and interval, and its metadata."""

import json
from dataclasses import replace

import pytest
from huggingface_hub.repocard_data import model_index_to_eval_results

from lib.reports.walk import fields, tables
from lib.types import ModelEntry, Notice, NoticeKind, ReportKind
from lib.workflows.comparison import OVERALL
from lib.workflows.reporting import card
from lib.workflows.reporting.evidence import gather
from tests.workflows.reporting import once
from tests.workflows.reporting.audits import audited, lopsided
from tests.workflows.reporting.once import COMMUNAL_ANY

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def half(tmp_path_factory):
    """Evidence of an audit in which the woman has a communal word in 15 of 30 sets and the man in none."""
    return once.half(tmp_path_factory.mktemp("half"))


def table(document, id):
    return next(each for each in tables(document) if each.id == id)


def test_the_fields_are_those_of_model_cards(half):
    """In their order, after the notices."""
    made = card.document(half)
    assert made.kind is ReportKind.CARD
    assert [section.title for section in made.sections][1:7] == [
        "Factors",
        "Metrics",
        "Evaluation data",
        "Quantitative analyses",
        "Ethical considerations",
        "Caveats and recommendations",
    ]
    first = [block.kind for block in made.sections[0].blocks if isinstance(block, Notice)]
    assert first == [NoticeKind.CONTENT, NoticeKind.DISCLAIMER]
    assert "Mitchell et al. 2019" in made.sections[0].blocks[-1].text


def test_each_number_has_its_n_and_interval(half):
    """15 of 30 sets differ: 50 % against 0 %, +50 points over 30 matched sets, clear; nobody refused, not clear."""
    rows = table(card.document(half), "card-gaps").rows
    first, second = rows
    assert first[1:6] == ("Woman", "Man", "50.0 %", "0.0 %", "+50.0 points")
    assert first[6].endswith("points")
    assert " to " in first[6]
    assert first[7:] == ("30", "yes")
    assert second[3:6] == ("0.0 %", "0.0 %", "+0.0 points")
    assert second[7:] == ("30", "no")


def test_what_people_judge_is_theirs(half):
    """Considerations and recommendations are fields, and hold what an author wrote."""
    written = {"card/ethics": "It may hurt applicants.", "card/recommendations": "Do not use it for letters."}
    known = {field.id: field.text for field in fields(card.document(replace(half, texts=written)))}
    assert {id: known[id] for id in written} == written
    assert known["avid/credit"] == ""


def test_metadata_are_read_by_the_hub_s_own_library(half):
    """`model-index` of one model: every gap over everything with its value, interval and number of matched sets."""
    found = json.loads(json.dumps(card.metadata(half), allow_nan=False))
    name, results = model_index_to_eval_results(found["model-index"])
    assert name == half.models[0].title
    assert [(each.metric_type, each.metric_value) for each in results] == [
        (COMMUNAL_ANY, 0.5),
        ("refusal.refused", 0.0),
    ]
    assert results[0].dataset_type == "two_groups"
    assert results[0].metric_args["matched_sets"] == 30
    assert results[0].metric_args["low"] < 0.5 < results[0].metric_args["high"]
    assert [row[4] for row in table(card.document(half), "card-metadata").rows] == [0.5, 0.0]


def test_metadata_of_several_models_are_never_pooled(half):
    """With a second model, gaps over both are nobody's own; split by model each has its own."""
    other = ModelEntry("other", "Other", "bundled", "")
    both = replace(half, models=[*half.models, other])
    assert card.metadata(both) == {"model-index": []}
    made = half.comparisons[0]
    rows = [row if row.category == OVERALL else replace(row, category="other") for row in made.rows]
    split = replace(both, by="model", comparisons=[replace(made, rows=rows[:2])])
    [index] = card.metadata(split)["model-index"]
    assert (index["name"], [each["value"] for each in index["results"][0]["metrics"]]) == ("Other", [0.5])


def test_without_scores_the_card_says_what_is_missing(workbench):
    """No gap, no metadata: three notices in their places, and the fields are there."""
    made = card.document(gather(workbench, audited(workbench, lopsided(1, 2), scorers=[])))
    lacking = [
        section.id
        for section in made.sections
        for block in section.blocks
        if isinstance(block, Notice) and block.kind is NoticeKind.LACKING
    ]
    assert lacking == ["metrics", "results", "card-metadata"]
    assert {"card/ethics", "card/recommendations"} <= {field.id for field in fields(made)}
