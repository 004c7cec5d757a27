"""A report's table as a real one: caption, headings and wrapped texts, which a screen reader can walk through.

Every text reaches the page as `textContent`. Streamlit's own tables read Markdown or cut texts off.
"""

import streamlit as st

from lib.types import ColumnKind, Field, Table, Value
from lib.ui.words import visible
from lib.workflows.reporting.shown import shown

TO_WRITE = "To be written"
CSS = """
.root { margin-bottom: 0.5rem; }
.scroll { overflow-x: auto; max-height: 46rem; overflow-y: auto; font-family: var(--st-font); font-size: 0.92rem;
          color: var(--st-text-color); line-height: 1.45; }
.scroll:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; }
caption { caption-side: top; text-align: left; font-weight: 600; padding: 0 0 0.4rem; unicode-bidi: isolate; }
th, td { text-align: left; vertical-align: top; padding: 0.35rem 0.7rem 0.35rem 0; overflow-wrap: break-word;
         unicode-bidi: isolate; border-bottom: 1px solid var(--st-border-color); white-space: pre-line; }
thead th { font-weight: 600; border-bottom: 2px solid var(--st-border-color); position: sticky; top: 0;
           background: var(--st-background-color); }
tbody th { font-weight: 400; }
.missing { color: var(--st-orange-text-color); background: var(--st-orange-background-color); border-radius: 0.3rem;
           padding: 0 0.35rem; white-space: nowrap; }
.right { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
thead .right { white-space: normal; }
.note { opacity: 0.8; font-size: 0.85rem; padding-top: 0.4rem; unicode-bidi: isolate; font-family: var(--st-font);
        color: var(--st-text-color); }
"""

JS = """
export default function ({ data, parentElement }) {
  const element = (tag, name, text) => {
    const made = document.createElement(tag);
    if (name) made.className = name;
    if (text !== undefined) made.textContent = text;
    return made;
  };
  const breakable = (cell, text) => {  // digests and the like must not push the other columns out of sight
    for (const piece of text.split(/(\\S{25,})/)) {
      if (piece.length < 25 || /\\s/.test(piece)) cell.append(piece);
      else for (const part of piece.match(/.{1,12}/gsu)) cell.append(part, document.createElement('wbr'));
    }
    return cell;
  };
  const table = element('table');
  table.append(element('caption', '', data.caption));
  const head = element('tr');
  for (const { title, right } of data.columns) {
    const cell = element('th', right ? 'right' : '', title);
    cell.scope = 'col';
    head.append(cell);
  }
  table.append(element('thead'), element('tbody'));
  table.tHead.append(head);
  for (const row of data.rows) {
    const line = element('tr');
    row.forEach((text, index) => {
      const cell = element(index ? 'td' : 'th', data.columns[index].right ? 'right' : '');
      if (text === null) cell.append(element('span', 'missing', data.missing));
      else breakable(cell, text);
      if (!index) cell.scope = 'row';
      line.append(cell);
    });
    table.tBodies[0].append(line);
  }
  const root = element('div', 'root');
  const scroll = element('div', 'scroll');
  scroll.append(table);
  scroll.tabIndex = 0;
  scroll.setAttribute('role', 'region');
  scroll.ariaLabel = data.caption;
  root.append(scroll);
  if (data.note) root.append(element('div', 'note', data.note));
  parentElement.querySelector('.root')?.remove();
  parentElement.append(root);
}
"""

mount = st.components.v2.component("evenhand_report_table", css=CSS, js=JS)


def show_table(table: Table, number: str, key: str) -> None:
    """Show a table below its caption; `number` is what the caption begins with."""
    mount(data=as_data(table, number), key=key)


def as_data(table: Table, number: str) -> dict[str, object]:
    """A table as the component takes it: every value in words, with nothing unseen in it."""
    return {
        "caption": captioned(number, table.caption),
        "columns": [
            {"title": visible(column.title), "right": column.kind is not ColumnKind.TEXT} for column in table.columns
        ],
        "rows": [
            [said(value, column.kind) for value, column in zip(row, table.columns, strict=True)] for row in table.rows
        ],
        "missing": TO_WRITE,
        "note": visible(table.note),
    }


def said(value: Value, kind: ColumnKind) -> str | None:
    """A value in words; None for a field in which nothing stands."""
    if isinstance(value, Field) and not value.text.strip():
        return None
    return visible(shown(value, kind))


def captioned(number: str, caption: str) -> str:
    """A caption behind its number."""
    return visible(f"{number}. {caption}" if number else caption)
