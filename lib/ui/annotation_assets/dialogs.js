// Two windows over the card: what the labels mean and which keys there are, and changing the keys.

const RESERVED = /^([0-9 ]|Tab|Escape|Arrow.*|Page.*|Shift|Control|Alt|AltGraph|Meta|CapsLock|Delete|Dead|Process|Unidentified)$/;

const openDialog = (card, title, content, closed = () => {}) => {
  const dialog = element('dialog');
  dialog.ariaLabel = title;
  const close = button('act primary', 'Close', () => dialog.close());
  close.append(keycap('Esc'));
  close.autofocus = true;
  const foot = element('div', 'acts');
  foot.append(close);
  dialog.append(element('div', 'large', title), ...content, foot);
  dialog.addEventListener('close', () => {
    card.recording = null;
    dialog.remove();
    closed();
    if (card.parts.text) focusField(card, card.active);
  });
  card.root.append(dialog);
  dialog.showModal();
  return foot;
};

const openHelp = (card) => {
  const keys = element('dl', 'keys');
  const row = (key, text) => {
    const term = element('dt');
    term.append(...key.split('/').map((each) => keycap(each || '/')));
    keys.append(term, element('dd', '', text));
  };
  row('1/2/3', 'Choose a label of the field that is marked');
  row('↑/↓', 'Go to another field (Tab does, too)');
  row('←/→', 'Go to another label, which Space chooses; in a field of spans, to another word');
  for (const [command, title] of Object.entries(LONG_TITLES)) {
    if (isOffered(card, command)) row(card.data.keys[command], title);
  }
  row('Esc', 'Leave a text, a question, or a response you came back to');
  const foot = openDialog(card, 'Keys and labels', [keys, ...explained(card.data.codebook)]);
  foot.prepend(button('act', 'Change keys', () => {
    foot.closest('dialog').close();
    openKeys(card);
  }));
};

const explained = (codebook) =>
  codebook.fields.filter((field) => field.labels.length).flatMap((field) => {
    const list = element('dl', 'meanings');
    for (const label of field.labels) {
      const term = element('dt');
      if (label.key) term.append(keycap(label.key));
      term.append(element('span', '', label.title));
      const meaning = element('dd', '', label.definition);
      for (const example of label.examples) meaning.append(element('em', '', `“${example}”`));
      list.append(term, meaning);
    }
    return [element('div', 'name', field.title), list];
  });

const openKeys = (card) => {
  const before = JSON.stringify(card.data.keys);
  const list = element('dl', 'keys');
  const told = element('div', 'missing');
  told.setAttribute('role', 'alert');
  const draw = () => {
    list.replaceChildren();
    for (const [command, title] of Object.entries(LONG_TITLES)) {
      const term = element('dt');
      const made = button('act', card.recording?.command === command ? 'Press a key…' : '', () => {
        card.recording = { command, take: (key) => take(command, key) };
        told.textContent = '';
        draw();
      });
      made.ariaLabel = `${title}: change its key`;
      if (card.recording?.command !== command) made.append(keycap(card.data.keys[command]));
      term.append(made);
      list.append(term, element('dd', '', title));
    }
  };
  const take = (command, key) => {
    card.recording = null;
    const clash = clashOf(card, command, key);
    told.textContent = clash;
    if (!clash) card.data.keys = { ...card.data.keys, [command]: key };
    draw();
    list.querySelectorAll('button')[Object.keys(LONG_TITLES).indexOf(command)].focus();
  };
  draw();
  const advice = element('div', 'help', 'Press one to give it another key.');
  const foot = openDialog(card, 'Change keys', [advice, list, told], () => {
    if (JSON.stringify(card.data.keys) !== before) keepKeys(card);
  });
  foot.prepend(button('act', 'As they were at first', () => {
    card.data.keys = card.data.defaults;
    draw();
  }));
};

// Why a key cannot be a command's, in words; "" when it can.
const clashOf = (card, command, key) => {
  const name = keyName(key);
  if (RESERVED.test(key) || key.length > 1 && !['Enter', 'Backspace'].includes(key)) return `“${name}” cannot be used for this.`;
  const other = Object.keys(card.data.keys).find((its) => its !== command && card.data.keys[its] === key);
  if (other) return `“${name}” is already: ${LONG_TITLES[other]}.`;
  const label = card.data.codebook.fields.flatMap((field) => field.labels).find((its) => its.key === key);
  return label ? `“${name}” is already the label ${label.title}.` : '';
};

const keepKeys = (card) => {
  if (card.data.preview) redraw(card);
  else send(card, 'keys', null, { keys: card.data.keys });
};
