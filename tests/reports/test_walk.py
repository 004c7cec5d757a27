"""A document in reading order: numbers, anchors, and what is still missing."""

from dataclasses import replace

from lib.reports import walk
from lib.reports.appendix import with_numbers
from lib.types import Column, Field, Figure, Paragraph, ReportKind, Section, Table
from tests.reports import sample


def test_missing_fields_are_found_in_reading_order():
    """Fields in cells count, as do fields of nothing but spaces; each has its section and a place of its own."""
    missing = walk.missing(sample.document())
    assert [(gap.title, gap.where, gap.anchor) for gap in missing] == [
        ("Owner of risk 2", "Risk assessment", "missing-1"),
        ("Privacy risks", "Risk assessment", "missing-2"),
        ("Conclusion of the author", "Conclusion", "missing-3"),
    ]
    assert [(where, len(gaps)) for where, gaps in walk.missing_by_place(walk.laid_out(sample.document()))] == [
        ("Risk assessment", 2),
        ("Conclusion", 1),
    ]


def test_figures_tables_and_fields_are_found_wherever_they_stand():
    """Ten figures, their ten tables and three others, five fields."""
    document = sample.document()
    assert [figure.id for figure in walk.figures(document)][:2] == ["levels", "forest"]
    assert len(walk.figures(document)) == 10
    assert [table.id for table in walk.tables(document)][:2] == ["settings", "levels-numbers"]
    assert len(walk.tables(document)) == 13
    assert [field.id for field in walk.fields(document)] == [
        "plan/r1/owner",
        "plan/r2/owner",
        "audit/legal",
        "audit/privacy",
        "audit/conclusion",
    ]


def test_headings_keep_their_levels_and_get_anchors():
    """A section within a section is one level deeper, and an anchor says where it stands."""
    tree = walk.laid_out(sample.document(hostile=False))
    assert [(part.level, part.anchor, part.title) for part in walk.parts(tree.parts)][1:5] == [
        (1, "section-2", "Method"),
        (2, "section-2-1", "Sampling"),
        (3, "section-2-1-1", "Seeds and settings"),
        (2, "section-2-2", "Annotators"),
    ]
    assert [part.title for part in walk.parts(tree.parts, 1)] == [
        section.title for section in sample.document().sections
    ]


def test_numbers_of_figures_are_appended_under_one_heading():
    """Each figure's table stands in the appendix under the figure's name; without figures there is none."""
    tree = with_numbers(walk.laid_out(sample.document()))
    assert tree.parts[-1].title == "Numbers behind the figures"
    assert [grid.label for grid in tree.parts[-1].blocks] == [f"Numbers of Figure {n}" for n in range(1, 11)]
    bare = walk.laid_out(sample.document())
    bare = type(bare)(*(getattr(bare, name) for name in bare.__slots__[:-3]), bare.parts[:1], (), ())
    assert with_numbers(bare) is bare


def test_long_numbers_of_a_figure_are_cut_and_say_so():
    """Of 250 rows the first 200 are printed, with a sentence on the others; a table of its own is never cut."""
    rows = tuple((f"row {number}",) for number in range(250))
    table = Table("t", "Long", (Column("Row"),), rows)
    section = Section("s", "S", (Figure("f", None, "c", "a", table), table, Paragraph("p")))
    document = type(sample.document())(ReportKind.CARD, "T", "", "r", sample.document().audience, (section,))
    drawing, grid, _ = walk.laid_out(document).parts[0].blocks
    assert len(drawing.numbers.rows) == 200
    assert drawing.numbers.note == "The first 200 of 250 rows; all of them are in the data."
    assert len(grid.rows) == 250


def test_a_crowd_of_missing_fields_is_counted():
    """Six fields of a section are listed one by one; seven are a number that leads to the first of them."""

    def places(count: int) -> list[tuple[str, list[tuple[str, str]]]]:
        fields = tuple(Field(f"f{number}", f"Field {number}", "") for number in range(count))
        made = walk.laid_out(replace(sample.document(), sections=(Section("one", "One", fields),)))
        return [(where, [(gap.title, gap.anchor) for gap in gaps]) for where, gaps in walk.missing_by_place(made)]

    [(where, listed)] = places(6)
    assert where == "One"
    assert [title for title, _ in listed] == [f"Field {number}" for number in range(6)]
    assert places(7) == [("One", [("7 fields", listed[0][1])])]
