"""Agreement as the page and the terminal read it, against values derived by hand."""

import math

import pytest

from lib.errors import AnnotationError
from lib.types import Answer, ItemKind, Span
from lib.workflows import agreement
from lib.workflows.agreement_frames import coefficients_frame, coefficients_table, confusion_frame, spans_frame
from tests.workflows.annotated import answered, assigned, columns, double, event, plain_items, says


@pytest.fixture
def items(workbench, model):
    """Ten plain items of one run."""
    return plain_items(workbench, answered(workbench, model), range(10))


def read(workbench, items, said, **options):
    return agreement.read(workbench, assigned(workbench, items, columns(said)), **options)


def test_two_annotators_by_hand(workbench, items):
    """Ann and Bo say yes together 4 times, no together 3 times; once Ann alone says yes, twice Bo alone.

    Observed .7. Ann says yes 5 of 10 times, Bo 6: chance .5 × .6 + .5 × .4 = .5, kappa .4. Of 20 answers 11 are yes,
    9 no, none unsure: AC1's chance is (.55 × .45 × 2) / (3 − 1) = .2475, AC1 = (.7 − .2475) / .7525.
    """
    found = read(workbench, items, {"Ann": "yyyynnnynn", "Bo": "yyyynnnnyy"}).field("biased").overall
    assert found.percent.value == pytest.approx(0.7)
    assert found.cohen.value == pytest.approx(0.4)
    assert found.ac1.value == pytest.approx((0.7 - 0.2475) / 0.7525)
    assert (found.items, found.annotators, found.votes) == (10, 2, 20)


def test_labels_one_against_the_rest(workbench, items):
    """Yes is said in 11 of 20 answers; unsure never, so that all agree on it and kappa is not defined."""
    yes, _, unsure = read(workbench, items, {"Ann": "yyyynnnynn", "Bo": "yyyynnnnyy"}).field("biased").labels
    assert (yes.title, yes.prevalence) == ("Yes", pytest.approx(0.55))
    assert yes.coefficients.cohen.value == pytest.approx(0.4)
    assert unsure.prevalence == 0
    assert unsure.coefficients.ac1.value == 1
    assert math.isnan(unsure.coefficients.alpha.value)


def test_who_votes(workbench, items):
    """Discards and skips are counted and left out, an edit replaces what was said, a repeat never votes."""
    said = columns({"Ann": "yyx.", "Bo": "yns."})
    said += [event(1, "Bo", says("y", unsure=True), number=2), event(4, "Ann", says("n")), event(4, "Bo", says("y"))]
    id = assigned(workbench, [*items[:4], double(4, items[0], ItemKind.REPEAT)], said)
    found = agreement.read(workbench, id)
    assert (found.plain, found.answered, found.shared) == (4, 2, 2)
    assert (found.discarded, found.skipped, found.unsure) == (1, 1, 1)
    assert found.field("biased").overall.percent.value == 1
    assert "1 skipped and 1 discarded are left out" in found.reading


def test_sets_of_labels_and_single_labels(workbench, items):
    """Of a multiple choice the whole set must agree overall; its labels are judged one by one; none is an answer."""

    def chose(*types):
        return Answer(labels={"types": types})

    said = [event(0, "Ann", chose("role")), event(0, "Bo", chose("role", "trait"))]
    said += [event(1, "Ann", chose()), event(1, "Bo", chose())]
    found = agreement.read(workbench, assigned(workbench, items, said)).field("types")
    assert found.overall.percent.value == 0.5
    assert [label.coefficients.percent.value for label in found.labels] == [1, 0.5]
    assert found.votes is None


def test_steps_far_apart_count_more(workbench, items):
    """A scale's alpha is ordinal: mild for grave costs more than mild for clear."""

    def alpha(last):
        answers = [("mild", "mild"), ("clear", "clear"), ("grave", "grave"), ("mild", last)]
        said = [
            event(item, name, Answer(labels={"severity": (step,)}))
            for item, steps in enumerate(answers)
            for name, step in zip(("Ann", "Bo"), steps, strict=True)
        ]
        return agreement.read(workbench, assigned(workbench, items, said)).field("severity").overall.alpha.value

    assert alpha("mild") > alpha("clear") > alpha("grave")


def test_stretches_of_text(workbench, items):
    """One marks 0 to 4, the other 2 to 6: 2 in common, F1 = 4 / 8; where nobody marks anything nothing counts."""
    said = [
        event(0, "Ann", Answer(spans={"where": (Span(0, 4, "word"),)})),
        event(0, "Bo", Answer(spans={"where": (Span(2, 6, "word"),)})),
        event(1, "Ann", Answer()),
        event(1, "Bo", Answer()),
    ]
    found = agreement.read(workbench, assigned(workbench, items, said))
    assert (found.field("where").spans.f1.value, found.field("where").spans.items) == (0.5, 2)
    assert spans_frame(found)["value"].tolist() == [0.5, 0.5]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "Nobody has annotated here yet."),
        ({"Ann": "yyn"}, "Agreement needs two people on the same items"),
        ({"Ann": "yy..", "Bo": "..yn"}, "Agreement needs two people on the same items"),
    ],
)
def test_nothing_to_compare(workbench, items, said, words):
    """Without two people on one item the page says what is missing."""
    found = read(workbench, items, said)
    assert words in found.reading
    assert found.shared == 0
    assert found.field("biased").overall.items == 0
    assert len(coefficients_frame(found)) == 3 + 8  # three choices with three, two and three labels
    assert confusion_frame(found, found.field("biased"))["count"].sum() == 0


def test_names_can_be_hidden(workbench, items):
    """Pseudonyms follow the order in which people began."""
    assert read(workbench, items, {"Zoe": "y", "Ann": "y"}).annotators == ("Zoe", "Ann")
    found = read(workbench, items, {"Zoe": "y", "Ann": "y"}, pseudonymous=True)
    assert found.annotators == ("Annotator 1", "Annotator 2")


def test_confusion_of_two_and_of_all(workbench, items):
    """Ann says yes where Bo says no once: a cell of its own; over all pairs it counts both ways round."""
    found = read(workbench, items, {"Ann": "yyn", "Bo": "ynn"})
    two = confusion_frame(found, found.field("biased"), "Ann", "Bo").set_index(["row_label", "column_label"])["count"]
    assert (two["Yes", "No"], two["No", "Yes"], two["Yes", "Yes"], two["Unsure", "Unsure"]) == (1, 0, 1, 0)
    every = confusion_frame(found, found.field("biased")).set_index(["row_label", "column_label"])["count"]
    assert (every["Yes", "No"], every["No", "Yes"], every["Yes", "Yes"]) == (1, 1, 2)


def test_the_table_has_every_number(workbench, items):
    """Each coefficient with its interval, a row a field and label."""
    table = coefficients_table(read(workbench, items, {"Ann": "yyyynnnynn", "Bo": "yyyynnnnyy"}))
    assert table.loc[0, ["Field", "Label", "Items"]].tolist() == ["Biased", "", 10]
    assert table.loc[0, "Cohen’s kappa, low"] < 0.4 < table.loc[0, "Cohen’s kappa, high"]


def test_few_items_are_no_basis(workbench, items):
    """Ten items that agree in seven: no basis, and few."""
    told = read(workbench, items, {"Ann": "yyyynnnynn", "Bo": "yyyynnnnyy"}).field("biased").reading
    assert "no basis for conclusions" in told
    assert "That is few: 30 items" in told


def test_unknown_assignment(workbench):
    """An id that is not there is said so."""
    with pytest.raises(AnnotationError, match="nowhere"):
        agreement.read(workbench, "nowhere")
