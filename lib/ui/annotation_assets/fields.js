// The fields of the codebook on the card: drawn once for each task, brought up to date after each act.

const ROLES = { single: 'radio', scale: 'radio', confidence: 'radio', multiple: 'checkbox' };
const SPANS_HINT = '← → choose a word, Shift makes it longer, a key labels it, Delete takes a label away';
const TEXT_HINT = 'Esc leaves this field, Ctrl+Enter submits';

const buildField = (card, field) => {
  const section = element('section', `field kind-${field.kind}`);
  const part = { field, section, buttons: new Map(), rover: 0 };
  const name = element('div', 'name', field.title);
  name.id = `annotate-${field.id.trim()}`;
  if (field.required) name.append(element('span', 'required', 'required'));
  section.tabIndex = -1;
  section.setAttribute('role', field.kind === 'multiple' || field.kind === 'spans' ? 'group' : ROLES[field.kind] ? 'radiogroup' : 'group');
  section.setAttribute('aria-labelledby', name.id);
  if (field.required && ROLES[field.kind] === 'radio') section.ariaRequired = 'true';
  section.append(name);
  if (field.help) section.append(element('div', 'help', field.help));
  if (isSuggested(card, field)) section.append(element('div', 'suggested', `Suggested: ${suggestedTitle(card, field)}`));
  section.append(field.kind === 'text' ? buildArea(card, part) : buildLabels(card, part));
  if (field.kind === 'spans') section.append(element('div', 'help', SPANS_HINT));
  part.missing = element('div', 'missing');
  part.missing.setAttribute('role', 'alert');
  section.append(part.missing);
  section.addEventListener('focusin', () => {
    if (card.active === field.id) return;
    card.active = field.id;
    refresh(card);
  });
  return part;
};

const isSuggested = (card, field) => card.data.task.suggestion && card.data.suggestionField === field.id;

const suggestedTitle = (card, field) =>
  field.labels.find((label) => label.id === card.data.task.suggestion)?.title ?? card.data.task.suggestion;

const buildArea = (card, part) => {
  const { field } = part;
  part.area = element('textarea');
  part.area.rows = 2;
  part.area.dir = 'auto';
  part.area.maxLength = 10_000;
  part.area.ariaLabel = field.title;
  part.area.placeholder = TEXT_HINT;
  part.area.value = card.draft.texts[field.id] ?? '';
  part.area.addEventListener('input', () => {
    card.draft.texts[field.id] = part.area.value;
    delete card.missing[field.id];
    refresh(card);
  });
  return part.area;
};

const buildLabels = (card, part) => {
  const { field } = part;
  const list = element('div', 'labels');
  const add = (id, label, press) => {
    const made = button('label', '', press);
    if (ROLES[field.kind]) made.setAttribute('role', ROLES[field.kind]);
    if (label.key && label.key !== label.title) made.append(keycap(label.key));
    if (field.kind === 'spans') made.append(swatch(colourOf(card, field, label)));
    made.append(element('span', '', label.title));
    if (label.definition) made.append(tip(label));
    made.ariaDescription = label.definition;
    made.ariaKeyShortcuts = label.key;
    part.buttons.set(id, made);
    list.append(made);
  };
  for (const label of field.labels) add(label.id, label, () => choose(card, field, label));
  part.rover = Math.max(0, field.labels.findIndex((label) => labelsOf(card.draft, field).includes(label.id)));
  if (field.kind === 'multiple' && field.required) add(NONE.id, noneOf(field), () => choose(card, field, NONE));
  return list;
};

const NONE = { id: ' none', title: 'None of these', key: '0', definition: '' };

const noneOf = (field) => ({ ...NONE, key: field.labels.some((label) => label.key === NONE.key) ? '' : NONE.key });

const swatch = (colour) => {
  const made = element('span', 'swatch');
  made.style.setProperty('--mark', colour);
  return made;
};

const tip = (label) => {
  const made = element('span', 'tip', label.definition);
  made.ariaHidden = 'true';
  for (const example of label.examples) made.append(element('em', '', `“${example}”`));
  return made;
};

const refreshField = (card, part, asked) => {
  const { field, section, buttons } = part;
  section.hidden = !asked.includes(field);
  section.classList.toggle('active', card.active === field.id);
  part.missing.textContent = card.missing[field.id] ?? '';
  const chosen = labelsOf(card.draft, field);
  [...buttons].forEach(([id, made], index) => {
    const on = id === NONE.id ? saysNone(card.draft, field) : chosen.includes(id);
    if (ROLES[field.kind]) made.ariaChecked = String(on);
    made.tabIndex = index === part.rover ? 0 : -1;
  });
  if (part.area) part.area.readOnly = Boolean(card.waiting);
};

// Take a label of a field, by key or by mouse; what can have one answer only leads on to the next field.
const choose = (card, field, label) => {
  if (!mayAnswer(card)) return;
  card.active = field.id;
  card.status = null;
  delete card.missing[field.id];
  if (field.kind === 'spans') return labelSpan(card, field, label);
  if (label === NONE) chooseNone(card.draft, field);
  else chooseLabel(card.draft, field, label.id);
  card.parts.fields.get(field.id).rover = [...card.parts.fields.get(field.id).buttons.keys()].indexOf(label.id);
  if (field.kind === 'multiple' || !isAnswered(card.draft, field)) focusField(card, field.id);
  else goOn(card, field);
  refresh(card);
};

// The next field without an answer after this one; texts that are not required are not waited at.
const goOn = (card, field) => {
  const asked = askedFields(card.data.codebook, card.draft);
  const rest = asked.slice(asked.indexOf(field) + 1);
  const next = rest.find((other) => !isAnswered(card.draft, other) && (other.kind !== 'text' || other.required));
  focusField(card, (next ?? field).id);
};

const focusField = (card, id) => {
  const part = card.parts.fields.get(id);
  if (!part) return;
  card.active = id;
  refresh(card);
  const target = part.area ?? [...part.buttons.values()][part.rover] ?? part.section;
  target.focus({ preventScroll: true });
  part.section.scrollIntoView({ block: 'nearest' });
};

const stepField = (card, step) => {
  const asked = askedFields(card.data.codebook, card.draft);
  const at = asked.findIndex((field) => field.id === card.active);
  const next = asked[Math.max(0, Math.min(asked.length - 1, at + step))];
  if (next) focusField(card, next.id);
};

const stepLabel = (card, part, step) => {
  part.rover = (part.rover + step + part.buttons.size) % part.buttons.size;
  refresh(card);
  [...part.buttons.values()][part.rover].focus({ preventScroll: true });
};
