// From a key to what it does. One listener on the window hears every key before the page's own shortcuts do.

const ELSEWHERE = 'a, button, input, textarea, select, summary, iframe, [contenteditable], [role=dialog], [role=listbox], [role=grid]';

const listen = (card) => {
  const hear = (event) => {
    if (!card.root.isConnected) return window.removeEventListener('keydown', hear, true);
    onKey(card, event);
  };
  window.addEventListener('keydown', hear, true);
};

// The names a key may be known by: what it writes and, on a keyboard of other letters, where it is.
const namesOf = (event) => {
  const written = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const place = /^(?:Key|Digit|Numpad)([A-Z0-9])$/.exec(event.code)?.[1].toLowerCase();
  return place && !event.shiftKey && !/^[a-z0-9]$/.test(written) ? [written, place] : [written];
};

const onKey = (card, event) => {
  if (event.isComposing || event.keyCode === 229) return;
  const target = event.composedPath()[0];
  const inside = card.root.contains(target);
  if (card.recording) return recordKey(card, event);
  if (document.querySelector('dialog[open], [role=dialog]')) return;
  if (!inside && (card.data.preview || target.closest?.(ELSEWHERE))) return;
  const run = inside && target.matches('textarea') ? typingAct(card, event, target) : keyAct(card, event, target);
  if (!run) return;
  event.preventDefault();
  event.stopPropagation();
  if (!event.repeat || run.repeats) run();
};

const recordKey = (card, event) => {
  event.preventDefault();
  event.stopPropagation();
  if (event.repeat || ['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock'].includes(event.key)) return;
  if (event.key === 'Escape') card.recording.take(card.data.keys[card.recording.command]);
  else card.recording.take(namesOf(event)[0]);
};

const nothing = () => {};
const repeating = (run) => Object.assign(run, { repeats: true });

// While somebody writes, only leaving and submitting are commands. A reason ends with Enter, as it ends a decision.
const typingAct = (card, event, area) => {
  const sends = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
  const inNote = area === card.parts.note;
  if (inNote && card.data.deciding && event.key === 'Enter' && !event.shiftKey) return () => press(card, 'submit');
  if (event.key === 'Escape' || (sends && inNote)) return () => leaveWriting(card, inNote);
  return sends ? () => press(card, 'submit') : null;
};

const leaveWriting = (card, inNote) => {
  if (!inNote) return card.parts.fields.get(card.active).section.focus({ preventScroll: true });
  card.parts.note.blur();
  const part = card.parts.fields.get(card.active);
  if (part?.area) part.section.focus({ preventScroll: true });
  else focusField(card, card.active);
};

const keyAct = (card, event, target) => {
  const sends = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
  if ((event.ctrlKey || event.altKey || event.metaKey) && !sends) return null;
  const names = namesOf(event);
  if (card.waiting) return waitingAct(card, names);
  if ((names[0] === 'Enter' || names[0] === ' ') && target.closest?.('.foot, .veil')) return null;
  if (card.asking) return askingAct(card, names);
  const command = Object.keys(ACTS).find((its) => names.includes(card.data.keys[its]) && isOffered(card, its));
  if (sends || command) return () => press(card, sends ? 'submit' : command);
  return card.data.task && !card.data.pause ? fieldAct(card, event, names) : null;
};

// Between a submit and the next response no key means anything, and none reaches the page's own shortcuts.
const waitingAct = (card, names) => {
  if (card.late && names.includes('Enter')) return () => deliver(card);
  return names[0].length === 1 || names[0] === 'Enter' || names[0] === 'Backspace' ? nothing : null;
};

const askingAct = (card, names) => {
  if (names.includes('Escape')) return () => ask(card, null);
  if (card.asking === 'unblind') return names.includes(card.data.keys.unblind) || names.includes('Enter') ? () => unblind(card) : nothing;
  const digit = names.find((name) => /^[1-9]$/.test(name));
  return digit ? () => discard(card, Number(digit) - 1) : nothing;
};

const fieldAct = (card, event, names) => {
  const field = activeField(card);
  const part = card.parts.fields.get(field?.id);
  if (event.key === 'ArrowDown') return repeating(() => stepField(card, 1));
  if (event.key === 'ArrowUp') return repeating(() => stepField(card, -1));
  if (event.key === 'PageDown') return repeating(() => scrollText(card, 1));
  if (event.key === 'PageUp') return repeating(() => scrollText(card, -1));
  if (event.key === 'Escape') return isEditing(card) ? () => leave(card) : null;
  if (!field) return null;
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (step && field.kind === 'spans') return repeating(() => !card.hidden && moveCursor(card, step * direction(card), event.shiftKey));
  if (step && part.buttons.size) return repeating(() => stepLabel(card, part, step));
  if (field.kind === 'spans' && (event.key === 'Delete' || names.includes('x'))) return () => mayAnswer(card) && unlabelSpan(card, field);
  if (field.kind === 'multiple' && field.required && names.includes(noneOf(field).key)) return () => choose(card, field, NONE);
  const label = field.labels.find((its) => its.key && names.includes(its.key));
  return label ? () => choose(card, field, label) : null;
};

// In a text that runs from right to left the next word is to the left.
const direction = (card) => (getComputedStyle(card.parts.text).direction === 'rtl' ? -1 : 1);

const scrollText = (card, step) => card.parts.text.scrollBy({ top: step * card.parts.text.clientHeight * 0.8 });
