// What stands on the card: the work, a pause, or the news that nothing is left.

const STATES = {
  skipped: 'You skipped this one.',
  flagged: 'You answered this one and marked it as unsure.',
  done: 'You answered this one.',
  discarded: 'You discarded this one.',
};

const buildScreen = (card) => {
  card.drawn = null;
  card.parts = { fields: new Map(), acts: new Map() };
  const { data } = card;
  const screen = data.pause ? pauseScreen(card) : data.task ? workScreen(card) : emptyScreen(card);
  card.parts.status = element('div', 'status');
  card.parts.status.setAttribute('role', 'status');
  const foot = buildActs(card);
  foot.prepend(card.parts.status);  // what is said stays in sight, however long the card
  card.root.replaceChildren(...screen, foot);
};

const pauseScreen = (card) => {
  const screen = element('div', 'quiet');
  screen.append(
    element('p', 'large', `You have read ${card.data.pause} hard ${card.data.pause === 1 ? 'one' : 'ones'}. Take a moment.`),
    element('p', 'help', 'Nothing is lost, and nobody waits. Go on when you like, or come back another day.'),
  );
  return [screen];
};

const emptyScreen = (card) => {
  const screen = element('div', 'quiet');
  screen.append(element('p', 'large', card.data.empty));
  return [screen];
};

const workScreen = (card) => {
  const columns = element('div', 'columns');
  columns.append(buildReading(card), buildAnswering(card));
  return [columns];
};

const buildReading = (card) => {
  const { task } = card.data;
  const reading = element('div', 'reading');
  if (task.state !== 'pending') reading.append(element('div', 'state', stateWords(task)));
  card.parts.facts = element('dl', 'facts');
  reading.append(card.parts.facts);
  if (task.prompt) reading.append(element('div', 'caption', 'Prompt'), written('prompt', task.prompt, task.language));
  reading.append(element('div', 'caption', 'Response'));
  const frame = element('div', 'frame');
  card.parts.text = written('text', '', task.language);
  card.parts.text.tabIndex = 0;
  card.parts.text.setAttribute('role', 'region');
  card.parts.text.ariaLabel = 'Response';
  card.parts.text.addEventListener('pointerup', () => selectedInText(card));
  card.parts.veil = button('veil', 'The text is hidden. Read it', () => toggleHidden(card));
  card.parts.veil.append(keycap(card.data.keys.hide));
  frame.append(card.parts.text, card.parts.veil);
  reading.append(frame);
  if (task.length > card.points.length) reading.append(element('div', 'help', cutWords(task, card.points)));
  return reading;
};

const written = (name, text, language) => {
  const made = element('div', name, text);
  made.dir = 'auto';
  made.lang = language;
  return made;
};

const stateWords = ({ state, versions, answer }) => {
  const reason = answer.discard ? ` Reason: ${answer.discard}.` : '';
  const version = versions > 1 ? ` Version ${versions}; the earlier ones are kept.` : '';
  return `${STATES[state]}${reason}${version}`;
};

const cutWords = (task, points) =>
  `The first ${points.length.toLocaleString('en')} of ${task.length.toLocaleString('en')} characters.`;

// Words selected with the mouse are meant for a field of spans.
const selectedInText = (card) => {
  const [first] = spanFields(card);
  if (!first || activeField(card)?.kind === 'spans' || !selectedPlace(card.parts.text, card.points)) return;
  card.active = first.id;
  refresh(card);
};

const buildAnswering = (card) => {
  const answering = element('div', 'answering');
  answering.append(element('div', 'question', card.data.codebook.question));
  for (const field of allFields(card.data.codebook)) {
    const part = buildField(card, field);
    card.parts.fields.set(field.id, part);
    answering.append(part.section);
  }
  answering.append(buildNote(card));
  return answering;
};

const buildNote = (card) => {
  const note = element('section', 'field note');
  card.parts.note = element('textarea');
  card.parts.note.rows = 2;
  card.parts.note.dir = 'auto';
  card.parts.note.maxLength = 10_000;
  card.parts.note.ariaLabel = card.data.deciding ? 'Reason' : 'Note';
  card.parts.note.placeholder = card.data.deciding ? 'Why? Required; Enter decides' : 'Note (Esc leaves it)';
  card.parts.note.value = card.draft.note;
  card.parts.note.addEventListener('input', () => { card.draft.note = card.parts.note.value; });
  card.parts.note.addEventListener('blur', () => refresh(card));
  note.append(element('div', 'name', card.parts.note.ariaLabel), card.parts.note);
  card.parts.noteSection = note;
  return note;
};

const refresh = (card) => {
  const { data, parts } = card;
  card.root.classList.toggle('waiting', Boolean(card.waiting));
  card.root.ariaBusy = String(Boolean(card.waiting));
  refreshStatus(card);
  refreshActs(card);
  if (!parts.text) return;
  const asked = askedFields(data.codebook, card.draft);
  if (!asked.some((field) => field.id === card.active)) card.active = asked[0]?.id;
  for (const part of parts.fields.values()) refreshField(card, part, asked);
  parts.noteSection.hidden = !card.data.deciding && !card.draft.note && document.activeElement !== parts.note;
  parts.note.readOnly = Boolean(card.waiting);
  parts.facts.replaceChildren(
    ...data.task.facts.flatMap(([name, value]) => [element('dt', '', name), element('dd', '', value)]),
  );
  parts.text.classList.toggle('hidden', card.hidden);
  parts.text.ariaHidden = String(card.hidden);
  parts.veil.hidden = !card.hidden;
  refreshText(card);
};

const refreshStatus = (card) => {
  const { text, kind } = card.waiting ? { text: card.late ? LATE : 'Saving…', kind: '' } : card.status ?? { text: '', kind: '' };
  if (card.parts.status.textContent !== text) card.parts.status.textContent = text;
  card.parts.status.className = `status ${kind} ${card.waiting && !card.late ? 'saving' : ''}`;
};

const LATE = 'This takes longer than it should. Press Enter to send it again; it is kept once.';
