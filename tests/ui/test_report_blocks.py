"""Reports on the page: what is counted, what is linked, and that no text of theirs comes alive."""

import altair as alt
import pytest
from streamlit.testing.v1 import AppTest

from lib.types import (
    Audience,
    Block,
    Bullets,
    Column,
    ColumnKind,
    Document,
    Field,
    FieldText,
    Figure,
    Notice,
    NoticeKind,
    Paragraph,
    Quote,
    ReportKind,
    Section,
    Table,
)
from lib.ui.report_draft import anchor, blocks_of, fields_of, numbers_of
from lib.ui.report_evidence import shown
from lib.ui.report_outline import missing_entries, section_entries
from lib.ui.report_table import as_data

OVERRIDE = "\u202e"
EVIL = f"![x](http://127.0.0.1:9/x.png) <img src=x onerror=alert(1)> {OVERRIDE}evil"


def document(*sections: Section) -> Document:
    return Document(ReportKind.AUDIT, "Audit", "", "run", Audience.EXPERTS, sections)


def table(id: str, *rows: tuple) -> Table:
    return Table(id, "Gaps", (Column("Group"), Column("Gap", ColumnKind.SIGNED)), rows)


def figure(id: str) -> Figure:
    return Figure(id, None, "Caption", "Words", table(f"{id}-numbers"))


def test_figures_and_tables_are_numbered_each_by_themselves():
    """Figures and tables count through the document, sections within sections included, a figure's numbers not."""
    inner = Section("inner", "Inner", (figure("b"), table("t2")))
    numbers = numbers_of(document(Section("one", "One", (figure("a"), table("t1"), inner)), Section("two", "Two", ())))
    assert numbers == {"a": "Figure 1", "t1": "Table 1", "b": "Figure 2", "t2": "Table 2"}


def test_fields_are_found_wherever_they_stand():
    """Fields count once each, in the order of reading, those in cells of tables among them."""
    owner, end = Field("owner", "Owner", ""), Field("end", "Conclusion", "Done")
    made = document(Section("plan", "Plan", (table("t", ("Risk", owner)), Section("in", "In", (end,)))))
    assert list(fields_of(list(blocks_of(made)))) == ["owner", "end"]


def test_the_outline_says_how_much_is_missing_in_each_section():
    """A section counts the fields without a text; one of spaces only is one without."""
    fields = (Field("a", "A", ""), Field("b", "B", "  \n"), Field("c", "C", "There"))
    deep = Section("deep", "Deep", (Field("d", "D", ""),))
    made = document(Section("one", "One", fields), Section("two", "Two", (deep,)))
    assert [(entry.title, entry.left, entry.deeper) for entry in section_entries(made)] == [
        ("One", 2, False),
        ("Two", 1, False),
        ("Deep", 0, True),
    ]
    assert [entry.title for entry in missing_entries(made)] == ["One: A", "One: B", "Two, Deep: D"]


def test_a_table_reaches_the_browser_in_words():
    """Numbers are written out by their column, unseen characters are symbols, a field without text says so."""
    data = as_data(table("t", (EVIL, -0.42), ("Man", None), ("She", Field("f", "Owner", ""))), "Table 1")
    assert data["caption"] == "Table 1. Gaps"
    assert [row[1] for row in data["rows"]] == ["−0.42", "–", None]
    assert data["rows"][0][0] == EVIL.replace(OVERRIDE, "⟨U+202E⟩")
    assert [column["right"] for column in data["columns"]] == [False, True]


def test_a_chart_hides_nothing():
    """Texts inside a chart's data, titles and field names come without direction marks; numbers stay."""
    assert shown({f"a{OVERRIDE}": [f"{OVERRIDE}b", 1, None, {"x": 0.5}]}) == {
        "a⟨U+202E⟩": ["⟨U+202E⟩b", 1, None, {"x": 0.5}]
    }


@pytest.mark.parametrize(("id", "safe"), [("plan/r1/owner", "plan-r1-owner"), ("a b.c", "a-b-c"), ("x_y-z", "x_y-z")])
def test_ids_become_anchors(id, safe):
    """What is linked to has letters only that an address and a class can hold."""
    assert anchor(id) == safe


def drawn(*blocks: Block, accepted: bool = True) -> AppTest:
    """A page that shows a report with these blocks, each text of which attacks where it can."""

    def script(made, history):  # its source runs elsewhere, without the imports above
        from types import SimpleNamespace

        from lib.ui.report_draft import Draft, numbers_of
        from lib.ui.report_evidence import charts_of
        from lib.ui.report_preview import show_preview

        page = SimpleNamespace(locked=False, workbench=None)
        show_preview(Draft(page, "run", made, history, charts_of(made), numbers_of(made), []))

    made = Document(ReportKind.AUDIT, EVIL, EVIL, "run", Audience.EXPERTS, (Section("s", EVIL, blocks),))
    test = AppTest.from_function(
        script, kwargs={"made": made, "history": {"old": [FieldText("old", EVIL, EVIL, None, 1)]}}, default_timeout=30
    )
    if accepted:
        test.session_state["content-notice-accepted"] = True
    return test.run()


def test_no_text_of_a_report_is_read_as_markdown():
    """Titles, paragraphs, lists, notices, fields and captions show markup letter by letter."""
    chart = alt.Chart({"values": [{"g": EVIL, "v": 1}]}).mark_bar().encode(x="v:Q", y="g:N")
    test = drawn(
        Paragraph(EVIL, lead=True),
        Bullets((Paragraph(EVIL), Paragraph(EVIL)), ordered=True),
        Notice(NoticeKind.WARNING, EVIL, EVIL),
        Field("old", EVIL, EVIL, help=EVIL),
        Figure("f", chart, EVIL, EVIL, table("n", (EVIL, 1.0))),
        Table("plan", EVIL, (Column(EVIL), Column(EVIL)), ((EVIL, Field("new", EVIL, "", lines=1)),), EVIL),
    )
    assert not test.exception
    assert not test.error
    read = [
        *(part.value for kind in ("markdown", "caption", "header", "subheader", "warning") for part in test.get(kind)),
        *(part.label for kind in ("text_area", "text_input", "expander") for part in test.get(kind)),
    ]
    assert sum("evil" in text for text in read) >= 10
    for text in read:
        assert "](http" not in text.replace("\u2060", "").replace("\\]\\(", ""), text
        assert "<img" not in text.replace("\\<", "")
        assert OVERRIDE not in text


def test_a_field_shows_what_stands_in_it():
    """A field's widget holds its text; an empty one is marked, one to choose offers its options."""
    test = drawn(
        Field("old", "Old", EVIL),
        Field("new", "New", ""),
        Field("pick", "Severity", "high", options=("low", "high")),
        Field("gone", "Gone", "severe", options=("low", "high")),
    )
    assert test.text_area(key="report-field-old-text").value == EVIL
    assert test.text_area(key="report-field-new-text").value == ""
    assert test.selectbox(key="report-field-pick-text").value == "high"
    assert test.selectbox(key="report-field-gone-text").options == ["low", "high", "severe"]
    assert any("1 of 4 fields" in part.value for part in test.markdown)


def test_quotes_wait_for_the_content_notice():
    """Before the notice is accepted a quote is counted, not shown, and everything else can be read."""
    quote = Quote("A quoted answer", "prompt", "Woman")
    test = drawn(quote, Paragraph("Between."), quote, Field("new", "New", ""), accepted=False)
    assert len([button for button in test.button if button.key == "accept-notice"]) == 1
    assert sum("behind the content notice" in part.value for part in test.info) == 2
    assert test.text_area(key="report-field-new-text").value == ""
    test.button(key="accept-notice").click().run()
    assert not test.info
    assert not test.exception
