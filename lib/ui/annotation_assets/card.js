// The card: its state, and what happens when the server sends something.

const startTask = (card) => {
  const { task } = card.data;
  card.points = Array.from(task?.text ?? '');
  card.words = null;
  card.cursor = { at: 0, from: 0 };
  card.missing = {};
  card.asking = null;
  card.hidden = Boolean(task?.blurred);
  card.seen = !card.hidden;
  card.clock = new Clock();
  card.original = JSON.stringify({ ...task?.answer, discard: '' });
  card.draft = card.drafts.get(card.token) ?? JSON.parse(card.original);
  card.drafts.set(card.token, card.draft);
  card.active = task ? askedFields(card.data.codebook, card.draft)[0]?.id : null;
  buildScreen(card);
  refresh(card);
  takeFocus(card);
};

// Focus goes to the first field, unless somebody is busy elsewhere on the page.
const takeFocus = (card) => {
  let busy = document.activeElement;
  while (busy?.shadowRoot?.activeElement) busy = busy.shadowRoot.activeElement;
  if (busy && !card.root.contains(busy) && (card.data.preview || busy.closest(ELSEWHERE))) return;
  if (!card.active) return card.root.focus({ preventScroll: true });
  const part = card.parts.fields.get(card.active);
  (part.area ? part.section : [...part.buttons.values()][part.rover]).focus({ preventScroll: true });
};

const receive = (card, data) => {
  const answered = card.waiting && data.reply?.submission === card.waiting.submission;
  const token = JSON.stringify([data.codebook.version, data.task?.item, data.task?.versions, data.pause, data.empty]);
  if (answered && !data.reply.error && ['submit', 'skip', 'leave'].includes(card.waiting.act)) card.drafts.delete(card.token);
  const moved = token !== card.token;
  card.data = data;
  card.token = token;
  if (answered || moved) {
    clearTimeout(card.patience);
    card.waiting = null;
    card.late = false;
  }
  if (answered) card.status = data.reply.error ? { text: data.reply.error, kind: 'wrong' } : { text: data.reply.said, kind: '' };
  if (moved) return startTask(card);
  redraw(card);
};

// The same task again, with other keys or with what was unblinded: what was entered stays.
const redraw = (card) => {
  const shown = JSON.stringify([card.data.keys, card.data.task?.facts, card.data.codebook]);
  if (card.shown !== shown && !card.root.querySelector('dialog[open]')) {
    card.shown = shown;
    buildScreen(card);
    if (card.active) takeFocus(card);
  }
  refresh(card);
};

export default function ({ data, parentElement, setTriggerValue }) {
  let root = parentElement.querySelector('.evenhand-annotate');
  if (!root) {
    root = element('div', 'evenhand-annotate');
    root.tabIndex = -1;
    root.card = { root, drafts: new Map(), token: null, status: null, waiting: null };
    parentElement.append(root);
    listen(root.card);
    const look = () => (root.isConnected ? root.card.clock?.look() : document.removeEventListener('visibilitychange', look));
    document.addEventListener('visibilitychange', look);
  }
  root.card.trigger = setTriggerValue;
  receive(root.card, data);
}
