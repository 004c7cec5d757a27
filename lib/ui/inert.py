"""Model output on the screen: plain text in cards side by side, with the differing words marked.

Streamlit's text widgets would do for one text; this component adds marks without ever going
through Markdown or HTML, because every piece reaches the page as `textContent`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import streamlit as st

from lib.types import Piece
from lib.ui.words import count, visible

LIMIT = 4_000  # characters of one text shown before "Show all"
FULL_LIMIT = 5_000_000  # what a browser can still lay out

CSS = """
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(18rem, 100%), 1fr)); gap: 0.75rem;
         font-family: var(--st-font); color: var(--st-text-color); line-height: 1.5; }
.card { border: 1px solid var(--st-border-color); border-radius: var(--st-base-radius); padding: 0.75rem 0.9rem;
        min-width: 0; background: var(--st-background-color); }
.title { font-weight: 600; margin-bottom: 0.35rem; overflow-wrap: anywhere; unicode-bidi: isolate; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; max-height: 34rem; overflow-y: auto; }
.text:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
.prompt { opacity: 0.78; font-size: 0.9em; margin-bottom: 0.4rem; }
.note { opacity: 0.78; font-size: 0.85em; margin-top: 0.45rem; overflow-wrap: anywhere; unicode-bidi: isolate; }
mark { background: var(--st-yellow-background-color); color: inherit;
       text-decoration: underline; text-decoration-color: var(--st-yellow-text-color); text-underline-offset: 3px; }
"""

JS = """
export default function ({ data, parentElement }) {
  const element = (tag, name, text) => {
    const made = document.createElement(tag);
    if (name) made.className = name;
    if (text !== undefined) made.textContent = text;
    return made;
  };
  const body = (name, pieces) => {
    const made = element('div', name);
    made.dir = 'auto';
    for (const [text, differs] of pieces) made.append(element(differs ? 'mark' : 'span', '', text));
    return made;
  };
  const root = element('div', 'cards');
  for (const { title, prompt, pieces, note } of data) {
    const card = element('article', 'card');
    if (title) card.append(element('div', 'title', title));
    if (prompt.length) card.append(body('text prompt', prompt));
    const text = body('text', pieces);
    text.tabIndex = 0;
    card.append(text);
    if (note) card.append(element('div', 'note', note));
    root.append(card);
  }
  parentElement.querySelector('.cards')?.remove();
  parentElement.append(root);
}
"""

mount = st.components.v2.component("evenhand_cards", css=CSS, js=JS)


@dataclass(frozen=True, slots=True)
class Card:
    """One text to show in pieces, those marked that differ from its neighbours."""

    pieces: Sequence[Piece]
    title: str = ""
    note: str = ""
    prompt: Sequence[Piece] = ()


def show_cards(cards: Iterable[Card], key: str) -> None:
    """Show texts side by side, inert. Long ones are cut, with a switch to show them whole."""
    cards = list(cards)
    longest = max((length(card.pieces) for card in cards), default=0)
    limit = LIMIT
    if longest > LIMIT and st.toggle(f"Show all of it (up to {count(longest, 'character')})", key=f"{key}-all"):
        limit = FULL_LIMIT
    mount(data=[as_data(card, limit) for card in cards], key=key)


def as_data(card: Card, limit: int) -> dict[str, object]:
    """A card as the component takes it: cut, and with nothing unseen in it."""
    return {
        "title": visible(card.title),
        "prompt": [(visible(text), differs) for text, differs in cut(card.prompt, limit)],
        "pieces": [(visible(text), differs) for text, differs in cut(card.pieces, limit)],
        "note": visible(card.note),
    }


def cut(pieces: Iterable[Piece], limit: int) -> Iterator[tuple[str, bool]]:
    """The first `limit` characters of the pieces, with an ellipsis when more follow."""
    for piece in pieces:
        if len(piece.text) > limit:
            yield piece.text[:limit] + " …", piece.differs
            return
        yield piece.text, piece.differs
        limit -= len(piece.text)


def length(pieces: Iterable[Piece]) -> int:
    """How many characters the pieces have together."""
    return sum(len(piece.text) for piece in pieces)
