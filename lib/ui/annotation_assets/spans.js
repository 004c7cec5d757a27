// The words under the cursor of a field of spans, and the marks in the text.

const activeField = (card) => askedFields(card.data.codebook, card.draft).find((field) => field.id === card.active);

const spanFields = (card) => askedFields(card.data.codebook, card.draft).filter((field) => field.kind === 'spans');

const words = (card) => {
  card.words ??= wordsOf(card.points.join(''), card.data.task.language);
  return card.words;
};

// The chosen words as a stretch of the text; null where there are none.
const cursorPlace = (card) => {
  const all = words(card);
  if (!all.length) return null;
  const { at, from } = card.cursor;
  return [all[Math.min(at, from)][0], all[Math.max(at, from)][1]];
};

const moveCursor = (card, step, extend) => {
  const at = Math.max(0, Math.min(words(card).length - 1, card.cursor.at + step));
  card.cursor = { at, from: extend ? card.cursor.from : at };
  refresh(card);
  card.parts.text.querySelector('.chosen')?.scrollIntoView({ block: 'nearest' });
};

const labelSpan = (card, field, label) => {
  const place = selectedPlace(card.parts.text, card.points) ?? cursorPlace(card);
  if (!place) return;
  markSpan(card.draft, field, label.id, place);
  document.getSelection()?.removeAllRanges();
  card.cursor.from = card.cursor.at;
  say(card, `“${shownText(card, place)}”: ${label.title}`);
};

// A stretch of the text with nothing unseen in it.
const shownText = (card, [start, end]) =>
  card.points.slice(start, end).map((point, index) => card.data.task.unseen[start + index] ?? point).join('');

const unlabelSpan = (card, field) => {
  const place = cursorPlace(card);
  if (place) removeSpans(card.draft, field, place);
  refresh(card);
};

// Colours stand for labels across all fields of spans; the label's title is written beside each.
const colourOf = (card, field, label) => {
  const palette = getComputedStyle(card.root).getPropertyValue('--st-chart-categorical-colors').split(',');
  const all = allFields(card.data.codebook)
    .filter((other) => other.kind === 'spans')
    .flatMap((other) => other.labels.map((its) => `${other.id} ${its.id}`));
  return palette[all.indexOf(`${field.id} ${label.id}`) % palette.length].trim();
};

const marksOf = (card) =>
  spanFields(card).flatMap((field) =>
    (card.draft.spans[field.id] ?? []).map((span) => {
      const label = field.labels.find((its) => its.id === span.label) ?? { id: span.label, title: span.label };
      return { ...span, title: label.title, colour: colourOf(card, field, label) };
    }),
  );

// Drawn anew only when something in it changed: drawing drops what the mouse has selected, which stands in
// for the cursor as long as it is there.
const refreshText = (card) => {
  const marks = marksOf(card);
  const free = activeField(card)?.kind === 'spans' && !card.hidden && !selectedPlace(card.parts.text, card.points);
  const chosen = free ? cursorPlace(card) : null;
  const drawn = JSON.stringify([marks, chosen]);
  if (card.drawn === drawn) return;
  card.drawn = drawn;
  drawText(card.parts.text, card.points, marks, chosen, card.data.task.unseen);
};
