"""A text editor that reports what is typed as it is typed, with line numbers and marked lines.

Streamlit's own text area reports only when it is left, which is too late to check a bank while
somebody writes it. The text reaches the page as a text area's value, so it is inert.
"""

from collections.abc import Collection

import streamlit as st

CSS = """
.editor { display: grid; grid-template-columns: auto 1fr; height: 30rem; font: 0.85rem/1.5 var(--st-code-font);
          color: var(--st-text-color); border: 1px solid var(--st-border-color); border-radius: var(--st-base-radius);
          background: var(--st-secondary-background-color); overflow: hidden; }
.editor:focus-within { border-color: var(--st-primary-color); }
.gutter { overflow: hidden; padding: 0.5rem 0.4rem; text-align: right; user-select: none; opacity: 0.75; }
.gutter .bad { background: var(--st-red-background-color); color: var(--st-red-text-color); font-weight: 700; }
textarea { border: 0; outline: 0; resize: none; padding: 0.5rem; font: inherit; color: inherit; background: none;
           white-space: pre; overflow: auto; tab-size: 2; }
"""

JS = """
const PAUSE = 400;  // milliseconds without a key before the text is reported

export default function ({ data, parentElement, setStateValue }) {
  let root = parentElement.querySelector('.editor');
  if (!root) {
    root = document.createElement('div');
    root.className = 'editor';
    const gutter = document.createElement('div');
    gutter.className = 'gutter';
    gutter.ariaHidden = 'true';
    const area = document.createElement('textarea');
    area.spellcheck = false;
    area.value = data.text;
    root.append(gutter, area);
    parentElement.append(root);
  }
  const [gutter, area] = root.children;
  area.ariaLabel = data.label;
  const number = () => {
    const bad = new Set(data.bad);
    gutter.replaceChildren(...area.value.split('\\n').map((_, index) => {
      const line = document.createElement('div');
      line.textContent = (bad.has(index + 1) ? '▸' : '') + (index + 1);
      if (bad.has(index + 1)) line.className = 'bad';
      return line;
    }));
    gutter.scrollTop = area.scrollTop;
  };
  const report = () => {
    clearTimeout(root.pause);
    root.pause = null;
    setStateValue('text', area.value);
  };
  area.oninput = () => { number(); clearTimeout(root.pause); root.pause = setTimeout(report, PAUSE); };
  area.onblur = () => root.pause && report();
  area.onscroll = () => { gutter.scrollTop = area.scrollTop; };
  number();
}
"""

mount = st.components.v2.component("evenhand_editor", css=CSS, js=JS)


def edit_text(label: str, text: str, bad_lines: Collection[int], key: str) -> None:
    """An editor that starts with `text`; what is typed is told by `typed_text`.

    Args:
        label: what a screen reader calls it.
        text: what it starts with; to put in another text later, use another key.
        bad_lines: lines (from 1) to mark.
        key: the widget's key.
    """
    data = {"label": label, "text": text, "bad": sorted(bad_lines)}
    mount(key=key, data=data, default={"text": text}, on_text_change=lambda: None)


def typed_text(key: str, text: str) -> str:
    """What the editor of this key holds now; `text` while it was never drawn."""
    state = st.session_state.get(key)
    return state["text"] if state and state["text"] is not None else text
