"""The way about in a report: its sections, and the fields still to be written, each a click away.

A click scrolls to what it names and, where that is a field, puts the cursor into it. The component stands in the page's
own document (`isolate_styles=False`), because it reaches for the elements of other widgets; it also brings the looks of
the sheet they lie on.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

import streamlit as st

from lib.types import Block, Document, Field, Section, Table
from lib.ui.report_draft import field_key, fields_in, fields_of, missing, section_key, table_key
from lib.ui.words import visible

CSS = """
.evenhand-outline { font-family: var(--st-font); font-size: 0.9rem; line-height: 1.35; }
.evenhand-outline ul { list-style: none; margin: 0; padding: 0; }
.evenhand-outline li { margin: 0; }
.evenhand-outline a { display: flex; gap: 0.5rem; justify-content: space-between; padding: 0.25rem 0.5rem;
  color: var(--st-text-color); text-decoration: none; border-radius: var(--st-base-radius); unicode-bidi: isolate;
  overflow-wrap: anywhere; }
.evenhand-outline a.deeper { padding-left: 1.4rem; opacity: 0.85; }
.evenhand-outline a:hover { background: var(--st-secondary-background-color); }
.evenhand-outline a:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: -2px; }
.evenhand-outline .left { flex: none; align-self: start; min-width: 1.4rem; text-align: center; border-radius: 1rem;
  padding: 0 0.35rem; font-size: 0.8rem; background: var(--st-orange-background-color);
  color: var(--st-orange-text-color); }
[data-testid="stColumn"]:has(.st-key-report-outline) { position: sticky; top: 4rem; align-self: flex-start;
  max-height: calc(100vh - 5rem); overflow-y: auto; }
.st-key-report-sheet { max-width: 60rem; padding: 2rem 2.4rem; }
.st-key-report-sheet h4 { font-size: 1.02rem; }
[class*="st-key-report-lead"] p { font-size: 1.15rem; line-height: 1.5; }
[class*="st-key-report-section-"], [class*="st-key-report-field-"] { scroll-margin-top: 4.5rem; }
[class*="st-key-report-slide-"] { min-height: 30rem; padding: 1.6rem 2.2rem; }
[class*="st-key-report-slide-"] h3 { font-size: 1.5rem; }
[class*="st-key-report-slide-"] .stMarkdown :is(p, li) { font-size: 1.15rem; }
[class*="st-key-report-caption-"][class] .stMarkdown p { font-size: 0.9rem; opacity: 0.85; }
"""

JS = """
export default function ({ data, parentElement }) {
  const root = document.createElement('nav');
  root.className = 'evenhand-outline';
  root.ariaLabel = data.label;
  const list = document.createElement('ul');
  for (const { title, target, deeper, left, said } of data.entries) {
    const item = document.createElement('li');
    const link = document.createElement('a');
    link.href = '#';
    if (deeper) link.className = 'deeper';
    const words = document.createElement('span');
    words.textContent = title;
    link.append(words);
    if (left) {
      const mark = document.createElement('span');
      mark.className = 'left';
      mark.textContent = left;
      mark.title = said;
      mark.setAttribute('aria-label', said);
      mark.setAttribute('role', 'img');
      link.append(mark);
    }
    link.onclick = event => {
      event.preventDefault();
      const found = document.querySelector('.st-key-' + target);
      if (!found) return;
      found.scrollIntoView({ block: 'start' });
      const entry = data.enter && found.querySelector('textarea, input');
      if (entry) entry.focus({ preventScroll: true });
    };
    item.append(link);
    list.append(item);
  }
  root.append(list);
  parentElement.querySelector('nav')?.remove();
  parentElement.append(root);
}
"""

mount = st.components.v2.component("evenhand_report_outline", css=CSS, js=JS, isolate_styles=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: its words, the key of the container it leads to, and how many fields there are to be written."""

    title: str
    target: str
    deeper: bool = False
    left: int = 0
    said: str = ""


def show_outline(document: Document) -> None:
    """The sections with how much of each is still to be written."""
    with st.container(key="report-outline"):
        mount(data=as_data("Sections", section_entries(document), enter=False), key="report-outline-sections")


def show_missing(document: Document) -> None:
    """The fields still to be written, by section."""
    mount(data=as_data("Fields to be written", missing_entries(document), enter=True), key="report-outline-missing")


def as_data(label: str, entries: Sequence[Entry], *, enter: bool) -> dict[str, object]:
    """Entries as the component takes them; `enter` puts the cursor into what is clicked."""
    return {"label": label, "entries": [asdict(entry) for entry in entries], "enter": enter}


def section_entries(document: Document) -> list[Entry]:
    """Two levels of sections, the number of fields without a text beside the upper ones."""
    entries = []
    for section in document.sections:
        left = len(missing(fields_of(section.blocks).values()))
        said = f"{left} to be written" if left else ""
        entries.append(Entry(visible(section.title), section_key(section), left=left, said=said))
        for inner in section.blocks:
            if isinstance(inner, Section):
                entries.append(Entry(visible(inner.title), section_key(inner), deeper=True))
    return entries


def missing_entries(document: Document) -> list[Entry]:
    """Every field without a text, behind the titles of its sections; those of a table are one line."""
    entries: dict[str, Entry] = {}
    for section in document.sections:
        for where, block in placed(section):
            if isinstance(block, Field) and missing([block]):
                entries.setdefault(block.id, Entry(visible(f"{where}: {block.title}"), field_key(block.id)))
            elif isinstance(block, Table) and (left := len(missing(fields_in(block)))):
                words = f"{left} to be written"
                entries[block.id] = Entry(visible(f"{where}: {block.caption}"), table_key(block), left=left, said=words)
    return list(entries.values())


def placed(section: Section, above: str = "") -> Iterator[tuple[str, Block]]:
    """The blocks of a section and of those within it, each behind the titles of its sections."""
    where = f"{above}, {section.title}" if above else section.title
    for block in section.blocks:
        if isinstance(block, Section):
            yield from placed(block, where)
        else:
            yield where, block
