// What a person can do, each with a key of its own, and how it is sent.

const PATIENCE = 6000;  // milliseconds after which an act may be sent again
const TOO_SOON = 250;  // milliseconds in which nobody can have read a response

const ACTS = {
  submit: { title: 'Submit', run: (card) => submit(card) },
  back: { title: 'Back', run: (card) => send(card, 'back'), anywhere: true },
  undo: { title: 'Undo', run: (card) => send(card, 'undo'), anywhere: true },
  unsure: { title: 'Unsure', run: (card) => toggleUnsure(card), pressed: (card) => card.draft.unsure },
  note: { title: 'Note', run: (card) => openNote(card) },
  skip: { title: 'Skip', run: (card) => send(card, 'skip') },
  discard: { title: 'Discard', run: (card) => ask(card, 'discard'), offered: (card) => card.data.codebook.reasons.length },
  hide: { title: 'Hide', other: 'Show', run: (card) => toggleHidden(card), pressed: (card) => card.hidden },
  unblind: {
    title: 'Unblind',
    run: (card) => ask(card, 'unblind'),
    offered: (card) => card.data.blind && !card.data.task.facts.length,
  },
  help: { title: 'Keys', run: (card) => openHelp(card), anywhere: true },
};

const LONG_TITLES = {
  submit: 'Submit and go on',
  back: 'Back to the one before',
  undo: 'Take back the last thing you did',
  unsure: 'Mark as unsure',
  note: 'Write a note',
  skip: 'Skip this one',
  discard: 'Discard this one, with a reason',
  hide: 'Hide the text, or show it',
  unblind: 'Show model and audit (this is put on record)',
  help: 'This list',
};

// What an adjudicator at the card can do, and what it is called there.
const DECIDING = {
  submit: 'Decide',
  back: 'Back',
  note: 'Reason',
  skip: 'Leave open',
  discard: 'Discard',
  hide: 'Hide',
  help: 'Keys',
};

const titleOf = (card, command) => (card.data.deciding ? DECIDING[command] : ACTS[command].title);

const isOffered = (card, command) => {
  const act = ACTS[command];
  if (card.data.deciding && !DECIDING[command]) return false;
  if (card.data.pause) return command === 'submit';
  if (!card.data.task) return Boolean(act.anywhere);
  return !act.offered || Boolean(act.offered(card));
};

const buildActs = (card) => {
  const bar = element('div', 'foot');
  card.parts.asking = element('div', 'asking');
  const list = element('div', 'acts');
  for (const command of Object.keys(ACTS)) {
    if (!isOffered(card, command)) continue;
    const made = button(`act ${command}`, card.data.pause ? 'Go on' : titleOf(card, command), () => press(card, command));
    made.append(keycap(card.data.keys[command]));
    made.title = LONG_TITLES[command];
    card.parts.acts.set(command, made);
    list.append(made);
  }
  if (isEditing(card)) list.append(leaveButton(card));
  bar.append(card.parts.asking, list);
  return bar;
};

const isEditing = (card) => Boolean(card.data.task) && card.data.task.state !== 'pending';

const leaveButton = (card) => {
  const made = button('act', 'Leave', () => leave(card));
  made.title = 'Leave this one as it is';
  made.append(keycap('Esc'));
  return made;
};

// An Enter pressed twice must not submit the next response unread, nor end a pause before it was seen.
const isTooSoon = (card) => card.clock.milliseconds() < TOO_SOON;

// Do what a key or a button stands for.
const press = (card, command) => {
  if (card.waiting) return card.late && command === 'submit' ? deliver(card) : undefined;
  card.status = null;
  if (!card.data.pause) return ACTS[command].run(card);
  return isTooSoon(card) ? undefined : send(card, 'go_on');
};

const refreshActs = (card) => {
  for (const [command, made] of card.parts.acts) {
    const { pressed, other } = ACTS[command];
    if (other && card.data.task) made.firstChild.textContent = pressed(card) ? other : ACTS[command].title;
    if (pressed && card.data.task) made.ariaPressed = String(Boolean(pressed(card)));
    made.ariaDisabled = String(Boolean(card.waiting));
  }
  drawAsking(card);
};

// Something was asked that needs one more key: a reason, or a yes.
const drawAsking = (card) => {
  if (card.parts.asking.dataset.asking === (card.asking ?? '')) return;
  card.parts.asking.dataset.asking = card.asking ?? '';
  card.parts.asking.replaceChildren();
  if (!card.asking) return;
  const never = button('act', 'Cancel', () => ask(card, null));
  never.append(keycap('Esc'));
  card.parts.asking.append(...(card.asking === 'discard' ? discardQuestion(card) : unblindQuestion(card)), never);
};

const discardQuestion = (card) => [
  element('span', '', 'Discard, because it is:'),
  ...card.data.codebook.reasons.map((reason, index) => {
    const made = button('act', reason.title, () => discard(card, index));
    if (index < 9) made.append(keycap(String(index + 1)));
    return made;
  }),
];

const unblindQuestion = (card) => {
  const yes = button('act', 'Show them', () => unblind(card));
  yes.append(keycap(card.data.keys.unblind));
  return [element('span', '', 'Show model and audit? It is put on record that you looked.'), yes];
};

const ask = (card, what) => {
  card.asking = what;
  say(card, { discard: 'Choose a reason.', unblind: 'Press the key again to show them.' }[what] ?? '');
};

const discard = (card, index) => {
  const reason = card.data.codebook.reasons[index];
  if (!reason) return;
  card.asking = null;
  send(card, 'submit', { ...card.draft, discard: reason.id });
};

const unblind = (card) => {
  card.asking = null;
  send(card, 'unblind');
};

const leave = (card) => {
  card.drafts.delete(card.token);
  send(card, 'leave');
};

// Nobody may judge what they have not seen.
const mayAnswer = (card) => {
  if (card.waiting) return false;
  if (card.seen) return true;
  say(card, `The text is hidden. Press ${keyName(card.data.keys.hide)} to read it, or ${keyName(card.data.keys.skip)} to skip it.`, 'wrong');
  return false;
};

const submit = (card) => {
  if (!mayAnswer(card) || !isComplete(card)) return;
  const untouched = JSON.stringify(card.draft) === card.original;
  if (untouched && isTooSoon(card)) return;
  if (untouched && ['done', 'flagged'].includes(card.data.task.state)) leave(card);
  else send(card, 'submit', card.draft);
};

// Whether nothing required is missing; what is, is shown and told.
const isComplete = (card) => {
  const missing = missingFields(card.data.codebook, card.draft);
  card.missing = Object.fromEntries(missing.map((field) => [field.id, 'This needs an answer.']));
  if (missing.length) {
    focusField(card, missing[0].id);
    say(card, `“${missing[0].title}” needs an answer.`, 'wrong');
    return false;
  }
  if (!card.data.deciding || card.draft.note.trim()) return true;
  openNote(card);
  say(card, 'A decision needs a reason.', 'wrong');
  return false;
};

const toggleUnsure = (card) => {
  card.draft.unsure = !card.draft.unsure;
  say(card, card.draft.unsure ? 'Marked as unsure.' : 'No longer marked as unsure.');
};

const toggleHidden = (card) => {
  card.hidden = !card.hidden;
  card.seen ||= !card.hidden;
  card.drawn = null;
  say(card, '');
};

const openNote = (card) => {
  card.parts.noteSection.hidden = false;
  card.parts.note.focus();
};

const say = (card, text, kind = '') => {
  card.status = { text, kind };
  refresh(card);
};

const send = (card, act, answer = null, more = {}) => {
  if (card.waiting) return;
  if (card.data.preview) return pretend(card, act);
  card.waiting = {
    act,
    item: card.data.task?.item ?? null,
    answer,
    submission: newSubmission(),
    seconds: card.clock.milliseconds() / 1000,
    ...more,
  };
  deliver(card);
};

const deliver = (card) => {
  card.late = false;
  clearTimeout(card.patience);
  card.patience = setTimeout(() => {
    card.late = true;
    refresh(card);
  }, PATIENCE);
  refresh(card);
  card.trigger('act', card.waiting);
};

const pretend = (card, act) => {
  if (act === 'submit') startTask(card);
  say(card, act === 'submit' ? 'This would be saved now. In the preview nothing is kept.' : 'In the preview there is nothing else to go to.');
};
