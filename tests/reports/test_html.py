"""The page is one file in which data is only ever text."""

import itertools
import json
import re
from html.parser import HTMLParser

import pytest

from lib.reports import html, walk
from lib.reports.text import fit
from tests.reports import sample

VOID = {"meta", "img", "br", "link", "input"}


class Reader(HTMLParser):
    """What an HTML reader finds: elements with attributes, and text outside scripts and styles."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.elements, self.words, self.scripts, self.open = [], [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] == "script":
            self.scripts.append(data)
        elif self.open and self.open[-1] != "style":
            self.words.append(data)

    def of(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def page():
    return html.write(sample.document()).decode("utf-8")


@pytest.fixture(scope="module")
def read(page):
    return Reader(page)


def test_hostile_text_stays_text(read):
    """Every hostile answer is there letter by letter, and no element or handler came of it."""
    said = "".join(read.words)
    for text in sample.HOSTILE.values():
        assert fit(text) in said
    assert not {"iframe", "object", "link", "base", "form"} & {tag for tag, _ in read.elements}
    assert not [name for _, attributes in read.elements for name in attributes if name.startswith("on")]
    assert all(image["src"].startswith("data:image/svg+xml;base64,") for image in read.of("img"))
    assert all(address["href"].startswith("#") for address in read.of("a"))


def test_only_our_own_script_may_run(page, read):
    """One script that runs, whose hash is the policy's; ten blocks of data; no way to reach an address."""
    running = [attributes for attributes in read.of("script") if attributes.get("type") != "application/json"]
    assert running == [{"type": "module"}]
    policy = read.of("meta")[1]["content"]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe-eval" not in policy
    assert "script-src 'unsafe-inline'" not in policy
    data = re.findall(r'<script type="application/json" id="chart-\d+">(.*?)</script>', page, re.DOTALL)
    assert len(data) == 10
    assert all("<" not in each for each in data)
    assert sample.SCRIPT in json.dumps([json.loads(each) for each in data])


def test_json_cannot_leave_its_element():
    """What would end a script or begin a comment is written in escapes, and reads back the same."""
    value = {"</script>": "<!-- & ]]> \u2028"}
    made = html.in_script(value)
    assert not set("<>&") & set(made)
    assert json.loads(made) == value


def test_headings_are_nested_without_a_gap(read):
    """One h1; no heading is more than one level deeper than the one before it."""
    levels = [int(tag[1]) for tag, _ in read.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert max(levels) == 4
    assert all(deeper - level <= 1 for level, deeper in itertools.pairwise(levels))


def test_every_address_in_the_page_leads_somewhere(read):
    """Contents and the list of what is missing link to places that are there, and no id is given twice."""
    ids = [attributes["id"] for _, attributes in read.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = {address["href"][1:] for address in read.of("a")}
    assert {"missing-1", "missing-2", "missing-3", "section-1", "section-2-1-1"} <= targets <= set(ids)


def test_tables_have_headers_and_figures_alternatives(read):
    """Each table has a caption and scoped heads; each figure a text alternative and a numbered caption."""
    assert len(read.of("table")) == len(read.of("caption")) == 13
    assert all(head["scope"] in {"col", "row"} for head in read.of("th"))
    alternatives = [figure.alt for figure in walk.figures(sample.document())]
    assert [image["alt"] for image in read.of("img")] == alternatives
    said = "".join(read.words)
    assert all(f"Figure {number}." in said for number in range(1, 11))
    assert read.of("html") == [{"lang": "en"}]


def test_what_is_missing_is_said_in_front(read):
    """The list stands before the contents, and each field is marked in its place."""
    said = "".join(read.words)
    assert said.index("Still missing") < said.index("Contents") < said.index("Key findings", said.index("Contents"))
    assert said.count("To be written: Privacy risks") == 1
    assert said.count("[To be written]") == 1
    assert "Article 10 applies.\nSo says counsel." in said


def test_a_page_without_charts_has_no_script():
    """Nothing to draw, nothing that runs."""
    document = sample.document()
    bare = type(document)(
        document.kind, document.title, "", document.run, document.audience, (sample.overview(), sample.risks())
    )
    assert not Reader(html.write(bare).decode()).of("script")
