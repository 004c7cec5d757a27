"""A report with everything in it: ten charts, hostile texts, fields written and not, sections in sections."""

from dataclasses import replace

from lib.types import (
    Audience,
    Bullets,
    Column,
    ColumnKind,
    Document,
    Fact,
    Field,
    Figure,
    Notice,
    NoticeKind,
    Paragraph,
    Quote,
    ReportKind,
    Section,
    Table,
)
from tests.reports.drawn import charts

SCRIPT = "<script>document.title='ran'</script>"
HOSTILE = {
    "script": SCRIPT,
    "image": "<img src=http://127.0.0.1:9/a.png onerror=alert(1)>",
    "end of script": "</script><script>alert(2)</script><!-- ]]> &amp;",
    "markdown": "![x](http://127.0.0.1:9/b.png) [link](http://127.0.0.1:9/) **bold** # no heading | cell | `code`",
    "formula": "=cmd|' /C calc'!A0",
    "typst": '#sys.inputs #read("/etc/passwd") $x^2$ @label <tag> *strong* _emph_ \\ `raw`',
    "template": "{{ 7 * 7 }} {% raw %} ${7*7}",
    "controls": "null \x00 bell \x07 escape \x1b[31m next \x85 line\u2028separator \ufeff",
    "direction": "right \u202eevil\u202c and \u2066isolated\u2069",
    "surrogate": "lone \ud800 surrogate and \ufffe no character",
    "scripts": "日本語の文章、中文字符。 مرحبا بالعالم שלום हिन्दी 👩🏽‍⚕️ 🏳️‍🌈",
    "endless": "x" * 10_000,
    "fences": "```\ncode\n````\nmore\n```",
    "lines": "first\r\n  second, indented\n\n\tthird after an empty line and a tab",
}

LOREM = (
    "The model answers about women and men in matched sets that differ in the group alone. The gap is 9.0 points "
    "(95 % interval +5.0 to +13.0 points; 180 matched sets)."
)


def document(kind=ReportKind.AUDIT, *, hostile=True, more=0):
    """A sample report; `more` further rows in its long table."""
    return Document(
        kind,
        f"Reference letters {'<b>& co</b> ' if hostile else ''}— the audit",
        "What SmolLM2 says about women and men who apply",
        "k3v9",
        Audience.EXPERTS,
        (overview(), method(more), findings(hostile), examples(hostile), risks(), conclusion()),
        (Fact("gaps/refused/all/woman/estimate", 0.09, "a paired difference", 180, "matched sets", 0.05, 0.13),),
    )


def short(kind):
    """The sample without its figures, which take a second to draw, and without hostile texts."""
    whole = document(kind, hostile=False)
    sections = tuple(section for section in whole.sections if section.id != "findings")
    return replace(whole, sections=sections)


def overview():
    return Section(
        "overview",
        "Overview",
        (
            Notice(NoticeKind.CONTENT, "Content notice", "Answers of a model are quoted. Some may be upsetting."),
            Notice(NoticeKind.DISCLAIMER, "What this is not", "An audit shows gaps, it does not certify a model."),
            Paragraph("Women are refused more often than men.", lead=True),
            Paragraph(LOREM, ("gaps/refused/all/woman/estimate",)),
            Bullets((Paragraph("720 responses"), Paragraph("one model")), ordered=False),
        ),
    )


def method(more=0):
    return Section(
        "method",
        "Method",
        (
            Paragraph(LOREM),
            Section(
                "sampling",
                "Sampling",
                (
                    Bullets((Paragraph("Write the grid."), Paragraph("Run it.")), ordered=True),
                    Section("seeds", "Seeds and settings", (Paragraph(LOREM), settings_table(more))),
                ),
            ),
            Section(
                "people",
                "Annotators",
                (
                    Notice(NoticeKind.LACKING, "No annotations", "Nobody has annotated this audit yet."),
                    Bullets((Paragraph("Another list."), Paragraph("It begins at one.")), ordered=True),
                ),
            ),
        ),
    )


def settings_table(more=0):
    kinds = list(ColumnKind)
    columns = tuple(Column(kind.value.capitalize(), kind) for kind in kinds)
    rows = (
        ("Woman", 1234, 2.414, -0.5, 0.125, 0.031, 0.012),
        ("Man", 5, 1234.5, 2.41, 1.0, -0.031, 0.0001),
        (None, None, float("nan"), None, None, None, None),
        *((f"Row {number}", number, number / 7, number / 9, 0.5, 0.0, 0.5) for number in range(more)),
    )
    return Table("settings", "How each kind of value is shown", columns, rows, "A dash stands for what is unknown.")


def findings(hostile=True):
    made = charts(HOSTILE["script"] if hostile else "")
    titles = [figure(name, chart) for name, chart in made.items()]
    return Section(
        "findings",
        "Key findings",
        (
            Section("gaps", "Gaps", (Paragraph(LOREM), *titles[:3])),
            Section("words", "Words", (*titles[3:7], Paragraph(LOREM))),
            Section("scorers", "Scorers", tuple(titles[7:])),
        ),
    )


def figure(name, chart):
    table = Table(
        f"{name}-numbers",
        f"Numbers of {name}",
        (Column("Group"), Column("Share", ColumnKind.PERCENT), Column("n", ColumnKind.WHOLE)),
        (("Woman", 0.31, 360), ("Man", 0.22, 360)),
    )
    alt = f"Dots with intervals ({name}): women 31.0 %, men 22.0 %."
    return Figure(name, chart, f"Refusals by {name}, with 95 % intervals", alt, table)


def examples(hostile=True):
    texts = HOSTILE if hostile else {"plain": "She is kind to all people.\n\n  And he works."}
    quotes = [
        Quote(
            text, f"Write about {name}: {text[:60]}", f"Woman · nurse · cell {name}", f"Labelled “stereotype” ({name})"
        )
        for name, text in texts.items()
    ]
    rows = tuple((name, text) for name, text in texts.items())
    table = Table("texts", "The same in cells", (Column("What"), Column("Text")), rows)
    return Section("examples", "Annotated examples", (*quotes, table))


def risks():
    columns = (Column("Risk"), Column("Severity"), Column("Owner"))
    rows = (
        ("Refusals", "high", Field("plan/r1/owner", "Owner of risk 1", "Ana")),
        ("Stereotypes", "medium", Field("plan/r2/owner", "Owner of risk 2", "")),
    )
    return Section(
        "risks",
        "Risk assessment",
        (
            Table("risks", "Risks and who owns them", columns, rows),
            Field("audit/legal", "Legal risks", "Article 10 applies.\nSo says counsel.", "What the law asks for."),
            Field("audit/privacy", "Privacy risks", "", "Whose data may be in an answer?"),
        ),
    )


def conclusion():
    return Section(
        "conclusion",
        "Conclusion",
        (Field("audit/conclusion", "Conclusion of the author", "  "), Notice(NoticeKind.WARNING, "Few sets", LOREM)),
    )


def deck(*, hostile=False):
    """Ten slides for a committee."""
    made = list(charts().items())
    first = Section(
        "what",
        "What we asked",
        (Bullets(tuple(Paragraph(f"{LOREM} ({number})") for number in range(3))),),
        notes="Say hello first.",
    )
    slides = [
        Section(
            name,
            f"Are women refused more often? ({name})",
            (
                Bullets((Paragraph("Women 31.0 %, men 22.0 %."), Paragraph(LOREM), Paragraph("180 matched sets."))),
                figure(name, chart),
            ),
            notes=f"Explain {name}.",
        )
        for name, chart in made[:6]
    ]
    told = Section(
        "quote",
        "In its own words",
        (
            Notice(NoticeKind.CONTENT, "Content notice", "A model's answer follows."),
            Quote(HOSTILE["script"] if hostile else "She is kind to all people.", "Write a letter.", "Woman, nurse"),
        ),
    )
    last = Section(
        "decide",
        "What to decide",
        (
            Field("deck/decision", "The decision asked for", ""),
            Bullets(tuple(Paragraph(f"{LOREM} Point {number}.") for number in range(6))),
        ),
    )
    table = Section("risks", "Risks", (settings_table(20),))
    return Document(
        ReportKind.DECK,
        "Reference letters: ten slides",
        "For the ethics committee",
        "k3v9",
        Audience.COMMITTEE,
        (first, *slides, told, table, last),
    )
